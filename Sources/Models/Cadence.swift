import Glibc

/// The usual rhythm of a device's messages, for telling a gap from a pause. The value of a message plays no
/// part, only its time; the score at a time is how overdue the next message is, in long intervals.
///
/// A long interval is how far ordinary pauses of this device reach: lost messages lengthen it, outages hardly.
///
/// - Works badly: with losses in bursts (each burst looks like silence: use a factor of 3 and see whether many
///   devices went quiet at once), and for devices that only speak when something happens.
/// - Formula: on y = ln(interval) with a = max(1/n, 1/200) and s the fading mean of |y − median|: median
///   ± 1.5·a·s (frugal, see `RobustScale`); reach += 0.5·min(y − reach, ln 4) when y is beyond it, so that one
///   outage at most doubles it, and otherwise returns towards the median by a thousandth.
/// - Warm-up: 20 intervals. State: 36 bytes. Cost: one logarithm.
///
/// ```swift
/// var heartbeat = Cadence()
/// for minute in 0..<100 { heartbeat.learn(0, at: Double(minute) * 60) }
/// heartbeat.usualInterval                         // about 60
/// heartbeat.isSilent(at: 99 * 60 + 70)            // false
/// heartbeat.isSilent(at: 99 * 60 + 200)           // true
/// ```
public struct Cadence: Model {
    public static let version: UInt16 = 1

    private var last = 0.0
    private var median = 0.0
    private var reach = 0.0
    private var spread = 0.0
    private var count: Int32 = -1

    private static let warmUp: Int32 = 20
    private static let memory: Int32 = 200
    private static let mostRise = log(4.0)

    public init() {}

    public var isWarm: Bool { count >= Self.warmUp }

    /// The median interval between messages, in seconds; 0 before the second message.
    public var usualInterval: Double { count < 1 ? 0 : exp(median) }

    /// How long ordinary pauses last, in seconds; at least the usual interval.
    public var longInterval: Double { count < 1 ? 0 : exp(max(reach, median)) }

    /// Whether nothing came for longer than `factor` long intervals. Undecided, so false, until warm.
    public func isSilent(at now: Double, factor: Double = 2) -> Bool {
        isWarm && now.isMoment && now - last > factor * longInterval
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let gap = t.isMoment && count >= 0 ? max(0, t - last) : 0
        let overdue = isWarm ? gap / longInterval : 0
        let direction: Score.Direction = overdue > 1 ? .above : .usual
        return Score(surprise: overdue, usual: usualInterval, direction: direction, isWarm: isWarm)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard t.isMoment else { return false }
        if count < 0 || t.isClockSetBack(from: last) {
            last = t
            count = max(0, count)
            return true
        }
        guard t > last else { return false }
        // A millisecond is shorter than any rhythm, and keeps the logarithm small.
        let y = log(max(t - last, 1e-3))
        last = t
        count = min(count + 1, Self.memory)
        if count == 1 {
            median = y
            reach = y
        }
        let rate = 1 / Double(count)
        let distance = y - median
        spread += rate * (min(abs(distance), 3) - spread)
        let stride = rate * max(spread, 0.05)
        median += min(1.5 * stride, abs(distance)) * (distance < 0 ? -1 : 1)
        let beyond = y - reach
        reach += beyond > 0 ? 0.5 * min(beyond, Self.mostRise) : 0.001 * (median - reach)
        return true
    }
}
