import Glibc

/// What a number has been in the whole of its past, kept as a histogram whose bins grow with it; says how rare a
/// value is on one side.
///
/// The surprise of a value is conformal: it needs no distribution, only the rank of the value in its own past.
/// With c of n past values at least as high (in whole bins, a hundredth of the range forgiven), it is
/// 1 − ln(c + 1) / ln(n + 1000): 0 for the most ordinary, 1 for what was never seen. The division makes alarms rarer
/// as a past grows longer; the thousand keep a young past from being believed to be complete. Beyond everything seen
/// ¼·ln(1 + 2·excess/(most − median)) is added.
///
/// Formula: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World", 2005, for conformal
/// prediction; the scale by ln n was found on the Numenta Anomaly Benchmark. The median is frugal (Ma, Muthukrishnan,
/// Sandler 2013).
///
/// State: 280 bytes. Cost: eight records, asked ten times and taught, are most of the 0.5 µs of `OwnPast`.
public struct PastRecord: BitwiseCopyable, Sendable {
    private static let groups = 14
    private static let groupSize = 8
    private static let bins = groups * groupSize

    private var fine = InlineArray<112, UInt16>(repeating: 0)
    /// The sums of eight bins each, so that a rank takes 22 additions and not 112.
    private var coarse = InlineArray<14, UInt16>(repeating: 0)
    /// How many values the histogram holds; halved with it before a counter could run over.
    public private(set) var count: UInt32 = 0
    private var low: Float = 0
    /// Bins per unit; 0 until two values differ.
    private var density: Float = 0
    private var least: Float = 0
    private var most: Float = 0
    private var middle: Float = 0
    private var spread: Float = 0

    private static let forgiven: Float = 0.01
    private static let young: Float = 1000
    /// About as many values as a histogram holds on average once it has been halved.
    private static let most: UInt32 = 50_000
    /// How many times its range a value may lie outside to be learned as it is.
    private static let mostGrowth: Float = 4
    /// What a frugal median needs at least.
    private static let slowest: Float = 0.001
    /// Values are kept within this, so that differences and squares stay finite.
    public static let largest: Float = 1e15

    public init() {}

    /// What a surprise is measured with; the same for all records of one unit, so it is made once a value.
    public struct Yardstick {
        /// Differences up to this mean nothing.
        let negligible: Float
        /// A thousandth of the level, or about: what an excess over a constant past is compared with.
        let tiny: Float
        let perLog: Float

        public init(after count: UInt32, negligible: Float, tiny: Float) {
            self.negligible = negligible
            self.tiny = tiny + 1e-9
            perLog = 1 / log(Float(min(count, PastRecord.most)) + 2 + young)
        }
    }

    public func surprise(above x: Float, by yard: Yardstick) -> Float {
        let edge = x - max(Self.forgiven * (most - least), yard.negligible)
        return Self.surprise(atLeast(edge), x - most, compared: most - middle, yard)
    }

    public func surprise(below x: Float, by yard: Yardstick) -> Float {
        let edge = x + max(Self.forgiven * (most - least), yard.negligible)
        return Self.surprise(atMost(edge), least - x, compared: middle - least, yard)
    }

    private static func surprise(
        _ rank: UInt32,
        _ over: Float,
        compared usual: Float,
        _ yard: Yardstick
    ) -> Float {
        let excess = over - yard.negligible
        // A young median may lie outside of all that was seen.
        let beyond = excess > 0 ? 0.25 * log(1 + 2 * excess / (max(0, usual) + yard.tiny)) : 0
        return max(0, 1 - log(Float(rank) + 1) * yard.perLog + beyond)
    }

    /// How much of the past lies below `x`, 0 to 1; half of what is equal counts.
    func share(below x: Float) -> Float {
        guard count > 0 else { return 0.5 }
        let below = Float(count - atLeast(x)) + Float(atMost(x))
        return below / (2 * Float(count))
    }

