import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Civil time in Paris")
struct CivilClockTests {
    static let springNight = CivilDate(year: 2026, month: 3, day: 29)
    static let autumnNight = CivilDate(year: 2026, month: 10, day: 25)

    @Test("Half past two never happens in the night when clocks go forward")
    func gap() {
        let change = utc(2026, 3, 29, 1)
        let time = CivilTime(Self.springNight, TimeOfDay(hour: 2, minute: 30))
        #expect(CivilZone.paris.occurrences(of: time) == .never(skippedAt: change))
        #expect(CivilZone.paris.moment(of: time) == change)
        #expect(CivilZone.paris.civilTime(at: change).time == TimeOfDay(hour: 3))
    }

    @Test("The gap reaches from two to three, without three")
    func edgesOfTheGap() {
        let zone = CivilZone.paris
        let before = CivilTime(Self.springNight, TimeOfDay(hour: 1, minute: 59, second: 59))
        #expect(zone.occurrences(of: before) == .once(utc(2026, 3, 29, 0, 59, 59)))
        let two = CivilTime(Self.springNight, TimeOfDay(hour: 2))
        #expect(zone.occurrences(of: two) == .never(skippedAt: utc(2026, 3, 29, 1)))
        let three = CivilTime(Self.springNight, TimeOfDay(hour: 3))
        #expect(zone.occurrences(of: three) == .once(utc(2026, 3, 29, 1)))
    }

    @Test("Half past two happens twice in the night when clocks go back")
    func overlap() {
        let time = CivilTime(Self.autumnNight, TimeOfDay(hour: 2, minute: 30))
        let first = utc(2026, 10, 25, 0, 30)
        let second = utc(2026, 10, 25, 1, 30)
        #expect(CivilZone.paris.occurrences(of: time) == .twice(first: first, second: second))
        #expect(CivilZone.paris.moment(of: time) == first)
        let three = CivilTime(Self.autumnNight, TimeOfDay(hour: 3))
        #expect(CivilZone.paris.occurrences(of: three) == .once(utc(2026, 10, 25, 2)))
    }

    @Test("Days have 23, 24 and 25 hours")
    func lengthOfDays() {
        #expect(CivilZone.paris.length(of: Self.springNight) == .hours(23))
        #expect(CivilZone.paris.length(of: Self.autumnNight) == .hours(25))
        #expect(CivilZone.paris.length(of: CivilDate(year: 2026, month: 1, day: 5)) == .hours(24))
    }

    @Test("A day in the Azores may begin at one o'clock")
    func dayWithoutMidnight() throws {
        let azores = try CivilZone(named: "Atlantic/Azores")
        let start = azores.startOfDay(Self.springNight)
        #expect(start == utc(2026, 3, 29, 1))
        #expect(azores.civilTime(at: start) == CivilTime(Self.springNight, TimeOfDay(hour: 1)))
        #expect(azores.length(of: Self.springNight) == .hours(23))
        #expect(azores.length(of: Self.autumnNight) == .hours(25))
    }

    @Test("Every moment of three years is found again from its clock", arguments: CivilZone.known)
    func roundTrip(_ zone: CivilZone) {
        var dice = Dice(seed: 11)
        for _ in 0..<2000 {
            let span = Int64.random(in: 0..<3 * 366 * TimeOfDay.perDay, using: &dice)
            let moment = utc(2024, 12, 1) + .microseconds(span)
            switch zone.occurrences(of: zone.civilTime(at: moment)) {
            case .once(let only): #expect(only == moment)
            case .twice(let first, let second): #expect(first == moment || second == moment)
            case .never: Issue.record("\(moment) has a clock time in \(zone) that never happens")
            }
        }
    }

    @Test("The moment of a clock time is the first with that time or a later one")
    func firstAtOrAfter() {
        for date in [Self.springNight, Self.autumnNight] {
            for minute in stride(from: 0, to: 5 * 60, by: 10) {
                let civil = CivilTime(date, TimeOfDay(hour: minute / 60, minute: minute % 60))
                let moment = CivilZone.paris.moment(of: civil)
                #expect(CivilZone.paris.civilTime(at: moment) >= civil)
                #expect(CivilZone.paris.civilTime(at: moment - .microseconds(1)) < civil)
            }
        }
    }

    @Test("A daily time comes once per calendar day, also over changes of the clocks")
    func dailyTimes() {
        for time in [TimeOfDay(hour: 2, minute: 30), TimeOfDay(hour: 8), .midnight] {
            var moment = utc(2026, 3, 20)
            var date = CivilZone.paris.civilTime(at: CivilZone.paris.next(time, from: moment)).date
            for _ in 0..<400 {
                moment = CivilZone.paris.next(time, from: moment)
                #expect(CivilZone.paris.civilTime(at: moment).date == date)
                #expect(CivilZone.paris.next(time, from: moment) == moment)
                date = CivilDate(daysSince1970: date.daysSince1970 + 1)
                moment = moment + .microseconds(1)
            }
        }
    }

    @Test("The hour of the week follows the clock, not the sun")
    func hourOfWeek() {
        let monday = CivilZone.paris.startOfDay(CivilDate(year: 2026, month: 1, day: 5))
        #expect(CivilZone.paris.hourOfWeek(at: monday) == 0)
        #expect(CivilZone.paris.hourOfWeek(at: monday - .microseconds(1)) == 167)
        let winter = CivilTime(CivilDate(year: 2026, month: 1, day: 7), TimeOfDay(hour: 9, minute: 14))
        let summer = CivilTime(CivilDate(year: 2026, month: 7, day: 8), TimeOfDay(hour: 9, minute: 14))
        for time in [winter, summer] {
            #expect(CivilZone.paris.hourOfWeek(at: CivilZone.paris.moment(of: time)) == 2 * 24 + 9)
        }
    }

    @Test("Moments far outside of the calendar have a clock time too")
    func farAway() {
        for moment in [Moment.distantPast, .distantFuture] {
            let civil = CivilZone.paris.civilTime(at: moment)
            #expect(CivilZone.paris.moment(of: civil) == moment)
        }
    }
}

/// A moment by its date and time in UTC.
func utc(
    _ year: Int,
    _ month: Int,
    _ day: Int,
    _ hour: Int = 0,
    _ minute: Int = 0,
    _ second: Int = 0
) -> Moment {
    let date = CivilDate(year: year, month: month, day: day)
    return Moment(seconds: date.daysSince1970 * 86_400 + Int64(hour * 3600 + minute * 60 + second))
}
