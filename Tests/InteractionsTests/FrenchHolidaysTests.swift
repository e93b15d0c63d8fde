import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Public holidays in France")
struct FrenchHolidaysTests {
    @Test("Easter of 1990 to 2050 is when the churches keep it")
    func easter() {
        // Month and day as one number; the table of the dateutil library, and of any almanac.
        let table = [
            415, 331, 419, 411, 403, 416, 407, 330, 412, 404, 423, 415, 331, 420, 411, 327, 416, 408, 323,
            412,
            404, 424, 408, 331, 420, 405, 327, 416, 401, 421, 412, 404, 417, 409, 331, 420, 405, 328, 416,
            401,
            421, 413, 328, 417, 409, 325, 413, 405, 425, 410, 401, 421, 406, 329, 417, 409, 325, 414, 405,
            418,
            410,
        ]
        #expect(table.count == 61)
        for (year, expected) in zip(1990..., table) {
            let easter = FrenchHolidays.easter(in: year)
            #expect(easter == CivilDate(year: year, month: expected / 100, day: expected % 100))
        }
    }

    @Test("Easter can be as early as 22 March and as late as 25 April, and is a Sunday")
    func extremes() {
        for year in [1598, 1693, 1761, 1818, 2285] {
            #expect(FrenchHolidays.easter(in: year) == CivilDate(year: year, month: 3, day: 22))
        }
        for year in [1666, 1734, 1886, 1943, 2038] {
            #expect(FrenchHolidays.easter(in: year) == CivilDate(year: year, month: 4, day: 25))
        }
        for year in 1583...4000 {
            let easter = FrenchHolidays.easter(in: year)
            #expect(easter.weekday == 7 && Int(easter.year) == year)
            #expect(easter >= CivilDate(year: year, month: 3, day: 22))
            #expect(easter <= CivilDate(year: year, month: 4, day: 25))
        }
    }

    @Test("The example of the documentation is true")
    func example() {
        let easterMonday = CivilDate(year: 2026, month: 4, day: 6)
        let goodFriday = CivilDate(year: 2026, month: 4, day: 3)
        #expect(FrenchHolidays.metropolitan.isHoliday(easterMonday))
        #expect(FrenchHolidays.alsaceMoselle.isHoliday(goodFriday))
        #expect(!FrenchHolidays.metropolitan.isHoliday(goodFriday))
    }

    @Test("A year has eleven of them, in order")
    func year() {
        let days = FrenchHolidays.metropolitan.days(of: 2026)
        #expect(
            days.map { "\($0.date) \($0.holiday.name(in: .french))" } == [
                "2026-01-01 jour de l’An", "2026-04-06 lundi de Pâques", "2026-05-01 fête du Travail",
                "2026-05-08 victoire de 1945", "2026-05-14 Ascension", "2026-05-25 lundi de Pentecôte",
                "2026-07-14 fête nationale", "2026-08-15 Assomption", "2026-11-01 Toussaint",
                "2026-11-11 armistice de 1918", "2026-12-25 Noël",
            ]
        )
        #expect(days[1].holiday.name(in: .english) == "Easter Monday")
    }

    @Test(
        "Parts of France have days of their own",
        arguments: [
            (.metropolitan, []), (.alsaceMoselle, ["2026-04-03", "2026-12-26"]),
            (.guadeloupe, ["2026-05-27"]),
            (.guyane, ["2026-06-10"]), (.martinique, ["2026-05-22"]), (.mayotte, ["2026-04-27"]),
            (.reunion, ["2026-12-20"]), (.saintBarthelemy, ["2026-10-09"]),
        ] as [(FrenchHolidays, [String])]
    )
    func regions(_ region: FrenchHolidays, _ own: [String]) {
        let everywhere = Set(FrenchHolidays.metropolitan.days(of: 2026).map(\.date))
        let days = region.days(of: 2026).map(\.date)
        #expect(everywhere.isSubset(of: days))
        #expect(days.filter { !everywhere.contains($0) }.map(\.description) == own)
    }

    @Test("Two holidays may fall on one day: then a year has ten of them")
    func coincidence() {
        for (year, month, day) in [(1997, 5, 8), (2008, 5, 1)] {
            let date = CivilDate(year: year, month: month, day: day)
            #expect(FrenchHolidays.easter(in: year).daysSince1970 + 39 == date.daysSince1970)
            #expect(FrenchHolidays.metropolitan.days(of: year).count == 10)
        }
    }

    @Test("Zones overseas keep their own holidays, and foreign ones none of these")
    func zones() throws {
        #expect(FrenchHolidays(keptIn: .paris) == .metropolitan)
        #expect(FrenchHolidays(keptIn: try CivilZone(named: "Indian/Reunion")) == .reunion)
        for name in ["Europe/Berlin", "UTC", "America/Marigot"] {
            #expect(FrenchHolidays(keptIn: try CivilZone(named: name)) == nil)
        }
        let zones = CivilZone.known.compactMap(FrenchHolidays.init(keptIn:))
        #expect(Set(zones) == Set(FrenchHolidays.allCases).subtracting([.alsaceMoselle]))
    }

    @Test("A day outside of every calendar is no reason to stop")
    func farAway() {
        for moment in [Moment.distantPast, .distantFuture, Moment(seconds: -62_000_000_000)] {
            let date = CivilZone.paris.civilTime(at: moment).date
            let holiday = FrenchHolidays.alsaceMoselle.holiday(on: date)
            #expect(holiday == nil || FrenchHoliday.allCases.contains { $0 == holiday })
        }
    }
}
