import Engine
import Telemetry
import Units

/// What devices and people did in several recordings, merged by time. Other lines are passed over.
///
/// Each recording is taken in its own order; where one goes back in time its line comes as soon as it can.
struct MergedRecordings {
    private var files: [RecordingFile]
    private var heads: [Entry?] = []

    /// - Parameter from: what happened before it is passed over.
    init(_ files: [RecordingFile], from start: Moment? = nil) throws(RecordingProblem) {
        self.files = files
        for index in files.indices {
            var head = try Self.happening(in: &self.files[index])
            while let entry = head, let start, entry.at < start {
                head = try Self.happening(in: &self.files[index])
            }
            heads.append(head)
        }
    }

    mutating func next() throws(RecordingProblem) -> Entry? {
        var earliest: Int?
        for (index, head) in heads.enumerated() {
            guard let head else { continue }
            if let known = earliest.flatMap({ heads[$0] }), known.at <= head.at { continue }
            earliest = index
        }
        guard let earliest else { return nil }
        let entry = heads[earliest]
        heads[earliest] = try Self.happening(in: &files[earliest])
        return entry
    }

    private static func happening(in file: inout RecordingFile) throws(RecordingProblem) -> Entry? {
        while let line = try file.next() {
            guard case .entry(let entry) = line else { continue }
            switch entry {
            case .message, .reply, .caseUpdate, .instruction: return entry
            // Time passes by itself, gateways speak for themselves, and a directory is imported.
            case .tick, .receipt, .directory: continue
            }
        }
        return nil
    }
}
