/// How long something has been learning, and how far apart values usually come.
struct Lifetime: BitwiseCopyable, Sendable {
    private var last = 0.0
    /// Seconds with values: a gap counts a week at most, a clock that goes back nothing.
    private(set) var length = 0.0
    /// The usual distance of two values, in seconds; 0 before the second.
    private(set) var step: Float = 0
    private var count: UInt32 = 0

    private static let longest = 7 * 86_400.0
    private static let slowest: Float = 0.02

    /// - Returns: the seconds since the value before; 0 for the first, and when time went back.
    mutating func advance(to t: Double) -> Double {
        if count < .max { count += 1 }
        guard count > 1, t > last else {
            if count == 1 || t.isClockSetBack(from: last) { last = t }
            return 0
        }
        let gap = t - last
        last = t
        length = min(length + min(gap, Self.longest), 1e10)
        let usual = count > 6 ? min(Float(gap), 4 * step) : Float(min(gap, Self.longest))
        step += max(1 / Float(count - 1), Self.slowest) * (usual - step)
        return gap
    }
}
