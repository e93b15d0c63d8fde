/// A day of the Gregorian calendar, without a time zone.
public struct CivilDate: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var year: Int32
    public var month: UInt8
    public var day: UInt8

    public init(year: Int, month: Int, day: Int) {
        self.year = Int32(year)
        self.month = UInt8(month)
        self.day = UInt8(day)
    }

    /// From days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    public init(daysSince1970 days: Int64) {
        let shifted = days + 719_468
        let era = shifted.dividedFloor(by: 146_097).quotient
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)),
            month: Int(month),
            day: Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        )
    }

    /// Days since 1970-01-01; the inverse of `init(daysSince1970:)`.
    public var daysSince1970: Int64 {
        let shiftedYear = Int64(year) - (month <= 2 ? 1 : 0)
        let era = shiftedYear.dividedFloor(by: 400).quotient
        let yearOfEra = shiftedYear - era * 400
        let shiftedMonth = Int64(month) + (month > 2 ? -3 : 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int {
        Int((daysSince1970 + 3).dividedFloor(by: 7).remainder) + 1
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-01-05`
    public var description: String {
        "\(padded(Int64(year), to: 4))-\(two(Int64(month)))-\(two(Int64(day)))"
    }
}
