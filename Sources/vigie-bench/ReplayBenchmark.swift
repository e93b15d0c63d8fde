import Engine
import Foundation
import Measuring
import PipelineKit
import Pipelines
import Telemetry
import TestSupport

extension Benchmark {
    /// Bytes to effects on one core, and what a user would write in Python instead.
    static let replay = Benchmark(
        name: "replay",
        summary: "elevator messages from bytes to effects on one core, beside Python, Bytewax and Pathway"
    ) { options in
        var source = ElevatorMessages(devices: 1000)
        let batches = source.batches(from: 0, seconds: 400)
        let count = batches.reduce(0) { $0 + $1.count }
        let peers = options.python == nil ? [] : Peer.all
        let folder = try TestFolder()
        let file = folder.path("elevators.jsonl")
        if !peers.isEmpty { try write(batches, to: file) }

        var ours = Double.infinity
        var theirs = [Double](repeating: .infinity, count: peers.count)
        for _ in 0..<3 {
            for _ in 0..<3 { ours = min(ours, try replay(batches) / Double(count)) }
            guard let python = options.python else { continue }
            for (index, peer) in peers.enumerated() {
                theirs[index] = min(theirs[index], try peer.secondsPerMessage(python, file))
                // Beside each of them once more: the machine is not the same a minute later.
                ours = min(ours, try replay(batches) / Double(count))
            }
        }
        Figure(
            name: "replay, elevator pipeline, one core",
            value: 1 / ours,
            unit: "messages/s",
            goal: .atLeast(1e6)
        ).report()
        for (peer, seconds) in zip(peers, theirs) {
            Figure(
                name: "replay, beside \(peer.name)",
                value: 1 / ours,
                unit: "messages/s",
                baseline: 1 / seconds,
                goal: .ratioAtLeast(peer.goal)
            ).report()
        }
        if peers.isEmpty { say("no --python was given: nothing to compare with; deploy/bench gives one") }
    }

    private static func replay(_ batches: [EntryBatch]) throws -> Double {
        let engine = Engine(PipelineSet.elevatorsOnly)
        return try Cost.of { for batch in batches { _ = try engine.apply(batch) } }.processor
    }

    /// One payload a line: the decoding that is measured is theirs.
    private static func write(_ batches: [EntryBatch], to path: String) throws {
        var text = Data()
        for batch in batches {
            try batch.forEach { entry in
                text.append(contentsOf: entry.payload)
                text.append(UInt8(ascii: "\n"))
            }
        }
        try text.write(to: URL(fileURLWithPath: path))
    }
}

/// What a user would write instead: a script that does the elevator pipeline's work.
struct Peer {
    let name: String
    let script: String
    let arguments: [String]
    let goal: Double

    static let all = [
        Peer(name: "Python with json", script: "plain.py", arguments: ["json"], goal: 8),
        Peer(name: "Python with orjson", script: "plain.py", arguments: ["orjson"], goal: 4),
        Peer(name: "Bytewax", script: "bytewax_elevators.py", arguments: [], goal: 12),
        Peer(name: "Pathway", script: "pathway_elevators.py", arguments: [], goal: 8),
    ]

    /// Processor time for a message of the file.
    func secondsPerMessage(_ python: String, _ file: String) throws -> Double {
        let path = repository.appendingPathComponent("deploy/peers/\(script)").path
        let output = try Child.output(of: python, [path, file] + arguments)
        let words = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let last = words.last, let seconds = Double(last) else {
            throw BenchmarkFailure("\(script) ended without the seconds a message took")
        }
        return seconds
    }
}

extension PipelineSet {
    static var elevatorsOnly: PipelineSet { only("elevators") }

    static func only(_ name: String) -> PipelineSet {
        PipelineSet(allPipelines.pipelines.filter { $0.name == name })
    }
}
