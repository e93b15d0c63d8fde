import Glibc

/// Mean and variance that forget: the last `memory` values weigh most. The score is the distance from the
/// mean in standard deviations.
///
/// - Works badly: with heavy tails (each outlier widens the spread for one memory) and when values come in
///   very uneven rhythm, since it forgets by count and not by time.
/// - Formula: with a = max(1/n, 1/memory) and d = x − mean: mean += a·d; variance = (1 − a)(variance + a·d²).
///   T. Finch, "Incremental calculation of weighted mean and variance", University of Cambridge, 2009.
/// - Warm-up: a fifth of the memory, at least 10 values.
/// - State: 32 bytes. Cost: a few nanoseconds.
///
/// ```swift
/// var pressure = FadingMoments(memory: 100)
/// for _ in 0..<500 { pressure.learn(2.0, at: 0); pressure.learn(4.0, at: 0) }
/// pressure.deviation                       // 1.0
/// pressure.score(9, at: 0).surprise        // 6.0
/// ```
public struct FadingMoments: Model {
    public static let version: UInt16 = 1

    public private(set) var mean = 0.0
    private var variance = 0.0
    private let slowest: Double
    private var count: Int32 = 0
    private let warmUp: Int32

    /// - Parameter memory: how many values are remembered, 2 to 1 000 000.
    public init(memory: Int) {
        let values = min(max(2, memory), 1_000_000)
        slowest = 1 / Double(values)
        warmUp = Int32(max(10, values / 5))
    }

    public var isWarm: Bool { count >= warmUp }

    public var deviation: Double { variance.squareRoot() }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite else { return Score(sigmas: 0, usual: mean, isWarm: isWarm) }
        let sigmas = x.bounded.sigmas(from: mean, spread: deviation)
        return Score(sigmas: sigmas, usual: mean, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        Band(around: mean, spread: deviation, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite else { return false }
        if count < Int32.max { count += 1 }
        let rate = max(1 / Double(count), slowest)
        let distance = x.bounded - mean
        mean += rate * distance
        variance = (1 - rate) * (variance + rate * distance * distance)
        return true
    }
}
