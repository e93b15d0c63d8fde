import Foundation
import Measuring
import Telemetry
import TestSupport
import Units

extension Benchmark {
    /// Messages to readings.
    static let decode = Benchmark(
        name: "decode",
        summary: "messages to readings, beside JSONDecoder and Python's json where they are JSON"
    ) { options in
        for trial in try DecodeTrial.all() { try trial.measure(options) }
    }
}

/// One kind of message, and what it takes to decode it.
struct DecodeTrial {
    let name: String
    let goal: Figure.Goal?
    /// What Python reads as well; nil for what is not JSON.
    let json: [UInt8]?
    /// Decodes that many messages.
    let ours: (Int) throws -> Void
    /// The same with `JSONDecoder`.
    let foundation: ((Int) throws -> Void)?

    private static let rounds = 15
    private static let messages = 50_000

    /// The least of several rounds, ours and Foundation's by turns.
    func measure(_ options: Options) throws {
        var own = Double.infinity
        var theirs = Double.infinity
        for _ in 0..<Self.rounds {
            own = min(own, try Self.nanoseconds(Self.messages, ours))
            if let foundation { theirs = min(theirs, try Self.nanoseconds(Self.messages / 50, foundation)) }
        }
        Figure(
            name: "decode \(name)",
            value: own,
            unit: "ns",
            baseline: foundation == nil ? nil : theirs,
            goal: goal
        ).report()
        guard let json, let python = try pythonNanoseconds(json, options) else { return }
        Figure(name: "decode \(name), beside Python's json", value: own, unit: "ns", baseline: python)
            .report()
    }

    private static func nanoseconds(_ count: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        try Cost.of { try body(count) }.processor / Double(count) * 1e9
    }

    /// What `json.loads` takes for the message; nil where there is no Python.
    private func pythonNanoseconds(_ json: [UInt8], _ options: Options) throws -> Double? {
        let python = options.python ?? "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            say("there is no \(python): nothing of Python's to compare with")
            return nil
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("vigie-bench-message.json")
        try Data(json).write(to: file)
        defer { unlink(file.path) }
        let script = repository.appendingPathComponent("deploy/peers/decode.py").path
        let output = String(decoding: try Child.output(of: python, [script, file.path]), as: UTF8.self)
        guard let seconds = Double(output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("decode.py printed \"\(output)\", expected the seconds of a message")
        }
        return seconds * 1e9
    }
}
