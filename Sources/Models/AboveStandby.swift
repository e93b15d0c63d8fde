/// Lets a model of a person's activity read electricity: it is fed with what was used above the home's `Standby`, hour
/// by hour, and so sees zero in an hour in which only the refrigerator ran.
///
/// - Works badly: as `Standby` and the model do. Electricity says less than water: what runs by a timer is a sign of
///   life here, and a person who reads by daylight is none.
/// - Input: energy (kilowatt hours, watt hours) since the previous reading; every hour or more often. Local seconds.
/// - Formula: max(0, amount of the hour − `Standby.level`), judged with the level learned before that hour.
/// - Figures: `vigie-models electricity`, one home: `Inactivity` spoke 3 times in 85 days, once of an absence of more
///   than 30 hours; added silences were told after 21 hours (median), 88 % within 24. A fixed 18 hours spoke 16 times.
///   `FirstUse` and `ActiveHours(.day)` spoke once each in 79 days, `ActiveHours(.night)` never.
/// - Causes, units: those of the model. Warm-up: that of `Standby`, during which the model is fed with nothing, and
///   then the model's own. State: the model's and 640 bytes. Cost: the model's and about 300 ns.
///
/// ```swift
/// var person = AboveStandby(Inactivity())
/// for hour in 0..<(24 * 50 + 13) {
///     let isUp = hour < 24 * 50 && (7...22).contains(hour % 24)
///     let refrigerator = 0.2 + Double(hour % 3) / 100
///     person.learn(refrigerator + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)    // nothing on the last morning
/// }
/// person.alarm.cause       // pastUsualHour
/// ```
public struct AboveStandby<Base: Model & Detector>: Model, Detector {
    public static var version: UInt16 { Base.version &+ Standby.version }

    public private(set) var standby: Standby
    /// To be told of absences.
    public var base: Base

    /// - Parameters:
    ///   - base: a model that takes zero as no activity.
    ///   - standby: which has learned nothing yet, of the meter's resolution.
    public init(_ base: Base, standby: Standby = Standby()) {
        self.base = base
        self.standby = standby
    }

    public var isWarm: Bool { base.isWarm }
    public var alarm: Alarm { base.alarm }
    public var explanation: Explanation { base.explanation }

    public func score(_ x: Double, at t: Double) -> Score {
        guard let hours = standby.hours(endingWith: x, at: t) else { return base.score(0, at: t) }
        return base.score(Self.excess(hours, above: standby.level), at: t)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        let (isWarm, level) = (standby.isWarm, standby.level)
        guard let hours = standby.take(x, at: t) else { return false }
        guard isWarm, hours.count > 0 else { return true }
        return base.learn(Self.excess(hours, above: level), at: t)
    }

    private static func excess(_ hours: Blocks, above level: Double) -> Double {
        max(0, hours.flow - level) * Double(hours.count)
    }
}
