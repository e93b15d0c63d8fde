import Units

/// How a span is written for a person: two steps of precision, never more than has passed.
///
/// `340 ms` · `45 s` · `2 min 30 s` · `45 min` · `1 h 20` · `3 j 4 h` · `23 jours`
struct DurationText {
    private let isNegative: Bool
    private let milliseconds: Int64

    init(_ duration: Duration) {
        let microseconds = duration.inMicroseconds
        milliseconds = Int64((microseconds.magnitude / 1000))
        isNegative = microseconds < 0 && milliseconds > 0
    }

    func text(in language: Language) -> String {
        (isNegative ? "-" : "") + size(in: language)
    }

    private func size(in language: Language) -> String {
        let seconds = milliseconds / 1000
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        switch seconds {
        case 0 where milliseconds > 0: return "\(milliseconds) ms"
        case ..<60: return "\(seconds) s"
        case ..<600: return Self.pair("\(minutes) min", seconds % 60, " s")
        case ..<3600: return "\(minutes) min"
        case ..<172_800: return clock(hours: hours, minutes: minutes % 60, in: language)
        case ..<1_209_600: return Self.pair("\(days) \(language == .french ? "j" : "d")", hours % 24, " h")
        default: return "\(days) \(language == .french ? "jours" : "days")"
        }
    }

    private func clock(hours: Int64, minutes: Int64, in language: Language) -> String {
        guard minutes > 0 else { return "\(hours) h" }
        let padded = twoDigits(Int(minutes))
        return language == .french ? "\(hours) h \(padded)" : "\(hours) h \(padded) min"
    }

    private static func pair(_ whole: String, _ rest: Int64, _ unit: String) -> String {
        rest == 0 ? whole : "\(whole) \(rest)\(unit)"
    }
}
