/// What is usual at each hour of the day, fading. The score is the distance from it in standard deviations of
/// that hour.
///
/// - Works badly: where weekends differ from weekdays (use `HourOfWeek`), for rhythms that are not of a day,
///   and with a trend (the profile lags behind by its memory; use `HoltWinters`).
/// - Input: values of a level (temperature, load), in any rhythm. A value weighs as much as the time since
///   the one before, at most an hour, so that five-minute values do not make it forget in hours. Local
///   seconds.
/// - Formula: of each hour h, with w the weight in hours, n its weights so far, at most `memory`, and a =
///   w/n: D[h] += a·(|d| − D[h]), P[h] += a·d with d = x − P[h], in P clipped at four spreads; the spread is
///   1.2533·max(D[h], 0.25·D of all hours), as in a normal distribution. Fading means as in `FadingMoments`.
/// - Warm-up: 3 days of values, or as asked for.
/// - State: 344 bytes. Cost: about 70 ns.
///
/// ```swift
/// var load = HourOfDay()
/// for hour in 0..<(24 * 14) {
///     load.learn(Double(hour % 24 == 8 ? 90 : 10 + hour / 24 % 2), at: Double(hour) * 3600)
/// }
/// load.score(90, at: (24 * 14 + 8) * 3600).surprise     // 0: it is always so at eight
/// load.score(90, at: (24 * 14 + 3) * 3600).usual        // about 10.5
/// ```
public struct HourOfDay: CalendarModel {
    public static let version: UInt16 = 1

    private var profile: SeasonalProfile<24>

    /// - Parameters:
    ///   - memory: days over which it fades.
    ///   - warmUp: seconds of values during which only to learn.
    public init(memory: Double = 14, warmUp: Double = 3 * 86_400) {
        profile = SeasonalProfile(memory: memory, warmUp: warmUp)
    }

    public var isWarm: Bool { profile.isWarm }

    public func score(_ x: Double, at t: Double, on day: Weekday?) -> Score {
        profile.score(x, at: t, on: day)
    }

    public func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band? {
        profile.band(at: t, on: day, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        profile.learn(x, at: t, on: day)
    }
}
