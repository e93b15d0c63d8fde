import Glibc

/// Notices a fall in raw acceleration, and then watches whether the person gets up again.
///
/// An impact is the largest magnitude within ±1 s, above 1.5 g. 3.4 s after it fifty features of the seconds
/// around it (`FallFeature`) are judged by boosted trees, one table for each place on the body (`FallTable`). After
/// an alarm `confirmation` says whether the person recovered or lies still; the alarm ends when the person has
/// recovered, when `cancel()` is called, or an hour later. Within 10 s of an alarm a more certain impact takes its
/// place; later another fall raises it anew, with another `raisedAt`.
///
/// Cause `fall`; `seen` the magnitude of the impact in g, `usual` 1 (rest), `limit` 1.5 (no weaker impact is looked
/// at). The reasons are `impact`, `weightless`, `postureChange`, `stillAfter` and `movementBefore`: how much each
/// group of features added to the log-odds. The percentile is that of the impact among those of this wearer.
///
/// - Works badly: at the wrist, which also swings, claps and knocks; for slow slides from a chair, whose impact
///   may be too weak; for real falls of old people, of which published detectors found about 80 % (Palmerini et
///   al., Sensors 20, 2020): nearly all falls it was learned from were acted by young people.
/// - Position: it must be known. The chest has the table of the waist, which was not measured there. The pocket's
///   was learned at the waist without the features of posture, as a thigh turns whenever its owner sits down; it
///   was never measured in a pocket, where a jump into stillness may pass for a fall.
///   A gyroscope tells who moves after the fall (`FallConfirmation`); the decision is made without it, as no recording at
///   hand has one to learn from.
/// - Input: one sample at a time, in milli-g or g, at 20 to 200 a second, whichever way the sensor is turned. A gap
///   above a quarter of a second starts anew; what is then known of an impact at least a second old is judged.
/// - Formula: gradient boosting, J. H. Friedman, Annals of Statistics 29, 2001, 80 trees of depth 3; features
///   after A. K. Bourke et al. and M. Kangas et al. (Gait & Posture 26, 2007; 28, 2008) and more, see there.
///   Learned by `vigie-models train-falls` from SisFall (Sucerquia et al., Sensors 17, 2017) and WEDA-FALL
///   (Marques & Moreno, 2023).
/// - Figures: ten folds by person, limits chosen on inner folds, at 100, 50, 25 and 20 samples a second. Waist
///   (SisFall): 98.7, 98.9, 98.9 and 98.8 % of 1 798 falls found, 99.9 % of 2 707 daily activities passed over, at
///   each rate 2 alarms in the 5 hours of elderly people's activities. Wrist (WEDA-FALL, from 50): 91.4, 91.4 and
///   84.9 % of 350 falls, 98.4, 98.4 and 98.9 % of 619 activities. Table of the pocket, at the waist: 93.6, 93.9,
///   93.9 and 92.9 %, 99.5, 99.4, 99.4 and 99.8 %. The grid, the features, the size of the trees and the share of
///   activities that the limits let pass were chosen with these figures in sight; expect a little less elsewhere.
/// - Warm-up: 2 s of samples. State: 1 324 bytes.
/// - Cost: about 28 ns a sample, 8 µs at an impact.
///
/// ```swift
/// var belt = FallDetector(.waist)
/// for index in 0..<2000 {
///     let t = Double(index) / 50
///     switch t {
///     case ..<5.2: belt.learn(x: 0, y: 1000, z: 0, at: t)          // upright
///     case ..<6: belt.learn(x: 300, y: 250, z: 100, at: t)         // falling
///     case ..<6.1: belt.learn(x: 3500, y: 1500, z: 900, at: t)     // impact
///     default: belt.learn(x: 1000, y: 0, z: 0, at: t)              // lying
///     }
/// }
/// belt.alarm.cause            // fall
/// belt.alarm.since            // 6.0
/// belt.confirmation.state     // confirmed
/// ```
public struct FallDetector: Detector {
    public static let version: UInt16 = 1

    /// Where on the body the sensor is: a fall is another thing at each place.
    public enum Position: UInt32, CaseIterable, BitwiseCopyable, Sendable {
        case waist = 0
        case chest = 1
        case pocket = 2
        case wrist = 3

        package var table: FallTable {
            switch self {
            case .waist, .chest: .waist
            case .pocket: .pocket
            case .wrist: .wrist
            }
        }

        /// Whether the direction of gravity says how the trunk is held.
        fileprivate var showsPosture: Bool { self == .waist || self == .chest }
    }

    private var finder = ImpactFinder()
    private let place: UInt32
    public private(set) var alarm = Alarm.quiet
    /// When the impact judged last was, in seconds since 1970; 0 before the first.
    public private(set) var judgedAt = 0.0
    private var nextSecond = 0.0
    private var watched = 0.0
    /// Of the impact judged last.
    package private(set) var logOdds: Float = 0
    private var warm: UInt32 = 0
    public private(set) var confirmation = FallConfirmation()
    /// Of the impact that raised the alarm.
    private var judgement = FallTable.Judgement(logOdds: 0)
    private var record = ImpactRecord()
    /// The rates of turning since the last whole second, in degrees a second, and how many.
    private var turning: Float = 0
    private var turns: UInt32 = 0

