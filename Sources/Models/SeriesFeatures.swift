/// Eight numbers that say what a series is doing, each found in a few steps from what was kept of it: the value, its
/// distance from the hour's mean, the shift of its level, how often it is high, its standing among the hour's values
/// for a moment and for longer, and two sums that grow while it stays high or low. 544 bytes.
public struct SeriesFeatures: BitwiseCopyable, Sendable {
    /// The features of one value.
    public struct Values {
        public let value: Float
        /// Distance from the mean of the hour.
        public let fromHour: Float
        /// Mean of the last 24 values less that of the 24 before; 0 until there are as many.
        public let shift: Float
        /// How many of the last 24 lie above the 95 % quantile.
        public let highs: Float
        /// Mean of the last 3, and of the last 12, distances from the hour in spreads of that hour.
        public let standing: Float
        public let longStanding: Float
        /// Page's CUSUMs.
        public let rise: Float
        public let fall: Float
        fileprivate let hour: Int
        fileprivate let bits: UInt32
        /// Distance from the hour in spreads of that hour.
        public let sigmas: Float
    }

    private(set) var profile = HourProfile()
    private var newer = Recent<24>()
    private var older = Recent<24>()
    private var standings = Recent<12>()
    /// One bit for each of the last values: whether it was high.
    private var highs: UInt32 = 0
    /// Mean distance from the mean, and the 95 % quantile.
    private var spread: Float = 0
    private var quantile: Float = 0
    private var level: Float = 0
    private var levelSpread: Float = 0
    private var rise: Float = 0
    private var fall: Float = 0

    /// Differences up to this mean nothing.
    let negligible: Float

    public init(negligible: Float = 0) {
        self.negligible = min(max(0, negligible), PastRecord.largest)
    }

    private static let slowest: Float = 0.001
    private static let slowestLevel: Float = 0.002
    private static let rank: Float = 0.95
    private static let windowBits: UInt32 = 0xFF_FFFF
    private static let mostSigmas: Float = 100
    private static let youngSpread: UInt32 = 24
    private static let slack: Float = 1
    private static let clip: Float = 8
    private static let mostDrift: Float = 50

    /// - Parameter count: how many values were learned.
    @inline(__always)
    public func values(of x: Float, at t: Double, count: UInt32) -> Values {
        let hour = HourProfile.hour(of: t)
        let fromHour = x - profile.usual(at: hour)
        let distance = min(
            max(fromHour / max(profile.spread(at: hour), negligible), -Self.mostSigmas),
            Self.mostSigmas
        )
        // The first spreads are next to nothing, and would make all later distances look small.
        let sigmas = count < Self.youngSpread ? 0 : distance
        let shift = older.isFull ? newer.mean(with: x) - older.mean(with: newer.oldest) : 0
        let bits = (highs << 1 | (x > quantile + negligible ? 1 : 0)) & Self.windowBits
        let sway = min(max((x - level) / max(levelSpread, negligible + 1e-9), -Self.clip), Self.clip)
        return Values(
            value: x,
            fromHour: fromHour,
            shift: shift,
            highs: Float(bits.nonzeroBitCount),
            standing: (sigmas + standings[back: 1] + standings[back: 2]) / 3,
            longStanding: standings.mean(with: sigmas),
            rise: max(0, rise + sway - Self.slack),
            fall: max(0, fall - sway - Self.slack),
            hour: hour,
            bits: bits,
            sigmas: sigmas
        )
    }

    /// - Parameters:
    ///   - values: those of the value to learn.
    ///   - count: the number of this value, from 1.
    ///   - step: how many seconds values usually are apart.
    public mutating func learn(_ values: Values, count: UInt32, step: Float) {
        let x = values.value
        if count == 1 { (quantile, level) = (x, x) }
        let rate = max(1 / Float(count), Self.slowest)
        spread += rate * (abs(x - (count == 1 ? x : profile.mean)) - spread)
        quantile += 3 * rate * spread * (x > quantile ? Self.rank : Self.rank - 1)
        profile.learn(x, at: values.hour, rate: rate, step: step)
        let levelRate = max(1 / Float(count), Self.slowestLevel)
        levelSpread += levelRate * (abs(x - level) - levelSpread)
        level += levelRate * (x - level)
        if newer.isFull { older.append(newer.oldest) }
        newer.append(x)
        standings.append(values.sigmas)
        highs = values.bits
        rise = min(values.rise, Self.mostDrift)
        fall = min(values.fall, Self.mostDrift)
    }

    /// After a gap the last values say nothing about the next.
    public mutating func forgetRecent() {
        newer.clear()
        older.clear()
        standings.clear()
        highs = 0
        rise = 0
        fall = 0
    }
}
