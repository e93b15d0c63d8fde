import Foundation
import Telemetry
import Units

/// A frame that a real device sent, with what its maker's decoder says of it.
struct RecordedFrame: Decodable, Sendable {
    var vendor: String
    var device: String
    var fPort: UInt8?
    var hex: String
    var expected: Expectation

    struct Expectation: Decodable, Sendable {
        /// Nil when the maker's decoder refuses the frame.
        var data: [String: LooseJSON]?
    }

    var bytes: [UInt8] { Self.bytes(of: hex) }

    /// Blanks between the digits do not matter.
    static func bytes(of hex: String) -> [UInt8] {
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
    static let all: [RecordedFrame] = {
        do {
            return try read(fixtures)
        } catch {
            preconditionFailure("Fixtures/lorawan cannot be read: \(error)")
        }
    }()

    static let fixtures = ["chirpstack-mit", "the-things-network-apache-2"].map { name in
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/lorawan/\(name).jsonl")
    }

    /// The frames of some files, one on each line.
    static func read(_ files: [URL]) throws -> [RecordedFrame] {
        try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(RecordedFrame.self, from: Data($0.utf8))
            }
        }
    }
}

/// A value as a maker's decoder prints it: numbers, truths and texts take each other's place.
enum LooseJSON: Decodable, Equatable, Sendable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case list([LooseJSON])
    case object([String: LooseJSON])
    case null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() { self = .null; return }
        do { self = .flag(try value.decode(Bool.self)); return } catch is DecodingError {}
        do { self = .number(try value.decode(Double.self)); return } catch is DecodingError {}
        do { self = .text(try value.decode(String.self)); return } catch is DecodingError {}
        do { self = .list(try value.decode([LooseJSON].self)); return } catch is DecodingError {}
        self = .object(try value.decode([String: LooseJSON].self))
    }

    /// The number, or the one that the text begins with: `3.4V`, `2.3(low battery)`.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .flag(let flag): flag ? 1 : 0
        case .text(let text): Double(text.prefix { $0.isNumber || "+-.eE".contains($0) })
        case .list, .object, .null: nil
        }
    }

    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .text(let text): text
        case .list(let list): list.map(\.text).joined(separator: ",")
        case .object(let object): "\(object)"
        case .null: "null"
        }
    }

    static func leaves(_ value: LooseJSON, at path: String) -> [(path: String, value: LooseJSON)] {
        switch value {
        case .object(let object):
            object.sorted { $0.key < $1.key }.flatMap { leaves($0.value, at: "\(path).\($0.key)") }
        case .list(let list):
            list.enumerated().flatMap { leaves($0.element, at: "\(path)[\($0.offset)]") }
        default: [(path, value)]
        }
    }
}

/// What a frame became, by name.
struct FrameReadings {
    struct Value {
        var name: String
        var unit: String
        var text: String?
        var number: Double
        var isHistorical: Bool
        var isDoubtful: Bool
        var at: Moment
    }

    var values: [Value]

    init(_ readings: DecodedReadings) {
        values = readings.items.map { item in
            Value(
                name: readings.text(item.name),
                unit: readings.text(item.unit),
                text: item.kind == .text ? readings.text(item.text) : nil,
                number: item.number,
                isHistorical: item.quality.contains(.historical),
                isDoubtful: item.quality.contains(.doubtful),
                at: item.at
            )
        }
    }

    /// The last of that name that is not history.
    subscript(name: String) -> Value? { values.last { $0.name == name && !$0.isHistorical } }

    /// Those of that name that are history, in their order.
    func history(_ name: String) -> [Value] { values.filter { $0.name == name && $0.isHistorical } }
}

extension LoRaWANCodec {
    func readings(
        port: UInt8?,
        _ bytes: [UInt8],
        at moment: Moment = Moment(seconds: 1_700_000_000)
    ) throws(FrameProblem) -> DecodedReadings {
        var readings = DecodedReadings()
        readings.begin(arrivedAt: moment)
        // The closure cannot throw a type of its own through this call of the standard library.
        let problem: FrameProblem? = bytes.withUnsafeBytes { bytes in
            do throws(FrameProblem) {
                try decode(LoRaWANFrame(port: port, payload: bytes), into: &readings)
                return nil
            } catch {
                return error
            }
        }
        if let problem { throw problem }
        return readings
    }
}
