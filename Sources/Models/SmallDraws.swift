import Glibc

/// Counts the small draws of water of each day, a glass to a pot, and notices days on which somebody draws far fewer
/// than they used to: as near as a water meter comes to how much a person drinks. A hint to ask them, never a
/// diagnosis.
///
/// Cause `fewSmallDraws`; `seen` and `usual` in draws a day, `limit` and the score in standard deviations summed up
/// over days. `today` is the count so far, `daysWithout` the days lived in with none at all. The habit follows a
/// change that lasts, which ends the alarm.
///
/// - Works badly: it sees water that runs, not who drinks it. A washed hand counts as a glass; bottled water, a coffee
///   machine with a tank, meals elsewhere and a jug filled once do not count; a second person or a carer hides all. A
///   drip makes draws of its own (not to be believed while `WaterLeak` is alarmed). Hourly readings tell next to
///   nothing, and are not taken unless asked for with `longestInterval`.
/// - Input: litres since the previous reading, zero included, in steps of 1 L or finer; every five minutes or more
///   often. Local seconds.
/// - Formula: X = draws of `smallest` to `largest` litres that begin from 6 to 23 o'clock. y = 2·√(X + 3/8), whose
///   standard deviation is 1 for Poisson counts (F. J. Anscombe, Biometrika 35, 1948); z = (y − m)/s within ±3, m and
///   s ≥ 1 fading over 30 days. CUSUM (E. S. Page, Biometrika 41, 1954): C = max(0, C − z − 0.5), alarmed from limit
///   on, cleared below half. A day counts when nine tenths of it were watched, something was used before and after half
///   past two (nobody draws while away), and no draw lasted an hour. Between 0.6·limit and the alarm nothing is learned.
/// - Figures: `vigie-models end-uses`, one person alone, 17 days, the sum of five taps without the toilet: the count of
///   a day against that of kitchen and washbasin, correlation 0.95 with 0.1 L every 10 s (23 % too many), 0.75 with 1 L
///   every 5 min (28 % too few), 0.5 every 15 min, 0.1 to 0.2 every hour. Years made of these days by lot, for the first
///   two: 0.25 and 1.75 needless hints a year; half as many draws told after 8 days, none left after 4 and 5 (medians).
///   In life days that follow each other are more alike, and how much the person drank is not known.
/// - Warm-up: 28 such days. State: 279 bytes. Cost: about 30 ns.
///
/// ```swift
/// var glass = SmallDraws()
/// for quarter in 0..<(4 * 24 * 45) {
///     let hour = quarter / 4 % 24
///     let isDry = quarter >= 4 * 24 * 40
///     let flush = hour % 4 == 0 ? 6.0 : 0                     // of the toilet, every four hours
///     let drawn = (8..<20).contains(hour) && !isDry ? 0.3 : 0 // a glass every hour
///     glass.learn(quarter % 4 == 0 ? flush : quarter % 4 == 2 ? drawn : 0, at: Double(quarter + 1) * 900)
/// }
/// glass.alarm.cause        // fewSmallDraws
/// glass.alarm.usual        // about 12
/// glass.daysWithout        // 4, the fifth day is not over
/// ```
public struct SmallDraws: Model, Detector {
    public static let version: UInt16 = 1

    private var seen = SeenTime()
    private var draw = Draw()
    /// What is usual of 2·√(X + 3/8).
    private var habit = FadingMoments(memory: 30)
    private var drift = TwoSidedSum()
    /// When the present day began.
    private var midnight = -1e12
    private var watched = 0.0
    private let smallest: Double
    private let largest: Double
    private let limit: Double
    private let longestInterval: Double
    public private(set) var alarm = Alarm.quiet
    /// How many small draws past days had, and one.
    private var counts = LogHistogram()
    private var count: UInt32 = 0
    private var days: UInt32 = 0
    private var dryDays: UInt32 = 0
    private var wasUsedEarly = false
    private var wasUsedLate = false
    private var ranOn = false

    private static let warmUp: UInt32 = 28
    private static let hours = 6.0..<23.0
    private static let halfTime = 14.5
    private static let longestDraw = 3600.0
    private static let slack = 0.5
    /// Sums of steps of a tenth of a litre are not exact.
    private static let tolerance = 1e-6

