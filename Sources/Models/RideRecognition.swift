import Glibc

/// Recognises the rides of a lift in the acceleration of its cabin: when, up or down, how long, how far, how smooth.
///
/// For a sensor that is retrofitted to a lift whose controller says nothing: the rides feed `Standstill` and
/// `TripCounts`, their vibration `DirectionalDrift`. A ride is a push, and a push the other way that takes its speed
/// off again; which way the first one went is the direction. The sensor may be mounted in any position.
///
/// - Works badly: in a hand or a bag (what shakes is left out), below 10 samples a second, and for lifts that start
///   more softly than 0.2 m/s².
/// - Formula: gravity g is a fading mean (5 s) of the samples at rest; the vertical part u of the rest is low-passed
///   (0.25 s). |u| > 0.2 m/s² for 0.5 s begins a ride, the same with the other sign is its braking, |u| < 0.12 for
///   0.4 s after that its end. Speed is ∫u; travel is ∫speed less half of the time
///   times the speed left at the end, which is none. It is a ride when it took 2 to 180 s, went half a metre
///   or more, and ends with less than 0.4 of its greatest speed. Vibration is the root mean square of what is left of
///   the samples without g and u at even speed, 0 where there was none. A sample 3 m/s² off gravity is a hand, and nothing counts until 1 s of rest.
/// - Figures: a recorded ride in a skyscraper (telephone on the floor, 50 samples a second) is found as one ride up of
///   24 s, and the hands before and after it are none.
/// - Warm-up: 1 s of rest. State: 184 bytes.
///
/// ```swift
/// var cabin = RideRecognition()
/// for index in 0..<2000 {                                             // 50 samples a second
///     let second = Double(index) / 50
///     let push = (10..<12).contains(second) ? 0.8 : (20..<22).contains(second) ? -0.8 : 0
///     cabin.learn(x: 0, y: 0, z: 9.81 + push, at: second)
/// }
/// cabin.rides                 // 1
/// cabin.ride.direction        // up
/// cabin.ride.travel           // about 16 metres in 12 seconds
/// ```
public struct RideRecognition: Remembered {
    public static let version: UInt16 = 1

    /// One ride from standstill to standstill.
    public struct Ride: Hashable, BitwiseCopyable, Sendable {
        /// In seconds since 1970, as the samples.
        public internal(set) var start = 0.0
        /// In seconds.
        public internal(set) var duration = 0.0
        /// In metres.
        public internal(set) var travel = 0.0
        /// In metres a second.
        public internal(set) var peakSpeed = 0.0
        /// Root mean square in metres a second squared, at even speed; 0 for a ride without.
        public internal(set) var vibration = 0.0
        // A whole word, so that there is no padding.
        var isUp: UInt64 = 0

        public var direction: RideDirection { isUp == 1 ? .up : .down }
    }

    private enum Phase: UInt64 {
        /// Not at rest for long enough to know what gravity is.
        case unsettled
        case resting, riding, braking
    }

    /// The last one; meaningless before the first.
    public private(set) var ride = Ride()
    /// Rides recognised so far.
    public private(set) var rides = 0
    private var gravity = InlineArray<3, Double>(repeating: 0)
    private var last = -1e12
    /// Vertical acceleration without gravity, low-passed.
    private var push = 0.0
    /// Since when the push has been where it is: nowhere, up or down.
    private var levelSince = 0.0
    private var level = 0.0
    /// 1 for a ride up, −1 for one down.
    private var way = 0.0
    private var start = 0.0
    private var speed = 0.0
    private var peak = 0.0
    private var travel = 0.0
    private var squares = 0.0
    private var samples = 0.0
    private var code: UInt64 = 0
    private var settled: UInt64 = 0

    private static let threshold = 0.2
    private static let calm = 0.12
    private static let hand = 3.0
    private static let longestGap = 0.5
    private static let longest = 180.0

    public init() {}

    public var isWarm: Bool { settled == 1 }

    private var phase: Phase {
        get { Phase(rawValue: code) ?? .unsettled }
        set { code = newValue.rawValue }
    }

