import Glibc

/// The temperature of a cold room, a freezer or a medicine fridge: too warm or too cold for what lies in it,
/// and, before that, warming that will not end by itself, with the hours that are left. Doors that are opened
/// and defrosting are forgiven, because what lies in the room does not follow the air so fast.
///
/// Causes: `beyondLimit`, with `seen` the temperature of the goods; `warming`, with `seen` the temperature
/// that the air's trend has now and `hoursUntilLimit` what is left at its present rate. `usual` is the usual
/// temperature of the goods, `limit` the limit, all in the unit of the input. It ends when the goods are a
/// tenth of their usual distance inside the limit, or warm no more. The score is the distance of the goods
/// from the middle of the limits in shares of half their distance: 1 is at a limit.
///
/// - Works badly: with a probe that already lies in a buffer (then `inertia` is counted twice: make it
///   short), when a warm delivery is brought in (it is told, and rightly), and for readings further apart
///   than `inertia`.
/// - Limit: the goods must be outside for `tolerated` seconds, or by half of what usually lies between.
/// - Formula: goods G += (T − G)(1 − e^(−Δt/τ)): a body of time constant τ, as a glycol-buffered probe
///   measures it; no more than τ/2 is taken from one reading. Trend by R. G. Brown's double smoothing
///   ("Statistical Forecasting for Inventory Control", 1959) in continuous time: S follows G as G follows T,
///   so level 2G − S and slope (G − S)/τ. Warming: the air has not been as cold as the goods usually are for
///   1.5 times as long as ever (its cooling, its doors and its defrosting make this record, which fades over
///   90 days), the goods are a tenth of the way to the limit, and are there within `horizon`.
/// - Figures: simulated minute by minute (benchmark `appliances`), with defrosts to 8 °C and twenty door
///   openings a day: 0.2 false alarms a year; a compressor that fails told after 55 minutes, 63 before the
///   goods are at the limit (medians), in 37 of 40 rooms before.
/// - Warm-up: 2 days; `beyondLimit` counts from an hour on.
/// - State: 176 bytes. Cost: about 70 ns.
///
/// ```swift
/// var room = ColdRoom(limits: 0...7)
/// for minute in 0..<(3 * 1440) {
///     let isDefrosting = minute % 480 < 20
///     room.learn(isDefrosting ? 9 : 4 + Double(minute / 8 % 2), at: Double(minute) * 60)    // alarms nobody
/// }
/// for minute in 0..<90 { room.learn(4 + 0.05 * Double(minute), at: Double(3 * 1440 + minute) * 60) }
/// room.alarm.cause             // warming
/// room.hoursUntilLimit         // less than one
/// ```
public struct ColdRoom: Model, Detector {
    public static let version: UInt16 = 1

    private var goods = 0.0
    /// The air at the reading before.
    private var before = 0.0
    private var smoothed = 0.0
    private var usual = 0.0
    /// When the air was last as cold as usual, and for how long it ever was not.
    private var coldAt = 0.0
    private var longest = 0.0
    private var seen = SeenTime()
    public private(set) var alarm = Alarm.quiet
    private let low: Double
    private let high: Double
    private let inertia: Double
    private let tolerated: Double
    private let horizon: Double
    private var outside = LastingState()

    private static let warmUp = 2 * 86_400.0
    private static let settling = 3600.0
    /// Seconds over which the record of rises fades.
    private static let memory = 90 * 86_400.0

    /// - Parameters:
    ///   - limits: between which temperatures the goods must stay.
    ///   - tolerated: for how many seconds the goods may be slightly outside.
    ///   - inertia: the time constant of what lies in the room, in seconds: half an hour for open packages.
    ///   - horizon: how many seconds before a limit is reached to tell of warming.
    public init(
        limits: ClosedRange<Double>,
        tolerated: Double = 1800,
        inertia: Double = 1800,
        horizon: Double = 4 * 3600
    ) {
        low = limits.lowerBound.bounded
        high = limits.upperBound.bounded
        self.tolerated = max(0, min(tolerated, 86_400))
        self.inertia = max(60, min(inertia, 86_400))
        self.horizon = max(0, min(horizon, 7 * 86_400))
    }

    public var isWarm: Bool { seen.seconds >= Self.warmUp }

    /// What the goods have, in the unit of the input.
    public var temperature: Double { goods }

