import Glibc

/// Hour after hour the same amount: what a pipe does and people do not. Speaks within hours where `WaterLeak` waits
/// for a night of evidence; a hint to look, and not yet a leak.
///
/// Cause `steadyFlow`; `seen` in litres an hour, `usual` 0, `limit` the spells of the same length that a home may have
/// in a year. The score is 1 when such a spell comes once a year, and 3 nats more when twenty times less often; the
/// explanation's band ends at the flow below which nothing is said.
///
/// - Works badly: where a softener, a cooler or drip irrigation runs for hours; the first few are told, then known.
/// - Formula: an hour is like the ones before when all of the spell lie within one step (or a fiftieth) of their mean,
///   which is 4 L/h or more; the spell is counted from the second on. How often such a spell comes in a
///   year: `Spells`. From three hours on, alarmed at less than one a year, until an hour differs.
/// - Warm-up: none, the priors stand for it. State: 336 bytes. Cost: about 55 ns.
///
/// ```swift
/// var equal = EqualHours()
/// for (hour, litres) in [0.0, 12, 5, 5, 6].enumerated() { equal.learn(litres, at: Double(hour) * 3600) }
/// equal.alarm.cause        // steadyFlow
/// ```
public struct EqualHours: VolumeModel, Detector {
    public static let version: UInt16 = 1

    private var meter = UseBlocks(hours: 1)
    private var spells = Spells()
    private var learned = 0.0
    private var begin = 0.0
    private let step: Double
    private var least: Float = 0
    private var most: Float = 0
    private var sum: Float = 0
    private var count: Float = 0
    public private(set) var alarm = Alarm.quiet

    private static let fewest: Float = 3
    private static let leastFlow: Float = 4
    private static let mostInYear: Float = 1

    /// - Parameter resolution: the litres of one step of the meter.
    public init(resolution: Double = 1) {
        step = max(1e-3, min(resolution.bounded, 1e6))
    }

    public var isWarm: Bool { learned > 0 }

    public var explanation: Explanation {
        Explanation(alarm, low: 0, high: Double(Self.leastFlow), past: learned, in: .inputPerHour)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        Score(
            surprise: count < 2 ? 0 : 1 - Double(log(max(1e-9, spells.expected))),
            usual: 0,
            direction: count < 2 ? .usual : .above,
            isWarm: isWarm
        )
    }

    public mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool {
        guard let blocks = meter.take(litres, from: from, to: to) else { return false }
        learned = min(learned + blocks.seen, 1e9)
        guard blocks.count > 0 || blocks.missing > 0 else { return true }
        if blocks.missing > 0 {
            spells.skip()
            restart(with: 0, at: to)
        }
        guard blocks.count == 1 else {
            if blocks.count > 1 {
                spells.skip()
                restart(with: 0, at: to)
            }
            return true
        }
        let flow = Float(min(blocks.flow, 1e6))
        if isLike(flow) {
            least = min(least, flow)
            most = max(most, flow)
            sum += flow
            count = min(count + 1, 1000)
            spells.take(isOn: true, hour: meter.partOfDay(to - 1800), hours: 1, isLearning: true)
        } else {
            spells.take(isOn: false, hour: 0, hours: 1, isLearning: true)
            restart(with: flow, at: to - blocks.length)
        }
        decide(at: to)
        return true
    }

    private func isLike(_ flow: Float) -> Bool {
        guard count > 0 else { return false }
        let mean = (sum + flow) / (count + 1)
        let reach = max(Float(step), 0.02 * mean) * 1.001
        return mean >= Self.leastFlow && max(most, flow) - mean <= reach && mean - min(least, flow) <= reach
    }

    private mutating func restart(with flow: Float, at t: Double) {
        (least, most, sum, count) = (flow, flow, flow, flow > 0 ? 1 : 0)
        begin = t
        alarm = .quiet
    }

    private mutating func decide(at t: Double) {
        guard !alarm.isRaised, count >= Self.fewest, spells.expected < Self.mostInYear else { return }
        alarm = Alarm(
            since: begin,
            raisedAt: t,
            seen: Double(sum / count),
            usual: 0,
            limit: Double(Self.mostInYear),
            cause: .steadyFlow
        )
    }
}
