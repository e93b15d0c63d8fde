import Engine
import Foundation
import Interactions
import PipelineKit
import Pipelines
import Telemetry

extension Command {
    static let replay = Command(
        name: "replay",
        summary: "shows what a recording would have sent; reaches no broker and no sink",
        flags: ["drops"],
        usage: """
            vigie replay FILE.jsonl [--pipelines NAME,NAME] [--directory FILE.json] [--drops]

            Prints the effects as JSON, one a line, as in expected.jsonl: the same bytes every time. --drops also
            prints each reading that was left out, with its reason. Exit code 65 when a line cannot be read; the
            lines before it have been replayed.
            """,
        example: "vigie replay Fixtures/elevators/people-stuck-for-two-minutes/input.jsonl"
    ) { arguments in
        try arguments.allow(["pipelines", "directory"])
        guard arguments.rest.count == 1 else { throw CommandFailure(.usage, "expected one FILE.jsonl") }
        let pipelines = try PipelineSet.chosen(arguments.value("pipelines"))
        let replay = try Replay(pipelines, tellsDrops: arguments.has("drops"))
        if let path = arguments.value("directory") { try replay.take(directory: path) }
        try replay.run(arguments.rest[0])
    }
}

/// Runs a recording through an engine of its own.
private final class Replay {
    private let engine: Engine

    init(_ pipelines: PipelineSet, tellsDrops: Bool) throws {
        try pipelines.requireSound()
        engine = Engine(pipelines, tellsDrops: tellsDrops)
    }

    func take(directory path: String) throws {
        // Before every entry of the recording: the directory was known then.
        try show(engine.apply(.directory(at: .distantPast, json: try FileAccess.bytes(of: path))))
    }

    func run(_ path: String) throws {
        let lines = try FileAccess.bytes(of: path).split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            do {
                guard case .entry(let entry) = try RecordedLine(parsing: line) else { continue }
                try show(engine.apply(entry))
            } catch let problem as RecordingProblem {
                throw CommandFailure(.data, "\(path):\(index + 1): \(problem); replay ends here")
            }
            if index % 10_000 == 0 { Terminal.progress("\(index) of \(lines.count) lines") }
        }
        Terminal.progress("")
    }

    private func show(_ effects: [Effect]) throws {
        for effect in effects { Terminal.print(effect.json.description) }
    }
}

extension PipelineSet {
    /// All pipelines, or those whose names are listed.
    static func chosen(_ list: String?) throws -> PipelineSet {
        guard let list else { return allPipelines }
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let known = allPipelines.pipelines
        for name in names where !known.contains(where: { $0.name == name }) {
            let all = known.map(\.name).joined(separator: ", ")
            throw CommandFailure(.usage, "there is no pipeline \"\(name)\"; known: \(all)")
        }
        return PipelineSet(known.filter { names.contains($0.name) })
    }

    /// Prints all problems; refuses to go on with an error.
    func requireSound() throws {
        let problems = problems
        for problem in problems { Terminal.say(problem.description) }
        let errors = problems.count { $0.kind == .error }
        guard errors == 0 else {
            throw CommandFailure(.configuration, "\(errors) errors in the pipelines; nothing was started")
        }
    }
}
