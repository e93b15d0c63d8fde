import Glibc

/// Level, trend and season, each smoothed exponentially: forecasts the next value of a series that rises or
/// falls and has a daily or weekly rhythm. The score is the forecast's error in standard deviations of such
/// errors.
///
/// - Works badly: with jumps of the level (it takes ten errors clipped at three deviations for each deviation
///   of the jump), on counts near zero, and where the rhythm does not follow the clock.
/// - Input: values of a level in any rhythm; a value weighs as much as the hours since the one before, at
///   most one. Local seconds. Of the weekly season a holiday can be taken as another day.
/// - Formula: additive Holt–Winters in its error form with a damped trend (E. S. Gardner, "Exponential
///   smoothing: the state of the art", Journal of Forecasting 4, 1985). k hours after the value before: ŷ = l
///   + φ(1 − φᵏ)/(1 − φ)·b + s[c], e = y − ŷ clipped at three deviations (after S. Gelper, R. Fried, C.
///   Croux, "Robust forecasting with exponential and Holt–Winters smoothing", Journal of Forecasting 29,
///   2010); l += α·e, b += α·β·e, s[c] += γ(1 − α)·e, and the deviation is 1.2533 × the mean of the unclipped
///   |e|, fading over 500 hours. The first season is kept as it comes; its mean becomes the level and the
///   differences from it the season.
/// - Warm-up: two seasons: 2 days or 2 weeks of values.
/// - State: 1440 bytes. Cost: about 70 ns.
///
/// ```swift
/// var gas = HoltWinters()
/// for hour in 0..<(24 * 21) {
///     gas.learn(100 + 0.5 * Double(hour) + (hour % 24 == 6 ? 30 : 0), at: Double(hour) * 3600)
/// }
/// gas.score(0, at: 24 * 21 * 3600).usual           // about 352: the trend goes on
/// gas.score(0, at: (24 * 21 + 6) * 3600).usual     // about 385: and so does the peak at six
/// ```
public struct HoltWinters: CalendarModel {
    public static let version: UInt16 = 1

    /// After how long the rhythm begins anew.
    public enum Season: UInt8, BitwiseCopyable, Sendable {
        case day = 1
        case week = 7
    }

    private var level = 0.0
    private var trend = 0.0
    private var error = 0.0
    /// Hours learned: of all, and since there are forecasts.
    private var hours = 0.0
    private var forecasts = 0.0
    private var seen = SeenTime()
    private let levelRate: Double
    private let trendRate: Double
    private let seasonRate: Double
    private let damping: Double
    private var seasonal = InlineArray<168, Float>(repeating: 0)
    private var visits = InlineArray<168, Float>(repeating: 0)
    private let days: UInt64

    /// - Parameters:
    ///   - level: how much of an error an hour later is taken for a new level, 0.001 to 1.
    ///   - trend: how much of that is taken for a trend, 0 to 1.
    ///   - seasonal: how much of an error is taken for a change of the season, 0 to 1.
    ///   - damping: how much of a trend is left an hour later, 0.5 to 0.9999.
    public init(
        season: Season = .day,
        level: Double = 0.1,
        trend: Double = 0.05,
        seasonal: Double = 0.2,
        damping: Double = 0.995
    ) {
        levelRate = max(0.001, min(level, 1))
        trendRate = max(0, min(trend, 1))
        seasonRate = max(0, min(seasonal, 1))
        self.damping = max(0.5, min(damping, 0.9999))
        days = UInt64(season.rawValue)
    }

    private var calendar: CellsOfTime { CellsOfTime(kinds: Int(days), parts: 24) }
    private var seasonLength: Double { 24 * Double(days) }
    private var deviation: Double { 1.2533 * error }

    /// Whether the first season is over.
    private var forecasting: Bool { hours >= seasonLength }

    public var isWarm: Bool { hours >= 2 * seasonLength }

    /// Level and trend `hours` after the last value.
    private func projected(_ hours: Double) -> (level: Double, trend: Double) {
        // Within an hour and a half the power is as good as a line.
        let left = hours < 1.5 ? 1 - (1 - damping) * hours : pow(damping, min(hours, 1e6))
        return (level + trend * damping * (1 - left) / (1 - damping), trend * left)
    }

    private func forecast(at t: Double, on day: Weekday?) -> Double {
        let hours = (seen.interval(to: t) ?? 0) / 3600
        let cell = calendar.cell(at: t, on: day)
        return forecasting ? projected(hours).level + Double(seasonal[cell]) : level
    }

    public func score(_ x: Double, at t: Double, on day: Weekday?) -> Score {
        guard x.isFinite, t.isMoment else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        let usual = forecast(at: t, on: day)
        return Score(sigmas: x.bounded.sigmas(from: usual, spread: deviation), usual: usual, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band? {
        t.isMoment ? Band(around: forecast(at: t, on: day), spread: deviation, within: limit) : nil
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        guard x.isFinite, t.isMoment, let interval = seen.interval(to: t) else { return false }
        let weight = seen.hasBegun ? max(1e-3, min(1, interval / 3600)) : 1
        let cell = calendar.cell(at: t, on: day)
        let value = x.clamped(to: 1e30)
        visits[cell] = min(visits[cell] + Float(weight), 1e4)
        let visit = weight / Double(visits[cell])
        if forecasting {
            follow(value, after: interval / 3600, weight: weight, cell: cell, visit: visit)
        } else {
            let distance = value - level
            level += weight / (hours + weight) * distance
            error += weight / (hours + weight) * (abs(distance) - error)
            seasonal[cell] += Float(visit) * (Float(value) - seasonal[cell])
        }
        hours = min(hours + weight, 1e6)
        if forecasts == 0, forecasting { beginForecasting() }
        seen.advance(to: t)
        return true
    }

    private mutating func follow(
        _ value: Double,
        after hours: Double,
        weight: Double,
        cell: Int,
        visit: Double
    ) {
        let now = projected(hours)
        var e = value - now.level - Double(seasonal[cell])
        var away = abs(e)
        let settled = forecasts >= 24
        if settled {
            let unit = deviation.asSpread(around: value - e)
            e = e.clamped(to: 3 * unit)
            // Values far out widen the deviation, or each of them would be an alarm; but none can hide all
            // others.
            away = min(away, 100 * unit)
        }
        let rate = levelRate * weight
        level = (now.level + rate * e).clamped(to: 1e31)
        trend = (now.trend + rate * trendRate * e).clamped(to: 1e31)
        let seasonStep = max(visit, seasonRate * weight) * (1 - levelRate) * e
        seasonal[cell] = Float((Double(seasonal[cell]) + seasonStep).clamped(to: 1e31))
        forecasts = min(forecasts + weight, 500)
        error += weight / forecasts * (away - error)
    }

    /// Turns the mean of each hour into its difference from the mean of all.
    private mutating func beginForecasting() {
        var sum = 0.0
        var count = 0.0
        for cell in 0..<168 where visits[cell] > 0 {
            sum += Double(seasonal[cell])
            count += 1
        }
        level = sum / max(1, count)
        for cell in 0..<168 where visits[cell] > 0 { seasonal[cell] -= Float(level) }
        forecasts = 1e-3
    }
}
