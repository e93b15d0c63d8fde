import Glibc

/// How many hours of a day, or of its nights, somebody used something, against this person's own habit: fewer and fewer
/// by day, more and more often up at night.
///
/// Causes: `fewActiveHours` for the day and `upAtNight` for the night; `seen` and `usual` in hours with use, `limit` and
/// the score in standard deviations summed up. The score of a value is the drift so far; the explanation's band holds
/// the days that would not have added to it.
///
/// - Works badly: with guests, in holidays, and where a dripping tap makes every hour one with use (give a `leastFlow`
///   above the drip).
/// - Input: litres (or kilowatt hours above the standby) since the previous reading; local seconds.
/// - Formula: p[h] = share of days on which hour h has use, fading over 30 days. Of a day with hours H known, the count
///   has the mean Σp and the variance Σp(1 − p) of a Poisson binomial distribution (S. D. Poisson, 1837), here times
///   the fading mean square of past deviations, as hours depend on each other; z its deviation within ±4. CUSUM (E. S.
///   Page, Biometrika 41, 1954): C = max(0, C ± z − 0.5), alarmed at C ≥ 6, cleared below 3.
/// - Warm-up: 28 days with at least half of their hours known. State: 304 bytes. Cost: about 40 ns.
///
/// ```swift
/// var night = ActiveHours(.night)
/// for hour in 0..<(24 * 70) {
///     let isUp = (7...22).contains(hour % 24) || (hour >= 24 * 60 && (1...4).contains(hour % 24))
///     night.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)
/// }
/// night.alarm.cause        // upAtNight
/// ```
public struct ActiveHours: Model, Detector {
    public static let version: UInt16 = 2

    /// Which hours count, and which way of changing matters.
    public enum Part: UInt8, BitwiseCopyable, Sendable {
        /// From midnight to midnight; fewer matter.
        case day
        /// From 23 to 6 o'clock; more matter.
        case night
    }

    private var meter = UseBlocks(hours: 1)
    private var chance = InlineArray<24, Float>(repeating: 0.5)
    /// How many hours with use past days had.
    private var counts = LogHistogram()
    private var today = -1e9
    private var since = 0.0
    private var count: Float = 0
    private var known: Float = 0
    private var mean: Float = 0
    private var variance: Float = 0
    private var overdispersion: Float = 1
    private var drift: Float = 0
    private var days: Float = 0
    private let leastFlow: Float
    public private(set) var alarm = Alarm.quiet
    private let part: UInt32
    /// By how many hours a day may differ without adding to the drift, when the alarm was raised.
    private var slackHours: Float = 0

    private static let memory: Float = 30
    private static let warmUp: Float = 28
    private static let slack: Float = 0.5
    private static let limit: Float = 6

    /// - Parameter leastFlow: flow per hour up to which an hour counts as without use.
    public init(_ part: Part, leastFlow: Double = 0) {
        self.part = UInt32(part.rawValue)
        self.leastFlow = Float(max(0, min(leastFlow.bounded, 1e6)))
    }

    private var isNight: Bool { part == UInt32(Part.night.rawValue) }

    /// Hours of a whole night or day.
    private var length: Float { isNight ? 7 : 24 }

    public var isWarm: Bool { days >= Self.warmUp }

    public var explanation: Explanation {
        Explanation(
            alarm,
            low: isNight ? 0 : Self.tenths(max(0, alarm.usual - Double(slackHours))),
            high: isNight
                ? Self.tenths(min(Double(length), alarm.usual + Double(slackHours))) : Double(length),
            percentile: alarm.isRaised ? counts.percentile(of: Float(alarm.seen) + 1) : nil,
            past: Double(days) * 86_400,
            in: .hours
        )
    }

    /// Nobody's habits are known to the minute.
    private static func tenths(_ hours: Double) -> Double { (hours * 10).rounded() / 10 }

    public func score(_ x: Double, at t: Double) -> Score {
        let direction: Score.Direction = drift == 0 ? .usual : isNight ? .above : .below
        return Score(surprise: Double(drift), usual: Double(mean), direction: direction, isWarm: isWarm)
    }

    /// Takes `x`, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard let blocks = meter.take(x, from: nil, to: t) else { return false }
        guard blocks.count > 0, blocks.content != .unknown else { return true }
        let isUse = blocks.content == .used && Float(min(blocks.flow, 1e6)) > leastFlow
        for index in 0..<blocks.count { take(isUse, middle: blocks.middle(of: index)) }
        return true
    }

    private mutating func take(_ isUse: Bool, middle: Double) {
        let hour = meter.partOfDay(middle)
        // A night belongs to the day on which it ends.
        let day = ((middle + (isNight ? 3600 : 0)) / 86_400).rounded(.down)
        if day != today {
            if known >= length / 2 { close(at: middle) }
            (count, known, mean, variance) = (0, 0, 0, 0)
            today = day
        }
        guard !isNight || hour == 23 || hour < 6 else { return }
        known += 1
        mean += chance[hour]
        variance += chance[hour] * (1 - chance[hour])
        if isUse { count += 1 }
        let rate = max(1 / (days + 2), 1 / Self.memory)
        // A change must not become the habit that hides it.
        if drift <= Self.limit / 2 { chance[hour] += rate * ((isUse ? 1 : 0) - chance[hour]) }
    }

    private mutating func close(at t: Double) {
        let unit = (max(0.25, variance) * overdispersion).squareRoot()
        let z = max(-4, min(4, (count - mean) / unit))
        if isWarm {
            if drift == 0 { since = today * 86_400 }
            drift = min(1.5 * Self.limit, max(0, drift + (isNight ? z : -z) - Self.slack))
            decide(at: t, slack: Self.slack * unit)
        }
        if !alarm.isRaised {
            let square = (count - mean) * (count - mean) / max(0.25, variance)
            overdispersion += (min(square, 9) - overdispersion) / Self.memory
            overdispersion = max(0.5, overdispersion)
            counts.learn(count + 1, memory: 365)
        }
        days = min(10_000, days + 1)
    }

    private mutating func decide(at t: Double, slack: Float) {
        if alarm.isRaised {
            if drift < Self.limit / 2 { alarm = .quiet }
        } else if drift >= Self.limit {
            slackHours = slack
            alarm = Alarm(
                since: since,
                raisedAt: t,
                seen: Double(count),
                usual: Self.tenths(Double(mean)),
                limit: Double(Self.limit),
                cause: isNight ? .upAtNight : .fewActiveHours
            )
        }
    }
}
