import Foundation

/// A frame that a real device sent, with what its maker's decoder says of it.
package struct RecordedFrame: Decodable, Sendable {
    package var vendor: String
    package var device: String
    package var fPort: UInt8?
    package var hex: String
    package var expected: Expectation

    package struct Expectation: Decodable, Sendable {
        /// Nil when the maker's decoder refuses the frame.
        package var data: [String: LooseJSON]?
    }

    package var bytes: [UInt8] { Self.bytes(of: hex) }

    /// Blanks between the digits do not matter.
    package static func bytes(of hex: String) -> [UInt8] {
        var digits = hex.filter { $0 != " " }[...]
        var bytes: [UInt8] = []
        while let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return bytes
    }

    /// The maker's decoder does not read it: it throws, or prints an error and nothing else.
    var isRefused: Bool { expected.data.map { $0["error"] != nil } ?? true }

    /// The expected fields by their path: `readings[1].humidity`.
    var fields: [(path: String, value: LooseJSON)] {
        (expected.data ?? [:]).sorted { $0.key < $1.key }.flatMap { LooseJSON.leaves($0.value, at: $0.key) }
    }

    /// Those that are kept with the code.
    package static let all: [RecordedFrame] = {
        do {
            return try read(fixtures)
        } catch {
            preconditionFailure("Fixtures/lorawan cannot be read: \(error)")
        }
    }()

    package static let fixtures = ["chirpstack-mit", "the-things-network-apache-2"].map { name in
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Fixtures/lorawan/\(name).jsonl")
    }

    /// The frames of some files, one on each line.
    package static func read(_ files: [URL]) throws -> [RecordedFrame] {
        try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(RecordedFrame.self, from: Data($0.utf8))
            }
        }
    }
}
