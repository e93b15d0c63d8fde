import TestSupport
import Units

@testable import Interactions

/// Schedules of every form, the same in every run.
struct RandomSchedules {
    var dice: Dice
    var zones: [CivilZone] = CivilZone.known

    mutating func next(depth: Int = 3) -> Schedule {
        schedule(in: dice.pick(zones), depth: depth)
    }

    mutating func schedule(in zone: CivilZone, depth: Int) -> Schedule {
        guard depth > 0 else { return simple(in: zone) }
        switch dice.below(9) {
        case 0: return schedule(in: zone, depth: depth - 1).inverted
        case 1, 2: return union(in: zone, depth: depth - 1)
        case 3:
            let left = schedule(in: zone, depth: depth - 1)
            return left.intersection(schedule(in: zone, depth: depth - 1))
        case 4: return schedule(in: zone, depth: depth - 1).except(days())
        case 5: return schedule(in: zone, depth: depth - 1).during(days())
        default: return simple(in: zone)
        }
    }

    private mutating func union(in zone: CivilZone, depth: Int) -> Schedule {
        let left = schedule(in: zone, depth: depth)
        return left.union(schedule(in: zone, depth: depth))
    }

    private mutating func simple(in zone: CivilZone) -> Schedule {
        switch dice.below(12) {
        case 0: .on(days(), in: zone)
        case 1: .on([], in: zone)
        default: .on(days(), time(), to: time(), in: zone)
        }
    }

    /// Often near the hours in which clocks change.
    mutating func time() -> TimeOfDay {
        switch dice.below(4) {
        case 0: TimeOfDay(hour: dice.below(24))
        case 1: TimeOfDay(hour: dice.below(4), minute: dice.pick([0, 15, 30, 45]))
        case 2: TimeOfDay(hour: dice.below(24), minute: dice.below(60))
        default: TimeOfDay(hour: dice.below(24), minute: dice.below(60), second: dice.below(60))
        }
    }

    mutating func days() -> Schedule.Days {
        switch dice.below(9) {
        case 0: return .everyDay
        case 1: return .weekdays
        case 2: return .publicHolidays(dice.pick(FrenchHolidays.allCases))
        case 3:
            let first = date()
            let last = CivilDate(daysSince1970: first.daysSince1970 + Int64(dice.below(40)))
            return .dates(from: first, through: last)
        case 4: return .yearly(from: monthAndDay(), through: monthAndDay())
        case 5: return days().union(days())
        case 6: return .weekend
        default: return Schedule.Days(weekdays: UInt8(1 + dice.below(127)))
        }
    }

    /// In 2026, where the tests look.
    private mutating func date() -> CivilDate {
        let newYear = CivilDate(year: 2026, month: 1, day: 1).daysSince1970
        return CivilDate(daysSince1970: newYear + Int64(dice.below(360)))
    }

    private mutating func monthAndDay() -> (month: Int, day: Int) {
        let date = CivilDate(daysSince1970: Int64(789 + dice.below(366)))  // 1972 had a 29 February.
        return (Int(date.month), Int(date.day))
    }

    /// Around the nights when clocks change, or anywhere in the year.
    mutating func moment() -> Moment {
        let day = dice.pick([utc(2026, 3, 28, 12), utc(2026, 10, 24, 12), utc(2026, 1, 1 + dice.below(28))])
        let span = Int64(dice.below(2 * 86_400)) * 1_000_000
        return day + .microseconds(span) + .days(dice.oneIn(2) ? 0 : dice.below(330))
    }
}
