import Interactions
import Telemetry

/// What became of one message, as `vigie decode` prints it.
///
/// `{"topic","format","readings":[{"subject","name","value","unit","at"}],"problem"}`. A reading has `clock` where its time
/// is that of the device or of its network and not of the arrival, and `quality` where there is something to say of it.
/// `omitted` names the fields that did not become readings, with their reasons; `omittedCount` stands beside it when
/// there are more than are named. `problem` is only there when nothing could be decoded.
struct DecodedLine {
    let json: JSON

    init(_ topic: String, _ outcome: FormatFinder.Outcome, _ readings: DecodedReadings) {
        var members: [JSON.Member] = [
            .init("topic", .string(topic)),
            .init("format", outcome.format.map { .string($0) } ?? .null),
        ]
        if let problem = outcome.problem {
            members += [.init("readings", []), .init("problem", .string(problem.description))]
        } else {
            members.append(.init("readings", .array(readings.items.map { Self.reading($0, readings) })))
        }
        members += Self.omissions(readings)
        json = .object(members)
    }

    private static func reading(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> JSON {
        var members: [JSON.Member] = [
            .init("subject", .string(readings.text(item.subject))),
            .init("name", .string(readings.text(item.name))),
            .init("value", value(item, readings)),
            .init("unit", .string(readings.text(item.unit))),
            .init("at", .string("\(item.at)")),
        ]
        if let clock = item.clock.word { members.append(.init("clock", .string(clock))) }
        let quality = item.quality.words
        if !quality.isEmpty { members.append(.init("quality", .array(quality.map { .string($0) }))) }
        return .object(members)
    }

    private static func value(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> JSON {
        switch item.kind {
        case .number: .number(item.number)
        case .flag: .bool(item.number == 1)
        case .text: .string(readings.text(item.text))
        }
    }

    private static func omissions(_ readings: DecodedReadings) -> [JSON.Member] {
        guard !readings.omissions.isEmpty else { return [] }
        let omitted: [JSON] = readings.omissions.map { omission in
            ["name": .string(readings.text(omission.name)), "reason": .string(readings.reason(of: omission))]
        }
        let members = [JSON.Member("omitted", .array(omitted))]
        guard readings.omittedCount > omitted.count else { return members }
        return members + [JSON.Member("omittedCount", .integer(Int64(readings.omittedCount)))]
    }
}

extension DecodedReadings.Clock {
    /// Nil for the arrival, which needs no word.
    var word: String? {
        switch self {
        case .device: "device"
        case .network: "network"
        case .arrival: nil
        }
    }
}

extension DecodedReadings.Quality {
    var words: [String] {
        let words: [(DecodedReadings.Quality, String)] = [
            (.historical, "historical"), (.doubtful, "doubtful"), (.network, "network"),
        ]
        return words.filter { contains($0.0) }.map(\.1)
    }
}
