import Engine
import Foundation
import Interactions
import Pipelines
import Telemetry

/// A recording on its way through an engine of its own, in memory.
struct ScenarioRun {
    private var engine = Engine(allPipelines, tellsDrops: true)
    private(set) var effects: [Effect] = []

    /// - Parameter restartsAlways: stop and start again after every line, not only where the recording says so.
    init(_ recording: URL, restartsAlways: Bool = false) throws {
        for line in try Fixture.lines(of: recording) {
            switch try RecordedLine(parsing: line.utf8) {
            case .entry(let entry): effects += try engine.apply(entry)
            case .restart: try restart()
            }
            if restartsAlways { try restart() }
        }
    }

    /// What a stop and a start do to the engine.
    private mutating func restart() throws {
        let snapshot = engine.snapshot()
        engine = Engine(allPipelines, tellsDrops: true)
        let dropped = try engine.restore(snapshot)
        guard dropped.isEmpty else { throw RestartLoss(sentences: dropped) }
    }

    var lines: [String] { effects.map { $0.json(in: .paris).description } }
}

/// The same pipelines did not take over their own snapshot whole.
struct RestartLoss: Error, CustomStringConvertible {
    let sentences: [String]
    var description: String { sentences.joined(separator: "; ") }
}
