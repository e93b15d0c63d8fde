/// Finds a burst pipe: hours of flow far above what this home ever uses for as long.
///
/// Cause `burst`; `seen`, `usual` (the home's own record) and `limit` in litres an hour. The score is the
/// flow of the last three hours against the home's limit: 1 is an alarm.
///
/// - Works badly: where a pool is filled or a garden watered for hours for the first time; in a home with a watered
///   garden a burst has to outlast its waterings.
/// - Input: litres since the previous reading, as for `WaterLeak`.
/// - Formula: b = least of the last three hours (for meters that report less often: of the last reading);
///   alarm at b > max(150 L/h, 1.5 × record), when spells above 150 L/h as long as this one come less than 0.5 times
///   a year (`Spells`); record += 0.3·(min(b, 3·record + 20) − record) when b is above it, and loses 1e-4 of itself an
///   hour; cleared below half of the limit. The percentile is left out: a record is kept of rates only.
/// - Figures: on the same homes as `WaterLeak`, bursts of 200 to 600 L/h told after 3 hours (median) at 0.18 alarms
///   per home and year without any; in 100 homes, many with gardens (Karratha) 0.65 instead of 3.0 without
///   `Spells`, and 4 to 10 hours (median).
/// - Warm-up: 28 days of readings. State: 329 bytes. Cost: about 55 ns.
///
/// ```swift
/// var burst = WaterBurst()
/// for hour in 0..<(24 * 30) { burst.learn(hour % 24 == 8 ? 120 : 3, at: Double(hour) * 3600) }
/// for hour in (24 * 30)..<(24 * 30 + 3) { burst.learn(600, at: Double(hour) * 3600) }
/// burst.alarm.cause        // burst
/// burst.alarm.seen         // 600
/// ```
public struct WaterBurst: VolumeModel, Detector {
    public static let version: UInt16 = 2

    private var meter: UseBlocks
    /// The flows of the last hours, newest first; −1 where nothing is known.
    private var flows = InlineArray<3, Float>(repeating: -1)
    private var record: Float = 0
    private var spells = Spells()
    private var learned = 0.0
    private let warmUp: Double
    public private(set) var alarm = Alarm.quiet
    private let window: UInt8

    private static let leastFlow: Float = 150
    /// Spells as long as this one that a home has in a year: with more of them it is a habit.
    private static let mostInYear: Float = 0.5

    /// - Parameters:
    ///   - hours: how far readings usually are apart, at most; 1, 2, 3, 4, 6, 8 or 12.
    ///   - warmUp: seconds of readings during which only to learn.
    public init(readEvery hours: Int = 1, warmUp: Double = 28 * 86_400) {
        self.warmUp = max(1, min(warmUp.bounded, 1e9))
        let block = [1, 2, 3, 4, 6, 8, 12].first { $0 >= hours } ?? 12
        meter = UseBlocks(hours: block)
        window = UInt8(block == 1 ? 3 : block == 2 ? 2 : 1)
    }

    public var isWarm: Bool { learned >= warmUp }

    public var explanation: Explanation {
        Explanation(alarm, low: 0, high: alarm.limit, past: learned, in: .inputPerHour)
    }

    private var limit: Float { max(Self.leastFlow, 1.5 * record) }

    /// The least of the last hours in litres an hour; 0 unless all are known.
    private var sustained: Float {
        var least = flows[0]
        for index in 1..<3 where index < Int(window) { least = min(least, flows[index]) }
        return max(0, least)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let flow = sustained
        return Score(
            surprise: Double(flow / limit),
            usual: Double(record),
            direction: flow > record ? .above : .usual,
            isWarm: isWarm
        )
    }

    public mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool {
        guard let blocks = meter.take(litres, from: from, to: to) else { return false }
        learned = min(learned + blocks.seen, 1e9)
        for _ in 0..<min(3, blocks.missing) { push(-1) }
        if blocks.missing > 0 { spells.skip() }
        guard blocks.count > 0 else { return true }
        for _ in 0..<min(3, blocks.count) {
            push(blocks.content == .unknown ? -1 : Float(min(blocks.flow, 1e6)))
        }
        spells.take(
            isOn: Float(min(blocks.flow, 1e6)) > Self.leastFlow,
            hour: min(23, meter.partOfDay(to - blocks.length / 2) * Int(meter.length / 3600)),
            hours: Float(blocks.length * Double(blocks.count) / 3600),
            isLearning: !alarm.isRaised
        )
        record *= 1 - min(0.5, 1e-4 * Float(blocks.length * Double(blocks.count) / 3600))
        decide(at: to, isKnown: blocks.content != .unknown)
        return true
    }

    private mutating func push(_ flow: Float) {
        flows[2] = flows[1]
        flows[1] = flows[0]
        flows[0] = flow
    }

    private mutating func decide(at t: Double, isKnown: Bool) {
        let flow = sustained
        if alarm.isRaised {
            if isKnown, flows[0] < limit / 2 { alarm = .quiet }
        } else if isWarm, flow > limit, spells.expected < Self.mostInYear {
            alarm = Alarm(
                since: t - Double(window) * meter.length,
                raisedAt: t,
                seen: Double(flow),
                usual: Double(record),
                limit: Double(limit),
                cause: .burst
            )
        }
        if flow > record { record += 0.3 * (min(flow, 3 * record + 20) - record) }
    }
}
