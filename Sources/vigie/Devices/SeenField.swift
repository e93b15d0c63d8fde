import Interactions
import Telemetry
import Units

/// A field of some devices: what came under its name.
struct SeenField {
    let name: String
    private(set) var count = 0
    private(set) var unit = ""
    private(set) var times: TimeFormat?
    private var kinds: [DecodedReadings.Kind: Int] = [:]

    init(_ name: String) {
        self.name = name
    }

    /// Whether it says that something happened, and not how something is: said once, it must not be said again by the
    /// messages that follow. Numbers are counts and hold.
    var isEvent: Bool {
        guard kind != .number, let last = name.split(separator: ".").last else { return false }
        let word = last.lowercased().filter { $0.isLetter }
        return Self.events.contains(word) || word.hasSuffix("event") || word.hasSuffix("action")
    }

    /// What devices call their events: ours first, then words of makers.
    private static let events: Set<String> = [
        "button", "call", "fall", "press", "pressed", "click", "clicked", "gesture", "scene", "ring", "sos",
        "help",
        "emergency", "panic", "alert", "knock", "command",
    ]

    /// Whether a value in this unit is of this field: a battery in volts is another one than in per cent.
    func takes(unit other: String) -> Bool {
        guard !unit.isEmpty, !other.isEmpty, unit != other else { return true }
        let (ours, theirs) = (Self.dimensions(of: unit), Self.dimensions(of: other))
        return ours.isEmpty || theirs.isEmpty || !ours.isDisjoint(with: theirs)
    }

    private static func dimensions(of unit: String) -> Set<String> {
        Set(KnownUnit.all.filter { $0.symbol == unit }.map(\.dimension))
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
    }

    /// Another device's field of the same name.
    mutating func merge(_ other: SeenField) {
        if times != other.times { times = nil }
        count += other.count
        kinds.merge(other.kinds, uniquingKeysWith: +)
        if unit.isEmpty { unit = other.unit }
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
