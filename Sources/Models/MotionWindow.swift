import Glibc

/// The seconds around an impact, copied out of the ring once, with the statistics that features are made of.
/// Times are in seconds from the impact, magnitudes in g. Methods that only read are `mutating`, as in the ring.
struct MotionWindow {
    static let rate = Float(MotionRing.rate)

    private var vectors = InlineArray<180, SIMD3<Float>>(repeating: .zero)
    private var magnitudes = InlineArray<180, Float>(repeating: 0)
    private let count: Int
    private let impact: Int

    /// What is known around the impact `age` slots before the newest.
    init(_ ring: inout MotionRing, impactAge age: Int) {
        count = Int(ring.filled)
        impact = count - 1 - age
        for index in 0..<count {
            let a = ring.acceleration(count - 1 - index)
            vectors[index] = a
            magnitudes[index] = (a * a).sum().squareRoot()
        }
    }

    /// The slots between two times, as far as they are known; at least one, the nearest.
    func span(_ from: Float, _ to: Float) -> ClosedRange<Int> {
        let first = min(max(0, impact + Int((from * Self.rate).rounded())), count - 1)
        let last = min(max(first, impact + Int((to * Self.rate).rounded())), count - 1)
        return first...last
    }

    /// The time of a slot.
    func time(_ index: Int) -> Float { Float(index - impact) / Self.rate }

    subscript(_ index: Int) -> Float { mutating get { magnitudes[index] } }

    var peak: Float { mutating get { magnitudes[impact] } }

    mutating func vector(_ span: ClosedRange<Int>) -> SIMD3<Float> {
        var sum = SIMD3<Float>.zero
        for index in span { sum += vectors[index] }
        return sum / Float(span.count)
    }

    /// Mean of a function of the magnitude.
    mutating func mean(_ span: ClosedRange<Int>, _ value: (Float) -> Float = { $0 }) -> Float {
        var sum: Float = 0
        for index in span { sum += value(magnitudes[index]) }
        return sum / Float(span.count)
    }

    mutating func least(_ span: ClosedRange<Int>) -> Float {
        var least = Float.infinity
        for index in span { least = min(least, magnitudes[index]) }
        return least
    }

    mutating func most(_ span: ClosedRange<Int>) -> Float {
        var most: Float = 0
        for index in span { most = max(most, magnitudes[index]) }
        return most
    }

    /// The slot with the least magnitude, the last of equal ones.
    mutating func lowest(_ span: ClosedRange<Int>) -> Int {
        var lowest = span.upperBound
        for index in span where magnitudes[index] < magnitudes[lowest] { lowest = index }
        return lowest
    }

    /// The least mean of `width` slots in a row; the mean of all when there are fewer.
    mutating func leastMean(_ span: ClosedRange<Int>, width: Int) -> Float {
        var least = mean(span)
        for index in span.dropFirst(width - 1) { least = min(least, mean((index - width + 1)...index)) }
        return least
    }

    /// How long the magnitude stays above `level` around the impact, in seconds, at most `seconds` on each side.
    mutating func width(over level: Float, within seconds: Float) -> Float {
        var first = impact
        var last = impact
        let known = span(-seconds, seconds)
        while last < known.upperBound, magnitudes[last + 1] > level { last += 1 }
        while first > known.lowerBound, magnitudes[first - 1] > level { first -= 1 }
        return Float(last - first + 1) / Self.rate
    }

    /// The largest change of the magnitude from slot to slot.
    mutating func jerk(_ span: ClosedRange<Int>) -> Float {
        var most: Float = 0
        for index in span.dropFirst() { most = max(most, abs(magnitudes[index] - magnitudes[index - 1])) }
        return most
    }

    /// Standard deviation of the magnitude.
    mutating func deviation(_ span: ClosedRange<Int>) -> Float {
        let middle = mean(span)
        return mean(span) { ($0 - middle) * ($0 - middle) }.squareRoot()
    }

