/// Makes a detector of a model: alarmed from the value whose surprise reaches a limit, until one scores below
/// half of it.
///
/// - Works badly: on noisy values with a low limit, where each outlier is an alarm of its own.
/// - Cause: `aboveUsual` or `belowUsual`; `seen` and `usual` in the unit of the input, `limit` in the model's
///   unit of surprise.
/// - Warm-up: the model's. State: the model's and 56 bytes. Cost: the model's.
///
/// ```swift
/// var level = Beyond(FadingMoments(memory: 100), limit: 6)
/// for i in 0..<500 { level.learn(Double(i % 2), at: Double(i)) }
/// level.learn(20, at: 500)
/// level.alarm.isRaised     // true, since 500, seen 20, usual about 0.5
/// ```
public struct Beyond<Base: Model>: Model, Detector {
    public static var version: UInt16 { Base.version }

    private let limit: Double
    public private(set) var alarm = Alarm.quiet
    public private(set) var base: Base

    /// - Parameter limit: the surprise from which on to be alarmed, in the model's unit; above 0.
    public init(_ base: Base, limit: Double) {
        self.base = base
        self.limit = max(limit, .leastNormalMagnitude)
    }

    public var isWarm: Bool { base.isWarm }

    public var explanation: Explanation {
        let reach = abs(alarm.seen - alarm.usual)
        return Explanation(alarm, low: alarm.usual - reach, high: alarm.usual + reach, past: 0)
    }

    public func score(_ x: Double, at t: Double) -> Score { base.score(x, at: t) }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        let score = base.score(x, at: t)
        guard t.isMoment, base.learn(x, at: t) else { return false }
        if alarm.isRaised {
            if score.surprise < limit / 2 { alarm = .quiet }
        } else if score.surprise >= limit {
            let cause: Alarm.Cause = score.direction == .below ? .belowUsual : .aboveUsual
            alarm = Alarm(
                since: t,
                raisedAt: t,
                seen: x.bounded,
                usual: score.usual,
                limit: limit,
                cause: cause
            )
        }
        return true
    }
}
