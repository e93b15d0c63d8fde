/// The last seven seconds of acceleration on a steady grid of 25 a second, whatever the rate of the sensor:
/// faster samples are averaged, between slower ones lies a straight line. A finer grid found no more falls, but
/// made the same fall look another at each rate.
///
/// 1 132 bytes. The age of the newest slot is 0, that of the one before 1. Methods that only read are
/// `mutating` all the same: for others the compiler copies the whole ring at each call, five times the cost.
struct MotionRing: BitwiseCopyable, Sendable {
    static let rate = 25.0
    static let capacity = 180
    /// Samples further apart than this (in slots, a quarter of a second) do not belong to one movement.
    private static let longestStep = 6.0
    /// Where in a slot the first sample lies. The samples of a sensor with 50, 100 or 200 a second are then never
    /// on the border of a slot, where the rounding of their times would decide.
    private static let phase = 0.3

    /// An impact is the largest magnitude within this many slots on both sides (1 s).
    static let neighbours = 25
    /// The least magnitude of an impact, in g.
    static let leastImpact: Float = 1.5
    /// Slots that must be known before an impact (half a second).
    private static let before = 12

    private var slots = InlineArray<540, Int16>(repeating: 0)
    private var origin = 0.0
    private var slot = -1.0
    private var sumX: Float = 0
    private var sumY: Float = 0
    private var sumZ: Float = 0
    private var lastX: Float = 0
    private var lastY: Float = 0
    private var lastZ: Float = 0
    private var samples: Int32 = 0
    private var next: Int32 = 0
    /// How many slots hold something.
    private(set) var filled: Int32 = 0

    /// What a sample's time means for what is known.
    enum Arrival {
        case goesOn
        /// Older than what was taken already.
        case late
        /// After a gap, or the clock was set back: it does not belong together with what is known.
        case anew
    }

    func arrival(at t: Double) -> Arrival {
        let present = place(of: t)
        if slot < 0 || present > slot + Self.longestStep || present < slot - Self.rate { return .anew }
        return present < slot ? .late : .goesOn
    }

    /// Forgets everything and waits for a sample at `t`.
    mutating func start(at t: Double) {
        self = MotionRing()
        origin = t - Self.phase / Self.rate
        slot = 0
    }

    /// When the slot of an age was measured, in seconds.
    func time(ofAge age: Int) -> Double { origin + (slot - 0.5 - Double(age)) / Self.rate }

    /// Completes one slot that ended before `t`, if there is one. One without a sample lies on the line to
    /// `sample`, which was measured at `t`.
    mutating func completeSlot(before t: Double, towards sample: SIMD3<Float>) -> Bool {
        let steps = place(of: t) - slot
        guard steps > 0 else { return false }
        var value = SIMD3(lastX, lastY, lastZ)
        if samples > 0 {
            value = SIMD3(sumX, sumY, sumZ) / Float(samples)
            samples = 0
        } else {
            value += (sample - value) / Float(steps + 1)
        }
        (lastX, lastY, lastZ) = (value.x, value.y, value.z)
        let base = Int(next) * 3
        slots[base] = Int16(value.x)
        slots[base + 1] = Int16(value.y)
        slots[base + 2] = Int16(value.z)
        next = next + 1 == Int32(Self.capacity) ? 0 : next + 1
        filled = min(filled + 1, Int32(Self.capacity))
        slot += 1
        return true
    }

    /// Adds a sample in milli-g to the slot that is open; within ±32 000 on each axis.
    mutating func add(_ sample: SIMD3<Float>) {
        if samples == 0 { (sumX, sumY, sumZ) = (0, 0, 0) }
        // A slot is never this full at 20 to 200 a second.
        guard samples < 1000 else { return }
        sumX += sample.x
        sumY += sample.y
        sumZ += sample.z
        samples += 1
    }

    private func place(of t: Double) -> Double { ((t - origin) * Self.rate).rounded(.down) }

    /// Whether the slot `age` slots before the newest was an impact. Neighbours that are not known count as less.
    mutating func hasImpact(_ age: Int) -> Bool {
        guard Int(filled) > age + Self.before else { return false }
        let m = magnitude(age)
        guard m > Self.leastImpact else { return false }
        for distance in 1...Self.neighbours {
            // Of two equal ones the first counts.
            if distance <= age, magnitude(age - distance) > m { return false }
            if age + distance < Int(filled), magnitude(age + distance) >= m { return false }
        }
        return true
    }

    /// Acceleration in g, `age` slots before the newest.
    mutating func acceleration(_ age: Int) -> SIMD3<Float> {
        var place = Int(next) - 1 - age
        if place < 0 { place += Self.capacity }
        place *= 3
        return SIMD3(Float(slots[place]), Float(slots[place + 1]), Float(slots[place + 2])) * 0.001
    }

    /// The magnitude in g, `age` slots before the newest.
    mutating func magnitude(_ age: Int) -> Float {
        let a = acceleration(age)
        return (a * a).sum().squareRoot()
    }
}