    /// Standard deviation of the vector: also counts turning.
    mutating func wander(_ span: ClosedRange<Int>) -> Float {
        let middle = vector(span)
        var sum: Float = 0
        for index in span {
            let d = vectors[index] - middle
            sum += (d * d).sum()
        }
        return (sum / Float(span.count)).squareRoot()
    }

    /// How often a second the magnitude rises over `level`.
    mutating func crossings(_ span: ClosedRange<Int>, over level: Float) -> Float {
        var crossings = 0
        for index in span.dropFirst() where magnitudes[index - 1] <= level && magnitudes[index] > level {
            crossings += 1
        }
        return Float(crossings) * Self.rate / Float(span.count)
    }

    /// Mean difference of the magnitude between neighbouring blocks of `width` slots: a Haar wavelet's.
    mutating func haar(_ span: ClosedRange<Int>, width: Int) -> Float {
        var sum: Float = 0
        var blocks = 0
        var start = span.lowerBound
        while start + 2 * width - 1 <= span.upperBound {
            sum += abs(mean(start...(start + width - 1)) - mean((start + width)...(start + 2 * width - 1)))
            blocks += 1
            start += max(1, width / 2)
        }
        return blocks == 0 ? 0 : sum / Float(blocks)
    }

    /// The largest change of the vector from slot to slot.
    mutating func vectorJerk(_ span: ClosedRange<Int>) -> Float {
        var most: Float = 0
        for index in span.dropFirst() {
            let d = vectors[index] - vectors[index - 1]
            most = max(most, (d * d).sum())
        }
        return most.squareRoot()
    }

    /// How fast the direction of gravity turned, in radians a second: over blocks of a fifth of a second.
    mutating func turning(_ span: ClosedRange<Int>) -> Float {
        var sum: Float = 0
        var start = span.lowerBound
        while start + 9 <= span.upperBound {
            sum += angle(vector(start...(start + 4)), vector((start + 5)...(start + 9)))
            start += 5
        }
        return sum * Self.rate / Float(span.count)
    }

    /// The longest time without movement, as a share of the whole.
    mutating func longestCalm(_ span: ClosedRange<Int>) -> Float {
        var run = 0
        var longest = 0
        for index in span {
            run = abs(magnitudes[index] - 1) < 0.15 ? run + 1 : 0
            longest = max(longest, run)
        }
        return Float(longest) / Float(span.count)
    }

    /// The speed gained against gravity's usual direction, in metres a second: along it, and across.
    mutating func speed(_ span: ClosedRange<Int>, upright: SIMD3<Float>) -> (down: Float, across: Float) {
        let length = (upright * upright).sum().squareRoot()
        guard length > 0.1 else { return (0, 0) }
        let axis = upright / length
        var sum = SIMD3<Float>.zero
        for index in span { sum += vectors[index] - axis }
        sum *= 9.81 / Self.rate
        let along = (sum * axis).sum()
        let rest = sum - axis * along
        return (-along, (rest * rest).sum().squareRoot())
    }

    /// How much the magnitude repeats itself after 0.3 to 1.2 s: the rhythm of steps, 0 to 1.
    mutating func rhythm(_ span: ClosedRange<Int>) -> Float {
        let middle = mean(span)
        var variance: Float = 0
        for index in span { variance += (magnitudes[index] - middle) * (magnitudes[index] - middle) }
        guard variance > 1e-4, span.count > 40 else { return 0 }
        var best: Float = 0
        for lag in stride(from: 8, through: 30, by: 1) {
            var sum: Float = 0
            for index in span where index + lag <= span.upperBound {
                sum += (magnitudes[index] - middle) * (magnitudes[index + lag] - middle)
            }
            best = max(best, sum / variance * Float(span.count) / Float(span.count - lag))
        }
        return min(1, best)
    }
}

/// The angle between two directions in radians; 0 when one of them has none.
func angle(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
    let lengths = ((a * a).sum() * (b * b).sum()).squareRoot()
    guard lengths > 1e-6 else { return 0 }
    return acos(min(1, max(-1, (a * b).sum() / lengths)))
}
