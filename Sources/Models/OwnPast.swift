/// The general detector: says that a series does what it has not done in its own past, whatever it measures and
/// without a setting. For any number of a device that is worth watching and has no model of its own.
///
/// Eight features (`SeriesFeatures`) are each compared with the whole of their own past (`PastRecord`), on the
/// side or sides that mean something; the surprises are added up by their squares, and an `AlarmPolicy` decides
/// what is worth saying.
///
/// - Works badly: on counters and totals that only grow (feed it the differences); on what repeats by the week rather
///   than by the day; where the first weeks were not normal; on an anomaly that comes so often that it is the past.
///   A device that has its own model is better served by that.
/// - Formula: S = √Σ s², ten conformal surprises of `PastRecord` less a fifth that is noise, s 0 to 1 and above where a
///   value was never seen. On the 58 series of `vigie-models nab` half of all values are below 0.2, one in a hundred
///   is above 1.3.
/// - Figures: 79 points with the standard weights there (low FP 71, low FN 84), and 78 on average over neighbouring
///   limits; what it deserves on a kind of series that nobody chose its features on: `vigie-models nab-loco`.
/// - Cause: the strongest of `aboveUsual`, `belowUsual`, `aboveUsualHour`, `belowUsualHour`, `shiftUp`, `shiftDown`,
///   `oftenHigh`, `driftUp`, `driftDown`; `seen` the value, `usual` what is usual at that hour, both in the unit of the
///   input; `limit` in S. The explanation shares S² among the causes, its band is the hour's mean and three
///   times its usual distance from it.
/// - Time: hours are those of the `t` it is given, so give it civil time. Windows are counted in values (24 and 12: two
///   hours and one at five minutes) and start anew after a gap of 24 usual steps. For quick streams `every` makes one
///   value of all in so many seconds: their mean, judged when the next step begins.
/// - Warm-up: 225 values and, where asked for, a time.
/// - State: 3 004 bytes. Cost: about 0.5 µs.
///
/// ```swift
/// var pump = OwnPast()
/// for i in 0..<2000 { pump.learn(20 + Double(i * 7 % 11), at: Double(i) * 300) }
/// pump.alarm.isRaised                          // false
/// pump.learn(45, at: 2000 * 300)
/// pump.alarm.cause                             // aboveUsual
/// pump.explanation.percentile                  // 100
/// ```
public struct OwnPast: Model, Detector {
    public static let version: UInt16 = 1

    public private(set) var alarm = Alarm.quiet
    private var lifetime = Lifetime()
    /// The first value: what is kept is the distance from it, so that small changes of large numbers are not lost.
    private var origin = 0.0
    private var stepSum = 0.0
    private var stepStart = 0.0
    private let warmUp: Double
    private let every: Double
    private var policy: AlarmPolicy
    private var stepCount: UInt32 = 0
    private var count: UInt32 = 0
    private var features: SeriesFeatures
    private var value = PastRecord()
    private var fromHour = PastRecord()
    private var shift = PastRecord()
    private var highs = PastRecord()
    private var standing = PastRecord()
    private var longStanding = PastRecord()
    private var rise = PastRecord()
    private var fall = PastRecord()
    private var told = Evidence()
    private var toldReach: Float = 0
    private var toldShare: Float = 0

    private static let warmCount: UInt32 = 225
    private static let longestGap = 24.0
    /// A surprise up to this is noise, of which ten features together have much.
    private static let banal: Float = 0.2
    private static let reach: Float = 3

    /// - Parameters:
    ///   - policy: what is worth an alarm.
    ///   - every: seconds of which the mean is one value; 0 takes each reading as one.
    ///   - warmUp: seconds during which only to learn, besides 225 values.
    ///   - negligible: the difference that means nothing, in the unit of the input.
    public init(
        policy: AlarmPolicy = .calm(limit: OwnPast.limit, release: 0.75),
        every: Double = 0,
        warmUp: Double = 0,
        negligible: Double = 0
    ) {
        self.policy = policy
        self.every = min(max(0, every), 86_400)
        self.warmUp = min(max(0, warmUp), 1e9)
        features = SeriesFeatures(negligible: Float(negligible))
    }

    /// The surprise that is worth an alarm at first.
    public static let limit = 0.83