    /// Within this time of an alarm only a more certain impact takes its place, in seconds.
    private static let silence = 10.0

    public init(_ position: Position) { place = position.rawValue }

    public var position: Position { Position(rawValue: place) ?? .waist }

    public var isWarm: Bool { warm == 1 }

    /// How certain it is that the impact judged last was a fall, 0 to 1; an alarm begins where
    /// `Position.table.limit` says.
    public var certainty: Double { judgedAt == 0 ? 0 : Double(1 / (1 + exp(-logOdds))) }

    /// Takes one sample in milli-g, measured at `t` in seconds. False when it could not be used.
    @discardableResult
    public mutating func learn(x: Double, y: Double, z: Double, at t: Double) -> Bool {
        let position = position
        var verdict = Verdict()
        let isUsed = finder.learn(x: x, y: y, z: z, at: t) { impact in
            let judgement = position.table.judge(impact.features)
            // After a gap several may be told at once: the most certain counts.
            guard judgement.logOdds > verdict.judgement.logOdds else { return }
            verdict = Verdict(impact, judgement, showsPosture: position.showsPosture)
        }
        if verdict.judgement.logOdds > -.infinity { decide(verdict, at: t) }
        if isUsed, t >= nextSecond || t < nextSecond - 2 { endSecond(at: t) }
        return isUsed
    }

    /// Takes one sample in g.
    @discardableResult
    public mutating func learn(g a: SIMD3<Double>, at t: Double) -> Bool {
        learn(x: 1000 * a.x, y: 1000 * a.y, z: 1000 * a.z, at: t)
    }

    /// Takes one sample of a gyroscope, where there is one, in degrees a second; before the sample of acceleration of
    /// the same time. False when it could not be used.
    @discardableResult
    public mutating func learnTurning(x: Double, y: Double, z: Double) -> Bool {
        let rate = (x * x + y * y + z * z).squareRoot()
        guard rate.isFinite, turns < 10_000 else { return false }
        turning += Float(min(rate, 10_000))
        turns += 1
        return true
    }

    /// The wearer says that all is well.
    public mutating func cancel() {
        confirmation.cancel()
        alarm = .quiet
    }

    private mutating func endSecond(at t: Double) {
        nextSecond = t + 1
        var second = finder.ring.newestSecond()
        second?.turning = turns > 0 ? turning / Float(turns) : nil
        (turning, turns) = (0, 0)
        if second != nil { watched = min(watched + 1, 1e9) }
        if finder.ring.filled >= 37 { warm = 1 }
        guard alarm.isRaised else { return }
        confirmation.take(second, at: t)
        if confirmation.state == .recovered || confirmation.state == .none { alarm = .quiet }
    }

    /// What is to be made of an impact; a small value, as there is one for every sample.
    private struct Verdict {
        var judgement = FallTable.Judgement(logOdds: -.infinity)
        var at = 0.0
        var magnitude = 0.0
        var before = SIMD3<Float>.zero
        var turned: Float = 0

        init() {}

        init(_ impact: ImpactFinder.Impact, _ judgement: FallTable.Judgement, showsPosture: Bool) {
            self.judgement = judgement
            at = impact.at
            magnitude = impact.magnitude
            before = impact.before
            turned = showsPosture ? angle(impact.before, impact.after) : 0
        }
    }

    private mutating func decide(_ verdict: Verdict, at t: Double) {
        judgedAt = verdict.at
        logOdds = verdict.judgement.logOdds
        record.take(verdict.magnitude)
        guard logOdds >= position.table.limit else { return }
        if alarm.isRaised, verdict.at - alarm.since < Self.silence, logOdds <= judgement.logOdds { return }
        judgement = verdict.judgement
        alarm = Alarm(
            since: verdict.at,
            raisedAt: t,
            seen: verdict.magnitude,
            usual: 1,
            limit: Double(MotionRing.leastImpact),
            cause: .fall
        )
        confirmation.begin(at: verdict.at, toldAt: t, before: verdict.before, turned: verdict.turned)
    }

    public var explanation: Explanation {
        guard alarm.isRaised else { return Explanation(alarm, low: 0, high: alarm.limit, past: watched) }
        var weights = FallFeature.Group.allCases.map { (cause: $0.cause, weight: judgement.part(of: $0)) }
        // A table whose bias alone were enough has no reasons to give.
        if weights.allSatisfy({ $0.weight <= 0 }) { weights = [(.fall, 1)] }
        return Explanation(
            weights: weights,
            seen: alarm.seen,
            usual: alarm.usual,
            low: 0,
            high: alarm.limit,
            percentile: record.percentile(of: alarm.seen),
            past: watched,
            in: .gravities
        )
    }
}

extension FallFeature.Group {
    fileprivate var cause: Alarm.Cause {
        switch self {
        case .impact: .impact
        case .weightless: .weightless
        case .posture: .postureChange
        case .stillness: .stillAfter
        case .before: .movementBefore
        }
    }
}
