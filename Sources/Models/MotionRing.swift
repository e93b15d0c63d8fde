/// The last six and a half seconds of acceleration on a steady grid of 50 a second, whatever the rate of the
/// sensor: faster samples are averaged, between slower ones the last value is held.
///
/// 1 992 bytes. The age of the newest slot is 0, that of the one before 1. Methods that only read are
/// `mutating` all the same: for others the compiler copies the whole ring at each call, five times the cost.
struct MotionRing: BitwiseCopyable, Sendable {
    static let rate = 50.0
    static let capacity = 325
    /// Samples further apart than this (in slots, a quarter of a second) do not belong to one movement.
    private static let longestHold = 13.0

    /// Slots that must be known before an impact (1.5 s).
    static let before = 75
    /// An impact is the largest magnitude within this many slots on both sides (1 s), above `leastImpact` g.
    private static let neighbours = 50
    private static let leastImpact: Float = 1.6

    private var slots = InlineArray<975, Int16>(repeating: 0)
    private var next: Int16 = 0
    private var origin = 0.0
    private var slot = -1.0
    private var sumX: Float = 0
    private var sumY: Float = 0
    private var sumZ: Float = 0
    private var samples: Int32 = 0
    /// 1 while the sums are those of an earlier slot.
    private var isHeld: Int32 = 0
    /// How many slots hold something.
    private(set) var filled: Int32 = 0

    /// When the newest complete slot was measured, in seconds.
    var newest: Double { origin + (slot - 0.5) / Self.rate }

    /// Gets ready for a sample at `t`: starts anew after a gap or a clock set back. False when the sample is
    /// late by less than that and cannot be used.
    mutating func accepts(_ t: Double) -> Bool {
        let present = place(of: t)
        if slot < 0 || present > slot + Self.longestHold || present < slot - Self.rate {
            self = MotionRing()
            origin = t
            slot = 0
            return true
        }
        return present >= slot
    }

    /// Completes one slot that ended before `t`, if there is one. A slot without a sample holds the last.
    mutating func completeSlot(before t: Double) -> Bool {
        guard place(of: t) > slot else { return false }
        let share = 1 / Float(max(1, samples))
        let base = Int(next) * 3
        slots[base] = Int16(clamping: Int(sumX * share))
        slots[base + 1] = Int16(clamping: Int(sumY * share))
        slots[base + 2] = Int16(clamping: Int(sumZ * share))
        next = (next + 1) % Int16(Self.capacity)
        filled = min(filled + 1, Int32(Self.capacity))
        slot += 1
        isHeld = 1
        return true
    }

    /// Adds a sample in milli-g to the slot that is open.
    mutating func add(_ x: Double, _ y: Double, _ z: Double) {
        if isHeld == 1 {
            isHeld = 0
            samples = 0
            sumX = 0
            sumY = 0
            sumZ = 0
        }
        sumX += Float(x.clamped(to: 32_000))
        sumY += Float(y.clamped(to: 32_000))
        sumZ += Float(z.clamped(to: 32_000))
        samples = min(samples + 1, 10_000)
    }

    private func place(of t: Double) -> Double { ((t - origin) * Self.rate).rounded(.down) }

    /// Whether the slot `age` slots before the newest was an impact.
    mutating func hasImpact(_ age: Int) -> Bool {
        guard Int(filled) > age + Self.before else { return false }
        let m = magnitude(age)
        guard m > Self.leastImpact else { return false }
        for distance in 1...Self.neighbours {
            // Of two equal ones the first counts.
            let younger = magnitude(age - distance)
            let older = magnitude(age + distance)
            if younger > m || older >= m { return false }
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
