import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Schedules")
struct ScheduleTests {
    /// A time in Paris; the first of two.
    static func paris(_ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, year: Int = 2026)
        -> Moment
    {
        let date = CivilDate(year: year, month: month, day: day)
        return CivilZone.paris.moment(of: CivilTime(date, TimeOfDay(hour: hour, minute: minute)))
    }

    @Test("Office hours hold on weekdays and Saturday mornings, not on holidays")
    func officeHours() {
        let office = Schedule.on(.weekdays, 8.oclock, to: 18.oclock)
            .union(.on(.saturday, 9.oclock, to: 12.oclock))
            .except(.publicHolidays(.metropolitan))
        #expect(office.contains(Self.paris(5, 4, 8)))
        #expect(!office.contains(Self.paris(5, 4, 8) - .microseconds(1)))
        #expect(office.contains(Self.paris(5, 4, 18) - .microseconds(1)))
        #expect(!office.contains(Self.paris(5, 4, 18)))
        #expect(office.contains(Self.paris(5, 9, 9)) && !office.contains(Self.paris(5, 9, 12)))
        #expect(!office.contains(Self.paris(5, 10, 10)))
        // Friday, 8 May, and Easter Monday.
        #expect(!office.contains(Self.paris(5, 8, 10)))
        #expect(!office.contains(Self.paris(4, 6, 10)) && office.contains(Self.paris(4, 7, 10)))
    }

    @Test("A window over midnight belongs to the day it begins")
    func overnight() {
        let nights = Schedule.on(.weekdays, 22.oclock, to: 8.oclock)
        #expect(nights.contains(Self.paris(11, 27, 22)) && nights.contains(Self.paris(11, 28, 7, 59)))
        #expect(!nights.contains(Self.paris(11, 28, 8)) && !nights.contains(Self.paris(11, 28, 23)))
        // Sunday's night would end on Monday morning.
        #expect(!nights.contains(Self.paris(11, 30, 7)) && nights.contains(Self.paris(11, 30, 22)))
        // The night before a holiday runs into it; the holiday's own does not begin.
        let quiet = Schedule.daily(22.oclock, to: 8.oclock).except(.publicHolidays(.metropolitan))
        #expect(quiet.contains(Self.paris(12, 25, 7, 59)) && !quiet.contains(Self.paris(12, 25, 22)))
        #expect(!quiet.contains(Self.paris(12, 26, 7)) && quiet.contains(Self.paris(12, 26, 22)))
    }

    @Test("In the night of 23 hours what should begin in the gap begins at its end")
    func springNight() {
        let change = utc(2026, 3, 29, 1)
        let early = Schedule.daily(1.oclock, to: TimeOfDay(hour: 2, minute: 30))
        let late = Schedule.daily(TimeOfDay(hour: 2, minute: 30), to: 8.oclock)
        #expect(early.contains(change - .microseconds(1)) && !early.contains(change))
        #expect(!late.contains(change - .microseconds(1)) && late.contains(change))
        let inside = Schedule.daily(TimeOfDay(hour: 2, minute: 15), to: TimeOfDay(hour: 2, minute: 45))
        #expect(!inside.contains(change) && !inside.contains(change - .microseconds(1)))
        #expect(inside.nextChange(after: change - .hours(2)) == Self.paris(3, 30, 2, 15))
        let night = Schedule.daily(22.oclock, to: 8.oclock)
        let begin = Self.paris(3, 28, 22)
        #expect(night.nextEnd(after: begin)?.since(begin) == .hours(9))
    }

    @Test("In the night of 25 hours a time that comes twice counts the first time")
    func autumnNight() {
        let change = utc(2026, 10, 25, 1)
        let half = TimeOfDay(hour: 2, minute: 30)
        let early = Schedule.daily(22.oclock, to: half)
        let late = Schedule.daily(half, to: 8.oclock)
        let first = utc(2026, 10, 25, 0, 30)
        #expect(early.nextEnd(after: first - .hours(3)) == first)
        #expect(late.nextBegin(after: first - .hours(3)) == first)
        // 02:10 in the second passage: the window that ended at the first 02:30 does not come back.
        #expect(!early.contains(change + .minutes(10)) && late.contains(change + .minutes(10)))
        let inside = Schedule.daily(TimeOfDay(hour: 2, minute: 15), to: TimeOfDay(hour: 2, minute: 45))
        #expect(inside.contains(first) && !inside.contains(first + .hours(1)))
        let untilThree = Schedule.daily(half, to: 3.oclock)
        #expect(untilThree.nextEnd(after: first)?.since(first) == .minutes(90))
        let night = Schedule.daily(22.oclock, to: 8.oclock)
        let begin = Self.paris(10, 24, 22)
        #expect(night.nextEnd(after: begin)?.since(begin) == .hours(11))
    }

