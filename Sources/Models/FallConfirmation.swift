import Glibc

/// After a possible fall: did the person get up, or does nobody move any more?
///
/// Looks at the seconds after the impact. Whoever walks steadily again, or stands as before and takes steps, has
/// recovered, also later than half a minute. Who lay still for most of a half minute is confirmed. All that is
/// doubtful (a person who moves on the floor, a sensor that fell silent) stays a possible fall.
///
/// A second is still when its magnitude deviates by less than 0.05 g and, where there is a gyroscope, the body turns by
/// less than 10° a second on average: whoever rolls slowly on the floor moves without a jerk. It is one of walking when the magnitude rises
/// over 1.1 g once to three times and deviates by 0.06 to 0.8 g. The posture is back when the mean direction is
/// within 35° of that before the fall; this counts only when the fall had turned it by 45° or more. These limits
/// are rules, not learned: no recording at hand goes on for half a minute after a fall.
public struct FallConfirmation: Hashable, BitwiseCopyable, Sendable {
    public enum State: UInt8, BitwiseCopyable, Sendable {
        /// Nothing happened, or too long ago.
        case none = 0
        /// A fall was told, and nothing speaks against it.
        case possible = 1
        /// The person lies still.
        case confirmed = 2
        /// The person got up, or said so.
        case recovered = 3
    }

    /// One second of movement, in g.
    struct Second {
        var direction: SIMD3<Float>
        var deviation: Float
        /// How often the magnitude rose over `FallConfirmation.stepLevel`.
        var rises: Int
        /// The mean rate of turning, in degrees a second; nil without a gyroscope.
        var turning: Float?

        var isStill: Bool { deviation < 0.05 && (turning ?? 0) < 10 }
    }

    /// After this many seconds it is said whether the person lies still, and again and again after as many.
    public static let watch = 30.0
    /// This many seconds after the fall was told nobody waits for the person to get up any more.
    public static let longest = 3600.0
    static let stepLevel: Float = 1.1
    /// What comes this soon after the impact belongs to the fall, in seconds.
    private static let settling = 4.0

    /// The impact, in seconds since 1970.
    public private(set) var since = 0.0
    private var closesAt = 0.0
    private var endsAt = 0.0
    private var beforeX: Float = 0
    private var beforeY: Float = 0
    private var beforeZ: Float = 0
    // Counts of seconds: in this half minute, and in a row.
    private var seen: UInt8 = 0
    private var still: UInt8 = 0
    private var walked: UInt8 = 0
    private var walking: UInt8 = 0
    private var upright: UInt8 = 0
    /// 1 when the direction of the body says whether it lies.
    private var isPostureKnown: UInt8 = 0
    private var code: UInt8 = 0
    private var isWatching: UInt8 = 0

    public init() {}

    public var state: State { State(rawValue: code) ?? .none }

    /// - Parameters:
    ///   - t: when the fall was told; long after it when the sensor was silent.
    ///   - turned: how much the fall changed the posture, in radians; 0 where the sensor says nothing of it, as at
    ///     the wrist.
    mutating func begin(at since: Double, toldAt t: Double, before: SIMD3<Float>, turned: Float) {
        self = FallConfirmation()
        self.since = since
        closesAt = since + Self.watch
        endsAt = t + Self.longest
        (beforeX, beforeY, beforeZ) = (before.x, before.y, before.z)
        isPostureKnown = turned >= .pi / 4 ? 1 : 0
        code = State.possible.rawValue
        isWatching = 1
    }

    /// The wearer, or somebody who knows, says that all is well.
    mutating func cancel() { if state != .none { recover() } }

    /// Takes the second that ends at `t`, nil when it was not measured.
    mutating func take(_ second: Second?, at t: Double) {
        guard isWatching == 1 else { return }
        guard t < endsAt else {
            self = FallConfirmation()
            return
        }
        // A clock that is set back must not end an alarm.
        if t < since { (since, closesAt, endsAt) = (t, t + Self.watch, t + Self.longest) }
        if let second, t >= since + Self.settling { count(second) }
        if isWatching == 1, t >= closesAt { close(at: t) }
    }

    private mutating func count(_ second: Second) {
        seen = min(seen + 1, 100)
        if second.isStill { still = min(still + 1, 100) }
        if (1...3).contains(second.rises), (0.06...0.8).contains(second.deviation) {
            walked = min(walked + 1, 100)
            walking = min(walking + 1, 100)
        } else {
            walking = 0
        }
        let tilt = angle(second.direction, SIMD3(beforeX, beforeY, beforeZ))
        upright = tilt < 35 * .pi / 180 ? min(upright + 1, 100) : 0
        let standsAndWalks = isPostureKnown == 1 && upright >= 3 && walked >= 3
        if standsAndWalks || walking >= 8 { recover() }
    }

    private mutating func close(at t: Double) {
        let isLying = isPostureKnown == 0 || upright == 0
        if seen >= 15, 10 * Int(still) >= 7 * Int(seen), isLying { code = State.confirmed.rawValue }
        (seen, still, walked) = (0, 0, 0)
        closesAt = t + Self.watch
    }

    private mutating func recover() {
        code = State.recovered.rawValue
        isWatching = 0
    }
}

extension MotionRing {
    /// The newest second, when that much is known.
    mutating func newestSecond() -> FallConfirmation.Second? {
        guard filled >= 25 else { return nil }
        var direction = SIMD3<Float>.zero
        var sum: Float = 0
        var squares: Float = 0
        var rises = 0
        var last = Float.infinity
        for age in (0..<25).reversed() {
            let a = acceleration(age)
            let m = (a * a).sum().squareRoot()
            direction += a
            sum += m
            squares += m * m
            if last <= FallConfirmation.stepLevel, m > FallConfirmation.stepLevel { rises += 1 }
            last = m
        }
        let mean = sum / 25
        return FallConfirmation.Second(
            direction: direction / 25,
            deviation: max(0, squares / 25 - mean * mean).squareRoot(),
            rises: rises
        )
    }
}