    /// - Parameters:
    ///   - smallest: litres below which a draw is a drip.
    ///   - largest: litres above which it is no drink, nor a pot of soup.
    ///   - limit: standard deviations, summed up over days, from which on it is told.
    ///   - longestInterval: seconds between two readings from which on nothing is known of the draws between, up to two
    ///     hours. A quarter of an hour, since hourly readings were measured to tell next to nothing.
    public init(
        smallest: Double = 0.1,
        largest: Double = 2,
        limit: Double = 5,
        longestInterval: Double = 900
    ) {
        self.longestInterval = max(1, min(longestInterval.isNaN ? 900 : longestInterval, 7200))
        self.smallest = max(0, min(smallest.bounded, 100))
        self.largest = max(self.smallest, min(largest.bounded, 100))
        self.limit = max(1, min(limit.bounded, 100))
    }

    public var isWarm: Bool { days >= Self.warmUp }

    /// Small draws of the present day that are over.
    public var today: Int { Int(count) }

    /// How many days in a row, of those that somebody was at home, had no small draw.
    public var daysWithout: Int { Int(dryDays) }

    private var spread: Double { max(1, habit.deviation) }

    public var explanation: Explanation {
        Explanation(
            alarm,
            low: Self.count(habit.mean - 2 * spread),
            high: Self.count(habit.mean + 2 * spread),
            percentile: alarm.isRaised ? counts.percentile(of: Float(alarm.seen) + 1) : nil,
            past: Double(days) * 86_400,
            in: .count
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        Score(
            surprise: drift.downward,
            usual: days > 0 ? Self.count(habit.mean) : 0,
            direction: drift.downward > 0 ? .below : .usual,
            isWarm: isWarm
        )
    }

    /// Takes `x` litres, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, x >= 0, t.isMoment, let interval = seen.interval(to: t) else { return false }
        seen.advance(to: t)
        let isKnown = interval > 0 && interval <= longestInterval
        let middle = isKnown ? t - interval / 2 : t
        if middle.startOfDay != midnight { beginDay(at: t, midnight: middle.startOfDay) }
        // Over a longer time nobody knows when it was, nor in how many draws.
        guard isKnown else { return true }
        let hour = (middle - midnight) / 3600
        if Self.hours.contains(hour) {
            watched += interval
            if x > 0, hour < Self.halfTime { wasUsedEarly = true }
            if x > 0, hour >= Self.halfTime { wasUsedLate = true }
        }
        take(x, at: t, after: interval)
        return true
    }

    private mutating func take(_ x: Double, at t: Double, after interval: Double) {
        if x == 0 {
            if draw.isOver(at: t) { endDraw() }
        } else if draw.goesOn(at: t, after: interval) {
            draw.add(x, at: t)
            if draw.length > Self.longestDraw { ranOn = true }
        } else {
            endDraw()
            draw = Draw(litres: x, at: t, after: interval)
        }
    }

    private mutating func endDraw() {
        let isSmall = draw.litres >= smallest - Self.tolerance && draw.litres <= largest + Self.tolerance
        if draw.isOpen, isSmall, Self.hours.contains((draw.begin - midnight) / 3600) { count += 1 }
        draw = Draw()
    }

    private mutating func beginDay(at t: Double, midnight next: Double) {
        endDraw()
        let length = (Self.hours.upperBound - Self.hours.lowerBound) * 3600
        if watched >= 0.9 * length, wasUsedEarly, wasUsedLate, !ranOn { judge(at: t) }
        midnight = next
        watched = 0
        count = 0
        (wasUsedEarly, wasUsedLate, ranOn) = (false, false, false)
    }

    private mutating func judge(at t: Double) {
        let y = Self.evened(Double(count))
        let z = ((y - habit.mean) / spread).clamped(to: 3)
        if isWarm {
            drift.add(z, slack: Self.slack, most: 1.5 * limit, at: midnight)
            decide(at: t)
        }
        dryDays = count == 0 ? min(dryDays + 1, 1_000_000) : 0
        days = min(days + 1, 1_000_000)
        counts.learn(Float(count) + 1, memory: 365)
        // A change must not become the habit that hides it, but once told it may.
        guard drift.downward <= 0.6 * limit || alarm.isRaised else { return }
        habit.learn(habit.isWarm ? habit.mean + z * spread : y, at: t)
    }

    private mutating func decide(at t: Double) {
        if alarm.isRaised {
            if drift.downward < limit / 2 { alarm = .quiet }
        } else if drift.downward >= limit {
            alarm = Alarm(
                since: drift.since,
                raisedAt: t,
                seen: Double(count),
                usual: Self.count(habit.mean),
                limit: limit,
                cause: .fewSmallDraws
            )
        }
    }

    /// A scale on which a count scatters alike whatever its mean.
    private static func evened(_ count: Double) -> Double { 2 * (count + 0.375).squareRoot() }

    private static func count(_ evened: Double) -> Double {
        let half = max(0, evened) / 2
        return max(0, half * half - 0.375)
    }
}