    @Test("Whole days, dates, seasons and holidays can be meant")
    func kindsOfDays() {
        let closed = Schedule.on([.sunday, .publicHolidays(.alsaceMoselle)])
        #expect(closed.contains(Self.paris(4, 3)) && closed.contains(Self.paris(4, 3, 23, 59)))
        #expect(!closed.contains(Self.paris(4, 4)) && closed.contains(Self.paris(4, 5, 12)))
        let heating = Schedule.always.during(.yearly(from: (10, 15), through: (4, 15)))
        #expect(heating.contains(Self.paris(10, 15)) && heating.contains(Self.paris(1, 1)))
        #expect(heating.contains(Self.paris(4, 15, 23, 59)) && !heating.contains(Self.paris(4, 16)))
        let summer = Schedule.on(.weekdays, 9.oclock, to: 12.oclock).during(
            .dates(
                from: CivilDate(year: 2026, month: 7, day: 1),
                through: CivilDate(year: 2026, month: 8, day: 31)
            )
        )
        #expect(!summer.contains(Self.paris(6, 30, 9)) && summer.contains(Self.paris(7, 1, 9)))
        #expect(summer.contains(Self.paris(8, 31, 11)) && !summer.contains(Self.paris(8, 31, 11, year: 2027)))
    }

    @Test("Around the clock is a shift of 24 hours, from morning to morning")
    func aroundTheClock() {
        let shift = Schedule.on(.saturday, 8.oclock, to: 8.oclock)
        #expect(!shift.contains(Self.paris(11, 28, 7, 59)) && shift.contains(Self.paris(11, 28, 8)))
        #expect(shift.contains(Self.paris(11, 29, 7, 59)) && !shift.contains(Self.paris(11, 29, 8)))
    }

    @Test("Outside of office hours is all the rest: nights, weekends, holidays")
    func inverted() {
        let office = Schedule.on(.weekdays, 8.oclock, to: 18.oclock).except(.publicHolidays(.metropolitan))
        let outside = office.inverted
        for moment in [(5, 4, 7), (5, 4, 18), (5, 8, 10), (5, 9, 10)].map({ Self.paris($0.0, $0.1, $0.2) }) {
            #expect(outside.contains(moment) && !office.contains(moment))
        }
        #expect(outside.inverted == office)
        #expect(Schedule.always.inverted == .never && Schedule.never.inverted == .always)
        // Without the holidays from midnight to midnight, because no window of it begins.
        let paid = outside.except(.publicHolidays(.metropolitan))
        #expect(!paid.contains(Self.paris(5, 8)) && !paid.contains(Self.paris(5, 8, 23)))
        #expect(paid.contains(Self.paris(5, 7, 23)) && paid.contains(Self.paris(5, 9)))
        let onHolidays = outside.during(.publicHolidays(.metropolitan))
        #expect(onHolidays.contains(Self.paris(5, 8)) && onHolidays.contains(Self.paris(5, 8, 23)))
        #expect(!onHolidays.contains(Self.paris(5, 7, 23)) && !onHolidays.contains(Self.paris(5, 9)))
    }

