/// Makes a detector of a model: alarmed from the value whose surprise reaches a limit, until one scores below
/// half of it.
///
/// - Works badly: on noisy values with a low limit, where each outlier is an alarm of its own.
/// - Cause: `aboveUsual` and `belowUsual`; `seen` and `usual` in the unit of the input, `limit` in the
///   model's unit of surprise. The explanation's band and percentile are the model's where it has them.
/// - Warm-up: the model's. State: the model's and 96 bytes. Cost: the model's and about 30 ns.
///
/// ```swift
/// var level = Beyond(FadingMoments(memory: 100), limit: 6)
/// for i in 0..<500 { level.learn(Double(i % 2), at: Double(i)) }
/// level.learn(20, at: 500)
/// level.alarm.isRaised        // true, since 500, seen 20, usual about 0.5
/// level.explanation.high      // about 3.5: six deviations above the mean
/// ```
public struct Beyond<Base: Model>: Model, Detector {
    public static var version: UInt16 { Base.version &+ 1 }

    private let limit: Double
    public private(set) var alarm = Alarm.quiet
    private var low = 0.0
    private var high = 0.0
    /// −1 where the model has none.
    private var percentile = -1.0
    private var past = SeenTime()
    public private(set) var base: Base

    /// - Parameter limit: the surprise from which on to be alarmed, in the model's unit; above 0.
    public init(_ base: Base, limit: Double) {
        self.base = base
        self.limit = limit >= .leastNormalMagnitude ? min(limit, Score.most) : .leastNormalMagnitude
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
        guard t.isMoment else { return false }
        let score = base.score(x, at: t)
        // Before it is learned: the band is the one that the value was beyond.
        let band = isRaising(score) ? base.band(around: x, at: t, within: limit) : nil
        guard base.learn(x, at: t) else { return false }
        decide(score, x, at: t, band: band)
        return true
    }

    private func isRaising(_ score: Score) -> Bool { !alarm.isRaised && score.surprise >= limit }

    private mutating func decide(_ score: Score, _ x: Double, at t: Double, band: Band?) {
        past.advance(to: t)
        if isRaising(score) {
            let cause: Alarm.Cause = score.direction == .below ? .belowUsual : .aboveUsual
            alarm = Alarm(
                since: t,
                raisedAt: t,
                seen: x.bounded,
                usual: score.usual,
                limit: limit,
                cause: cause
            )
            let reach = abs(alarm.seen - alarm.usual)
            let shown = band ?? Band(low: alarm.usual - reach, high: alarm.usual + reach)
            low = shown.low
            high = shown.high
            percentile = shown.percentile ?? -1
        } else if alarm.isRaised, score.surprise < limit / 2 {
            alarm = .quiet
        }
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
        let band = isRaising(score) ? base.band(around: x, at: t, on: day, within: limit) : nil
        guard base.learn(x, at: t, on: day) else { return false }
        decide(score, x, at: t, band: band)
        return true
    }
}
