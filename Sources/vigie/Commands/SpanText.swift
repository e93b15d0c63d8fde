import Interactions
import Units

/// A span as operators read it.
enum SpanText {
    /// Exact, in the largest unit that divides it: `90 s`, `5 min`, `2 weeks`.
    static func exact(_ span: Duration) -> String {
        let microseconds = span.inMicroseconds
        let units: [(size: Int64, word: String)] = [
            (604_800_000_000, "week"), (86_400_000_000, "day"), (3_600_000_000, "h"), (60_000_000, "min"),
            (1_000_000, "s"), (1000, "ms"),
        ]
        for unit in units where microseconds != 0 && microseconds % unit.size == 0 {
            let count = microseconds / unit.size
            if unit.size < 86_400_000_000 { return "\(count) \(unit.word)" }
            return count == 1 ? "1 \(unit.word)" : "\(count) \(unit.word)s"
        }
        return microseconds == 0 ? "0 s" : "\(microseconds) µs"
    }

    /// Rounded down to what matters: `12 s`, `3 min`, `5 h 20 min`, `9 days`.
    static func rough(_ span: Duration, in language: Language = .english) -> String {
        let seconds = max(0, span.inMicroseconds / 1_000_000)
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: return "\(seconds / 86_400) \(language == .french ? "jours" : "days")"
        }
    }
}