    @Test("The next change is the edge of a window that matters")
    func changes() {
        let office = Schedule.on(.weekdays, 8.oclock, to: 12.oclock)
            .union(.on(.weekdays, 12.oclock, to: 18.oclock)).except(.publicHolidays(.metropolitan))
        let thursday = Self.paris(5, 7, 9)
        #expect(office.nextChange(after: thursday) == Self.paris(5, 7, 18))
        #expect(office.nextEnd(after: thursday) == Self.paris(5, 7, 18))
        #expect(office.nextBegin(after: thursday) == Self.paris(5, 11, 8))
        #expect(office.next(from: thursday) == thursday)
        #expect(office.next(from: Self.paris(5, 7, 18)) == Self.paris(5, 11, 8))
        #expect(office.nextBegin(after: Self.paris(5, 11, 8) - .microseconds(1)) == Self.paris(5, 11, 8))
        #expect(Schedule.always.nextChange(after: thursday) == nil)
        #expect(
            Schedule.never.next(from: thursday) == nil && Schedule.never.nextBegin(after: thursday) == nil
        )
    }

    @Test("A change is found across ten years and not beyond")
    func horizon() {
        let leapDay = Schedule.on(.yearly(from: (2, 29), through: (2, 29)))
        #expect(leapDay.next(from: Self.paris(3, 1, year: 2096)) == Self.paris(2, 29, year: 2104))
        let past = Schedule.always.during(
            .dates(
                from: CivilDate(year: 2020, month: 1, day: 1),
                through: CivilDate(year: 2020, month: 1, day: 2)
            )
        )
        #expect(past.nextChange(after: Self.paris(1, 1)) == nil)
        #expect(past.next(from: Self.paris(1, 3, year: 2009)) == nil)
        #expect(past.next(from: Self.paris(1, 3, year: 2010)) == Self.paris(1, 1, year: 2020))
    }

    @Test("Every random schedule of windows holds when the windows of its days say so")
    func againstEnumeration() {
        var random = RandomSchedules(dice: Dice(seed: 21))
        var held = 0
        for _ in 0..<400 {
            let schedule = random.next(depth: 0).union(.never)
            for _ in 0..<40 {
                let moment = random.moment()
                let expected = Self.holds(schedule, at: moment)
                #expect(schedule.contains(moment) == expected, "\(schedule.condition) at \(moment)")
                if expected { held += 1 }
            }
        }
        #expect(held > 2000 && held < 14_000)
    }

    /// By listing the windows around a moment.
    private static func holds(_ schedule: Schedule, at moment: Moment) -> Bool {
        let zone = schedule.clocks
        let today = zone.civilTime(at: moment).date.daysSince1970
        return (today - 2...today + 1).contains { day in
            let (date, next) = (CivilDate(daysSince1970: day), CivilDate(daysSince1970: day + 1))
            return schedule.condition.rules.contains { rule in
                rule.begins(on: date)
                    && rule.windows.contains { window in
                        let end = CivilTime(window.end <= window.start ? next : date, window.end)
                        return zone.moment(of: CivilTime(date, window.start)) <= moment
                            && moment < zone.moment(of: end)
                    }
            }
        }
    }

    @Test("Union, intersection and inversion are those of the moments")
    func algebra() {
        var random = RandomSchedules(dice: Dice(seed: 22), zones: [.paris])
        for _ in 0..<400 {
            let (left, right) = (random.next(), random.next())
            let (either, both, neither) = (
                left.union(right), left.intersection(right), left.union(right).inverted
            )
            for _ in 0..<20 {
                let moment = random.moment()
                let (first, second) = (left.contains(moment), right.contains(moment))
                #expect(either.contains(moment) == (first || second))
                #expect(both.contains(moment) == (first && second))
                #expect(neither.contains(moment) != (first || second))
            }
        }
    }

    @Test("Between a moment and the next change nothing changes, and there it does")
    func nextChangeIsNext() {
        var random = RandomSchedules(dice: Dice(seed: 23))
        var found = 0
        for _ in 0..<300 {
            let schedule = random.next()
            let moment = random.moment()
            let holds = schedule.contains(moment)
            guard let change = schedule.nextChange(after: moment) else {
                for _ in 0..<20 {
                    #expect(schedule.contains(moment + .minutes(random.dice.below(400_000))) == holds)
                }
                continue
            }
            found += 1
            #expect(change > moment)
            #expect(
                schedule.contains(change) != holds && schedule.contains(change - .microseconds(1)) == holds
            )
            let span = change.since(moment).inMicroseconds
            for _ in 0..<20 {
                let between = moment + .microseconds(Int64.random(in: 0..<span, using: &random.dice))
                #expect(schedule.contains(between) == holds, "\(schedule.condition) at \(between)")
            }
        }
        #expect(found > 150)
    }

    @Test("The latest time a clock has shown is the latest whose moment has come", arguments: CivilZone.known)
    func latestTimeShown(_ zone: CivilZone) {
        var random = RandomSchedules(dice: Dice(seed: 24))
        for _ in 0..<300 {
            let moment = random.moment()
            let day = zone.civilTime(at: moment).date.daysSince1970
            let civil = CivilTime(
                CivilDate(daysSince1970: day + Int64(random.dice.below(3)) - 1),
                random.time()
            )
            #expect((zone.moment(of: civil) <= moment) == (civil <= zone.latestTimeShown(by: moment)))
            let exact = zone.moment(of: civil)
            #expect(civil <= zone.latestTimeShown(by: exact))
            #expect(civil > zone.latestTimeShown(by: exact - .microseconds(1)))
        }
    }
}
