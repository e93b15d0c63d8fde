import Glibc

/// The usual rhythm of a device's messages, for telling a gap from a pause. The value of a message plays no
/// part, only its time; the score at a time is how overdue the next message is, in long intervals.
///
/// A long interval is how far ordinary pauses of this device reach: lost messages lengthen it, outages hardly.
///
/// How long a pause must be to be no loss of messages is learned, too: `silenceLimit(falseAlarmsPerYear:)` knows how
/// often this device loses messages and whether it loses them one by one or in bursts.
///
/// - Works badly: for devices that only speak when something happens. `isSilent(at:factor:)` knows nothing of
///   bursts: where radio fades, ask `silenceLimit` (or `Silence`, which does).
/// - Formula: on y = ln(interval) with a = max(1/n, 1/200) and s the fading mean of |y − median|: median
///   ± 1.5·a·s (frugal, see `RobustScale`); reach += 0.5·min(y − reach, ln 4) when y is beyond it, so that one
///   outage at most doubles it, and otherwise returns towards the median by a thousandth.
///   Losses: L = interval/median − 1, rounded, at most twice the limit; p = share of intervals with a loss, not
///   below 1/n, over the last 5 000; c = chance that a run of losses goes on, Σ(L − 1)/ΣL over about 50 runs, drawn
///   towards 0.05; pauses of more than g losses then come N·p·c^(g − 1) times a year, N intervals a year.
/// - Warm-up: 20 intervals. State: 60 bytes. Cost: about 40 ns.
///
/// ```swift
/// var heartbeat = Cadence()
/// for minute in 0..<100 { heartbeat.learn(0, at: Double(minute) * 60) }
/// heartbeat.usualInterval                         // about 60
/// heartbeat.isSilent(at: 99 * 60 + 70)            // false
/// heartbeat.isSilent(at: 99 * 60 + 200)           // true
/// heartbeat.silenceLimit(falseAlarmsPerYear: 1)   // about 300
/// ```
public struct Cadence: Model {
    public static let version: UInt16 = 2

    /// The time of the last message.
    public private(set) var last = 0.0
    private var median = 0.0
    private var reach = 0.0
    private var spread = 0.0
    private var lossy = 0.0
    private var runs = 0.0
    private var beyondFirst = 0.0
    private var count: Int32 = -1

    private static let warmUp: Int32 = 20
    private static let memory: Int32 = 200
    private static let lossMemory: Int32 = 5000
    private static let runMemory = 50.0
    private static let mostLost = 10_000.0
    private static let mostRise = log(4.0)

    public init() {}

    public var isWarm: Bool { count >= Self.warmUp }

    /// The median interval between messages, in seconds; 0 before the second message.
    public var usualInterval: Double { count < 1 ? 0 : exp(median) }

    /// How long ordinary pauses last, in seconds; at least the usual interval.
    public var longInterval: Double { count < 1 ? 0 : exp(max(reach, median)) }

    /// How long a past the rhythm is known from, in seconds; at most that of 5 000 messages.
    var past: Double { count < 1 ? 0 : min(1e11, Double(count) * exp(median)) }

    /// Whether nothing came for longer than `factor` long intervals. Undecided, so false, until warm.
    public func isSilent(at now: Double, factor: Double = 2) -> Bool {
        isWarm && now.isMoment && now - last > factor * longInterval
    }

    /// How long nothing must come, in seconds, so that ordinary losses of messages reach it no more than so many
    /// times a year. Infinite until warm; at least twice the usual interval.
    public func silenceLimit(falseAlarmsPerYear: Double) -> Double {
        guard isWarm else { return .infinity }
        let wanted = falseAlarmsPerYear.isFinite ? min(max(1e-6, falseAlarmsPerYear), 1e6) : 1
        let interval = exp(median)
        let runsPerYear = FailurePrior.year / interval * max(lossy, 1 / Double(count))
        // Beta(0.1, 1.9): hardly any bursts, until some are seen.
        let goesOn = (beyondFirst + 0.1) / (beyondFirst + runs + 2)
        let losses = 1 + max(0, log(runsPerYear / wanted)) / -log(goesOn)
        return interval * (min(losses, Self.mostLost) + 1.5)
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
        if isWarm { learnLoss(exp(y - median)) }
        count = min(count + 1, Self.lossMemory)
        if count == 1 {
            median = y
            reach = y
        }
        let rate = 1 / Double(min(count, Self.memory))
        let distance = y - median
        spread += rate * (min(abs(distance), 3) - spread)
        let stride = rate * max(spread, 0.05)
        median += min(1.5 * stride, abs(distance)) * (distance < 0 ? -1 : 1)
        let beyond = y - reach
        reach += beyond > 0 ? 0.5 * min(beyond, Self.mostRise) : 0.001 * (median - reach)
        return true
    }

    /// - Parameter intervals: how many usual intervals it took until this message came.
    private mutating func learnLoss(_ intervals: Double) {
        let lost = min(intervals, 1e9).rounded() - 1
        lossy += ((lost >= 1 ? 1 : 0) - lossy) / Double(count)
        guard lost >= 1 else { return }
        // An outage is no loss: of one, no more is learned than twice what counts as loss already.
        let most = 2 * silenceLimit(falseAlarmsPerYear: 1) / exp(median)
        let kept = 1 - 1 / Self.runMemory
        runs = kept * runs + 1
        beyondFirst = kept * beyondFirst + min(lost, most) - 1
    }
}
