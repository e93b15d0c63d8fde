import Foundation
import Glibc

public func envd(_ n: String, _ d: Double) -> Double {
    ProcessInfo.processInfo.environment[n].flatMap(Double.init) ?? d
}

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
///   36 h at rate max(1/(n + 2), 1/25). An hour without use adds −ln p (p within 0.02…0.985), use ends the
///   run. Alarmed at max(least, overRecord × own record of runs below 24 h), and always at the hard limit.
/// - Figures: on 47 family homes (DAIAD trial A), half of the incidents told within 12 hours and 98 % within
///   24, at 4.2 needless alarms per home and year; of people who live alone and are often out, 20 hours.
/// - Warm-up: 21 days of readings; the hard limit counts from the first use on, since it has nothing to learn.
/// - State: 329 bytes. Cost: about 70 ns an hour block.
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
    public static let version: UInt16 = 1

    private var silence = InlineArray<48, Float>(repeating: 0.5)
    private var seenHours = InlineArray<2, Float>(repeating: 0)
    private var meter = UseBlocks(hours: 1)
    private var lastUse = 0.0
    private var learned = 0.0
    private var surprise: Float = 0
    private var record: Float = 0
    private let least: Float
    private let overRecord: Float
    private let hardLimit: Float
    private let leastFlow: Float
    public private(set) var alarm = Alarm.quiet
    /// 0 before the first reading, 1 before the first use, 2 from then on.
    private var phase: UInt8 = 0

    private static let warmUp = 21 * 86_400.0

    /// - Parameters:
    ///   - least: surprise in nats below which no silence is an alarm.
    ///   - overRecord: how far a silence has to exceed the longest usual one.
    ///   - hardLimit: seconds of known silence that are always an alarm.
    ///   - leastFlow: flow per hour up to which an hour counts as without use.
    public init(
        least: Double = 12,
        overRecord: Double = 1.2,
        hardLimit: Double = 86_400,
        leastFlow: Double = 0
    ) {
        self.least = Float(max(1, least.bounded))
        self.overRecord = Float(max(1, overRecord.bounded))
        self.hardLimit = Float(max(3600, hardLimit.bounded))
        self.leastFlow = Float(max(0, leastFlow.bounded))
    }

    public var isWarm: Bool { learned >= Self.warmUp }

    public var explanation: Explanation { Explanation(alarm, low: 0, high: alarm.limit, past: learned) }

    /// The surprise at which this person's silence is an alarm, in nats.
    private var limit: Float { max(least, overRecord * record) }

    public func score(_ x: Double, at t: Double) -> Score {
        Score(
            surprise: Double(surprise),
            usual: Double(t.isMoment ? silence[cell(at: t)] : 0),
            direction: surprise > 0 ? .below : .usual,
            isWarm: isWarm
        )
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

    private mutating func take(used: Bool, middle: Double) {
        let cell = cell(at: middle)
        if !used { surprise = min(1e4, surprise - log(min(max(silence[cell], 0.02), 0.985))) }
        // After a day and a half the person is away, and their habits are not what is seen.
        guard middle - lastUse < 36 * 3600 else { return }
        let kind = cell / 24
        let rate = max(1 / (seenHours[kind] / 24 + 2), 1 / 25)
        silence[cell] += rate * ((used ? 0 : 1) - silence[cell])
        seenHours[kind] = min(1e5, seenHours[kind] + 1)
    }

    private mutating func endRun(at t: Double) {
        if t - lastUse < 86_400, surprise > record { record += 0.5 * (surprise - record) }
        record *= 1 - 0.0008
        surprise = 0
        lastUse = t
        phase = 2
        alarm = .quiet
    }

    private mutating func decide(at t: Double) {
        guard !alarm.isRaised, phase == 2, t > lastUse else { return }
        if isWarm, surprise >= limit {
            raise(.pastUsualHour, at: t, seen: surprise, limit: limit)
        } else if t - lastUse >= Double(hardLimit) {
            raise(.pastHardLimit, at: t, seen: Float(t - lastUse) / 3600, limit: hardLimit / 3600)
        }
    }

    private mutating func raise(_ cause: Alarm.Cause, at t: Double, seen: Float, limit: Float) {
        alarm = Alarm(
            since: lastUse,
            raisedAt: t,
            seen: Double(seen),
            usual: Double(silence[cell(at: t)]),
            limit: Double(limit),
            cause: cause
        )
    }

    /// The hour of the local day, 24 further on at the weekend; 1970-01-01 was a Thursday.
    private func cell(at t: Double) -> Int {
        let day = (t / 86_400).rounded(.down)
        let weekday = (Int(day) % 7 + 7 + 3) % 7
        let hour = min(23, max(0, Int((t - day * 86_400) / 3600)))
        return hour + (weekday >= 5 ? 24 : 0)
    }
}
