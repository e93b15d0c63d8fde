import Engine
import Units

/// What recordings hold, found by reading all of it: a line that cannot be read is told before anything is sent.
struct RecordingSurvey: Hashable {
    private(set) var messages = 0
    private(set) var first: Moment?

    init(_ files: [RecordingFile], from start: Moment?) throws {
        var problems: [String] = []
        for var file in files {
            do { try add(&file, from: start) } catch { problems.append(file.place(error)) }
        }
        guard problems.isEmpty else {
            throw CommandFailure(.data, (problems + ["nothing was published"]).joined(separator: "\n"))
        }
    }

    private mutating func add(_ file: inout RecordingFile, from start: Moment?) throws(RecordingProblem) {
        while let line = try file.next() {
            guard case .entry(.message(let message)) = line else { continue }
            if let start, message.arrivedAt < start { continue }
            messages += 1
            first = min(first ?? message.arrivedAt, message.arrivedAt)
        }
    }
}
