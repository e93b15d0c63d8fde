import Units

/// How long to wait before the next attempt: doubling, bounded, and different for everyone.
///
/// "Equal jitter": half of the span is fixed and half is drawn, so that a hundred clients of a broker that
/// comes back do not knock together. The generator is seeded by the owner: the same seed waits the same.
struct Backoff {
    var first = Duration.milliseconds(500)
    var longest = Duration.seconds(60)
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(state: seed)
    }

    /// The wait before attempt number `attempt`, counted from 1.
    mutating func delay(before attempt: Int) -> Duration {
        let doublings = min(max(attempt - 1, 0), 20)
        let span = min(first * (1 << doublings), longest)
        let half = span.inMicroseconds / 2
        return .microseconds(half + Int64(random.next() % UInt64(max(half, 1))))
    }
}

/// Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014); enough for jitter.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
