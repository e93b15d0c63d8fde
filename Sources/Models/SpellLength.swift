import Glibc

/// How long something usually lasts: cycles of a machine, pauses, absences, gaps. The score of a length is
/// how rare one at least as far out is on its side, in nats; it can be asked while the spell still lasts.
///
/// - Works badly: where there are two kinds of spells (a short and a long programme: both are then usual only
///   in the middle), and for lengths that follow the hour (use `Inactivity` or `EventRate`).
/// - Input: seconds that a spell lasted.
/// - Formula: log-logistic survival S(x) = 1/(1 + (x/m)^(1/s)) (S. Bennett, Applied Statistics 32, 1983): m
///   the median and s = MAD/ln 3 of ln x by `RobustScale`, s at least 0.02; surprise −ln(2·min(S, 1 − S)).
///   Its tail is heavier than that of a log-normal distribution, so that an outage twice as long is not ten
///   times as surprising.
/// - Warm-up: 30 spells, or a fifth of the memory.
/// - State: 40 bytes. Cost: about 50 ns.
///
/// ```swift
/// var wash = SpellLength()
/// for i in 0..<60 { wash.learn(3600 + 60 * Double(i * 7 % 11 - 5), at: 0) }
/// wash.usual                                // about 3600 s
/// wash.surprise(lasting: 3600 * 2)          // above 7: not once in a thousand
/// wash.remaining(after: 1800)               // about 1800 s
/// ```
public struct SpellLength: Model {
    public static let version: UInt16 = 1

    private var logarithm: RobustScale

    /// - Parameter memory: how many spells are remembered, 10 to 1 000 000.
    public init(memory: Int = 100) {
        logarithm = RobustScale(memory: memory)
    }

    public var isWarm: Bool { logarithm.isWarm }

    /// The median length in seconds.
    public var usual: Double { exp(logarithm.median) }

    /// How many times the usual length lies `nats` of surprise away from it on either side.
    public func ratio(_ nats: Double) -> Double { exp(spread * Self.deviate(nats)) }

    /// How surprising it is in nats that a spell still lasts after so many seconds: −ln S. 0 until warm.
    public func surprise(lasting seconds: Double) -> Double {
        guard isWarm, seconds > 0 else { return 0 }
        return min(Self.softplus(deviate(seconds)), Score.most)
    }

    /// How far a length is from the usual in standard deviations of the logarithm, π/√3 of its logistic
    /// distribution.
    func sigmas(of seconds: Double) -> Double { deviate(seconds) / (.pi / 3.0.squareRoot()) }

    /// How many seconds a spell that has lasted so long usually goes on, by the median.
    public func remaining(after seconds: Double) -> Double {
        guard seconds > 0 else { return usual }
        // S(total) = S(seconds)/2, solved for the total: with ratio r = (x/m)^(1/s), r' = 1 + 2r.
        let ratio = exp(min(deviate(seconds), 300))
        let total = logarithm.median + spread * log(1 + 2 * ratio)
        return max(0, exp(min(total, 200)) - min(seconds, 1e80))
    }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, x > 0 else { return Score(sigmas: 0, usual: usual, isWarm: isWarm) }
        let z = deviate(x)
        return Score(
            surprise: Self.softplus(abs(z)) - log(2),
            usual: usual,
            direction: z > 0 ? .above : z < 0 ? .below : .usual,
            isWarm: isWarm
        )
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        let ratio = exp(min(spread * Self.deviate(limit), 200))
        return Band(low: usual / ratio, high: usual * ratio)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, x > 0 else { return false }
        return logarithm.learn(log(Self.bounded(x)), at: t)
    }

    /// s of the logistic distribution of ln x: its median absolute deviation is s·ln 3.
    private var spread: Double { max(0.02, logarithm.deviation / 1.4826 / log(3)) }

    private func deviate(_ seconds: Double) -> Double {
        (log(Self.bounded(seconds)) - logarithm.median) / spread
    }

    /// A millisecond is shorter than any spell, 30 000 years longer.
    private static func bounded(_ seconds: Double) -> Double { max(1e-3, min(seconds, 1e12)) }

    /// ln(1 + eᶻ), which is −ln S of a deviate z.
    private static func softplus(_ z: Double) -> Double { z > 30 ? z : log1p(exp(z)) }

    /// The deviate whose two-sided surprise is so many nats: the inverse of softplus(z) − ln 2.
    private static func deviate(_ nats: Double) -> Double {
        let y = max(0, min(nats, Score.most)) + log(2)
        return y > 30 ? y : log(exp(y) - 1)
    }
}
