import Engine
import Telemetry
import Units

/// The messages of several recordings, merged by time. Other lines are passed over: a broker knows none of them.
///
/// Each recording is taken in its own order; where one goes back in time its line comes as soon as it can.
struct MergedRecordings {
    private var files: [RecordingFile]
    private var heads: [Message?] = []

    /// - Parameter from: messages before it are passed over.
    init(_ files: [RecordingFile], from start: Moment? = nil) throws(RecordingProblem) {
        self.files = files
        for index in files.indices {
            var head = try Self.message(of: &self.files[index])
            while let message = head, let start, message.arrivedAt < start {
                head = try Self.message(of: &self.files[index])
            }
            heads.append(head)
        }
    }

    mutating func next() throws(RecordingProblem) -> Message? {
        var earliest: Int?
        for (index, head) in heads.enumerated() {
            guard let head else { continue }
            if let known = earliest.flatMap({ heads[$0] }), known.arrivedAt <= head.arrivedAt { continue }
            earliest = index
        }
        guard let earliest else { return nil }
        let message = heads[earliest]
        heads[earliest] = try Self.message(of: &files[earliest])
        return message
    }

    private static func message(of file: inout RecordingFile) throws(RecordingProblem) -> Message? {
        while let line = try file.next() {
            if case .entry(.message(let message)) = line { return message }
        }
        return nil
    }
}
