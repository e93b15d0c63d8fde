/// Lets a model of a person's activity read electricity: it is fed with what was used above the home's `Standby`, hour
/// by hour, and so sees zero in an hour in which only the refrigerator ran.
///
/// - Works badly: as `Standby` and the model do. Electricity says less than water: what runs by a timer is a sign of
///   life here, and a person who reads by daylight is none.
/// - Input: energy (kilowatt hours, watt hours) since the previous reading; every hour or more often. Local seconds.
/// - Formula: max(0, amount of the hour − `Standby.level`), judged with the level learned before that hour.
/// - Causes, units: those of the model. Warm-up: that of `Standby`, during which the model is fed with nothing, and
///   then the model's own. State: the model's and 632 bytes. Cost: the model's and that of `Standby`.
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
    ///   - resolution: one step of the meter, or the least that matters, above 0.
    public init(_ base: Base, resolution: Double = 0.01) {
        self.base = base
        standby = Standby(resolution: resolution)
    }

    public var isWarm: Bool { base.isWarm }
    public var alarm: Alarm { base.alarm }
    public var explanation: Explanation { base.explanation }

    public func score(_ x: Double, at t: Double) -> Score {
        var next = standby
        guard let hours = next.take(x, at: t) else { return base.score(0, at: t) }
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
