import Foundation
import Testing
import Units

@testable import Telemetry

/// The recorded day of a residence (`Fixtures/building`), decoded message by message, each by the format of its topic.
struct BuildingDay {
    struct Problem: Equatable {
        var topic: String
        var problem: DecodeProblem
    }

    struct Line: Decodable {
        var at: String
        var topic: String
        var payload: String?
        var payloadBase64: String?
        var properties: [[String]]?

        var bytes: [UInt8] {
            payload.map { [UInt8]($0.utf8) }
                ?? payloadBase64.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } ?? []
        }
    }

    /// Which format each topic has; the first that fits holds.
    static let formats: KeyValuePairs = [
        "v3/#": "the-things-stack", "application/#": "chirpstack", "wmbusmeters/#": "wmbusmeters",
        "zigbee2mqtt/#": "zigbee2mqtt", "tele/#": "tasmota", "shellies/#": "shelly-gen1",
        "erables/+/events/rpc": "shelly-rpc", "erables/+/online": "shelly-rpc", "homie/#": "homie",
        "homeassistant/#": "home-assistant", "parking/air": "home-assistant", "home/#": "theengs",
        "spBv1.0/#": "sparkplug-b", "erables/senml/#": "senml+json", "erables/senml-cbor/#": "senml+cbor",
        "erables/events/#": "cloudevents", "telegraf/#": "influx", "erables/toit/#": "plain",
        "erables/csv/#": "csv", "landlord/#": "json", "care/#": "json",
    ]

    private(set) var messages: [String: Int] = [:]
    private(set) var readings: [String: Int] = [:]
    private(set) var values: [DecodedValue] = []
    private(set) var problems: [Problem] = []
    private(set) var requests: [(at: Moment, request: DeviceRequest)] = []

    init() throws {
        let text = String(decoding: try Decoding.fixture("building/day/messages.jsonl"), as: UTF8.self)
        var decoders: [String: any MessageDecoder] = [:]
        for line in text.split(separator: "\n") {
            let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            let name = try #require(try Self.format(of: line.topic), "no format for \(line.topic)")
            let format = try #require(MessageFormat.named(name))
            var decoder = decoders[name] ?? format.decoder()
            let decoding = try Self.decode(&decoder, line)
            decoders[name] = decoder
            messages[name, default: 0] += 1
            readings[name, default: 0] += decoding.values.count
            values += decoding.values
            if let problem = decoding.problem {
                problems.append(Problem(topic: line.topic, problem: problem))
            }
            if let request = decoding.request {
                requests.append((try #require(Moment(iso8601: line.at)), request))
            }
        }
    }

    private static func decode(_ decoder: inout some MessageDecoder, _ line: Line) throws -> Decoding {
        Decoding(
            &decoder,
            line.bytes,
            topic: line.topic,
            arrivedAt: try #require(Moment(iso8601: line.at)),
            properties: (line.properties ?? []).map { (name: $0[0], value: $0[1]) }
        )
    }

    private static func format(of topic: String) throws -> String? {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false)
        return formats.first { filter, _ in
            let filter = filter.split(separator: "/")
            let isOpen = filter.last == "#"
            guard isOpen ? levels.count >= filter.count : levels.count == filter.count else { return false }
            return zip(filter, levels).allSatisfy { $0 == "#" || $0 == "+" || $0 == $1 }
        }?.value
    }

    /// What a device said under a name, in the order in which it arrived.
    func said(_ subject: String, _ name: String) -> [DecodedValue] {
        values.filter { $0.subject == subject && $0.name == name }
    }
}
