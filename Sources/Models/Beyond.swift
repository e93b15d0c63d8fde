/// Makes a detector of a model: its surprise, judged by an `AlarmPolicy`.
///
/// With a limit alone it is alarmed from the value whose surprise reaches the limit, until one scores below half of
/// it. With `AlarmPolicy.calm` it does not speak again at once, and less easily the more often it has spoken.
///
/// - Works badly: on noisy values with a low limit and no more, where each outlier is an alarm of its own; otherwise
///   as the policy and the model do.
/// - Cause: `aboveUsual` or `belowUsual`; `seen` and `usual` in the unit of the input, `limit` in the model's
///   unit of surprise. The past of the explanation is the time since the first value, a gap counting a week at most.
/// - Warm-up: the model's. State: the model's and 128 bytes. Cost: the model's and 5 ns.
///
/// ```swift
/// var level = Beyond(FadingMoments(memory: 100), limit: 6)
/// for i in 0..<500 { level.learn(Double(i % 2), at: Double(i)) }
/// level.learn(20, at: 500)
/// level.alarm.isRaised     // true, since 500, seen 20, usual about 0.5
/// ```
public struct Beyond<Base: Model>: Model, Detector {
    public static var version: UInt16 { Base.version }

    public private(set) var base: Base
    public private(set) var alarm = Alarm.quiet
    private var policy: AlarmPolicy
    private var lifetime = Lifetime()

    public init(_ base: Base, policy: AlarmPolicy) {
        self.base = base
        self.policy = policy
    }

    /// - Parameter limit: the surprise from which on to be alarmed, in the model's unit; above 0.
    public init(_ base: Base, limit: Double) {
        self.init(base, policy: AlarmPolicy(limit: limit))
    }

    public var isWarm: Bool { base.isWarm }

    public var explanation: Explanation {
        let reach = abs(alarm.seen - alarm.usual)
        return Explanation(
            alarm,
            low: alarm.usual - reach,
            high: alarm.usual + reach,
            past: lifetime.length
        )
    }

    public func score(_ x: Double, at t: Double) -> Score { base.score(x, at: t) }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        take(x, at: t).wasLearned
    }

    public mutating func observe(_ x: Double, at t: Double) -> Score {
        take(x, at: t).score
    }

    private mutating func take(_ x: Double, at t: Double) -> (score: Score, wasLearned: Bool) {
        let score = base.score(x, at: t)
        guard t.isMoment, base.learn(x, at: t) else { return (score, false) }
        _ = lifetime.advance(to: t)
        _ = alarm.follow(
            policy.judge(score.surprise, at: t),
            since: t,
            at: t,
            seen: x,
            usual: score.usual,
            cause: score.direction == .below ? .belowUsual : .aboveUsual
        )
        return (score, true)
    }
}
