import Units

/// A time as a clock on the wall shows it: `22:00`. No day, no zone.
public struct TimeOfDay: Hashable, Comparable, BitwiseCopyable, Sendable {
    /// What the clock shows, in microseconds after 00:00; below 24 hours.
    public let microseconds: Int64

    static let perDay: Int64 = 86_400_000_000

    /// 0 ≤ hour < 24, 0 ≤ minute, second < 60.
    public init(hour: Int, minute: Int = 0, second: Int = 0) {
        precondition(
            (0..<24).contains(hour) && (0..<60).contains(minute) && (0..<60).contains(second),
            "no clock shows \(hour):\(minute):\(second)"
        )
        self.microseconds = Int64(hour * 3600 + minute * 60 + second) * 1_000_000
    }

    init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static let midnight = TimeOfDay(microseconds: 0)

    public var hour: Int { Int(microseconds / 3_600_000_000) }
    public var minute: Int { Int(microseconds / 60_000_000 % 60) }
    public var second: Int { Int(microseconds / 1_000_000 % 60) }

    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// `09:05:00`
    public var description: String {
        "\(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
    }
}

/// A date and a time of day, as a calendar and a clock in one place show them.
///
/// On the night when clocks go back some of these happen twice, on the night when they go forward some never
/// happen; `CivilZone.occurrences(of:)` knows.
public struct CivilTime: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var date: CivilDate
    public var time: TimeOfDay

    public init(_ date: CivilDate, _ time: TimeOfDay = .midnight) {
        self.date = date
        self.time = time
    }

    public static func < (left: CivilTime, right: CivilTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    /// The moment at which a clock on UTC shows this.
    var asUTC: Moment {
        Moment(microseconds: date.daysSince1970 * TimeOfDay.perDay + time.microseconds)
    }

    /// What a clock on UTC shows at a moment.
    init(utc moment: Moment) {
        let (days, time) = moment.microseconds.dividedFloor(by: TimeOfDay.perDay)
        self.init(CivilDate(daysSince1970: days), TimeOfDay(microseconds: time))
    }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-03-29T03:00:00`
    public var description: String { "\(date)T\(time)" }
}

func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
