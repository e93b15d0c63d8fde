import Glibc

/// What can be said about the seconds around a possible impact. Magnitudes in g.
struct FallFeatures: BitwiseCopyable, Sendable {
    /// The magnitude at the impact.
    var impact: Float
    /// The least magnitude in the second before: falling freely weighs nothing.
    var lowest: Float
    /// How much the body moved around the impact: mean of |m − 1| within half a second.
    var commotion: Float
    /// The angle between the mean acceleration well before and after, in degrees: lying is not standing.
    var turn: Float
    /// The standard deviation of the magnitude from 1.9 s to 3 s after: who gets up again moves.
    var unrest: Float

    /// How long after the impact all of this is known, in slots (3 s).
    static let delay = 150

    /// From the ring when the impact lies `delay` slots back.
    init(_ ring: inout MotionRing) {
        let at = Self.delay
        let oldest = Int(ring.filled) - 1
        impact = ring.magnitude(at)
        var least = impact
        for age in at...min(oldest, at + 50) { least = min(least, ring.magnitude(age)) }
        lowest = least
        var moved: Float = 0
        let first = min(oldest, at + 25)
        for age in (at - 25)...first { moved += abs(ring.magnitude(age) - 1) }
        commotion = moved / Float(first - at + 26)
        let before = ring.mean(from: min(oldest, at + 60), to: min(oldest, at + 175))
        let after = ring.mean(from: 0, to: at - 40)
        turn = Self.angle(before, after)
        var sum: Float = 0
        var squares: Float = 0
        for age in 0...(at - 95) {
            let m = ring.magnitude(age)
            sum += m
            squares += m * m
        }
        let count = Float(at - 94)
        let mean = sum / count
        unrest = max(0, squares / count - mean * mean).squareRoot()
    }

    private static func angle(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
        let lengths = ((a * a).sum() * (b * b).sum()).squareRoot()
        guard lengths > 1e-6 else { return 0 }
        let cosine = min(1, max(-1, (a * b).sum() / lengths))
        return acos(cosine) * 180 / .pi
    }
}

extension MotionRing {
    /// The mean acceleration between two ages, both included.
    mutating func mean(from youngest: Int, to oldest: Int) -> SIMD3<Float> {
        var sum = SIMD3<Float>()
        for age in youngest...oldest { sum += acceleration(age) }
        return sum / Float(oldest - youngest + 1)
    }
}
