import Glibc

/// The median of a value and how far it usually strays from it upwards and downwards, which for a pulse is
/// not the same. Steps of bounded size, as in `RobustScale`, so that wild values do not move it. 56 bytes.
struct OwnRange: BitwiseCopyable, Sendable {
    private(set) var median = 0.0
    private var upward = 0.0
    private var downward = 0.0
    private var step = 0.0
    private(set) var count = 0.0
    private let memory: Double
    /// The least deviation that there can be, in the unit of the input.
    private let least: Double

    init(memory: Int, least: Double) {
        self.memory = Double(min(max(10, memory), 1_000_000))
        self.least = max(1e-9, least.bounded)
    }

    /// Robust standard deviations above (positive) or below the median: 1.4826 × the median deviation of that
    /// side.
    func sigmas(of x: Double) -> Double {
        let spread = x > median ? above : below
        return ((x.bounded - median) / spread).clamped(to: Score.most)
    }

    var above: Double { max(least, 1.4826 * upward) }
    var below: Double { max(least, 1.4826 * downward) }

    mutating func learn(_ x: Double) {
        let value = x.bounded
        count = min(count + 1, 1e9)
        if count == 1 { median = value }
        let rate = max(1 / count, 1 / memory)
        let distance = abs(value - median)
        let clip = count <= 8 ? distance : min(distance, 5 * step + least)
        step += rate * (clip - step)
        let stride = 1.5 * rate * max(step, least)
        if value > median {
            upward = Self.toward(distance, from: upward, by: 2 * stride)
        } else {
            downward = Self.toward(distance, from: downward, by: 2 * stride)
        }
        median += min(stride, distance) * (value < median ? -1 : 1)
    }

    private static func toward(_ goal: Double, from value: Double, by stride: Double) -> Double {
        max(0, value + min(stride, abs(goal - value)) * (goal < value ? -1 : 1))
    }
}
