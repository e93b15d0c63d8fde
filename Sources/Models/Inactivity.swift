import Glibc

/// Notices that a person who lives alone has not used water by the time they always have: the surprise of the
/// silence so far, hour by hour of their own week.
///
/// Causes: `pastUsualHour`, with `seen` and `limit` in nats and `usual` the share of such hours without use;
/// `pastHardLimit`, with `seen` and `limit` in hours without use. Any use clears it. The score is the surprise
/// in nats.
///
/// - Works badly: for people who are often away without saying so, and where a dripping tap never lets the
///   meter stand still (give a `leastFlow` above the drip).
/// - Input: litres (or kilowatt hours, or door openings) since the previous reading, zero included: a gap in
///   the readings is not evidence. Time in local seconds, since habits follow the clock.
/// - Formula: p[hour, weekday or weekend] = share of hours without use, learned while the silence is below
///   36 h at rate max(1/(n + 2), 1/15). An hour without use adds −ln p (p within 0.02…0.985), use ends the
///   run. Alarmed at max(least, overRecord × own record of runs below 24 h), more after
///   needless alarms (`Habituation`), and always at the hard limit, half an hour of doubt about the last use given.
/// - Figures: `vigie-models inactivity`: of 46 family homes (DAIAD trial A), half of the incidents told within 13 hours
///   and 99 % within 24, at 3.9 needless alarms per home and year (a fixed 20 hours: 19 hours at 4.1); of 8 people
///   who live alone, 23 hours at 2.4 with `livingAlone`: their days differ too much for a water meter alone. Absences of
///   more than 30 hours that nobody declared come on top, 8.5 times a year.
///   The parameters were chosen on these same homes, at the edge of these figures.
/// - Warm-up: 21 days of readings; the hard limit counts from the first use on, since it has nothing to learn.
/// - State: 417 bytes. Cost: about 70 ns an hour block.
///
/// ```swift
/// var person = Inactivity()
/// for hour in 0..<(24 * 40 + 13) {
///     let isUp = hour < 24 * 40 && (7...22).contains(hour % 24)
///     person.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)       // nothing on the last morning
/// }
/// person.alarm.cause       // pastUsualHour
/// ```
public struct Inactivity: Model, Detector {
    public static let version: UInt16 = 2

    private var silence = InlineArray<48, Float>(repeating: 0.5)
    /// How many hours past silences lasted.
    private var lengths = LogHistogram()
    private var seenHours = InlineArray<2, Float>(repeating: 0)
    private var meter = UseBlocks(hours: 1)
    private var lastUse = 0.0
    private var learned = 0.0
    /// Until when nobody is at home.
    private var awayUntil = 0.0
    private var leftAt = 0.0
    private var surprise: Float = 0
    private var record: Float = 0
    private var habituation: Habituation
    private let least: Float
    private let overRecord: Float
    private let hardLimit: Float
    private let leastFlow: Float
    public private(set) var alarm = Alarm.quiet
    /// 0 before the first reading, 1 before the first use, 2 from then on.
    private var phase: UInt8 = 0

    private static var calendar: CellsOfTime { CellsOfTime(kinds: 2, parts: 24) }
    private static let warmUp = 21 * 86_400.0
    /// The last use lay somewhere in its hour, and readings wander by minutes.
    private static let halfHour = 1800.0
    /// Hours of silence from which on nobody was at home; an alarm about less was needless.
    private static let absence: Float = 30
    /// Silences of an hour and more after which their lengths are forgotten.
    private static let memory: Float = 1000

    /// - Parameters:
    ///   - least: surprise in nats below which no silence is an alarm.
    ///   - overRecord: how far a silence has to exceed the longest usual one.
    ///   - hardLimit: seconds of known silence that are always an alarm.
    ///   - leastFlow: flow per hour up to which an hour counts as without use.
    ///   - habituation: how much each needless alarm raises the limit. 0.1 where several people live, which makes
    ///     little noise; 0.5 for one person.
    public init(
        least: Double = 11.5,
        overRecord: Double = 1.2,
        hardLimit: Double = 86_400,
        leastFlow: Double = 0,
        habituation: Double = 0.1
    ) {
        self.habituation = Habituation(strength: habituation)
        self.least = Float(max(1, least.bounded))
        self.overRecord = Float(max(1, overRecord.bounded))
        self.hardLimit = Float(max(3600, hardLimit.bounded))
        self.leastFlow = Float(max(0, leastFlow.bounded))
    }

    /// For one person, whose days differ more: fewer needless alarms, and later.
    public static var livingAlone: Inactivity { Inactivity(least: 12, habituation: 0.5) }

    public var isWarm: Bool { learned >= Self.warmUp }

