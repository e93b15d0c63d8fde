/// Notices a fall in raw acceleration: weightless, a hard impact, another posture, then little movement.
///
/// Cause `fall`; `seen` the magnitude of the impact in g, `usual` 1 (rest), `limit` the impact asked for. The
/// alarm is raised 3 s after the impact and stands for 10 s, in which no other is raised.
///
/// - Works badly: at the wrist, which does all this while its wearer sits; for slow slides from a chair; with
///   sensors that clip below 4 g. Simulated falls by young people are easier than real ones.
/// - Input: one sample at a time, in milli-g, at 20 to 200 a second; gaps above a quarter of a second start
///   anew.
/// - Formula: an impact is the largest magnitude within ±1 s, above 1.6 g; a fall has every feature of
///   `FallFeatures` beyond its limit. After Kangas et al., Gait & Posture 28, 2008; the limits were chosen on
///   the people of SisFall (waist) and WEDA-FALL (wrist), tested on people left out.
/// - Warm-up: 5 s of samples. State: 2 064 bytes.
/// - Cost: about 25 ns a sample, a few microseconds at a possible impact.
///
/// ```swift
/// var belt = FallThresholds(.waist)
/// for index in 0..<600 {
///     let t = Double(index) / 50
///     switch t {
///     case ..<5.6: belt.learn(x: 0, y: 1000, z: 0, at: t)          // upright
///     case ..<6: belt.learn(x: 0, y: 200, z: 0, at: t)             // falling
///     case ..<6.2: belt.learn(x: 2500, y: 1500, z: 0, at: t)       // impact
///     default: belt.learn(x: 1000, y: 0, z: 0, at: t)              // lying
///     }
/// }
/// belt.alarm.cause        // fall
/// belt.alarm.since        // 6.0
/// ```
public struct FallThresholds: Detector {
    public static let version: UInt16 = 1

    /// What a fall has to exceed, per place on the body.
    public struct Limits: Hashable, BitwiseCopyable, Sendable {
        /// Least magnitude in the second before, at most, in g.
        public var lowest: Float
        /// Impact, at least, in g.
        public var impact: Float
        /// Movement around the impact, at least, in g.
        public var commotion: Float
        /// Change of posture, at least, in degrees.
        public var turn: Float
        /// Movement two to three seconds after, at most, in g.
        public var unrest: Float

        public init(lowest: Float, impact: Float, commotion: Float, turn: Float, unrest: Float) {
            self.lowest = lowest
            self.impact = impact
            self.commotion = commotion
            self.turn = turn
            self.unrest = unrest
        }

        /// People left out, SisFall at 100 samples a second: 98.3 % of falls found, 98.6 % of daily activities
        /// passed over; one alarm per 17 minutes of nothing but brisk sitting, lying and stair climbing.
        public static let waist = Limits(lowest: 0.9, impact: 1.8, commotion: 0.25, turn: 40, unrest: 0.6)
        /// People left out, WEDA-FALL at 50 samples a second: 76 % of falls found, 90 % of activities passed
        /// over. Ask the wearer before anybody else.
        public static let wrist = Limits(lowest: 0.9, impact: 4, commotion: 0.4, turn: 30, unrest: 0.4)
    }

    private var ring = MotionRing()
    public private(set) var alarm = Alarm.quiet
    private let limits: Limits
    private var warm: UInt32 = 0

    private static let standing = 10.0

    public init(_ limits: Limits) {
        self.limits = limits
    }

    public var isWarm: Bool { warm == 1 }

    public var explanation: Explanation { Explanation(alarm, low: 0, high: alarm.limit, past: 0) }

    /// Takes one sample in milli-g, measured at `t` in seconds. False when it could not be used.
    @discardableResult
    public mutating func learn(x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard x.isFinite, y.isFinite, z.isFinite, t.isMoment else { return false }
        guard ring.accepts(t) else { return false }
        if alarm.isRaised, t - alarm.raisedAt >= Self.standing || t < alarm.since { alarm = .quiet }
        while ring.completeSlot(before: t) {
            if Int(ring.filled) >= FallFeatures.delay + MotionRing.before { warm = 1 }
            if ring.hasImpact(FallFeatures.delay) { decide(at: t) }
        }
        ring.add(x, y, z)
        return true
    }

    private mutating func decide(at t: Double) {
        let features = FallFeatures(&ring)
        guard !alarm.isRaised, isFall(features) else { return }
        alarm = Alarm(
            since: ring.newest - Double(FallFeatures.delay) / MotionRing.rate,
            raisedAt: t,
            seen: Double(features.impact),
            usual: 1,
            limit: Double(limits.impact),
            cause: .fall
        )
    }

    private func isFall(_ seen: FallFeatures) -> Bool {
        seen.lowest <= limits.lowest && seen.impact >= limits.impact && seen.commotion >= limits.commotion
            && seen.turn >= limits.turn && seen.unrest <= limits.unrest
    }
}
