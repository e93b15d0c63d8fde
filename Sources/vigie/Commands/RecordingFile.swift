import Engine
import Foundation
import Telemetry
import Units

/// The lines of a recording, read one after the other. Empty lines are passed over.
struct RecordingFile {
    let name: String
    /// All of it.
    let bytes: [UInt8]
    private var position = 0
    /// The number of the line that was read last, from 1.
    private(set) var line = 0

    /// - Parameter path: `-` is standard input.
    init(_ path: String) throws {
        guard path == "-" else {
            self.init(try FileAccess.bytes(of: path), named: path)
            return
        }
        do {
            let data = try FileHandle.standardInput.readToEnd() ?? Data()
            self.init([UInt8](data), named: "stdin")
        } catch {
            throw CommandFailure(.file, "stdin cannot be read: \(error.localizedDescription)")
        }
    }

    init(_ bytes: [UInt8], named name: String) {
        self.bytes = bytes
        self.name = name
    }

    /// How much of it was read, in hundredths.
    var percent: Int { bytes.isEmpty ? 100 : position * 100 / bytes.count }

    /// Nil at the end.
    mutating func next() throws(RecordingProblem) -> RecordedLine? {
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let content = bytes[position..<end]
            position = end + 1
            line += 1
            if content.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            return try RecordedLine(parsing: content)
        }
        position = bytes.count
        return nil
    }

    /// What a person reads when a line cannot be read: `input.jsonl:12: error: …`
    func place(_ problem: RecordingProblem) -> String {
        "\(name):\(line): error: \(problem)"
    }
}
