import Glibc

/// How often amounts or lengths of about the same size were seen: 1 to 7 singly, then in half octaves up to 120 and
/// everything above in one. With a fading memory. 64 bytes.
struct LogHistogram: BitwiseCopyable, Sendable {
    private var weights: InlineArray<16, Float>

    /// - Parameter prior: how often each class counts as seen before anything was.
    init(prior: Float = 0) {
        weights = InlineArray(repeating: prior)
    }

    /// Counts `size`, which is 1 or more; what is older than about `memory` others counts half.
    mutating func learn(_ size: Float, memory: Float) {
        weights[Self.place(of: size)] += 1
        guard total > memory else { return }
        for index in 0..<16 { weights[index] *= 0.5 }
    }

    private var total: Float {
        var sum: Float = 0
        for index in 0..<16 { sum += weights[index] }
        return sum
    }

    /// The share of all that lies between two sizes, evenly spread within a class; 0 before anything was seen.
    func share(from low: Float, to high: Float) -> Float {
        guard total > 0 else { return 0 }
        var sum: Float = 0
        for index in 0..<16 {
            let (from, to) = (Self.edge(index), Self.edge(index + 1))
            let overlap = min(high, to) - max(low, from)
            if overlap > 0 { sum += weights[index] * overlap / (to - from) }
        }
        return min(1, sum / total)
    }

    /// How much of the past lies below `size`, in percent; nil before anything was seen.
    func percentile(of size: Float) -> Double? {
        total > 0 ? 100 * Double(share(from: 0, to: max(0.5, size))) : nil
    }

    /// The upper edge of the first class with which at least this share of all is reached; 0 before anything was seen.
    func size(below share: Float) -> Float {
        guard total > 0 else { return 0 }
        var sum: Float = 0
        for index in 0..<16 {
            sum += weights[index]
            if sum >= share * total { return Self.edge(index + 1) }
        }
        return Self.edge(16)
    }

    private static func place(of size: Float) -> Int {
        size < 7.5 ? max(0, Int(size.rounded()) - 1) : min(15, 7 + Int(2 * log2(size / 7.5)))
    }

    /// Where the class of that index begins.
    private static func edge(_ index: Int) -> Float {
        index <= 7 ? Float(index) + 0.5 : 7.5 * exp2(Float(index - 7) / 2)
    }
}
