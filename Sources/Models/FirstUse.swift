/// When a person's day begins: the first use after four in the morning, against their own past mornings.
///
/// Cause `pastUsualHour`; `seen`, `usual` (the median) and `limit` in hours since midnight. The score is how many of
/// their mornings had begun by now, in percent, and the alarm says that all but one in a hundred had.
///
/// - Works badly: for people who are often out at night, and on holidays; there is one chance a day to learn from.
/// - Input: litres (or kilowatt hours above the standby) since the previous reading, zero included; local seconds. A
///   morning of which an hour is missing is not judged.
/// - Formula: shares of first uses in each half hour of the day, apart for weekdays and weekends, fading by half every
///   60 mornings; alarmed when the share of mornings that begin later falls to 1/100 or to none, and an hour has
///   passed since.
/// - Warm-up: 28 mornings. State: 497 bytes. Cost: about 45 ns.
///
/// ```swift
/// var morning = FirstUse()
/// for hour in 0..<(24 * 40 + 11) {
///     let isUp = hour < 24 * 40 && (7...22).contains(hour % 24)
///     morning.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)
/// }
/// morning.alarm.cause      // pastUsualHour
/// ```
public struct FirstUse: Model, Detector {
    public static let version: UInt16 = 1

    /// First uses in each half hour, those of weekends behind those of weekdays.
    private var mornings = InlineArray<96, Float>(repeating: 0)
    private var meter = UseBlocks(hours: 1)
    private var today = -1e9
    private var days = 0.0
    private let leastFlow: Double
    public private(set) var alarm = Alarm.quiet
    /// 0 while the morning is not watched, 1 while it has not begun, 2 after the first use.
    private var phase: UInt8 = 0

    private static let dawn = 4.0
    private static let forgotten: Float = 120
    private static let late: Float = 0.01
    private static let patience = 1.0
    private static let slotLength = 0.5
    /// From the middle of an hour to its end.
    private static let halfHour = 0.5

    /// - Parameter leastFlow: flow per hour up to which an hour counts as without use.
    public init(leastFlow: Double = 0) {
        self.leastFlow = max(0, min(leastFlow.bounded, 1e6))
    }

    public var isWarm: Bool { days >= 28 }

    /// As a clock shows it: `seen` the end of the hour without use, `usual` the time by which half of the mornings have
    /// begun.
    public var explanation: Explanation {
        let kind = kind(of: today)
        return Explanation(
            weights: alarm.isRaised ? [(alarm.cause, 1)] : [],
            seen: alarm.seen + (alarm.isRaised ? Self.halfHour : 0),
            usual: alarm.usual,
            low: Self.dawn,
            high: alarm.limit,
            percentile: alarm.isRaised ? 100 * Double(1 - later(than: alarm.seen, kind: kind)) : nil,
            past: days * 86_400,
            in: .hourOfDay
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        guard t.isMoment, phase == 1 else {
            return Score(surprise: 0, usual: 0, direction: .usual, isWarm: isWarm)
        }
        let kind = kind(of: today)
        let begun = 1 - later(than: hour(of: t), kind: kind)
        return Score(
            surprise: 100 * Double(begun),
            usual: quantile(0.5, kind: kind),
            direction: begun > 0.5 ? .above : .usual,
            isWarm: isWarm
        )
    }

    /// Takes `x`, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard let blocks = meter.take(x, from: nil, to: t) else { return false }
        if blocks.missing > 0 || blocks.content == .unknown {
            phase = 0
            alarm = .quiet
        }
        guard blocks.content != .unknown else { return true }
        let isUse = blocks.content == .used && blocks.flow > leastFlow
        for index in 0..<blocks.count { take(isUse, middle: blocks.middle(of: index)) }
        return true
    }

    private mutating func take(_ isUse: Bool, middle: Double) {
        let now = hour(of: middle)
        let day = middle.startOfDay / 86_400
        if day != today {
            today = day
            phase = 0
        }
        // Watched from dawn only when the hour of dawn itself was seen.
        if phase == 0, now >= Self.dawn, now < Self.dawn + 1.5 { phase = 1 }
        if isUse {
            alarm = .quiet
            if phase == 1 { learnMorning(now) }
        } else if phase == 1 {
            decide(now, at: middle)
        }
    }

    private mutating func learnMorning(_ hour: Double) {
        let kind = kind(of: today)
        mornings[48 * kind + slot(hour)] += 1
        days = min(days + 1, 10_000)
        phase = 2
        guard total(kind) > Self.forgotten else { return }
        for index in 0..<48 { mornings[48 * kind + index] *= 0.5 }
    }

    private mutating func decide(_ now: Double, at t: Double) {
        let kind = kind(of: today)
        guard isWarm, !alarm.isRaised, total(kind) >= 5,
            later(than: now - Self.patience, kind: kind) <= Self.late
        else { return }
        alarm = Alarm(
            since: today * 86_400 + Self.dawn * 3600,
            raisedAt: t,
            seen: now,
            usual: quantile(0.5, kind: kind),
            limit: quantile(1 - Double(Self.late), kind: kind) - Self.slotLength + Self.patience,
            cause: .pastUsualHour
        )
    }

    private func hour(of t: Double) -> Double { (t - t.startOfDay) / 3600 }

    private func slot(_ hour: Double) -> Int { min(47, max(0, Int(2 * hour))) }

    /// 0 from Monday to Friday, 1 at the weekend.
    private func kind(of day: Double) -> Int { Weekday(of: day * 86_400).isWeekend ? 1 : 0 }

    private func total(_ kind: Int) -> Float {
        var sum: Float = 0
        for index in 0..<48 { sum += mornings[48 * kind + index] }
        return sum
    }

    /// The share of mornings that begin after an hour of the day.
    private func later(than hour: Double, kind: Int) -> Float {
        let all = total(kind)
        guard all > 0, hour >= 0 else { return 1 }
        var sum: Float = 0
        for index in 0..<48 where index > slot(hour) { sum += mornings[48 * kind + index] }
        return sum / all
    }

    /// The hour of the day by which that share of mornings has begun.
    private func quantile(_ share: Double, kind: Int) -> Double {
        let all = Double(total(kind))
        var sum = 0.0
        for index in 0..<48 {
            sum += Double(mornings[48 * kind + index])
            if all > 0, sum >= share * all { return Double(index + 1) / 2 }
        }
        return 24
    }
}
