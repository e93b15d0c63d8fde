import Interactions
import Telemetry
import Units

/// A field of some devices: what came under its name.
struct SeenField {
    let name: String
    private(set) var count = 0
    private(set) var unit = ""
    private(set) var lastValue = ""
    private(set) var isOfNetwork = true
    private(set) var times: TimeFormat?
    private var kinds: [DecodedReadings.Kind: Int] = [:]

    init(_ name: String) {
        self.name = name
    }

    /// What came most often.
    var kind: DecodedReadings.Kind {
        kinds.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .text
    }

    mutating func take(_ item: DecodedReadings.Item, _ readings: DecodedReadings) {
        let time = Self.time(item, readings)
        times = count == 0 || times == time ? time : nil
        count += 1
        kinds[item.kind, default: 0] += 1
        if item.unit.count > 0 { unit = readings.text(item.unit) }
        if !item.quality.contains(.network) { isOfNetwork = false }
        lastValue = Self.text(item, readings)
    }

    /// Another device's field of the same name.
    mutating func merge(_ other: SeenField) {
        if times != other.times { times = nil }
        count += other.count
        kinds.merge(other.kinds, uniquingKeysWith: +)
        if unit.isEmpty { unit = other.unit }
        isOfNetwork = isOfNetwork && other.isOfNetwork
    }

    static func text(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> String {
        let unit = readings.text(item.unit)
        let value =
            switch item.kind {
            case .number: "\(JSON.number(item.number))"
            case .flag: item.number == 1 ? "yes" : "no"
            case .text: "\"\(readings.text(item.text).prefix(textLimit))\""
            }
        return unit.isEmpty ? value : "\(value) \(unit)"
    }

    /// Characters of a text that are shown.
    private static let textLimit = 40

    /// A value that is a time: ISO 8601 with its zone, or a count since 1970 under a name that says so.
    private static func time(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> TimeFormat? {
        switch item.kind {
        case .text: return Moment(iso8601: readings.text(item.text)) == nil ? nil : .iso8601
        case .flag: return nil
        case .number:
            let name = readings.text(item.name).lowercased()
            guard ["ts", "time", "timestamp"].contains(where: { name == $0 || name.hasSuffix("_\($0)") })
            else {
                return nil
            }
            let formats: [(TimeFormat, Double)] = [(.epochSeconds, 1), (.epochMilliseconds, 1000)]
            // Since 2015: a smaller number is a span.
            return formats.first { (1_420_000_000..<4_000_000_000).contains(item.number / $0.1) }?.0
        }
    }
}