    /// In hours without use: `seen` when the alarm was raised, `usual` the middle and `high` the longest but one in a
    /// hundred of the past ones.
    public var explanation: Explanation {
        let hours = alarm.duration / 3600
        return Explanation(
            weights: alarm.isRaised ? [(alarm.cause, 1)] : [],
            seen: hours,
            usual: Double(lengths.size(below: 0.5)),
            low: 0,
            high: Double(min(lengths.size(below: 0.99), hardLimit / 3600)),
            percentile: alarm.isRaised ? lengths.percentile(of: Float(hours)) : nil,
            past: learned,
            in: .hours
        )
    }

    /// The surprise at which this person's silence is an alarm, in nats.
    private var limit: Float { max(least, overRecord * record) * habituation.factor }

    public func score(_ x: Double, at t: Double) -> Score {
        Score(
            surprise: Double(surprise),
            usual: Double(t.isMoment ? silence[Self.calendar.cell(at: t, on: nil)] : 0),
            direction: surprise > 0 ? .below : .usual,
            isWarm: isWarm
        )
    }

    /// Says that nobody is at home until `t` (see `Away`): no alarm until then or until the next use, and the silence
    /// counts from then.
    public mutating func leave(until t: Double) {
        guard t.isMoment else { return }
        awayUntil = t
        leftAt = meter.end
        alarm = .quiet
    }

    /// Takes `x`, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard let blocks = meter.take(x, from: nil, to: t) else {
            // The hour that comes twice in autumn: its use is a sign of life like any other.
            guard x.isFinite, x > 0, t.isMoment, abs(t - meter.end) <= 7200 else { return false }
            endRun(at: meter.end)
            return true
        }
        if phase == 0 {
            phase = 1
            lastUse = t
        }
        learned = min(learned + blocks.seen, 1e9)
        // Known silence only: what nobody saw is taken out of the run.
        lastUse += Double(blocks.missing) * meter.length
        if t < awayUntil || lastUse < awayUntil, awayUntil > 0 { wait(until: t) }
        guard blocks.count > 0 else { return true }
        let isUse = blocks.content != .zero && Float(blocks.flow) > leastFlow
        for index in 0..<blocks.count where !isUse || blocks.count == 1 {
            take(used: isUse, middle: blocks.middle(of: index))
        }
        // Somewhere within the block; of several blocks nobody knows, so the last counts.
        if isUse { endRun(at: blocks.count == 1 ? blocks.middle(of: 0) : t) }
        decide(at: t)
        return true
    }

    /// The time of an absence is no silence of a person.
    private mutating func wait(until t: Double) {
        lastUse = max(lastUse, min(t, awayUntil))
        surprise = 0
        if t >= awayUntil { awayUntil = 0 }
    }

    private mutating func take(used: Bool, middle: Double) {
        let cell = Self.calendar.cell(at: middle, on: nil)
        habituation.pass(hours: 1)
        if !used { surprise = min(1e4, surprise - log(min(max(silence[cell], 0.02), 0.985))) }
        // After a day and a half the person is away, and their habits are not what is seen.
        guard middle - lastUse < 36 * 3600 else { return }
        let kind = cell / 24
        let rate = max(1 / (seenHours[kind] / 24 + 2), 1 / 15)
        silence[cell] += rate * ((used ? 0 : 1) - silence[cell])
        seenHours[kind] = min(1e5, seenHours[kind] + 1)
    }

    private mutating func endRun(at t: Double) {
        if t - lastUse < 86_400, surprise > record { record += 0.5 * (surprise - record) }
        let hours = Float((t - lastUse) / 3600)
        if alarm.isRaised, hours < Self.absence { habituation.raised() }
        if hours >= 1 { lengths.learn(min(hours, 1000), memory: Self.memory) }
        record *= 1 - 0.0008
        surprise = 0
        lastUse = t
        // Their last use before leaving is often known only afterwards.
        if t - leftAt > meter.length / 2 { awayUntil = 0 }
        phase = 2
        alarm = .quiet
    }

    private mutating func decide(at t: Double) {
        guard !alarm.isRaised, phase == 2, t > lastUse, t >= awayUntil else { return }
        if isWarm, surprise >= limit {
            raise(.pastUsualHour, at: t, seen: surprise, limit: limit)
        } else if t - lastUse >= Double(hardLimit) - Self.halfHour {
            raise(.pastHardLimit, at: t, seen: Float(t - lastUse) / 3600, limit: hardLimit / 3600)
        }
    }

    private mutating func raise(_ cause: Alarm.Cause, at t: Double, seen: Float, limit: Float) {
        alarm = Alarm(
            since: lastUse,
            raisedAt: t,
            seen: Double(seen),
            usual: Double(silence[Self.calendar.cell(at: t, on: nil)]),
            limit: Double(limit),
            cause: cause
        )
    }
}