    /// - Parameter x: a number within ±`largest`.
    public mutating func learn(_ x: Float) {
        if count == UInt32(UInt16.max) { halve() }
        let x = clipped(x)
        count += 1
        if count == 1 {
            (least, most, middle, low) = (x, x, x, x)
        }
        least = min(least, x)
        most = max(most, x)
        let rate = max(1 / Float(count), Self.slowest)
        spread += rate * (abs(x - middle) - spread)
        let stride = 3 * rate * spread
        middle += x > middle ? stride : x < middle ? -stride : 0
        if density == 0 {
            guard most > least else { return }
            begin()
        } else {
            while x < low { widen(downwards: true) }
            while (x - low) * density >= Float(Self.bins) { widen(downwards: false) }
        }
        let bin = bin(of: x)
        fine[bin] += 1
        coarse[bin / Self.groupSize] += 1
    }

    /// One wild value must not make the bins so wide that nothing is told apart any more.
    func clipped(_ x: Float) -> Float {
        guard density > 0 else { return x }
        let reach = Self.mostGrowth * (most - least)
        return min(max(x, least - reach), most + reach)
    }

    // MARK: - The histogram

    private func bin(of x: Float) -> Int {
        Int(min(max(0, (x - low) * density), Float(Self.bins - 1)))
    }

    /// How many values lie in the bins from that of the edge on.
    @inline(__always)
    private func atLeast(_ edge: Float) -> UInt32 {
        if edge <= least { return count }
        return edge <= most && density > 0 ? count - held(before: bin(of: edge)) : 0
    }

    @inline(__always)
    private func atMost(_ edge: Float) -> UInt32 {
        if edge >= most { return count }
        return edge >= least && density > 0 ? held(before: bin(of: edge) + 1) : 0
    }

    /// How many values lie in the bins before this one. Inlined, or the record would be copied for each call.
    @inline(__always)
    private func held(before bin: Int) -> UInt32 {
        let group = bin / Self.groupSize
        var sum: UInt32 = 0
        for index in 0..<Self.groups { sum &+= index < group ? UInt32(coarse[index]) : 0 }
        let first = min(group, Self.groups - 1) * Self.groupSize
        for index in first..<first + Self.groupSize {
            sum &+= index >= group * Self.groupSize && index < bin ? UInt32(fine[index]) : 0
        }
        return sum
    }

    /// The first two values that differ choose the bins: half of them between the two, a quarter on each side.
    private mutating func begin() {
        let same = low
        let range = max(most - least, 1e-20)
        density = Float(Self.bins / 2) / range
        low = least - range / 2
        let bin = bin(of: same)
        let before = UInt16(count - 1)
        fine[bin] = before
        coarse[bin / Self.groupSize] = before
    }

    /// Twice as wide, every two bins becoming one.
    private mutating func widen(downwards: Bool) {
        let half = Self.bins / 2
        if downwards {
            for bin in stride(from: half - 1, through: 0, by: -1) { fine[half + bin] = pair(bin) }
            for bin in 0..<half { fine[bin] = 0 }
            low -= Float(Self.bins) / density
        } else {
            for bin in 0..<half { fine[bin] = pair(bin) }
            for bin in half..<Self.bins { fine[bin] = 0 }
        }
        density /= 2
        addGroups()
    }

    // All bins together fit a counter, so any sum of them does.
    private func pair(_ bin: Int) -> UInt16 { fine[2 * bin] + fine[2 * bin + 1] }

    private mutating func halve() {
        guard density > 0 else {
            count /= 2
            return
        }
        for bin in 0..<Self.bins { fine[bin] /= 2 }
        addGroups()
        count = 0
        for group in 0..<Self.groups { count += UInt32(coarse[group]) }
    }

    private mutating func addGroups() {
        for group in 0..<Self.groups {
            var sum: UInt16 = 0
            for index in 0..<Self.groupSize { sum &+= fine[group * Self.groupSize + index] }
            coarse[group] = sum
        }
    }
}
