/// Finds small leaks, from a litre an hour up, in what a water meter counts between readings. Three parts watch
/// together, and the alarm's cause says which one spoke first:
///
/// - `neverZero`: the meter has not stood still for longer than this home ever lets it run (`ZeroRun`); `seen`
///   and `limit` in nats, `usual` the share of days on which this hour is still.
/// - `steadyFlow`: hours that mostly are still now all have the same small flow (`SteadyFlow`); as above.
/// - `minimumFlow`: the least flow of a day has crept up (`MinimumFlow`), for homes that never stand still;
///   `seen` and `usual` in litres an hour, `limit` in litres an hour times days.
///
/// The score is the larger of the first two in nats; 20 are an alarm in a home without a record of its own, and more
/// with each alarm of the last months (`Habituation`). The explanation is in litres an hour: `seen` the least flow
/// of the run, `usual` the least flow of a usual day (none where the meter mostly stands still at some hour), the band
/// up to what a day's least flow comes to; the percentile is that of the run's length among the past ones.
///
/// - Works badly: where a garden is watered by programme day and night, for leaks below one pulse of the meter per
///   block, for homes that already drip, and when the meter reports less often than every 12 hours (then
///   `UnusualDay` remains).
/// - Input: litres since the previous reading. Irregular readings, gaps and repeats are handled by
///   `UseBlocks`; times in local seconds are a little better than UTC, as habits follow the clock.
/// - Figures: `vigie-models water`: a year of 55 homes (DAIAD trial A) with leaks of 1 to 25 L/h added, half of them
///   told within 17 to 19 hours and 89 to 100 % within three days, at 0.77 alarms per home and year without any; read
///   to 10 L, 26 to 36 hours from 5 L/h on, at 0.89 alarms. Read every 6 hours, 60 hours at 10 L/h and 0.8 alarms.
///   The limits were chosen on these same homes, so other homes will do somewhat worse.
/// - Warm-up: 28 days of readings. With `fromFirstDay` a day without a still hour is an alarm before.
/// - State: 544 bytes. Cost: about 200 ns an hour block, less for readings within a block.
///
/// ```swift
/// var leak = WaterLeak(resolution: 1)
/// for hour in 0..<(24 * 40) {
///     let awake = [7, 8, 12, 19, 20].contains(hour % 24)
///     let toilet = hour >= 24 * 35 ? 2.0 : 0                    // two litres an hour from day 35
///     leak.learn((awake ? 20 : 0) + toilet, at: Double(hour) * 3600)
/// }
/// leak.alarm.cause                         // steadyFlow
/// (leak.alarm.raisedAt / 86_400)           // within day 35 or 36
/// ```
public struct WaterLeak: VolumeModel, Detector {
    public static let version: UInt16 = 3

    private static let wholeDay: Float = 24

    private var meter: UseBlocks
    private var run: ZeroRun
    private var minimum: MinimumFlow
    private var steady: SteadyFlow
    private var habituation = Habituation(strength: 0.5)
    private var learned = 0.0
    private let warmUp: Double
    public private(set) var alarm = Alarm.quiet
    private let step: Double
    // A whole word, so that the value has no padding.
    private let speaksEarly: UInt64

    /// - Parameters:
    ///   - resolution: the litres of one step of the meter: 1 or 10 usually.
    ///   - hours: how far readings usually are apart, at most; 1, 2, 3, 4, 6, 8 or 12.
    ///   - warmUp: seconds of readings during which only to learn.
    ///   - fromFirstDay: whether a day without a still block is an alarm during the warm-up.
    public init(
        resolution: Double,
        readEvery hours: Int = 1,
        warmUp: Double = 28 * 86_400,
        fromFirstDay: Bool = false
    ) {
        speaksEarly = fromFirstDay ? 1 : 0
        self.warmUp = max(1, min(warmUp.bounded, 1e9))
        let isFine = resolution < 5
        let block = [1, 2, 3, 4, 6, 8, 12].first { $0 >= max(hours, isFine ? 1 : 2) } ?? 12
        let parts = 24 / block
        let step = max(1e-3, min(resolution.bounded, 1e6))
        self.step = step
        meter = UseBlocks(hours: block)
        run = ZeroRun(least: isFine ? 22 : 14.4)
        steady = SteadyFlow(least: isFine ? 20 : 14, step: step)
        minimum = MinimumFlow(
            // The least of four blocks of six hours wanders more than the least of 23 pairs of hours.
            limit: block >= 4 ? 15 : isFine ? 6 : 10,
            parts: parts,
            window: min(parts, max(1, (isFine ? 2 : 8) / block))
        )
    }

    public var isWarm: Bool { learned >= warmUp }

