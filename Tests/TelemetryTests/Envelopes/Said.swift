import Foundation
import Testing
import Units

@testable import Telemetry

extension DecodedValue {
    /// As a line: `temperature 21.5 °C`, `open yes`, `gateway "gw1" · network`.
    var said: String {
        let marks: [(DecodedReadings.Quality, String)] = [
            (.network, "network"), (.historical, "historical"), (.doubtful, "doubtful"),
        ]
        return
            ([name + " " + value.said + (unit.isEmpty ? "" : " " + unit)]
            + marks.compactMap { quality.contains($0.0) ? $0.1 : nil }).joined(separator: " · ")
    }
}

extension DecodedValue.Value {
    fileprivate var said: String {
        switch self {
        case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .text(let text): "\"\(text)\""
        }
    }
}

extension Decoding {
    init<Decoder: MessageDecoder>(_ decoder: inout Decoder, _ topic: String, _ payload: String) {
        self.init(&decoder, [UInt8](payload.utf8), topic: topic)
    }

    /// A line for each reading; the problem where there is one.
    var said: [String] {
        problem.map { ["\($0)"] } ?? values.map(\.said)
    }

    /// The messages of a fixture in `Fixtures/envelopes`.
    static func messages(of name: String) throws -> [String] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/envelopes/\(name).jsonl")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
            let start = try #require(line.range(of: #""message":"#)).upperBound
            return String(line[start...].dropLast())
        }
    }
}
