import Units

/// How a moment is written for a person: by the clock, and with the day where the clock alone is not clear.
///
/// The clock alone (`09h14`, `09:14`) serves on the same local day and within twelve hours of it, so that a
/// fall at 23:59 told a minute later is told "à 23h59". Otherwise the day is told as well
/// (`le 4 janv. à 22h30`, `22:30 on 4 Jan`), and the year too when it is more than half a year away.
struct ClockText {
    private let shown: CivilTime
    private let detail: Detail

    private enum Detail { case clock, day, year }

    private static let unambiguous: Duration = .hours(12)
    private static let sameSeason: Duration = .days(183)

    init(_ moment: Moment, in zone: CivilZone, at now: Moment) {
        shown = zone.civilTime(at: moment)
        let distance = moment < now ? now.since(moment) : moment.since(now)
        if distance < Self.unambiguous || shown.date == zone.civilTime(at: now).date {
            detail = .clock
        } else {
            detail = distance < Self.sameSeason ? .day : .year
        }
    }

    func text(in language: Language) -> String {
        let clock = Self.text(of: shown.time, in: language)
        guard detail != .clock else { return clock }
        var day = "\(Self.day(shown.date.day, language)) \(Self.month(shown.date.month, language))"
        if detail == .year { day += " \(shown.date.year)" }
        switch language {
        case .french: return "le \(day) à \(clock)"
        case .english: return "\(clock) on \(day)"
        }
    }

    static func text(of time: TimeOfDay, in language: Language) -> String {
        twoDigits(time.hour) + separator(language) + twoDigits(time.minute)
    }

    private static func separator(_ language: Language) -> String {
        switch language {
        case .french: "h"
        case .english: ":"
        }
    }

    private static func day(_ day: UInt8, _ language: Language) -> String {
        language == .french && day == 1 ? "1er" : "\(day)"
    }

    private static func month(_ month: UInt8, _ language: Language) -> String {
        switch language {
        case .french: frenchMonths[Int(month) - 1]
        case .english: englishMonths[Int(month) - 1]
        }
    }

    private static let frenchMonths = [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ]
    private static let englishMonths = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
