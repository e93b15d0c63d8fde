import Glibc

/// How many events are usual in a time, and how long none: for trips of a lift, door openings, calls, alarms.
/// The score is how rare a count at least as far out is on its side, in nats: 14 for about one in a million.
///
/// Causes: `tooMany` and `tooFew`, with `seen` and `usual` in events, for the time since the reading before
/// or, when there were none for longer, since the last event; `limit` in nats. The next reading that is less
/// than half as surprising clears it.
///
/// - Works badly: for events that come in bursts with days between (the count is then as good as unknown),
///   and where a rhythm follows anything but hours of weekdays and weekends.
/// - Input: events since the previous reading, zero included. Local seconds. Irregular readings are spread
///   over the hours that they stand for.
/// - Formula: of each hour of weekdays and of weekends a gamma distribution of the rate, shape = events + r
///   and hours + 1, r the rate of that hour over all days, both fading over `memory` days; a reading that is
///   expected to have μ events is negative binomial with 1/size = 1/shape + dispersion (A. Gelman et al.,
///   "Bayesian Data Analysis", 3rd edition, 2.6), where the dispersion is the fading ((x − μ)² − μ)/μ².
///   Silence: size·ln(1 + Λ/size) with Λ the events expected since the last one.
/// - Warm-up: 7 days of readings.
/// - State: 512 bytes. Cost: about 0.8 µs for an hour.
///
/// ```swift
/// var trips = EventRate()
/// for hour in 0..<(24 * 28) {
///     trips.learn((8..<20).contains(hour % 24) ? Double(30 + hour * 7 % 5) : 0, at: Double(hour) * 3600)
/// }
/// trips.expected(from: (24 * 28 + 9) * 3600, to: (24 * 28 + 10) * 3600)      // about 32
/// for hour in (24 * 28)..<(24 * 28 + 13) { trips.learn(0, at: Double(hour) * 3600) }
/// trips.alarm.cause                                                          // tooFew
/// ```
public struct EventRate: CalendarModel, Detector {
    public static let version: UInt16 = 1

    private var events = InlineArray<48, Float>(repeating: 0)
    private var hours = InlineArray<48, Float>(repeating: 0)
    private var allEvents = 0.0
    private var allHours = 0.0
    private var excess = 0.0
    private var square = 0.0
    /// Events expected since the last one.
    private var awaited = 0.0
    private var lastEvent = 0.0
    private var seen = SeenTime()
    public private(set) var alarm = Alarm.quiet
    private let memory: Double
    private let limit: Double

    private static let warmUp = 7 * 86_400.0
    private static let calendar = CellsOfTime(kinds: 2, parts: 24)
    private static let mostHours = 168

    /// - Parameters:
    ///   - memory: visits of an hour over which its rate fades, 5 to 10 000.
    ///   - limit: the surprise in nats from which on to be alarmed.
    public init(memory: Double = 40, limit: Double = 14) {
        self.memory = max(5, min(memory, 10_000))
        self.limit = max(1, min(limit, Score.most))
    }

    public var isWarm: Bool { seen.seconds >= Self.warmUp }

    /// How far counts wander beyond what a constant rate has: variance = μ + dispersion·μ².
    public var dispersion: Double { square > 0 ? max(1e-3, min(excess / square, 10)) : 1e-3 }

    public var explanation: Explanation {
        let band = NegativeBinomial(mean: alarm.usual, shape: 1 / dispersion).band(within: limit)
        return Explanation(alarm, low: band.low, high: band.high, past: seen.seconds)
    }

    /// How many events there usually are between two times, at most a week apart.
    public func expected(from start: Double, to end: Double, on day: Weekday? = nil) -> Double {
        start.isMoment && end.isMoment ? expectation(from: start, to: end, on: day).mean : 0
    }

    /// How surprising it is in nats that nothing has come since the last event, at a time not before the last
    /// reading.
    public func surpriseOfSilence(at t: Double, on day: Weekday? = nil) -> Double {
        guard isWarm, seen.hasBegun, t.isMoment else { return 0 }
        let more = expectation(from: seen.end, to: t, on: day)
        return min(silence(awaited + more.mean, size: more.shape), Score.most)
    }

    public func score(_ x: Double, at t: Double, on day: Weekday?) -> Score {
        guard x.isFinite, x >= 0, t.isMoment, seen.hasBegun else {
            return Score(surprise: 0, usual: 0, direction: .usual, isWarm: isWarm)
        }
        let usual = expectation(from: seen.end, to: t, on: day)
        guard usual.mean > 0 else {
            return Score(surprise: 0, usual: 0, direction: .usual, isWarm: isWarm)
        }
        let surprise = usual.surprise(of: min(x, 1e12))
        let silent = x == 0 ? silence(awaited + usual.mean, size: usual.shape) : 0
        return Score(
            surprise: max(surprise, silent),
            usual: usual.mean,
            direction: x > usual.mean ? .above : .below,
            isWarm: isWarm
        )
    }