    public var explanation: Explanation {
        guard alarm.isRaised else {
            return Explanation(alarm, low: 0, high: 0, past: learned, in: .inputPerHour)
        }
        let hours = Float(meter.length / 3600)
        let isMinimum = alarm.cause == .minimumFlow
        let flow = isMinimum ? minimum.least : steady.leastAmount / hours
        // Half a step is what the meter cannot show.
        let most = max(minimum.usual + (isMinimum ? minimum.tolerated : 0), Float(step) / (2 * hours))
        return Explanation(
            weights: [
                (.neverZero, Double(run.surprise / run.limit)),
                (.steadyFlow, Double(steady.evidence / steady.limit)),
                (.minimumFlow, Double(minimum.excess / minimum.limit)),
            ],
            seen: Double(flow),
            usual: isMinimum ? Double(minimum.usual) : 0,
            low: 0,
            high: Double(min(most, flow)),
            percentile: run.percentile,
            past: learned,
            in: .inputPerHour
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let surprise = max(run.surprise, steady.evidence)
        return Score(
            surprise: Double(surprise),
            usual: Double(minimum.usual),
            direction: surprise > 0 ? .above : .usual,
            isWarm: isWarm
        )
    }

    public mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool {
        guard let blocks = meter.take(litres, from: from, to: to) else { return false }
        learned = min(learned + blocks.seen, 1e9)
        habituation.pass(hours: Double(blocks.count) * blocks.length / 3600)
        for _ in 0..<min(blocks.missing, UseBlocks.most) { skip(blocks.length / 3600) }
        for index in 0..<blocks.count {
            if blocks.content == .unknown {
                skip(blocks.length / 3600)
            } else {
                take(blocks, middle: blocks.middle(of: index))
            }
        }
        decide(at: to, knows: blocks.count > 0 && blocks.content != .unknown)
        return true
    }

    private mutating func take(_ blocks: Blocks, middle: Double) {
        let hours = blocks.length / 3600
        let start = middle - blocks.length / 2
        let part = meter.partOfDay(middle)
        let isUsed = blocks.content == .used
        // A leak must not become the habit that hides it.
        let isCalm = run.surprise <= 0.7 * run.limit && steady.evidence <= 0.7 * steady.limit
        if isUsed {
            let amount = Float(min(blocks.flow * hours, 1e6))
            steady.take(amount, stillness: run.stillness(of: part), start: start, isLearning: isCalm)
        } else {
            steady.end(learning: true, hours: Float(hours))
        }
        run.take(used: isUsed, part: part, start: start, hours: hours, isLearning: isCalm)
        minimum.take(flow: blocks.flow, start: start, hours: Float(hours), isWarm: isWarm)
    }

    private mutating func skip(_ hours: Double) {
        if run.skip(hours) { steady.end(learning: false, hours: 24) }
        minimum.skip()
    }

    private mutating func decide(at t: Double, knows: Bool) {
        guard knows else { return }
        guard isWarm else {
            decideYoung(at: t)
            return
        }
        let factor = habituation.factor
        if alarm.isRaised {
            if run.length == 0, !minimum.isAlarming { alarm = .quiet }
        } else if run.isAlarming(beyond: factor, at: t) {
            raise(.neverZero, since: run.since, at: t, seen: run.surprise, limit: factor * run.limit)
        } else if steady.isAlarming(beyond: factor) {
            raise(
                .steadyFlow,
                since: steady.since,
                at: t,
                seen: steady.evidence,
                limit: factor * steady.limit
            )
        } else if minimum.isAlarming {
            raise(.minimumFlow, since: minimum.since, at: t, seen: minimum.least, limit: minimum.limit)
        }
    }

    /// Before anything is known of a home, a whole day without a still block is what the trade goes by.
    private mutating func decideYoung(at t: Double) {
        let hours = run.length * Float(meter.length / 3600)
        if alarm.isRaised {
            if run.length == 0 || run.since > alarm.raisedAt { alarm = .quiet }
        } else if speaksEarly == 1, meter.length <= 2 * 3600, hours >= Self.wholeDay, t - run.since >= 86_399
        {
            raise(.neverZero, since: run.since, at: t, seen: run.surprise, limit: run.surprise)
        }
    }

    private mutating func raise(
        _ cause: Alarm.Cause,
        since: Double,
        at t: Double,
        seen: Float,
        limit: Float
    ) {
        let still = run.stillness(of: meter.partOfDay(t))
        habituation.raised()
        alarm = Alarm(
            since: since,
            raisedAt: t,
            seen: Double(seen),
            usual: Double(cause == .minimumFlow ? minimum.usual : still),
            limit: Double(limit),
            cause: cause
        )
    }
}
