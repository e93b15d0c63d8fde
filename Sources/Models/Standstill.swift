import Glibc

/// Finds a lift that stands still although people want to ride: no trip where there usually are many, or calls
/// that nothing answers.
///
/// - Works badly: with few trips (a home for ten families at night: nobody asks, nobody can know), and on the
///   first public holidays of an office.
/// - Input: trips since the previous reading, 0 included; the more often, the sooner it is told. Times in local
///   seconds, since habits follow the clock. A button that is pressed is told with `learnCall(at:)`.
/// - Formula: Λ = trips to be expected since the last one, from the hour of the day, weekdays and weekends apart;
///   the demand of the hour is the usual times a gamma variable, of which the n trips seen where E were expected
///   (both fading over `memory` = 12 expected trips) tell: surprise = a·ln(1 + Λ/b), b = 4 + E,
///   a = 4 + min(n, E). That is the negative binomial chance of no trip; it forgives a quiet day and is nearly
///   Poisson on an ordinary one. Calls without a trip since, at least 20 s apart: a third of the limit each.
///   Alarmed at max(limit, 1.2 × own record); the record, at most 1.5 limits, moves halfway to longer pauses
///   when they end, and fades over 100 days.
/// - Causes: `standstill`, `unanswered` (by calls for the most part); `seen` the trips to be expected since the
///   last one, `usual` trips an hour at this hour, `limit` in trips. The score is the surprise in nats.
/// - Warm-up: 14 days of whole hours. State: 368 bytes. Cost: about 25 ns.
///
/// ```swift
/// var lift = Standstill()
/// for minute in 0..<(60 * 24 * 21) {
///     let isDay = (7...21).contains(minute / 60 % 24)
///     lift.learn(isDay || minute % 60 == 0 ? 1 : 0, at: Double(minute) * 60)
/// }
/// for minute in 1...30 { lift.learn(0, at: Double(60 * (24 * 21 + 8) + minute) * 60) }
/// lift.alarm.cause          // standstill
/// ```
public struct Standstill: Model, Detector {
    public static let version: UInt16 = 1

    private var rates = WeekRates()
    private var hour: CountedPeriod
    public private(set) var alarm = Alarm.quiet
    /// When the last trip was seen.
    private var lastTrip = 0.0
    private var lastCall = -1e12
    private var calls = 0.0
    /// Trips to be expected since the last one.
    private var missed = 0.0
    private var trips = 0.0
    private var expected = 0.0
    private var record = 0.0
    private let limit: Double
    private let callsNeeded: Double

    private static let shape = 4.0
    private static let memory = 12.0
    private static let callsApart = 20.0
    private static let warmUpHours: Float = 14 * 24

    /// - Parameters:
    ///   - limit: surprise in nats below which no pause is an alarm.
    ///   - calls: unanswered calls that are an alarm without any other evidence.
    ///   - longestGap: seconds between two readings from which on nothing is known of the time between.
    public init(limit: Double = 9, calls: Int = 3, longestGap: Double = 3600) {
        self.limit = limit.isFinite ? min(max(2, limit), 500) : 9
        callsNeeded = Double(min(max(1, calls), 100))
        hour = CountedPeriod(length: 3600, longestGap: longestGap)
    }

    public var isWarm: Bool { rates.learned >= Self.warmUpHours }

    public var explanation: Explanation {
        Explanation(
            weights: alarm.isRaised ? [(.standstill, pauseSurprise), (.unanswered, callSurprise)] : [],
            seen: alarm.seen,
            usual: alarm.usual,
            low: 0,
            high: alarm.limit,
            past: min(Double(rates.learned) * 3600, 1e9)
        )
    }

    /// How surprising the pause is, without the calls, in nats.
    private var pauseSurprise: Double { shape * log(1 + missed / (Self.shape + expected)) }

    private var callSurprise: Double { calls * limit / callsNeeded }

    private var shape: Double { Self.shape + min(trips, expected) }

    private var present: Double { max(limit, 1.2 * min(record, 1.5 * limit)) }

    public func score(_ x: Double, at t: Double) -> Score {
        let surprise = x > 0 ? 0 : pauseSurprise + callSurprise
        return Score(
            surprise: surprise,
            usual: t.isMoment ? rates.rate(at: t) : 0,
            direction: surprise > 0 ? .below : .usual,
            isWarm: isWarm
        )
    }

    /// Takes `x` trips since the previous reading.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        let before = hour.last
        guard let taken = hour.take(x, at: t) else { return false }
        if t < before || (before == 0 && lastTrip == 0) { restart(at: t) }
        if taken.seconds > 0 { missed = min(missed + rates.expected(from: t - taken.seconds, to: t), 1e6) }
        let isSuspect = pauseSurprise > limit / 2
        if x > 0 { endPause(trips: x, at: t) }
        if let closed = taken.closed, closed.isWhole {
            // A standstill must not become the habit that hides it, nor an empty house an alarm for ever.
            rates.learn(closed.count, hourAt: closed.start, weight: isSuspect ? 0.1 : 1)
        }
        decide(at: t)
        return true
    }

    /// Somebody pressed a button. Presses within 20 seconds are one person who does not like to wait.
    @discardableResult
    public mutating func learnCall(at t: Double) -> Bool {
        guard t.isMoment else { return false }
        if t.isClockSetBack(from: lastCall) { lastCall = -1e12 }
        guard t - lastCall >= Self.callsApart else { return false }
        lastCall = t
        calls = min(calls + 1, 1000)
        // Asked before anything is learned, too: calls need no habits to be unanswered.
        decide(at: t)
        return true
    }

    private mutating func restart(at t: Double) {
        missed = 0
        calls = 0
        lastCall = -1e12
        lastTrip = t
        alarm = .quiet
    }

    private mutating func endPause(trips count: Double, at t: Double) {
        if isWarm {
            let reached = min(pauseSurprise, 2 * limit)
            if reached > record { record += 0.5 * (reached - record) }
            record *= exp(-min(max(0, t - lastTrip), 86_400) / (100 * 86_400))
        }
        let kept = exp(-missed / Self.memory)
        expected = kept * expected + missed
        // A burst of trips must not vouch for the hours after it.
        trips = min(kept * trips + count, 10 * Self.memory)
        let bound = Self.memory / max(Self.memory, expected)
        expected *= bound
        trips *= bound
        missed = 0
        calls = 0
        lastTrip = t
        alarm = .quiet
    }

    private mutating func decide(at t: Double) {
        let byCalls = callSurprise
        let byPause = isWarm ? pauseSurprise : 0
        guard !alarm.isRaised, byCalls + byPause >= (calls >= callsNeeded ? limit : present) else { return }
        let rest = max(0, present - byCalls)
        alarm = Alarm(
            since: max(lastTrip, t - 366 * 86_400),
            raisedAt: t,
            seen: missed,
            usual: rates.rate(at: t),
            limit: (Self.shape + expected) * (exp(rest / shape) - 1),
            cause: byCalls > byPause ? .unanswered : .standstill
        )
    }
}
