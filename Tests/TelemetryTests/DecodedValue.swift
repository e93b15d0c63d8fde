import Foundation
import TestSupport
import Testing
import Units

@testable import Telemetry

/// A reading as a test writes it.
struct DecodedValue: Equatable, CustomStringConvertible {
    enum Value: Equatable {
        case number(Double)
        case flag(Bool)
        case text(String)
    }

    var subject = ""
    var name: String
    var value: Value
    var unit = ""
    var at = Decoding.arrival
    var clock = DecodedReadings.Clock.arrival
    var quality: DecodedReadings.Quality = []

    var description: String {
        "\(subject)|\(name)=\(value) [\(unit)] \(at) \(clock) \(quality.rawValue)"
    }
}

/// What a decoder made of one message.
struct Decoding {
    static let arrival = Moment(seconds: 1_767_598_262)

    var values: [DecodedValue] = []
    var omissions: [String] = []
    var request: DeviceRequest?
    var problem: DecodeProblem?

    init<Decoder: MessageDecoder>(
        _ decoder: inout Decoder,
        _ payload: [UInt8],
        topic: String = "t",
        arrivedAt: Moment = Self.arrival,
        properties: [(name: String, value: String)] = []
    ) {
        var readings = DecodedReadings()
        do throws(DecodeProblem) {
            try Self.read(&decoder, payload, [UInt8](topic.utf8), arrivedAt, properties, &readings)
            values = readings.items.map { item in
                DecodedValue(
                    subject: readings.text(item.subject),
                    name: readings.text(item.name),
                    value: Self.value(item, readings),
                    unit: readings.text(item.unit),
                    at: item.at,
                    clock: item.clock,
                    quality: item.quality
                )
            }
            omissions = readings.omissions.map { "\(readings.text($0.name)): \(readings.reason(of: $0))" }
        } catch {
            problem = error
        }
        request = readings.request
    }

    init<Decoder: MessageDecoder>(_ decoder: Decoder, _ text: String, topic: String = "t") {
        var decoder = decoder
        self.init(&decoder, [UInt8](text.utf8), topic: topic)
    }

    init<Decoder: MessageDecoder>(_ decoder: Decoder, _ bytes: [UInt8]) {
        var decoder = decoder
        self.init(&decoder, bytes)
    }

    private static func read<Decoder: MessageDecoder>(
        _ decoder: inout Decoder,
        _ payload: [UInt8],
        _ topic: [UInt8],
        _ moment: Moment,
        _ properties: [(name: String, value: String)],
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let result: Result<Void, DecodeProblem> = topic.withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                let message = MessageView(
                    topic: topic,
                    payload: payload,
                    arrivedAt: moment,
                    properties: properties
                )
                do throws(DecodeProblem) {
                    return .success(try decoder.read(message, into: &readings))
                } catch {
                    return .failure(error)
                }
            }
        }
        try result.get()
    }

    private static func value(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> DecodedValue.Value
    {
        switch item.kind {
        case .number: .number(item.number)
        case .flag: .flag(item.number == 1)
        case .text: .text(readings.text(item.text))
        }
    }

    /// Every prefix of a payload is refused or says a part of what the whole says, and a payload with changed bytes is
    /// read or refused: no decoder crashes or hangs on one.
    static func checkDamage<Decoder: MessageDecoder>(
        _ decoder: Decoder,
        _ payload: [UInt8],
        topic: String = "t",
        seed: UInt64
    ) {
        func read(_ bytes: [UInt8]) -> Decoding {
            var fresh = decoder
            return Decoding(&fresh, bytes, topic: topic)
        }
        let whole = read(payload)
        #expect(whole.problem == nil && !whole.values.isEmpty)
        for count in 0..<payload.count {
            let part = read(Array(payload[..<count]))
            let known = Set(whole.values.map(\.name))
            #expect(
                part.problem != nil || part.values.allSatisfy { known.contains($0.name) || $0.value.isText },
                "\(count) bytes: \(part.values)"
            )
        }
        var dice = Dice(seed: seed)
        for _ in 0..<400 {
            var bytes = payload
            for _ in 0...dice.below(4) { bytes[dice.below(bytes.count)] = UInt8(dice.below(256)) }
            let damaged = read(bytes)
            #expect(damaged.problem.map { !$0.description.isEmpty } ?? true)
            #expect(damaged.values.allSatisfy { $0.value.isSound })
        }
    }

    static func fixture(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: MalformedTests.folder.deletingLastPathComponent().appending(path: path)))
    }

    static func bytes(hex: String) -> [UInt8] {
        var digits = hex.utf8.compactMap(JSONScanner.hexadecimalDigit)[...]
        var bytes: [UInt8] = []
        while let high = digits.popFirst(), let low = digits.popFirst() {
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

extension DecodedValue.Value {
    var isText: Bool {
        if case .text = self { true } else { false }
    }

    var isSound: Bool {
        if case .number(let number) = self { number.isFinite } else { true }
    }
}
