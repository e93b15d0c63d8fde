/// Nobody is at home: declared by a reply, a button or a calendar, over at its end time or when people are back.
///
/// While away, water in an hour that is more than a tap forgets is an alarm at once, and the same trickle hour after
/// hour (a leak, a watering programme) does not bring anybody back; use in two different hours within four, of
/// different amounts, does.
///
/// Cause `usedWhileAway`; `seen` and `limit` in litres an hour, `usual` 0. The score is the flow against the limit.
///
/// - Works badly: for guests and cleaners, who bring people back; irrigation with changing amounts does so too.
/// - Warm-up: none, there is nothing to learn. State: 129 bytes. Cost: about 25 ns.
///
/// ```swift
/// var away = Away()
/// away.declare(from: 0, until: 7 * 86_400)
/// away.learn(200, from: 3600, to: 7200)
/// away.alarm.cause                     // usedWhileAway
/// away.isAway(at: 8 * 86_400)          // false
/// ```
public struct Away: VolumeModel, Detector {
    public static let version: UInt16 = 1

    private var begin = 0.0
    private var end = 0.0
    private var meter = UseBlocks(hours: 1)
    /// The hour of an earlier use and its amount; 0 before any.
    private var usedAt = 0.0
    private var usedFlow = 0.0
    private let large: Double
    public private(set) var alarm = Alarm.quiet
    private var hasSeen = false

    private static let returnWithin = 4 * 3600.0
    /// Nobody stays away for longer without saying so again.
    private static let longest = 366 * 86_400.0

    /// - Parameter large: litres in an hour that are an alarm while nobody is at home.
    public init(large: Double = 50) {
        self.large = max(1, min(large.bounded, 1e6))
    }

    public var isWarm: Bool { hasSeen }

    public var explanation: Explanation {
        Explanation(alarm, low: 0, high: large, past: 0, in: .inputPerHour)
    }

    /// Says that nobody is at home between two times; at most a year. An end before the beginning is not taken.
    @discardableResult
    public mutating func declare(from: Double, until: Double) -> Bool {
        guard from.isMoment, until.isMoment, until > from else { return false }
        begin = from
        end = min(until, from + Self.longest)
        forget()
        return true
    }

    /// Says that somebody is back.
    public mutating func declareBack() {
        begin = 0
        end = 0
        forget()
    }

    private mutating func forget() {
        usedAt = 0
        usedFlow = 0
        alarm = .quiet
    }

    public func isAway(at t: Double) -> Bool { t >= begin && t < end }

    public func score(_ x: Double, at t: Double) -> Score {
        let flow = x.isFinite && isAway(at: t) ? max(0, min(x, 1e6)) : 0
        return Score(
            surprise: flow / large,
            usual: 0,
            direction: flow > 0 ? .above : .usual,
            isWarm: isWarm
        )
    }

    public mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool {
        guard let blocks = meter.take(litres, from: from, to: to) else { return false }
        hasSeen = true
        guard isAway(at: to) else {
            alarm = .quiet
            return true
        }
        guard blocks.count > 0, blocks.content != .zero, to - Double(blocks.count) * blocks.length >= begin
        else { return true }
        let flow = min(blocks.flow, 1e6)
        if flow >= large, !alarm.isRaised {
            alarm = Alarm(
                since: to - blocks.length,
                raisedAt: to,
                seen: flow,
                usual: 0,
                limit: large,
                cause: .usedWhileAway
            )
        }
        let isOtherAmount = abs(flow - usedFlow) > max(1, 0.1 * usedFlow)
        if usedAt > 0, to - usedAt <= Self.returnWithin, isOtherAmount, flow < large {
            declareBack()
        } else {
            usedAt = to
            usedFlow = flow
        }
        return true
    }
}