    /// Takes `x` events since the reading before. The first reading only sets the clock.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        guard x.isFinite, x >= 0, t.isMoment, let interval = seen.interval(to: t) else { return false }
        let score = score(x, at: t, on: day)
        let start = seen.end
        let isFirst = interval == 0
        if isFirst || x > 0 { lastEvent = t }
        seen.advance(to: t)
        guard !isFirst else { return true }
        let count = min(x, 1e12)
        let mean = score.usual
        awaited = count > 0 ? 0 : min(awaited + mean, 1e12)
        decide(score, count, at: t)
        disperse(count, mean)
        let usualRate = allHours > 0 ? allEvents / allHours : 0
        var shares = InlineArray<48, Float>(repeating: 0)
        Self.forEachHour(from: start, to: t, on: day) { cell, hours in shares[cell] += Float(hours) }
        let whole = min(interval / 3600, Double(Self.mostHours))
        for cell in 0..<48 where shares[cell] > 0 {
            let exposure = Double(shares[cell])
            // In proportion to what is usual then; in proportion to time where nothing is known.
            let share = mean > 1e-9 ? rate(cell) * exposure / mean : exposure / whole
            events[cell] += Float(min(count * share, 1e12))
            hours[cell] += shares[cell]
            let fade = Float(memory) / hours[cell]
            if fade < 1 {
                events[cell] *= fade
                hours[cell] *= fade
            }
        }
        allEvents += min(count, max(20 * usualRate * whole, count / 10))
        allHours += whole
        let fade = memory * 48 / allHours
        if fade < 1 {
            allEvents *= fade
            allHours *= fade
        }
        return true
    }

    public func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band? { nil }

    /// Events an hour: of the cell, to which the same hour of the other kind of day adds one visit, and all
    /// hours a tenth of one.
    private func rate(_ cell: Int) -> Double {
        let hour = cell % 24
        let overall = allHours > 0 ? allEvents / allHours : 0
        let both = Double(events[hour] + events[hour + 24]) + 0.1 * overall
        let usual = both / (Double(hours[hour] + hours[hour + 24]) + 0.1)
        return (Double(events[cell]) + usual) / (Double(hours[cell]) + 1)
    }

    /// What is to be expected between two times: the size of the distribution is of what is not known of the
    /// rate, and of how it wanders.
    private func expectation(from start: Double, to end: Double, on day: Weekday?) -> NegativeBinomial {
        var (mean, shape, whole) = (0.0, 0.0, 0.0)
        Self.forEachHour(from: start, to: end, on: day) { cell, hours in
            let rate = rate(cell)
            mean += rate * hours
            shape += rate * (Double(self.hours[cell]) + 1) * hours
            whole += hours
        }
        let known = max(shape / max(whole, 1e-9), 1e-3)
        return NegativeBinomial(mean: mean, shape: 1 / (1 / known + dispersion))
    }

    /// −ln P(X = 0) of so many events expected.
    private func silence(_ expected: Double, size: Double) -> Double { size * log1p(expected / size) }

    private mutating func disperse(_ count: Double, _ mean: Double) {
        guard isWarm, mean > 0 else { return }
        let variance = mean + (dispersion + 0.1) * mean * mean
        let distance = (count - mean).clamped(to: 6 * variance.squareRoot())
        let rate = 1 / 500.0
        excess += rate * (distance * distance - mean - excess)
        square += rate * (mean * mean - square)
    }

    private mutating func decide(_ score: Score, _ count: Double, at t: Double) {
        if alarm.isRaised {
            if score.surprise < limit / 2 { alarm = .quiet }
        } else if score.isWarm, score.surprise >= limit {
            let isFew = score.direction == .below
            alarm = Alarm(
                since: isFew && count == 0 ? lastEvent : seen.end,
                raisedAt: t,
                seen: count,
                usual: isFew && count == 0 ? awaited : score.usual,
                limit: limit,
                cause: isFew ? .tooFew : .tooMany
            )
        }
    }

    /// The hours of the clock between two times with the share of each, at most a week of them.
    private static func forEachHour(
        from start: Double,
        to end: Double,
        on day: Weekday?,
        _ body: (_ cell: Int, _ hours: Double) -> Void
    ) {
        var time = max(start, end - Double(mostHours) * 3600)
        while time < end {
            let next = min(end, ((time / 3600).rounded(.down) + 1) * 3600)
            body(calendar.cell(at: time, on: day), (next - time) / 3600)
            time = next
        }
    }
}
