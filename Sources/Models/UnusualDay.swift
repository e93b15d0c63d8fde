import Glibc

/// Compares a day's total with the home's own past days of the same kind: weekdays with weekdays, weekends with
/// weekends. For litres or kilowatt hours; speaks of days that are far too high and far too low.
///
/// Causes `aboveUsual` and `belowUsual`; `seen` and `usual` in the unit of the input, `limit` in robust standard
/// deviations of the logarithm, which is also the score's unit. The day after a usual day clears it.
///
/// - Works badly: for homes that are often empty, and through a season (it needs a month to follow).
/// - Formula: y = ln(x + floor); z = (y − m) / (1.25·s + 0.05), m per kind of day and s for both, fading over
///   30 days of the kind with each deviation clipped at 3 spreads; alarmed at |z| ≥ limit.
/// - Warm-up: 28 days with a total, 4 of them weekend days.
/// - State: 104 bytes. Cost: one logarithm, about 30 ns.
///
/// ```swift
/// var water = UnusualDay(floor: 5)
/// for day in 0..<42 { water.learn(200 + 20 * Double(day * 3 % 5), at: Double(day) * 86_400) }
/// water.learn(2_000, at: 42 * 86_400)
/// water.alarm.cause       // aboveUsual
/// water.alarm.usual       // about 240
/// ```
public struct UnusualDay: Model, Detector {
    public static let version: UInt16 = 1

    private var middles = InlineArray<2, Double>(repeating: 0)
    private var spread = 0.0
    private var lastDay = -1e9
    private let floor: Double
    private let limit: Double
    public private(set) var alarm = Alarm.quiet
    private var counts = InlineArray<2, Int32>(repeating: 0)

    private static let memory = 30.0
    private static let dayLength = 86_400.0

    /// - Parameters:
    ///   - floor: an amount too small to matter, added before taking the logarithm: 5 L, 0.2 kWh.
    ///   - limit: robust standard deviations from which on a day is unusual.
    public init(floor: Double, limit: Double = 4) {
        self.floor = max(1e-6, floor.bounded)
        self.limit = max(1, limit.bounded)
    }

    public var isWarm: Bool { counts[0] + counts[1] >= 28 && counts[1] >= 4 && counts[0] >= 4 }

    public var explanation: Explanation {
        let kind = Self.kind(of: lastDay * Self.dayLength)
        let reach = limit * (1.25 * spread + 0.05)
        return Explanation(
            alarm,
            low: max(0, exp(middles[kind] - reach) - floor),
            high: max(0, exp(middles[kind] + reach) - floor),
            past: Double(counts[0] + counts[1]) * Self.dayLength
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, x >= 0, t.isMoment else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        let kind = Self.kind(of: t)
        return Score(sigmas: sigmas(x, kind: kind), usual: usual(kind), isWarm: isWarm)
    }

    /// Takes the total `x` of the day in which `t` lies, in local seconds. The second total of a day and
    /// totals of days gone by are not used.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, x >= 0, t.isMoment else { return false }
        let day = (t / Self.dayLength).rounded(.down)
        guard day > lastDay || t.isClockSetBack(from: lastDay * Self.dayLength) else { return false }
        lastDay = day
        let kind = Self.kind(of: t)
        decide(x, kind: kind, at: t, score: score(x, at: t))
        let y = log(x.bounded + floor)
        let count = min(counts[kind] + 1, 10_000)
        counts[kind] = count
        if count == 1 { middles[kind] = y }
        let all = Double(counts[0] + counts[1])
        let distance = y - middles[kind]
        let clip = all < 10 ? abs(distance) : min(abs(distance), 3 * (1.25 * spread + 0.05))
        middles[kind] += max(1 / Double(count), 1 / Self.memory) * (distance < 0 ? -clip : clip)
        spread += max(1 / all, 1 / Self.memory) * (clip - spread)
        return true
    }

    /// 0 from Monday to Friday, 1 at the weekend.
    private static func kind(of t: Double) -> Int { Weekday(of: t).isWeekend ? 1 : 0 }

    private func usual(_ kind: Int) -> Double { max(0, exp(middles[kind]) - floor) }

    private func sigmas(_ x: Double, kind: Int) -> Double {
        guard counts[kind] > 0 else { return 0 }
        let unit = 1.25 * spread + 0.05
        return ((log(x.bounded + floor) - middles[kind]) / unit).clamped(to: Score.most)
    }

    private mutating func decide(_ x: Double, kind: Int, at t: Double, score: Score) {
        guard isWarm else { return }
        guard score.surprise >= limit else {
            alarm = .quiet
            return
        }
        let cause: Alarm.Cause = score.direction == .above ? .aboveUsual : .belowUsual
        guard alarm.cause != cause else { return }
        alarm = Alarm(
            since: lastDay * Self.dayLength,
            raisedAt: t,
            seen: x.bounded,
            usual: score.usual,
            limit: limit,
            cause: cause
        )
    }
}
