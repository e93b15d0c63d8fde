import Glibc

/// From the raw rotation of one ski to how fast it turns about the vertical: mounting, bias and chatter taken out.
///
/// - The vertical is the mean direction of the acceleration over 20 s where the sensor has an accelerometer, however
///   it is mounted; without one it is the sensor's z axis.
/// - The bias is what is left while the ski lies still for five seconds.
/// - Chatter is taken out by two first-order low-passes of 0.1 s (together −3 dB at 1 Hz, as fast as skis are
///   turned), exact for any distance of samples; they delay by `delay`.
struct SkiSensor: BitwiseCopyable, Sendable {
    /// When the newest sample was measured, in seconds.
    private(set) var last = never
    private var lastUp = never
    private var restingSince = 0.0
    private var constantSince = 0.0
    private var upX: Float = 0
    private var upY: Float = 0
    private var upZ: Float = 1
    private var before: Float = 0
    private var fast: Float = 0
    /// The rate of turn in degrees a second, positive to the left.
    private(set) var rate: Float = 0
    private var resting: Float = 0
    private var bias: Float = 0
    private var knowsUp: Int32 = 0
    private var stuck: Int32 = 0

    private static let never = -1e12
    private static let smoothing = 0.105
    static let delay = 2 * smoothing
    /// Samples further apart (in seconds) do not belong to one movement.
    static let longestHold = 0.25
    private static let upMemory = 20.0
    private static let restLength = 5.0
    /// A sensor at rest trembles by less than this, in degrees a second; its bias is at most `mostBias`.
    private static let restNoise: Float = 1.5
    private static let mostBias: Float = 6
    /// A gyroscope that works never says the same for so long, in seconds.
    private static let constantLength = 2.0

    /// Learns which way is up from one sample of acceleration, in any unit.
    mutating func learnUp(x: Double, y: Double, z: Double, at t: Double) -> Bool {
        let length = (x * x + y * y + z * z).squareRoot()
        guard length > 1e-3, length < 1e6 else { return false }
        let share = knowsUp == 0 ? 1 : Float(min(0.2, max(0, t - lastUp) / Self.upMemory))
        knowsUp = 1
        lastUp = t
        upX += share * (Float(x / length) - upX)
        upY += share * (Float(y / length) - upY)
        upZ += share * (Float(z / length) - upZ)
        return true
    }

    /// Takes a rotation in degrees a second. False when it was measured before the newest one.
    mutating func learn(x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard t > last else { return false }
        let sample = about(x, y, z)
        let gap = t - last
        last = t
        noteRest(sample, at: t, afterGap: gap > 1)
        if sample != before || gap > 1 {
            constantSince = t
            stuck = 0
        }
        before = sample
        if gap > Self.longestHold {
            fast = sample - bias
            rate = fast
        } else {
            let share = Float(1 - exp(-gap / Self.smoothing))
            fast += share * (sample - bias - fast)
            rate += share * (fast - rate)
        }
        return true
    }

    var isHeard: Bool { last > Self.never }

    /// For how many seconds it has repeated itself to the last bit, as broken sensors and drivers do.
    var constantFor: Double { isHeard ? last - constantSince : 0 }

    var isConstant: Bool { constantFor >= Self.constantLength }

    /// Whether it was found to be broken; until it says something else.
    var isStuck: Bool { stuck == 1 }

    mutating func callStuck() { stuck = 1 }

    /// Takes the next sample whatever its time is.
    mutating func startClock() { last = Self.never }

    private func about(_ x: Double, _ y: Double, _ z: Double) -> Float {
        let length = (upX * upX + upY * upY + upZ * upZ).squareRoot()
        let most = 4000.0
        let turned =
            Float(x.clamped(to: most)) * upX + Float(y.clamped(to: most)) * upY
            + Float(z.clamped(to: most)) * upZ
        // While up changes sides, as in a somersault, there is no rate of turn for a moment.
        return length > 0.1 ? turned / length : 0
    }

    private mutating func noteRest(_ sample: Float, at t: Double, afterGap: Bool) {
        if afterGap || abs(sample - resting) > Self.restNoise || abs(sample) > Self.mostBias {
            restingSince = t
            resting = sample
        } else {
            resting += 0.02 * (sample - resting)
            if t - restingSince >= Self.restLength { bias += 0.02 * (resting - bias) }
        }
    }
}
