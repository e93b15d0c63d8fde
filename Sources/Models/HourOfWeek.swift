/// What is usual at each hour of each day of the week, fading; holidays count as the day that the caller
/// names. The score is the distance from it in standard deviations of that hour.
///
/// - Works badly: before it has seen a few weeks (a cell not yet visited borrows the same hour of the other
///   days, so it is then as good as `HourOfDay`, not better), and where the days do not differ (`HourOfDay`
///   learns seven times as fast).
/// - Input and formula: as `HourOfDay`, with a cell for each of 168 hours; a cell begins with the mean of
///   that hour over the other days, which counts as one visit.
/// - Warm-up: a week of values, or as asked for.
/// - State: 2072 bytes. Cost: about 130 ns.
///
/// ```swift
/// var office = HourOfWeek()
/// for hour in 0..<(24 * 28) {
///     let t = Double(hour) * 3600
///     let isOpen = !Weekday(of: t).isWeekend && (8..<18).contains(hour % 24)
///     office.learn(isOpen ? 40 : 5, at: t)
/// }
/// let monday = Double(24 * 32 + 10) * 3600                    // ten o'clock
/// office.score(5, at: monday).usual                           // about 40
/// office.score(5, at: monday, on: .holiday).surprise          // below 1
/// ```
public struct HourOfWeek: CalendarModel {
    public static let version: UInt16 = 1

    private var profile: SeasonalProfile<168>

    /// - Parameters:
    ///   - memory: weeks over which it fades.
    ///   - warmUp: seconds of values during which only to learn.
    public init(memory: Double = 8, warmUp: Double = 7 * 86_400) {
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
