import Units

/// The public holidays of one part of France, computed for any year.
///
/// They are those of the labour code as it stands: article L3133-1 for all of France, L3134-13 for Bas-Rhin,
/// Haut-Rhin and Moselle, L3422-2 for the days overseas on which the abolition of slavery is commemorated.
/// Earlier years are shown as if that had always been the law. Days off by custom (Good Friday in the
/// Antilles, 21 July in Guadeloupe, the Muslim feasts in Mayotte) are not in it. Saint-Martin is missing: its
/// collectivity keeps 28 May while the code has named other days.
///
///     FrenchHolidays.metropolitan.isHoliday(CivilDate(year: 2026, month: 4, day: 6))       // Easter Monday
///     FrenchHolidays.alsaceMoselle.isHoliday(CivilDate(year: 2026, month: 4, day: 3))      // Good Friday
public enum FrenchHolidays: String, Hashable, Sendable, CaseIterable {
    /// The eleven days that are holidays everywhere.
    case metropolitan
    /// Good Friday and 26 December too. The law gives Good Friday to communes with a Protestant or a shared
    /// church; which those are is not known here, so it counts for all.
    case alsaceMoselle = "alsace-moselle"
    case guadeloupe
    case guyane
    case martinique
    case mayotte
    case reunion
    case saintBarthelemy = "saint-barthelemy"

    /// What is celebrated on a day; nil on days that are no holiday here.
    ///
    /// When two fall together (Ascension on 1 or 8 May) it is the one with a fixed date.
    public func holiday(on date: CivilDate) -> FrenchHoliday? {
        switch (date.month, date.day) {
        case (1, 1): return .newYear
        case (5, 1): return .labourDay
        case (5, 8): return .victory1945
        case (7, 14): return .nationalDay
        case (8, 15): return .assumption
        case (11, 1): return .allSaints
        case (11, 11): return .armistice1918
        case (12, 25): return .christmas
        case (12, 26) where self == .alsaceMoselle: return .saintStephen
        case (let month, let day) where (month, day) == abolitionDay: return .abolitionOfSlavery
        // Good Friday is 20 March at the earliest, Whit Monday 14 June at the latest.
        case (3...6, _): return movable(on: date)
        default: return nil
        }
    }

    public func isHoliday(_ date: CivilDate) -> Bool {
        holiday(on: date) != nil
    }

    /// All holidays of a year, in order.
    public func days(of year: Int) -> [(date: CivilDate, holiday: FrenchHoliday)] {
        let first = CivilDate(year: year, month: 1, day: 1).daysSince1970
        let last = CivilDate(year: year, month: 12, day: 31).daysSince1970
        return (first...last).compactMap { day in
            let date = CivilDate(daysSince1970: day)
            return holiday(on: date).map { (date, $0) }
        }
    }

    /// Month and day; 0 where there is none.
    private var abolitionDay: (UInt8, UInt8) {
        switch self {
        case .metropolitan, .alsaceMoselle: (0, 0)
        case .mayotte: (4, 27)
        case .martinique: (5, 22)
        case .guadeloupe: (5, 27)
        case .guyane: (6, 10)
        case .saintBarthelemy: (10, 9)
        case .reunion: (12, 20)
        }
    }

    private func movable(on date: CivilDate) -> FrenchHoliday? {
        switch date.daysSince1970 - Self.easter(in: Int(date.year)).daysSince1970 {
        case -2: self == .alsaceMoselle ? .goodFriday : nil
        case 1: .easterMonday
        case 39: .ascension
        case 50: .whitMonday
        default: nil
        }
    }

    /// Easter Sunday by the Gregorian calendar.
    ///
    /// The formula is the one of an unnamed reader of Nature (20 April 1876), proven by Butcher and printed by
    /// Meeus (Astronomical Algorithms, chapter 8); it holds for every year from 1583.
    public static func easter(in year: Int) -> CivilDate {
        let yearOfMoonCycle = year % 19
        let (century, yearOfCentury) = year.quotientAndRemainder(dividingBy: 100)
        let moonCorrection = (century - (century + 8) / 25 + 1) / 3
        let fullMoon = (19 * yearOfMoonCycle + century - century / 4 - moonCorrection + 15) % 30
        let untilSunday =
            (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - fullMoon - yearOfCentury % 4) % 7
        let tooLate = (yearOfMoonCycle + 11 * fullMoon + 22 * untilSunday) / 451
        let dayOfMarch = fullMoon + untilSunday - 7 * tooLate + 22
        let endOfFebruary = CivilDate(year: year, month: 3, day: 1).daysSince1970 - 1
        return CivilDate(daysSince1970: endOfFebruary + Int64(dayOfMarch))
    }
}

extension FrenchHolidays {
    /// The holidays that are kept by the clocks of a zone; nil where they are not French, or where it is not
    /// settled which they are.
    public init?(keptIn zone: CivilZone) {
        switch zone.name {
        case "Europe/Paris": self = .metropolitan
        case "America/Cayenne": self = .guyane
        case "America/Guadeloupe": self = .guadeloupe
        case "America/Martinique": self = .martinique
        case "America/St_Barthelemy": self = .saintBarthelemy
        case "Indian/Mayotte": self = .mayotte
        case "Indian/Reunion": self = .reunion
        default: return nil
        }
    }
}
