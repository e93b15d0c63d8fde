/// Makes a detector of a model: its surprise, judged by an `AlarmPolicy`.
///
/// With a limit alone it is alarmed from the value whose surprise reaches the limit, until one scores below half of
/// it. With `AlarmPolicy.calm` it does not speak again at once, and less easily the more often it has spoken.
///
/// - Works badly: on noisy values with a low limit and no more, where each outlier is an alarm of its own; otherwise
///   as the policy and the model do.
/// - Cause: `aboveUsual` or `belowUsual`; `seen` and `usual` in the unit of the input, `limit` in the model's
///   unit of surprise. The explanation's band is the model's where it has one, and so is the
///   percentile; its past is the time since the first value, a gap counting a day at most.
/// - Warm-up: the model's. State: the model's and 152 bytes. Cost: the model's and 10 ns.
///
/// ```swift
/// var level = Beyond(FadingMoments(memory: 100), limit: 6)
/// for i in 0..<500 { level.learn(Double(i % 2), at: Double(i)) }
/// level.learn(20, at: 500)
/// level.alarm.isRaised        // true, since 500, seen 20, usual about 0.5
/// level.explanation.high      // about 3.5: six deviations above the mean
/// ```
public struct Beyond<Base: Model>: Model, Detector {
    public static var version: UInt16 { Base.version &+ 2 }

    public private(set) var base: Base
    public private(set) var alarm = Alarm.quiet
    private var policy: AlarmPolicy
    private var past = SeenTime()
    private var low = 0.0
    private var high = 0.0
    /// −1 where the model has none.
    private var percentile = -1.0
    // A whole word for both, so that no base leaves padding behind it.
    private let causes: UInt64

    /// - Parameters:
    ///   - above: the cause of alarms by values above the usual.
    ///   - below: the cause of alarms by values below it.
    public init(
        _ base: Base,
        policy: AlarmPolicy,
        above: Alarm.Cause = .aboveUsual,
        below: Alarm.Cause = .belowUsual
    ) {
        self.base = base
        self.policy = policy
        causes = UInt64(above.rawValue) | UInt64(below.rawValue) << 8
    }

    /// - Parameter limit: the surprise from which on to be alarmed, in the model's unit; above 0.
    public init(
        _ base: Base,
        limit: Double,
        above: Alarm.Cause = .aboveUsual,
        below: Alarm.Cause = .belowUsual
    ) {
        self.init(base, policy: AlarmPolicy(limit: limit), above: above, below: below)
    }

    public var isWarm: Bool { base.isWarm }

    public var explanation: Explanation {
        Explanation(
            alarm,
            low: low,
            high: high,
            percentile: percentile < 0 ? nil : percentile,
            past: past.seconds
        )
    }

    public func score(_ x: Double, at t: Double) -> Score { base.score(x, at: t) }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        base.band(around: x, at: t, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        take(x, at: t).wasLearned
    }

    public mutating func observe(_ x: Double, at t: Double) -> Score {
        take(x, at: t).score
    }

    private mutating func take(_ x: Double, at t: Double) -> (score: Score, wasLearned: Bool) {
        let score = base.score(x, at: t)
        guard t.isMoment else { return (score, false) }
        // Before it is learned: the band is the one that the value was beyond.
        let band = mayRaise(score) ? base.band(around: x, at: t, within: Double(policy.limit)) : nil
        guard base.learn(x, at: t) else { return (score, false) }
        decide(score, x, at: t, band: band)
        return (score, true)
    }

    private func mayRaise(_ score: Score) -> Bool { score.surprise >= Double(policy.limit) }

    private mutating func decide(_ score: Score, _ x: Double, at t: Double, band: Band?) {
        past.advance(to: t)
        let code = UInt8(truncatingIfNeeded: score.direction == .below ? causes >> 8 : causes)
        let isNew = alarm.follow(
            policy.judge(score.surprise, at: t),
            since: t,
            at: t,
            seen: x,
            usual: score.usual,
            cause: Alarm.Cause(rawValue: code) ?? .aboveUsual
        )
        guard isNew else { return }
        let reach = abs(alarm.seen - alarm.usual)
        let shown = band ?? Band(low: alarm.usual - reach, high: alarm.usual + reach)
        (low, high) = (shown.low, shown.high)
        percentile = shown.percentile ?? -1
    }
}

extension Beyond: CalendarModel where Base: CalendarModel {
    public func score(_ x: Double, at t: Double, on day: Weekday?) -> Score { base.score(x, at: t, on: day) }

    public func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band? {
        base.band(around: x, at: t, on: day, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        guard t.isMoment else { return false }
        let score = base.score(x, at: t, on: day)
        let band = mayRaise(score) ? base.band(around: x, at: t, on: day, within: Double(policy.limit)) : nil
        guard base.learn(x, at: t, on: day) else { return false }
        decide(score, x, at: t, band: band)
        return true
    }
}
