/// A running median and median absolute deviation that single wild values do not move. The score is the
/// distance from the median in robust standard deviations (1.4826 × the median absolute deviation).
///
/// - Works badly: when the first eight values contain an outlier (slow to recover), and where more than half
///   of the values are exactly equal (the deviation shrinks to nothing, and every other value stands out).
/// - Formula: stochastic approximation of quantiles, "frugal streaming" (Ma, Muthukrishnan, Sandler 2013)
///   with steps that scale: a = max(1/n, 1/memory), s = fading mean of |x − median| clipped at five times
///   itself; median ± 1.5·a·s, deviation ± 1.5·a·s.
/// - Warm-up: a fifth of the memory, at least 30 values.
/// - State: 40 bytes. Cost: about 20 ns.
///
/// ```swift
/// var level = RobustScale(memory: 500)
/// for i in 0..<5000 { level.learn(Double(i % 11), at: 0) }     // 0 … 10
/// level.learn(1e9, at: 0)
/// level.median                            // close to 5
/// level.score(25, at: 0).surprise         // close to 5
/// ```
public struct RobustScale: Model {
    public static let version: UInt16 = 1

    public private(set) var median = 0.0
    private var absoluteDeviation = 0.0
    private var step = 0.0
    private let slowest: Double
    private var count: Int32 = 0
    private let warmUp: Int32

    /// Values from which the first step size is taken as it is.
    private static let trusting: Int32 = 8

    /// - Parameter memory: how many values are remembered, 10 to 1 000 000.
    public init(memory: Int) {
        let values = min(max(10, memory), 1_000_000)
        slowest = 1 / Double(values)
        warmUp = Int32(max(30, values / 5))
    }

    public var isWarm: Bool { count >= warmUp }

    /// The standard deviation of a normal distribution with this median absolute deviation.
    public var deviation: Double { 1.4826 * absoluteDeviation }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite else { return Score(sigmas: 0, usual: median, isWarm: isWarm) }
        let sigmas = x.bounded.sigmas(from: median, spread: deviation)
        return Score(sigmas: sigmas, usual: median, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        Band(around: median, spread: deviation, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite else { return false }
        let value = x.bounded
        if count < Int32.max { count += 1 }
        if count == 1 { median = value }
        let rate = max(1 / Double(count), slowest)
        let distance = abs(value - median)
        // The least step lets a series that was constant for long start to move again.
        let least = abs(median) * 1e-3 + 1e-9
        let clip = count <= Self.trusting ? distance : min(distance, 5 * step + least)
        step += rate * (clip - step)
        let stride = 1.5 * rate * max(step, least)
        median += min(stride, distance) * (value < median ? -1 : 1)
        let lack = distance - absoluteDeviation
        absoluteDeviation = max(0, absoluteDeviation + min(stride, abs(lack)) * (lack < 0 ? -1 : 1))
        return true
    }
}
