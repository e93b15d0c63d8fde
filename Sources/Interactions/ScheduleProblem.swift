/// Why a text is no schedule.
public struct ScheduleProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// `has "tus-fri" as word 1`
    public let found: String
    /// `days such as mon-fri or lun-ven, …`
    public let expected: String

    public var description: String { "the schedule \(found); expected \(expected)" }
}

extension ScheduleProblem {
    static let tooDeep = Self(
        found: "has more than \(Schedule.deepestNesting) levels of outside, & and |",
        expected: "fewer; two schedules may say it more simply"
    )

    static func tooLong(_ text: String) -> Self {
        Self(found: "takes \(text.utf8.count) bytes", expected: "at most \(Schedule.longestText)")
    }

    static func unknown(_ token: ScheduleToken) -> Self {
        Self(
            found: "has \(token)",
            expected: "days such as mon-fri or lun-ven, times such as 08:00-18:00, holidays, dates such as "
                + "2026-07-01..2026-08-31 or 12-24, always, never, and before them not, during or outside"
        )
    }

    static func times(_ token: ScheduleToken) -> Self {
        Self(
            found: "has the times \(token)",
            expected: "two times of the clock such as 22:00-08:00 or 8h-12h30"
        )
    }

    static func times(_ token: ScheduleToken, after word: ScheduleToken) -> Self {
        Self(
            found: "has the times \(token) after \(word)",
            expected: "only days there; outside ( … ) leaves out times"
        )
    }

    static func dates(_ token: ScheduleToken) -> Self {
        Self(
            found: "has the dates \(token)",
            expected: "days of the calendar such as 2026-07-01..2026-08-31, 2026-12-24 or, for every year, "
                + "12-24 or 10-15..04-15"
        )
    }

    static func noDays(after token: ScheduleToken) -> Self {
        Self(found: "has no days after \(token)", expected: "days such as sat sun, holidays or 2026-12-24")
    }

    static func region(_ token: ScheduleToken, in zone: CivilZone) -> Self {
        let regions = FrenchHolidays.allCases.map(\.rawValue).joined(separator: ", ")
        return Self(
            found: "has \(token) in \(zone), where it is not known which",
            expected: "one of \(regions) after it"
        )
    }
}
