import Glibc

/// Mean and variance of everything seen so far. The score is the distance from the mean in standard
/// deviations.
///
/// - Works badly: when the level moves (it never forgets: use `FadingMoments`) and with outliers in the past
///   (one of 1e6 among ordinary values blinds it: use `RobustScale`).
/// - Formula: B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
///   Technometrics 4(3), 1962.
/// - Warm-up: 10 values, or as asked for.
/// - State: 32 bytes. Cost: two divisions, about 25 ns.
///
/// ```swift
/// var load = Moments()
/// for value in 1...20 { load.learn(Double(value), at: 0) }
/// load.mean                            // 10.5
/// load.deviation                       // 5.916
/// load.score(34.16, at: 0).surprise    // 4.0
/// ```
public struct Moments: Model {
    public static let version: UInt16 = 1

    public private(set) var mean = 0.0
    private var squares = 0.0
    /// How many values were learned.
    public private(set) var count = 0
    private let warmUp: Int

    /// - Parameter warmUp: how many values must be learned before scores count; at least 2.
    public init(warmUp: Int = 10) {
        self.warmUp = max(2, warmUp)
    }

    public var isWarm: Bool { count >= warmUp }

    /// The sample standard deviation; 0 before the second value.
    public var deviation: Double { count < 2 ? 0 : (squares / Double(count - 1)).squareRoot() }

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
        let value = x.bounded
        count += 1
        let before = value - mean
        mean += before / Double(count)
        squares += before * (value - mean)
        return true
    }
}