    /// The temperature that the trend has now, and its rise in a second.
    private var level: Double { 2 * goods - smoothed }
    private var slope: Double { (goods - smoothed) / inertia }

    /// At the present rate; 0 beyond the limit, nil when it does not get warmer.
    public var hoursUntilLimit: Double? {
        guard level < high else { return 0 }
        let seconds = (high - level) / slope
        return slope > 0 && seconds < 1e9 ? seconds / 3600 : nil
    }

    /// Until the goods are at the limit: later than the air, which they follow.
    public var hoursUntilGoodsAtLimit: Double? {
        guard goods < high else { return 0 }
        let seconds = (high - goods) / slope
        return slope > 0 && seconds < 1e9 ? seconds / 3600 : nil
    }

    public var explanation: Explanation { Explanation(alarm, low: low, high: high, past: seen.seconds) }

    public func score(_ x: Double, at t: Double) -> Score {
        let middle = low / 2 + high / 2
        let half = max(high / 2 - low / 2, 1e-9)
        let distance = (following(x, at: t) - middle) / half
        return Score(
            surprise: abs(distance),
            usual: usual,
            direction: distance > 0 ? .above : .below,
            isWarm: isWarm
        )
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        Band(low: low, high: high)
    }

    /// How far a body goes towards what is around it.
    private func share(_ seconds: Double) -> Double { 1 - exp(-min(seconds, inertia / 2) / inertia) }

    private func following(_ x: Double, at t: Double) -> Double {
        guard x.isFinite, t.isMoment, let interval = seen.interval(to: t) else { return goods }
        let air = x.clamped(to: 1e6)
        // Between two readings the air goes along a line.
        return seen.hasBegun ? goods + share(interval) * ((before + air) / 2 - goods) : air
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment, let interval = seen.interval(to: t) else { return false }
        let next = following(x, at: t)
        if !seen.hasBegun {
            smoothed = next
            usual = next
            coldAt = t
        }
        let former = goods
        goods = next
        smoothed += share(interval) * ((former + goods) / 2 - smoothed)
        outside.take(goods < low || goods > high, at: t, gap: 86_400)
        seen.advance(to: t)
        before = x.clamped(to: 1e6)
        longest -= longest * min(1, interval / Self.memory)
        if before <= usual {
            if !alarm.isRaised { longest = max(longest, t - coldAt) }
            coldAt = t
        }
        if !alarm.isRaised {
            // Two days are long enough to take no notice of doors.
            let rate = max(min(interval, inertia) / 172_800, min(1, interval / max(seen.seconds, 1)))
            usual += min(1, rate) * (goods - usual)
        }
        if seen.seconds >= Self.settling { decide(at: t) }
        return true
    }

    /// How far the goods usually are below the upper limit.
    private var margin: Double { max(1e-3, high - usual) }

    /// Beyond a limit by half of what usually lies between: nobody waits for that.
    private var isFarOutside: Bool {
        goods > high + margin / 2 || goods < low - max(1e-3, usual - low) / 2
    }

    private func isWarming(at t: Double) -> Bool {
        guard let hours = hoursUntilLimit, hours * 3600 < horizon, slope > 0 else { return false }
        return t - coldAt > 1.5 * longest && goods - usual > 0.1 * margin
    }

    private mutating func decide(at t: Double) {
        let isBeyond = isFarOutside || outside.hasLasted(tolerated, readings: 1)
        switch alarm.cause {
        case .beyondLimit:
            let inside = 0.1 * min(margin, max(1e-3, usual - low))
            if goods < high - inside, goods > low + inside { alarm = .quiet }
        case .warming:
            if isBeyond {
                raise(.beyondLimit, since: outside.since, at: t, seen: goods)
            } else if slope <= 0 {
                alarm = .quiet
            }
        default:
            if isBeyond {
                raise(.beyondLimit, since: outside.since, at: t, seen: goods)
            } else if isWarm, isWarming(at: t) {
                raise(.warming, since: coldAt, at: t, seen: level)
            }
        }
    }

    private mutating func raise(_ cause: Alarm.Cause, since: Double, at t: Double, seen: Double) {
        alarm = Alarm(
            since: since,
            raisedAt: t,
            seen: seen,
            usual: usual,
            limit: goods < low ? low : high,
            cause: cause
        )
    }
}
