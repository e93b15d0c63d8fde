import Glibc

/// Finds a lift that stands still although people want to ride: no trip where there usually are many, or calls
/// that nothing answers.
///
/// - Works badly: with few trips (a home for ten families at night: nobody asks, nobody can know), where people come
///   in groups (it waits longer), and where demand may vanish for an hour at any time of day.
/// - Input: trips since the previous reading, 0 included; the more often, the sooner it is told. Times in local
///   seconds, since habits follow the clock. A button that is pressed is told with `learnCall(at:)`.
/// - Formula: Λ = trips to be expected since the last one, from the hour of the day, weekdays and weekends apart;
///   the demand of the hour is the usual times a gamma variable, of which the n trips seen where E were expected
///   (both fading over 12 expected trips) tell: A = a·ln(1 + Λ/b), b = 4 + E, a = 4 + min(n, E), is −ln of the
///   negative binomial chance of no trip. Each day, from three in the morning on, may be one on which hardly
///   anybody comes (odds 0.03, a tenth of the trips) until its trips say otherwise, by Bayes' rule:
///   surprise = −ln((1 − w)·e^−A + w·e^(−Λ/10)). Alarmed above the level that this lift's own pauses reach no more
///   often than asked for (`ExceedanceTail`; of the time in which the trip came that ended a pause, three expected
///   trips count at most). Calls without a trip since, at least 20 s apart, count a third of the level each.
/// - Causes: `standstill`, `unanswered` (by calls for the most part); `seen` the trips to be expected since the
///   last one, `usual` trips an hour at this hour, `limit` in trips of an ordinary day. The explanation has them as
///   hours without a trip. The score is the surprise in nats.
/// - Figures: simulated houses with good and bad days (25 %), busy and quiet hours (gamma, shape 10) and ten public
///   holidays a year, read every two minutes: 0.04 false alarms per lift-year; half of the standstills told within
///   224/70/24 minutes at 120/400/1 200 trips a day, within 25/9/5 where calls are known; read every quarter of an hour,
///   0.08 and 30 minutes at 1 200. Where people come in groups of three: 0.03 and 86 minutes at 1 200; where hours
///   differ by gamma with shape 4: 0.8 and 28.
/// - Warm-up: 14 days of whole hours. State: 416 bytes. Cost: about 220 ns with its score.
///
/// ```swift
/// var lift = Standstill()
/// for minute in 0..<(60 * (24 * 21 + 8)) {                    // three weeks, and until eight in the morning
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
    /// ln of the odds that this is a day on which hardly anybody comes.
    private var quietOdds = 0.0
    private var day = 0.0
    private var tail = ExceedanceTail(above: 4, perYear: 1000)
    private let falseAlarms: Double
    private let callsNeeded: Double

    private static let shape = 4.0
    private static let memory = 12.0
    private static let callsApart = 20.0
    private static let leastLevel = 6.0
    /// Trips to be expected by when the next one has most probably come.
    private static let soon = 3.0
    /// What a quiet day has of an ordinary one's trips, and ln of the odds for one before it began.
    private static let quietShare = 0.1
    private static let quietAtFirst = log(0.03)
    private static let dayBegins = 3 * 3600.0
    private static let warmUpHours: Float = 14 * 24

    /// - Parameters:
    ///   - falseAlarmsPerYear: how often ordinary pauses may be told.
    ///   - calls: unanswered calls that are an alarm without any other evidence.
    ///   - longestGap: seconds between two readings from which on nothing is known of the time between.
    public init(falseAlarmsPerYear: Double = 0.05, calls: Int = 3, longestGap: Double = 3600) {
        falseAlarms = falseAlarmsPerYear.isFinite ? min(max(1e-6, falseAlarmsPerYear), 1e6) : 0.05
        callsNeeded = Double(min(max(1, calls), 100))
        hour = CountedPeriod(length: 3600, longestGap: longestGap)
    }

    public var isWarm: Bool { rates.learned >= Self.warmUpHours }

    /// Hours without a trip, those that usually lie between two at this hour, and up to which ones nothing would have
    /// been said; where no trips are usual, calls are all there is to tell.
    public var explanation: Explanation {
        let between = alarm.usual > 0 ? 1 / alarm.usual : 0
        return Explanation(
            weights: alarm.isRaised ? [(.standstill, pauseSurprise), (.unanswered, callSurprise)] : [],
            seen: alarm.duration / 3600,
            usual: between,
            low: 0,
            high: max(1, alarm.limit) * between,
            past: min(Double(rates.learned) * 3600, 1e9),
            in: alarm.usual > 0 && isWarm ? .hours : .surprise
        )
    }

    /// How surprising the pause is, without the calls, in nats.
    private var pauseSurprise: Double {
        let ordinary = ordinarySurprise
        let quiet = Self.quietShare * missed
        // −ln of both chances together, each weighed by how likely such a day is.
        let weight = exp(quietOdds)
        return log(1 + weight) - log(exp(-ordinary) + weight * exp(-quiet))
    }

    /// The same for a day that is as busy as others.
    private var ordinarySurprise: Double { min(500, shape * log(1 + missed / (Self.shape + expected))) }

    private var callSurprise: Double { calls * level / callsNeeded }

    private var shape: Double { Self.shape + min(trips, expected) }

    /// The surprise at which to be alarmed, in nats.
    private var level: Double { max(Self.leastLevel, tail.level(falseAlarmsPerYear: falseAlarms)) }

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
        let passed = taken.seconds > 0 ? rates.expected(from: t - taken.seconds, to: t) : 0
        // A trip that ends a pause came soon after the reading before, or it would have ended there.
        let soon = min(passed, Self.soon)
        missed = min(missed + soon, 1e6)
        if isWarm, x > 0 { tail.learn(pauseSurprise) }
        missed = min(missed + passed - soon, 1e6)
        beginDay(at: t)
        let isSuspect = pauseSurprise > level / 2
        if x > 0 { endPause(trips: x, at: t) }
        if let closed = taken.closed, closed.isWhole {
            // A standstill must not become the habit that hides it, nor an empty house an alarm for ever.
            rates.learn(closed.count, hourAt: closed.start, weight: isSuspect ? 0.1 : 1)
            if isWarm { tail.pass(3600) }
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

    private mutating func beginDay(at t: Double) {
        let present = ((t - Self.dayBegins) / 86_400).rounded(.down)
        guard present != day else { return }
        day = present
        quietOdds = Self.quietAtFirst
    }

    private mutating func endPause(trips count: Double, at t: Double) {
        quietOdds += ordinarySurprise - Self.quietShare * missed + count * log(Self.quietShare)
        quietOdds = min(max(quietOdds, -50), 5)
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
        let needed = level
        let byCalls = calls * needed / callsNeeded
        let byPause = isWarm ? pauseSurprise : 0
        guard !alarm.isRaised, byCalls + byPause >= needed else { return }
        let rest = max(0, needed - byCalls)
        let ordinaryLimit = (Self.shape + expected) * (exp(rest / shape) - 1)
        alarm = Alarm(
            since: max(lastTrip, t - 366 * 86_400),
            raisedAt: t,
            seen: missed,
            usual: rates.rate(at: t),
            limit: min(missed, ordinaryLimit),
            cause: byCalls > byPause ? .unanswered : .standstill
        )
    }
}
