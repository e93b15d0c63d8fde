import Glibc

/// Compares the trips of an hour, or of a day, with the usual ones of that hour or kind of day: a lift that is used
/// far more than usual (its neighbour is broken, doors that open again and again) or far less.
///
/// - Works badly: on public holidays (an office's lift is told as `tooFew`, which is true), and in the first weeks
///   after people have moved in or out.
/// - Input: trips since the previous reading, 0 included; times in local seconds. An hour or day of which less than
///   nine tenths were watched is neither judged nor learned.
/// - Formula: count X of a period is negative binomial with the mean of its hour (weekdays and weekends apart,
///   fading over 40 days of the kind) and one shape k for all, k = Σμ² / Σ((x − μ)² − μ), fading over 1 000 hours
///   or 60 days, squares clipped at 6.25 variances (2.5 deviations). Surprise = −ln(2·min(P(X ≤ x), P(X ≥ x))), each with half of
///   P(X = x): the two-sided probability integral transform. Alarmed above the level that this lift's own periods
///   reach no more often than asked for (`ExceedanceTail`).
/// - Causes: `tooMany`, `tooFew`; `seen` and `usual` in trips a period, `limit` in nats, as the score. A period
///   below half of the limit ends it.
/// - Figures: simulated as for `Standstill`, 400 trips a day: by day 0.12 told per lift-year besides 7 of 10 public
///   holidays, a day with a quarter or three times the trips found in 36 and 68 % (all of both where days are alike);
///   by hour 0.12, a day with three times the trips found in 37 %.
/// - Warm-up: 14 days of whole hours, 28 whole days. State: 368 bytes. Cost: about 660 ns a period.
///
/// ```swift
/// var lift = TripCounts(per: .hour)
/// for hour in 0..<(24 * 30) { lift.learn(Double(20 + hour * 7 % 11), at: Double(hour) * 3600) }
/// lift.learn(180, at: 24 * 30 * 3600)
/// lift.learn(25, at: (24 * 30 + 1) * 3600)       // the hour before is over
/// lift.alarm.cause                               // tooMany
/// ```
public struct TripCounts: Model, Detector {
    public static let version: UInt16 = 1

    public enum Period: Sendable {
        case hour, day
    }

    private var usual = WeekRates()
    private var period: CountedPeriod
    public private(set) var alarm = Alarm.quiet
    private var beyondPoisson = 0.0
    private var square = 0.0
    private var tail: ExceedanceTail
    private let falseAlarms: Double
    private var periods: Int64 = 0

    /// - Parameters:
    ///   - falseAlarmsPerYear: how often ordinary periods may be told.
    ///   - longestGap: seconds between two readings from which on nothing is known of the time between.
    public init(per period: Period, falseAlarmsPerYear: Double = 0.1, longestGap: Double = 3600) {
        let isHourly = period == .hour
        falseAlarms = falseAlarmsPerYear.isFinite ? min(max(1e-6, falseAlarmsPerYear), 1e6) : 0.1
        tail = ExceedanceTail(above: isHourly ? 4 : 2, perYear: isHourly ? 160 : 50)
        self.period = CountedPeriod(length: isHourly ? 3600 : 86_400, longestGap: longestGap)
    }

    /// The surprise from which on a period is told, in nats.
    public var level: Double { tail.level(falseAlarmsPerYear: falseAlarms) }

    private var isHourly: Bool { period.length < 86_400 }

    public var isWarm: Bool { usual.learned >= (isHourly ? 14 : 28) * 24 && periods >= 20 }

    private func forecast(at t: Double) -> NegativeBinomial {
        let shape = beyondPoisson > 0 ? square / beyondPoisson : 1e6
        return NegativeBinomial(mean: usual.rate(at: t), shape: max(0.05, shape))
    }

    /// The counts between which a normal variable of the same mean and variance would not be told.
    public var explanation: Explanation {
        let forecast = forecast(at: alarm.since)
        let variance = forecast.mean + forecast.mean * forecast.mean / forecast.shape
        let reach = (2 * level * variance).squareRoot()
        return Explanation(
            alarm,
            low: max(0, forecast.mean - reach),
            high: forecast.mean + reach,
            past: min(Double(usual.learned) * 3600, 1e9)
        )
    }

    /// How surprising `x` would be as the count of the whole period in which `t` lies.
    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, x >= 0, t.isMoment else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        let start = (t / period.length).rounded(.down) * period.length
        let forecast = forecast(at: start)
        let here = exp(forecast.logProbability(x)) / 2
        let isAbove = x > forecast.mean
        let tail = exp(isAbove ? forecast.logAtLeast(x) : forecast.logAtMost(x))
        return Score(
            surprise: -log(min(1, max(1e-304, 2 * max(tail - here, tail / 2)))),
            usual: forecast.mean,
            direction: isAbove ? .above : .below,
            isWarm: isWarm
        )
    }

    /// Takes `x` trips since the previous reading.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard let taken = period.take(x, at: t) else { return false }
        guard let closed = taken.closed, closed.isWhole else { return true }
        let score = score(closed.count, at: closed.start)
        decide(score, closed, at: t)
        if isWarm { tail.learn(score.surprise) }
        tail.pass(isWarm ? period.length : 0)
        // What was told as unusual does not teach what is usual scatter.
        if score.surprise < level { learnShape(closed) }
        let hours: Float = isHourly ? 1 : 24
        usual.learn(closed.count, hourAt: closed.start, lasting: hours)
        return true
    }

    private mutating func learnShape(_ closed: CountedPeriod.Closed) {
        // The first mean of an hour is its only value, and its distance from itself says nothing.
        guard usual.learned >= 7 * 24 else { return }
        let forecast = forecast(at: closed.start)
        let mean = forecast.mean
        let variance = mean + mean * mean / forecast.shape
        periods = min(periods + 1, 1 << 40)
        let rate = max(1 / Double(periods), isHourly ? 1 / 1000 : 1 / 60)
        let clip = periods < 20 ? 1e14 : 6.25 * variance
        let distance = closed.count - mean
        beyondPoisson += rate * (min(distance * distance, clip) - mean - beyondPoisson)
        square += rate * (mean * mean - square)
    }

    private mutating func decide(_ score: Score, _ closed: CountedPeriod.Closed, at t: Double) {
        let limit = level
        guard isWarm, score.surprise >= limit else {
            if score.surprise < limit / 2 { alarm = .quiet }
            return
        }
        let cause: Alarm.Cause = score.direction == .above ? .tooMany : .tooFew
        guard alarm.cause != cause else { return }
        alarm = Alarm(
            since: closed.start,
            raisedAt: t,
            seen: closed.count,
            usual: score.usual,
            limit: limit,
            cause: cause
        )
    }
}