    /// Takes one sample in m/s². True when a ride has just ended: `ride` holds it.
    @discardableResult
    public mutating func learn(x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard x.isFinite, y.isFinite, z.isFinite, t.isMoment else { return false }
        let isFollowing = t > last && t - last <= Self.longestGap
        guard t > last || t.isClockSetBack(from: last) else { return false }
        let step = isFollowing ? t - last : 0
        last = t
        guard isFollowing else {
            unsettle(x, y, z, at: t)
            return false
        }
        let norm = (gravity[0] * gravity[0] + gravity[1] * gravity[1] + gravity[2] * gravity[2]).squareRoot()
        let off = (x - gravity[0], y - gravity[1], z - gravity[2])
        let distance = off.0 * off.0 + off.1 * off.1 + off.2 * off.2
        guard norm > 1, distance < Self.hand * Self.hand else {
            unsettle(x, y, z, at: t)
            return false
        }
        let vertical = (off.0 * gravity[0] + off.1 * gravity[1] + off.2 * gravity[2]) / norm
        push += min(1, step / 0.25) * (vertical - push)
        let present =
            push > Self.threshold ? 1 : push < -Self.threshold ? -1 : abs(push) < Self.calm ? 0 : level
        if present != level {
            level = present
            levelSince = t
        }
        follow(off, vertical: vertical, step: step, at: t)
        return decide(at: t)
    }

    /// Begins anew: what gravity is must be seen again.
    private mutating func unsettle(_ x: Double, _ y: Double, _ z: Double, at t: Double) {
        // Of a sample like 1e100 nothing sensible can be taken for gravity.
        gravity[0] = x.clamped(to: 1e3)
        gravity[1] = y.clamped(to: 1e3)
        gravity[2] = z.clamped(to: 1e3)
        push = 0
        level = 0
        levelSince = t
        phase = .unsettled
    }

    private mutating func follow(
        _ off: (Double, Double, Double),
        vertical: Double,
        step: Double,
        at t: Double
    ) {
        guard phase == .riding || phase == .braking || level != 0 else {
            let rate = min(1, step / (phase == .unsettled ? 0.5 : 5))
            gravity[0] += rate * off.0
            gravity[1] += rate * off.1
            gravity[2] += rate * off.2
            return
        }
        if phase == .resting, levelSince == t {
            start = t
            speed = 0
            peak = 0
            travel = 0
            squares = 0
            samples = 0
        }
        speed += push * step
        peak = max(peak, abs(speed))
        travel += speed * step
        // While it speeds up or brakes, how hard it is pushed is not how it shakes.
        guard level == 0, t - levelSince >= 0.5 else { return }
        let across = off.0 * off.0 + off.1 * off.1 + off.2 * off.2 - vertical * vertical
        squares += max(0, across) + (vertical - push) * (vertical - push)
        samples += 1
    }

    private mutating func decide(at t: Double) -> Bool {
        let lasted = t - levelSince
        switch phase {
        case .unsettled:
            if level != 0 {
                unsettle(gravity[0], gravity[1], gravity[2], at: t)
            } else if lasted >= 1 {
                phase = .resting
                settled = 1
            }
        case .resting:
            if level != 0, lasted >= 0.5 {
                phase = .riding
                way = level
            }
        case .riding, .braking:
            if level == -way, lasted >= 0.5 { phase = .braking }
            if phase == .braking, level == 0, lasted >= 0.4 { return end(at: levelSince) }
            if t - start > Self.longest { unsettle(gravity[0], gravity[1], gravity[2], at: t) }
        }
        return false
    }

    private mutating func end(at t: Double) -> Bool {
        // It stands still now, so what is left of the speed grew from an error of gravity's, as time did.
        let travelled = abs(travel - speed * (t - start) / 2)
        guard t - start >= 2, travelled >= 0.5, abs(speed) < 0.4 * peak else {
            unsettle(gravity[0], gravity[1], gravity[2], at: t)
            return false
        }
        phase = .resting
        rides = min(rides + 1, 1 << 40)
        ride.start = start
        ride.duration = t - start
        ride.travel = travelled
        ride.peakSpeed = peak
        ride.vibration = (squares / max(1, samples)).squareRoot()
        ride.isUp = way > 0 ? 1 : 0
        return true
    }
}
