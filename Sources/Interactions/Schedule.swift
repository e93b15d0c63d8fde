import Units

/// When something holds: days and times of the clock in one place. Office hours, quiet hours, an on-call rota.
///
///     let office = Schedule.on(.weekdays, 8.oclock, to: 18.oclock)
///         .union(.on(.saturday, 9.oclock, to: 12.oclock))
///         .except(.publicHolidays(.metropolitan))
///     let quiet = Schedule.daily(22.oclock, to: 8.oclock)
///
/// A window that ends at or before the time of its begin ends on the next day, and belongs to the day it begins:
/// Friday's `22:00-08:00` runs to Saturday 08:00, even if Saturdays are left out. It begins and ends at the first
/// moment when the clock shows its times or later ones. So in the night when clocks go forward a window from
/// 01:00 to 02:30 ends at 03:00 on the clock and one from 02:15 to 02:45 does not happen; in the night when
/// they go back one from 02:30 to 03:00 lasts an hour and a half, and one from 02:15 to 02:45 comes once, in
/// the first passage. Two windows that meet always meet: there is one on duty, never two, never none.
///
/// Two schedules are equal when they are written the same way. `description` is read back by
/// `init(_:zone:)` as an equal schedule.
public struct Schedule: Hashable, Sendable {
    /// Whose days and clocks are meant; nil: those of the installation, which puts its own there (`kept(in:)`).
    public let zone: CivilZone?
    let condition: Condition

    init(_ condition: Condition, zone: CivilZone?) {
        self.condition = condition
        self.zone = zone
    }

    /// Those of Paris, as long as no installation has put its own there.
    var clocks: CivilZone { zone ?? .paris }

    /// Whether it holds at a moment: from the moment a window begins, not at the moment it ends.
    public func contains(_ moment: Moment) -> Bool {
        condition.holds(at: clocks.latestTimeShown(by: moment))
    }
}

/// How schedules are written in Swift.
extension Schedule {
    public static let always = Schedule.on(.everyDay)
    public static let never = Schedule(.never, zone: nil)

    /// Each day between two times of the clock: `.daily(22.oclock, to: 8.oclock)`.
    public static func daily(_ start: TimeOfDay, to end: TimeOfDay, in zone: CivilZone? = nil) -> Schedule {
        .on(.everyDay, start, to: end, in: zone)
    }

    /// On some days between two times of the clock, to the second; without an end to midnight, without times
    /// all day.
    public static func on(
        _ days: Days,
        _ start: TimeOfDay = .midnight,
        to end: TimeOfDay = .midnight,
        in zone: CivilZone? = nil
    ) -> Schedule {
        Schedule(.one(Rule(on: days, windows: [Window(from: start, to: end)])), zone: zone)
    }

    /// Leaves out the windows that begin on these days: `.except(.publicHolidays(.metropolitan))`.
    ///
    /// Of what holds outside of windows (`inverted`) these days are left out from midnight to midnight.
    public func except(_ days: Days) -> Schedule {
        Schedule(condition.except(days), zone: zone)
    }

    /// Keeps only the windows that begin on these days: `.during(.dates(from: …, through: …))`.
    ///
    /// Of what holds outside of windows (`inverted`) only these days are left, from midnight to midnight.
    public func during(_ days: Days) -> Schedule {
        Schedule(condition.during(days), zone: zone)
    }

    /// When this does not hold.
    public var inverted: Schedule {
        Schedule(condition.inverted, zone: zone)
    }

    /// By the clocks of where it is used, unless it names others.
    public func kept(in local: CivilZone) -> Schedule {
        Schedule(condition, zone: zone ?? local)
    }

    /// When this or the other holds; both in the same zone.
    public func union(_ other: Schedule) -> Schedule {
        Schedule(.any(condition, other.condition), zone: zone(with: other))
    }

    /// When this and the other hold; both in the same zone.
    public func intersection(_ other: Schedule) -> Schedule {
        Schedule(.all(condition, other.condition), zone: zone(with: other))
    }

    /// `always` and `never` look at no clock, and go with every zone.
    private func zone(with other: Schedule) -> CivilZone? {
        if condition == .always || condition == .never { return other.zone }
        precondition(
            zone == other.zone || other.condition == .always || other.condition == .never,
            "one schedule goes by the clocks of \(zone?.name ?? "where it is used"), "
                + "the other by those of \(other.zone?.name ?? "where it is used")"
        )
        return zone
    }
}

extension Int {
    /// A full hour on the clock: `8.oclock`, `22.oclock`. `24.oclock`, as an end, is midnight.
    public var oclock: TimeOfDay {
        TimeOfDay(hour: self == 24 ? 0 : self)
    }
}
