import Glibc

/// Slow wear: notices that the daily median of a value creeps away from what it used to be. For motor
/// current, door-cycle times, run times of a pump.
///
/// Feed it the value only while the machine works; a median over standstill says nothing. The score is the
/// accumulated drift in standard deviations of a daily median; one value alone moves nothing until its day
/// is over, so a drift is told when the first value of the next day comes.
///
/// - Works badly: on values with a season of their own (a pump in winter) within the memory; after a lasting
///   and wanted change (a new motor) it stays alarmed until it is started anew.
/// - Formula: day's median y, as ln y for `Scale.ratio`; z = (y − m) / u within ±2.5, so that one wild day is no
///   drift, u = (1.25·s + floor)·(1 + 2/n), s the fading mean of |y − m|, floor 0.002 (for `Scale.difference`
///   0.002·|m|), n the days learned; E. S. Page's CUSUM (Biometrika 41, 1954): C = max(0, C + z − slack), alarmed
///   at C ≥ limit, cleared below half. m and s learn a day only after eight further ones, and none of the days on
///   which C > 0.6·limit: a baseline that follows at once meets the drift halfway.
/// - Cause: `driftUp`, `driftDown`; `seen` the day's median, `usual` the baseline, both in the unit of the
///   input; `limit` in standard deviations.
/// - Figures: simulated door cycles of 200 lift-years: days that differ by 1 % and follow each other, a season of
///   1 %, odd days, a foot in the door now and then: 0.095 false alarms per lift-year, a drift of 0.2/0.5/1 % a day
///   told after 18/10/6 days (median). Days that differ by 2 %: 0.1, after 27/14/9 days.
/// - Warm-up: a time, two weeks unless asked for otherwise, and 7 days with values.
/// - State: 304 bytes. Cost: about 36 ns.
///
/// ```swift
/// var current = SlowDrift(warmUp: 14 * 86_400)
/// for hour in 0..<(24 * 40) {
///     let day = Double(hour / 24)
///     let wear = day < 25 ? 1 : 1 + 0.02 * (day - 24)           // two percent a day from day 25
///     let noise = 0.2 * Double(hour * 7 % 5 - 2)
///     current.learn(12 * wear + noise, at: Double(hour) * 3600)
/// }
/// current.alarm.cause       // driftUp
/// ```
public struct SlowDrift: Model, Detector {
    public static let version: UInt16 = 2

    /// How deviations are measured.
    public enum Scale: UInt8, BitwiseCopyable, Sendable {
        /// In percent of the usual; for values that are always positive.
        case ratio
        /// In the unit itself; for values that can be zero or negative.
        case difference
    }

    /// Which way of drifting matters.
    public enum Sides: UInt8, BitwiseCopyable, Sendable {
        case up, down, both
    }

    private var middle = 0.0
    private var spread = 0.0
    private var upward = 0.0
    private var downward = 0.0
    private var upwardSince = 0.0
    private var downwardSince = 0.0
    private var learned = 0.0
    private var day = 0.0
    public private(set) var alarm = Alarm.quiet
    private var today = StreamingMedian()
    /// The last days, which the baseline does not know yet; the oldest first.
    private var recent = InlineArray<8, Double>(repeating: 0)
    private let warmUp: Double
    private let memory: Double
    private let slack: Double
    private let limit: Double
    private var days: Int32 = 0
    private var waiting: UInt8 = 0
    private let sides: Sides
    private let scale: Scale
    private var started = false

    private static let dayLength = 86_400.0
    private static let farthest = 2.5

    /// - Parameters:
    ///   - warmUp: seconds with values during which only to learn.
    ///   - memory: days over which the baseline fades.
    ///   - slack: drift that is forgiven each day, in standard deviations. Half of the shift to be found.
    ///   - limit: accumulated drift at which to be alarmed, in standard deviations.
    public init(
        warmUp: Double = 14 * 86_400,
        memory: Double = 45,
        slack: Double = 1.1,
        limit: Double = 3.5,
        sides: Sides = .up,
        scale: Scale = .ratio
    ) {
        self.warmUp = max(0, min(warmUp.bounded, 1e9))
        self.memory = max(7, memory.bounded)
        self.slack = max(0.1, slack.bounded)
        self.limit = max(1, limit.bounded)
        self.sides = sides
        self.scale = scale
    }

