/// A device that should speak and does not: silent for longer than its own losses of messages explain, or for
/// longer than the law allows.
///
/// The alarm line of a lift has to prove every three days that it works (EN 81-28: self-test at least every 72
/// hours): three days without a sign of it are a legal event, any shorter silence a technical one. Whether it is the
/// device or the network says `SharedSilence`.
///
/// - Works badly: for devices that only speak when something happens (give them a heartbeat).
/// - Input: messages since the previous look, so 1 for a message, and 0 for a look at the clock without one: silence
///   has to be looked for, every few intervals.
/// - Formula: `Cadence.silenceLimit`; the law's limit counts from the last message of all.
/// - Causes: `silent`, `beyondLimit` (the law's; replaces the other); `seen` the seconds without a message, `usual`
///   the usual interval, `limit` in seconds. Any message ends it. The score is the silence in limits: 1 is an alarm.
/// - Figures: asked for 0.1 false alarms per device-year, simulated for 200: messages lost one by one (1 %) 0.01, told
///   after 4 to 5 intervals; lost in bursts of 5 (1 %) 0.09, after 35; in bursts of 10 (5 %) 0.2, after 81. Twice the
///   longest usual pause would have been told 0.1, 112 and 220 times a year.
/// - Warm-up: 20 messages; the law's limit counts from the first message on. State: 140 bytes. Cost: about 85 ns.
///
/// ```swift
/// var line = Silence(falseAlarmsPerYear: 0.1, hardLimit: 72 * 3600)
/// for hour in 0..<240 { line.learn(1, at: Double(hour) * 3600) }
/// line.learn(0, at: 241 * 3600)           // quiet
/// line.learn(0, at: 250 * 3600)
/// line.alarm.cause                        // silent
/// line.learn(0, at: 312 * 3600)
/// line.alarm.cause                        // beyondLimit
/// ```
public struct Silence: Model, Detector {
    public static let version: UInt16 = 1

    private var lastLook = 0.0
    private let falseAlarms: Double
    private let hardLimit: Double
    public private(set) var alarm = Alarm.quiet
    private var messages: Int64 = 0
    // Last, as its bytes do not fill whole words.
    private var cadence = Cadence()

    /// - Parameters:
    ///   - falseAlarmsPerYear: how often losses of messages may look like silence.
    ///   - hardLimit: seconds without a message that are always an alarm.
    public init(falseAlarmsPerYear: Double = 0.1, hardLimit: Double = 72 * 3600) {
        falseAlarms = falseAlarmsPerYear.isFinite ? min(max(1e-6, falseAlarmsPerYear), 1e6) : 0.1
        self.hardLimit = hardLimit.isFinite ? min(max(1, hardLimit), 1e9) : 72 * 3600
    }

    public var isWarm: Bool { cadence.isWarm }

    /// Seconds without a message from which on it is called silent; infinite before the first.
    public var limit: Double {
        messages > 0 ? min(cadence.silenceLimit(falseAlarmsPerYear: falseAlarms), hardLimit) : .infinity
    }

    public var explanation: Explanation { Explanation(alarm, low: 0, high: alarm.limit, past: cadence.past) }

    public func score(_ x: Double, at t: Double) -> Score {
        let gap = t.isMoment && messages > 0 ? max(0, t - cadence.last) : 0
        return Score(
            surprise: isWarm ? gap / limit : 0,
            usual: cadence.usualInterval,
            direction: gap > cadence.longInterval ? .above : .usual,
            isWarm: isWarm
        )
    }

    /// Takes `x` messages since the previous look: none, or some of which the last came now.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        let isSetBack = t.isClockSetBack(from: lastLook)
        guard t >= lastLook || isSetBack || messages == 0 else { return false }
        lastLook = t
        if x > 0 {
            guard cadence.learn(x, at: t) else { return false }
            messages = min(messages + 1, 1 << 40)
            alarm = .quiet
        } else if isSetBack {
            alarm = .quiet
        } else {
            decide(at: t)
        }
        return true
    }

    private mutating func decide(at t: Double) {
        let gap = t - cadence.last
        guard messages > 0, gap > limit else { return }
        let cause: Alarm.Cause = gap > hardLimit ? .beyondLimit : .silent
        guard alarm.cause != cause, alarm.cause != .beyondLimit else { return }
        alarm = Alarm(
            since: cadence.last,
            raisedAt: t,
            seen: gap,
            usual: cadence.usualInterval,
            limit: cause == .beyondLimit ? hardLimit : limit,
            cause: cause
        )
    }
}
