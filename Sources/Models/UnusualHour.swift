import Glibc

/// One hour with far more water than this home ever uses in one, from the first day on.
///
/// Cause `aboveUsualHour`; `seen`, `usual` (the mean of the hours with use at that time of the day) and `limit` in
/// litres an hour. The score is the flow against the limit: 1 is an alarm. An hour below half of the limit clears it.
///
/// - Works badly: in the first weeks, in homes with a garden or a pool; and for what is only unusual at that hour.
/// - Input: litres since the previous reading, as for `WaterLeak`; only readings of an hour or less are judged.
/// - Formula: limit = w·200 + (1 − w)·max(1.5·record, 50) with w = 20/(20 + days), at
///   least 1.2·record; record += 0.5·(x − record) when an hour is
///   above it, x at most twice the limit, and it loses 2e-5 of itself an hour.
/// - Warm-up: none; the 200 L stand for what is not known yet. State: 208 bytes. Cost: about 60 ns.
///
/// ```swift
/// var hour = UnusualHour()
/// hour.learn(0, at: 0)
/// hour.learn(350, at: 3600)
/// hour.alarm.cause         // aboveUsualHour
/// ```
public struct UnusualHour: VolumeModel, Detector {
    public static let version: UInt16 = 1

    private var meter = UseBlocks(hours: 1)
    private var usualFlow = InlineArray<24, Float>(repeating: 0)
    private var learned = 0.0
    private var record = 0.0
    private let prior: Double
    public private(set) var alarm = Alarm.quiet

    /// Litres in an hour that are too much for a home of which nothing is known.
    public static let priorLitres = 200.0
    private static let trust = 20.0
    private static let overRecord = 1.5
    private static let overYoungRecord = 1.2

    /// - Parameter prior: litres in an hour that are too much for a home of which nothing is known.
    public init(prior: Double = UnusualHour.priorLitres) {
        self.prior = max(1, min(prior.bounded, 1e6))
    }

    public var isWarm: Bool { learned > 0 }

    public var explanation: Explanation {
        Explanation(alarm, low: 0, high: alarm.limit, past: learned, in: .inputPerHour)
    }

    /// Litres in an hour from which on it is an alarm.
    private var limit: Double {
        let weight = Self.trust / (Self.trust + learned / 86_400)
        let learnt = weight * prior + (1 - weight) * max(Self.overRecord * record, prior / 4)
        // A garden is known after a few waterings, whatever the age.
        return max(learnt, Self.overYoungRecord * record)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let flow = x.isFinite ? max(0, min(x, 1e6)) : 0
        return Score(
            surprise: flow / limit,
            usual: t.isMoment ? Double(usualFlow[meter.partOfDay(t)]) : 0,
            direction: flow > limit ? .above : .usual,
            isWarm: isWarm
        )
    }

    public mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool {
        guard let blocks = meter.take(litres, from: from, to: to) else { return false }
        defer { learned = min(learned + blocks.seen, 1e9) }
        guard blocks.count == 1 else { return true }
        let flow = min(blocks.flow, 1e6)
        let part = meter.partOfDay(blocks.middle(of: 0))
        let most = limit
        if flow < most / 2 {
            alarm = .quiet
        } else if flow >= most, !alarm.isRaised {
            alarm = Alarm(
                since: to - blocks.length,
                raisedAt: to,
                seen: flow,
                usual: Double(usualFlow[part]),
                limit: most,
                cause: .aboveUsualHour
            )
        }
        record *= 1 - 2e-5
        if flow > record { record += 0.5 * (min(flow, 2 * most) - record) }
        if flow > 0 { usualFlow[part] += (Float(flow) - usualFlow[part]) / 20 }
        return true
    }
}
