import Glibc

/// The temperature of a cold room, a freezer or a medicine fridge: too warm or too cold for what lies in it, and, before
/// that, warming that will not end by itself, with the hours that are left. Doors that are opened and defrosting are
/// forgiven, because what lies in the room does not follow the air so fast.
///
/// Causes: `beyondLimit`, with `seen` the temperature of the goods; `warming`, with `seen` the temperature that the
/// air's trend has now and `hoursUntilLimit` what is left at its present rate. `usual` is the usual temperature of the
/// goods, `limit` the limit, all in the unit of the input. It ends when the goods are a tenth of their usual distance
/// inside the limit, or warm no more. The score is the distance of the goods from the middle of the limits in shares of half
/// their distance: 1 is at a limit.
///
/// - Works badly: with a probe that already lies in a buffer (then `inertia` is counted twice: make it short), when a
///   warm delivery is brought in (it is told, and rightly), and for readings further apart than `inertia`.
/// - Formula: goods G += (T − G)(1 − e^(−Δt/τ)): a body of time constant τ, as a glycol-buffered probe measures it; no more
///   than τ/2 is taken from one reading. Trend by R. G. Brown's double smoothing ("Statistical Forecasting for Inventory
///   Control", 1959) in continuous time: S follows G as G follows T, so level 2G − S and slope (G − S)/τ. A rise is how far
///   and how long G has come from its last low, until it has lost half of it; the room's own records of both, which its doors
///   and defrosting make, grow by half of what exceeds them and fade over 30 days. Warming: a rise of more than a tenth of
///   the usual distance from the limit, beyond 1.5 of either record (the time with τ/2 more), that reaches the limit
///   within `horizon`.
/// - Figures: simulated, one reading a minute, see the benchmark `appliances`.
/// - Warm-up: 2 days; `beyondLimit` counts from an hour on.
/// - State: 216 bytes. Cost: about 40 ns.
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
    private var valley = 0.0
    private var valleyAt = 0.0
    private var peak = 0.0
    private var peakAt = 0.0
    /// The largest and the longest rise that this room makes by itself.
    private var usualRise = 0.0
    private var usualSeconds = 0.0
    private var seen = SeenTime()
    public private(set) var alarm = Alarm.quiet
    private let low: Double
    private let high: Double
    private let inertia: Double
    private let horizon: Double
    private var beyondSince = 0.0

    private static let warmUp = 2 * 86_400.0
    private static let settling = 3600.0
    /// Seconds over which the record of rises fades.
    private static let memory = 30 * 86_400.0

    /// - Parameters:
    ///   - limits: between which temperatures the goods must stay.
    ///   - inertia: the time constant of what lies in the room, in seconds: half an hour for open packages.
    ///   - horizon: how many seconds before a limit is reached to tell of warming.
    public init(limits: ClosedRange<Double>, inertia: Double = 1800, horizon: Double = 4 * 3600) {
        low = limits.lowerBound.bounded
        high = limits.upperBound.bounded
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
            valley = next
            peak = next
            valleyAt = t
            peakAt = t
        }
        let former = goods
        goods = next
        smoothed += share(interval) * ((former + goods) / 2 - smoothed)
        let wasInside = beyondSince == 0
        if goods >= low, goods <= high { beyondSince = 0 } else if wasInside { beyondSince = t }
        seen.advance(to: t)
        before = x.clamped(to: 1e6)
        usualRise -= usualRise * min(1, interval / Self.memory)
        usualSeconds -= usualSeconds * min(1, interval / Self.memory)
        swing(at: t)
        if !alarm.isRaised {
            // A day is long enough to take no notice of doors.
            let rate = max(min(interval, inertia) / 86_400, min(1, interval / max(seen.seconds, 1)))
            usual += min(1, rate) * (goods - usual)
        }
        if seen.seconds >= Self.settling { decide(at: t) }
        return true
    }

    /// Follows how the goods go up and down, and learns how far and how long they rise by themselves.
    private mutating func swing(at t: Double) {
        if goods > peak {
            peak = goods
            peakAt = t
        }
        let rise = peak - valley
        // Half of the way back is a rise that is over.
        let isOver = rise > 0 && peak - goods >= 0.5 * rise
        if isOver, !alarm.isRaised, rise > 0.1 * margin {
            usualRise += 0.5 * max(0, rise - usualRise)
            usualSeconds += 0.5 * max(0, peakAt - valleyAt - usualSeconds)
        }
        if isOver || goods < valley {
            valley = goods
            valleyAt = t
            peak = goods
            peakAt = t
        }
    }

    /// How far the goods usually are below the upper limit.
    private var margin: Double { max(1e-3, high - usual) }

    private func isWarming(at t: Double) -> Bool {
        guard let hours = hoursUntilLimit, hours * 3600 < horizon else { return false }
        let rise = goods - valley
        let isLong = t - valleyAt > 1.5 * usualSeconds + inertia / 2
        return rise > 0.1 * margin && (isLong || rise > 1.5 * usualRise)
    }

    private mutating func decide(at t: Double) {
        let isBeyond = beyondSince != 0
        switch alarm.cause {
        case .beyondLimit:
            let inside = 0.1 * min(margin, max(1e-3, usual - low))
            if goods < high - inside, goods > low + inside { alarm = .quiet }
        case .warming:
            if isBeyond {
                raise(.beyondLimit, since: beyondSince, at: t, seen: goods)
            } else if slope <= 0 {
                alarm = .quiet
            }
        default:
            if isBeyond {
                raise(.beyondLimit, since: beyondSince, at: t, seen: goods)
            } else if isWarm, isWarming(at: t) {
                raise(.warming, since: valleyAt, at: t, seen: level)
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