    public var isWarm: Bool { count >= Self.warmCount && lifetime.length >= warmUp }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, t.isMoment else {
            return score(Evidence(), usual: origin + Double(features.profile.mean))
        }
        let values = features.values(of: reduced(x), at: t, count: count)
        return score(isWarm ? evidence(of: values) : Evidence(), usual: usual(of: values))
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        if every > 0 {
            addToStep(x.bounded, at: t)
        } else {
            _ = judge(x, since: t, at: t)
        }
        return true
    }

    public mutating func observe(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, t.isMoment, every == 0 else {
            defer { learn(x, at: t) }
            return score(x, at: t)
        }
        return judge(x, since: t, at: t)
    }

    public var explanation: Explanation {
        Explanation(
            weights: alarm.isRaised ? told.weights : [],
            seen: alarm.seen,
            usual: alarm.usual,
            low: alarm.usual - Double(toldReach),
            high: alarm.usual + Double(toldReach),
            percentile: alarm.isRaised ? Double(100 * toldShare) : nil,
            past: lifetime.length
        )
    }

    /// The values of one step become one when the next step begins.
    private mutating func addToStep(_ x: Double, at t: Double) {
        let start = (t / every).rounded(.down) * every
        if stepCount > 0, start > stepStart || start.isClockSetBack(from: stepStart) {
            _ = judge(stepSum / Double(stepCount), since: stepStart, at: t)
            stepCount = 0
        }
        if stepCount == 0 { (stepStart, stepSum) = (start, 0) }
        if stepCount < .max {
            stepSum += x
            stepCount += 1
        }
    }

    @inline(__always)
    private mutating func judge(_ x: Double, since: Double, at t: Double) -> Score {
        if count == 0 { origin = x.clamped(to: Double(PastRecord.largest)) }
        let gap = lifetime.advance(to: since)
        if gap > Self.longestGap * Double(lifetime.step) { features.forgetRecent() }
        let values = features.values(of: reduced(x), at: since, count: count)
        let evidence = isWarm ? evidence(of: values) : Evidence()
        let score = score(evidence, usual: usual(of: values))
        if isWarm { decide(evidence, score, x, values, since: since, at: t) }
        if count < .max { count += 1 }
        // One wild value must not move the means for months.
        let tamed = value.clipped(values.value)
        learn(tamed == values.value ? values : features.values(of: tamed, at: since, count: count - 1))
        return score
    }

    private mutating func decide(
        _ evidence: Evidence,
        _ score: Score,
        _ x: Double,
        _ values: SeriesFeatures.Values,
        since: Double,
        at t: Double
    ) {
        let isTold = alarm.follow(
            policy.judge(score.surprise, at: t),
            since: since,
            at: t,
            seen: x,
            usual: score.usual,
            cause: evidence.strongest
        )
        guard isTold else { return }
        told = evidence
        toldReach = Self.reach * features.profile.spread(at: HourProfile.hour(of: since))
        toldShare = value.share(below: values.value)
    }

    // Inlined like all that reads the records, or they would be copied for each call.
    @inline(__always)
    private func evidence(of now: SeriesFeatures.Values) -> Evidence {
        // Features in the unit of the input are compared with its level, those without a unit with one.
        let level = Float(abs(origin + Double(features.profile.mean)))
        let unit = PastRecord.Yardstick(after: count, negligible: features.negligible, tiny: 1e-3 * level)
        // What means nothing is at most one spread, see `SeriesFeatures`.
        let nothing: Float = features.negligible > 0 ? 1 : 0
        let plain = PastRecord.Yardstick(after: count, negligible: nothing, tiny: 1e-3)
        func square(_ surprise: Float) -> Float {
            let beyond = max(0, surprise - Self.banal) / (1 - Self.banal)
            return beyond * beyond
        }
        return Evidence(
            aboveUsual: square(value.surprise(above: now.value, by: unit)),
            belowUsual: square(value.surprise(below: now.value, by: unit)),
            aboveUsualHour: square(longStanding.surprise(above: now.longStanding, by: plain)),
            belowUsualHour: square(standing.surprise(below: now.standing, by: plain))
                + square(fromHour.surprise(below: now.fromHour, by: unit)),
            shiftUp: square(shift.surprise(above: now.shift, by: unit)),
            shiftDown: square(shift.surprise(below: now.shift, by: unit)),
            oftenHigh: square(highs.surprise(above: now.highs, by: plain)),
            driftUp: square(rise.surprise(above: now.rise, by: plain)),
            driftDown: square(fall.surprise(above: now.fall, by: plain))
        )
    }

    private mutating func learn(_ now: SeriesFeatures.Values) {
        value.learn(now.value)
        fromHour.learn(now.fromHour)
        shift.learn(now.shift)
        highs.learn(now.highs)
        standing.learn(now.standing)
        longStanding.learn(now.longStanding)
        rise.learn(now.rise)
        fall.learn(now.fall)
        features.learn(now, count: count, step: lifetime.step)
    }

    @inline(__always)
    private func reduced(_ x: Double) -> Float {
        Float((x.bounded - origin).clamped(to: Double(PastRecord.largest)))
    }

    @inline(__always)
    private func usual(of values: SeriesFeatures.Values) -> Double {
        origin + Double(values.value - values.fromHour)
    }

    @inline(__always)
    private func score(_ evidence: Evidence, usual: Double) -> Score {
        Score(surprise: evidence.surprise, usual: usual, direction: evidence.direction, isWarm: isWarm)
    }
}