    public var isWarm: Bool { days >= 7 && learned >= warmUp }

    public var explanation: Explanation {
        Explanation(alarm, low: plain(middle - unit), high: plain(middle + unit), past: learned)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let direction: Score.Direction = upward > downward ? .above : downward > 0 ? .below : .usual
        return Score(surprise: evidence, usual: plain(middle), direction: direction, isWarm: isWarm)
    }

    /// The accumulated drift in standard deviations, of the side that has more.
    var evidence: Double { max(upward, downward) }

    /// How long was learned, in seconds.
    var past: Double { learned }

    /// The standard deviation of a day's median; larger as long as few days are known.
    private var unit: Double {
        let floor = scale == .ratio ? 0.002 : 0.002 * abs(middle) + 1e-9
        return (1.25 * spread + floor) * (1 + 2 / Double(max(1, days)))
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment, scale == .difference || x > 0 else { return false }
        let present = (t / Self.dayLength).rounded(.down)
        if !started {
            started = true
            day = present
        }
        guard present >= day || t.isClockSetBack(from: day * Self.dayLength) else { return false }
        if present != day {
            closeDay(at: t)
            // A clock that jumps must not warm the model up: a week at most between two days with values.
            learned = min(learned + min(7, max(0, present - day)) * Self.dayLength, 1e9)
            day = present
            today = StreamingMedian()
        }
        today.learn(scale == .ratio ? log(x.bounded) : x.bounded)
        return true
    }

    private mutating func closeDay(at t: Double) {
        let value = today.value
        guard isWarm else {
            learnDay(value)
            return
        }
        accumulate(((value - middle) / unit).clamped(to: Self.farthest), value: value, at: t)
        guard evidence <= 0.6 * limit else { return }
        if waiting == 8 {
            learnDay(recent[0])
            for index in 1..<8 { recent[index - 1] = recent[index] }
        } else {
            waiting += 1
        }
        recent[Int(waiting) - 1] = value
    }

    private mutating func learnDay(_ value: Double) {
        let distance = value - middle
        // A young spread is too small to clip by.
        let clip = days < 7 ? abs(distance) : min(abs(distance), 3 * unit)
        days = min(days + 1, 1_000_000)
        guard days > 1 else {
            middle = value
            return
        }
        let rate = max(1 / Double(days), 1 / memory)
        middle += rate * (distance < 0 ? -clip : clip)
        spread += rate * (clip - spread)
    }

    private mutating func accumulate(_ z: Double, value: Double, at t: Double) {
        // No more than a quarter above the limit, so that a repair clears within days.
        let most = 1.25 * limit
        if sides != .down {
            if upward == 0 { upwardSince = day * Self.dayLength }
            upward = min(most, max(0, upward + z - slack))
        }
        if sides != .up {
            if downward == 0 { downwardSince = day * Self.dayLength }
            downward = min(most, max(0, downward - z - slack))
        }
        let drift = evidence
        if alarm.isRaised {
            if drift < limit / 2 { alarm = .quiet }
        } else if drift >= limit {
            let rises = upward >= downward
            alarm = Alarm(
                since: rises ? upwardSince : downwardSince,
                raisedAt: t,
                seen: plain(value),
                usual: plain(middle),
                limit: limit,
                cause: rises ? .driftUp : .driftDown
            )
        }
    }

    /// Back from the scale of the arithmetic to the unit of the input.
    private func plain(_ value: Double) -> Double {
        guard scale == .ratio else { return value }
        return started && days > 0 ? exp(value) : 0
    }
}
