import Glibc

/// Steps of a person: a day on which they hardly moved, and weeks in which they move less and less. Weekdays,
/// Saturdays and Sundays are each compared with their own kind; a holiday with the day that the caller names.
///
/// Causes: `belowUsual` for a day, with `seen` and `usual` its steps; `driftDown` for weeks, with `seen` the
/// last day's steps; `limit` in standard deviations of the logarithm, which is also the score's unit. A day
/// is judged with the first reading of the next one. An ordinary day ends the first, days near the usual the
/// second.
///
/// - Works badly: with a band that is often left on the table (a day with fewer than `negligible` steps or
///   with fewer than 10 hours of readings counts as not worn, and says nothing), and in the first months of
///   an illness that began before it was given out.
/// - Input: steps since the previous reading, at least every two hours while worn; zero included. Local
///   seconds.
/// - Formula: y = ln(steps + 300); z = (y − m)/s of its kind of day, fading over 12 of the kind (m, s as in
///   `HourOfDay`, s at least 0.15); a day at z ≤ −limit; weeks by CUSUM of −z with a slack of 0.5 at twice
///   the limit. Nothing is learned while the sum is above 0.6 of it.
/// - Figures: simulated (benchmark `wearables`), days that wander by 35 %: 0.4 false alarms a year; half as
///   many steps told after 11 days (median), a day with a tenth of them always.
/// - Warm-up: 21 worn days.
/// - State: 221 bytes. Cost: about 70 ns.
///
/// ```swift
/// var steps = DailySteps()
/// for hour in 0..<(24 * 45) {
///     let isUp = (8..<20).contains(hour % 24)
///     let isIll = hour >= 24 * 44
///     steps.learn(isUp ? (isIll ? 20 : 400 + Double(hour / 24 * 37 % 90)) : 0, at: Double(hour) * 3600)
/// }
/// steps.learn(0, at: 24 * 45 * 3600)
/// steps.alarm.cause         // belowUsual
/// steps.alarm.seen          // 240
/// ```
public struct DailySteps: CalendarModel, Detector {
    public static let version: UInt16 = 1

    private var decline = TwoSidedSum()
    private var seen = SeenTime()
    private var total = 0.0
    private var covered = 0.0
    private var today = 0.0
    private var worn = 0.0
    /// The border of an ordinary day when the last one was judged, or of one that is no part of a decline.
    private var least = 0.0
    private let negligible: Double
    private let limit: Double
    public private(set) var alarm = Alarm.quiet
    private var days = PooledCells<3>(memory: 12, parts: 1)
    private var kind: UInt8 = 0

    private static let floor = 300.0
    private static let leastCovered = 10 * 3600.0
    private static let longestInterval = 2 * 3600.0
    private static let calendar = CellsOfTime(kinds: 3, parts: 1)

    /// - Parameters:
    ///   - negligible: steps of a day below which the band was not worn.
    ///   - limit: standard deviations below the usual from which on a day is unusual.
    public init(negligible: Double = 100, limit: Double = 3.5) {
        self.negligible = max(0, negligible.bounded)
        self.limit = max(1, min(limit, 100))
    }

    public var isWarm: Bool { worn >= 21 }

    public var explanation: Explanation {
        Explanation(alarm, low: least, high: .greatestFiniteMagnitude, past: seen.seconds)
    }

    private func spread(_ cell: Int) -> Double { max(0.15, days.spread(cell)) }

    private func steps(_ logarithm: Double) -> Double { max(0, exp(min(logarithm, 200)) - Self.floor) }

    /// How unusual `x` steps would be as the total of the day in which `t` lies.
    public func score(_ x: Double, at t: Double, on day: Weekday?) -> Score {
        guard x.isFinite, x >= 0, t.isMoment else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        return score(total: x, cell: Self.calendar.cell(at: t, on: day))
    }

    private func score(total: Double, cell: Int) -> Score {
        let z = (log(total.bounded + Self.floor) - days.usual(cell)) / spread(cell)
        return Score(sigmas: z.clamped(to: Score.most), usual: steps(days.usual(cell)), isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band? {
        guard t.isMoment else { return nil }
        let cell = Self.calendar.cell(at: t, on: day)
        let (middle, reach) = (days.usual(cell), limit * spread(cell))
        return Band(low: steps(middle - reach), high: steps(middle + reach))
    }

    /// Takes `x` steps, made since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        guard x.isFinite, x >= 0, t.isMoment, let interval = seen.interval(to: t) else { return false }
        // Steps counted until midnight are of the day that ends there.
        let present = (t - 1).startOfDay
        if seen.hasBegun, present != today {
            judge(at: t)
            total = 0
            covered = 0
        }
        today = present
        kind = UInt8(Self.calendar.cell(at: present, on: day))
        total = min(total + x, 1e9)
        if interval <= Self.longestInterval { covered += interval }
        seen.advance(to: t)
        return true
    }

    private mutating func judge(at t: Double) {
        guard total >= negligible, covered >= Self.leastCovered else { return }
        let cell = Int(kind)
        let score = score(total: total, cell: cell)
        let z = score.direction == .below ? -score.surprise : score.surprise
        if isWarm { decide(z, usual: score.usual, cell: cell, at: t) }
        if decline.downward <= 1.2 * limit {
            days.learn(log(total + Self.floor), in: cell, weight: 1, clip: 3)
        }
        worn = min(worn + 1, 1e6)
    }

    private mutating func decide(_ z: Double, usual: Double, cell: Int, at t: Double) {
        least = steps(days.usual(cell) - limit * spread(cell))
        decline.add(z.clamped(to: 3), slack: 0.5, most: 2.5 * limit, at: today)
        if alarm.cause == .driftDown {
            if decline.downward < limit { alarm = .quiet }
        } else if decline.downward >= 2 * limit {
            // The border from which on a day adds to a decline.
            least = steps(days.usual(cell) - 0.5 * spread(cell))
            raise(.driftDown, since: decline.since, at: t, usual: usual, limit: 2 * limit)
        } else if z > -limit {
            alarm = .quiet
        } else if !alarm.isRaised {
            raise(.belowUsual, since: today, at: t, usual: usual, limit: limit)
        }
    }

    private mutating func raise(
        _ cause: Alarm.Cause,
        since: Double,
        at t: Double,
        usual: Double,
        limit: Double
    ) {
        alarm = Alarm(since: since, raisedAt: t, seen: total, usual: usual, limit: limit, cause: cause)
    }
}
