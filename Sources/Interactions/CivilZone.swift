import Units

/// The civil time of a place: a distance from UTC, and whether it has European summer time.
///
/// Computed by rule, so every machine and every replay agrees, whatever time zone data is installed. The rule
/// of the European Union (directive 2000/84/EC) holds from the last Sunday of March to the last Sunday of
/// October, from 01:00 UTC to 01:00 UTC. It is what all its zones here have done since 2004, and those of
/// western and central Europe since 1996; earlier times are shown as if it had always held.
public struct CivilZone: Hashable, Sendable {
    enum Rule: UInt8, Sendable {
        case noSummerTime, european
    }

    /// The name in the IANA time zone database: `Europe/Paris`.
    public let name: String
    /// What winter clocks show more than UTC, in microseconds.
    let standardOffset: Int64
    let rule: Rule

    init(_ name: String, minutesEast: Int64, rule: Rule) {
        self.name = name
        self.standardOffset = minutesEast * 60_000_000
        self.rule = rule
    }

    /// How much later than UTC clocks show at this moment: one hour in Paris in winter, two in summer.
    public func offset(at moment: Moment) -> Duration {
        .microseconds(offsetInMicroseconds(at: moment))
    }

    func offsetInMicroseconds(at moment: Moment) -> Int64 {
        switch rule {
        case .noSummerTime:
            return standardOffset
        case .european:
            let year = Int(CivilTime(utc: moment).date.year)
            let (spring, autumn) = Self.changes(in: year)
            return moment >= spring && moment < autumn ? summerOffset : standardOffset
        }
    }

    var summerOffset: Int64 { standardOffset + 3_600_000_000 }

    /// When clocks go forward and back.
    static func changes(in year: Int) -> (spring: Moment, autumn: Moment) {
        (lastSunday(of: 3, in: year), lastSunday(of: 10, in: year))
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days.
    static func lastSunday(of month: Int, in year: Int) -> Moment {
        let last = CivilDate(year: year, month: month, day: 31)
        let day = last.daysSince1970 - Int64(last.weekday % 7)
        return Moment(microseconds: day * TimeOfDay.perDay + 3_600_000_000)
    }
}

extension CivilZone: CustomStringConvertible {
    public var description: String { name }
}
