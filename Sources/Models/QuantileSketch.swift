import Glibc

/// Any quantile of what was seen, without keeping it, with a stated error. The score is how rare a value at
/// least as far out is, in nats: 6.9 for one in a thousand, whatever the distribution looks like.
///
/// - Works badly: when asked for rarer things than it has seen values (with 1000 values a new record is 6.9
///   nats, and only its distance adds to that), on values far below the resolution, where a distribution ends
///   abruptly within a bin, and when the order of values decides: it sees none.
/// - Formula: bins of equal width δ on the scale u = asinh(x / resolution), which is linear near zero and
///   logarithmic far away, for both signs, so that a quantile q is within α·√(q² + resolution²), α =
///   tanh(δ/2): the guarantee of DDSketch (C. Masson, J. Rim, H. Lee, PVLDB 12(12), 2019). 128 bins; when
///   they do not reach, δ doubles by merging pairs (UDDSketch, I. Epicoco et al., IEEE Access 8, 2020), from
///   α = 1 % to at most 16 %, which spans seventeen orders of magnitude; `relativeError` says the present
///   one. All counts are halved when they sum up to twice the memory. Surprise: −ln(2·min(below, above) / n),
///   a bin's own values spread evenly over it; beyond the record m by d, ln(1 + d / |m − median|) more.
/// - Warm-up: a fifth of the memory, 50 to 500 values.
/// - State: 556 bytes. Cost: about 190 ns.
///
/// ```swift
/// var latency = QuantileSketch(resolution: 1, memory: 10_000)
/// for i in 1...1000 { latency.learn(Double(i), at: 0) }
/// latency.quantile(0.5)               // within 4 % of 500
/// latency.quantile(0.99)              // within 4 % of 990
/// latency.relativeError               // about 0.04
/// latency.percentile(of: 250)         // about 25
/// ```
public struct QuantileSketch: Model {
    public static let version: UInt16 = 1

    private let resolution: Double
    private var bins = InlineArray<128, UInt32>(repeating: 0)
    /// The key of the first bin.
    private var origin: Int32 = 0
    /// The bin of the median, and how many values lie in those before it: scores begin to count there.
    private var middle: Int32 = 64
    private var beforeMiddle: UInt32 = 0
    /// The first and the last bin that hold anything.
    private var first: Int32 = 64
    private var last: Int32 = 64
    private var count: UInt32 = 0
    private let memory: UInt32
    private var learned: UInt32 = 0
    private var merges: UInt16 = 0
    private var halvings: UInt16 = 0

    private static let size = 128
    private static let finest = 0.02
    private static let mostMerges: UInt16 = 4

    /// - Parameters:
    ///   - resolution: differences near zero that do not matter; above 0, in the unit of the input.
    ///   - memory: how many values are remembered, 100 to 1 000 000 000; older ones count half, a quarter,
    ///     and so on.
    public init(resolution: Double, memory: Int = 10_000) {
        self.resolution = max(1e-9, min(resolution.isNaN ? 1 : resolution, 1e9))
        self.memory = UInt32(min(max(100, memory), 1_000_000_000))
    }

    public var isWarm: Bool { learned >= max(50, min(500, memory / 5)) }

    private var width: Double { Self.finest * Double(1 << merges) }

    /// α: a quantile q is told within α·√(q² + resolution²).
    public var relativeError: Double { tanh(width / 2) }

    /// The value below which a share of the past lies; 0 before the first value.
    public func quantile(_ share: Double) -> Double {
        guard count > 0 else { return 0 }
        let rank = max(0, min(share.isNaN ? 0 : share, 1)) * Double(count)
        var sum = 0.0
        for bin in 0..<Self.size where bins[bin] > 0 {
            sum += Double(bins[bin])
            if sum >= rank { return value(bin) }
        }
        return value(Int(last))
    }

    /// How much of the past lies below a value, in percent; 50 before the first.
    public func percentile(of x: Double) -> Double {
        guard count > 0, !x.isNaN else { return 50 }
        return 100 * below(x) / Double(count)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let median = value(Int(middle))
        guard x.isFinite, count > 0 else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        let all = Double(count)
        let under = below(x)
        let rarity = -log(min(1, (2 * min(under, all - under) + 1) / (all + 1)))
        let bin = key(x) - Int(origin)
        let isRecord = bin < Int(first) || bin > Int(last)
        return Score(
            surprise: isRecord ? rarity + log(1 + excess(of: x, over: median)) : rarity,
            usual: median,
            direction: bin > Int(middle) ? .above : bin < Int(middle) ? .below : .usual,
            isWarm: isWarm
        )
    }

    /// How far beyond the record a value lies, in distances of the record from the median.
    private func excess(of x: Double, over median: Double) -> Double {
        let record = value(Int(x > median ? last : first))
        return abs(x.bounded - record) / abs(record - median).asSpread(around: median)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        guard count > 0 else { return nil }
        let all = Double(count)
        // The inverse of the score: how many values may lie further out, and beyond that how far from the
        // record.
        let share = (exp(-limit) * (all + 1) - 1) / 2 / all
        guard share < 0 else {
            return Band(low: quantile(share), high: quantile(1 - share), percentile: percentile(of: x))
        }
        let excess = exp(min(limit - log(all + 1), 200)) - 1
        let (low, median, high) = (value(Int(first)), value(Int(middle)), value(Int(last)))
        return Band(
            low: low - excess * (median - low).asSpread(around: median),
            high: high + excess * (high - median).asSpread(around: median),
            percentile: percentile(of: x)
        )
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite else { return false }
        if learned < .max { learned += 1 }
        if count == 0 { origin = Int32(key(x) - Int(middle)) }
        var bin = key(x) - Int(origin)
        if bin < 0 || bin >= Self.size { bin = makeRoom(for: x) }
        bins[bin] += 1
        count += 1
        if bin < Int(middle) { beforeMiddle += 1 }
        first = min(first, Int32(bin))
        last = max(last, Int32(bin))
        if count >= 2 * memory { halve() }
        moveMiddle()
        return true
    }

    /// Where a value lies on the scale that has no end, in bins. Values beyond 1e100 are taken as that.
    private func place(_ x: Double) -> Double {
        let y = abs(x.bounded) / resolution
        // asinh y; near zero it is off by less than a billionth of a bin, and four times as fast.
        return (x < 0 ? -1 : 1) * log(y + (y * y + 1).squareRoot()) / width
    }

    private func key(_ x: Double) -> Int { Int(place(x).rounded(.down)) }

    private func value(_ bin: Int) -> Double {
        // Divided by the cosine, both edges of the bin are equally far from it in shares of themselves.
        resolution * sinh((Double(Int(origin) + bin) + 0.5) * width) / cosh(width / 2)
    }

    /// How many values lie below one; those of its own bin as if they were spread evenly over it.
    private func below(_ x: Double) -> Double {
        let place = place(x) - Double(origin)
        let bin = Int(place.rounded(.down))
        guard bin >= Int(first) else { return 0 }
        guard bin <= Int(last) else { return Double(count) }
        // Through a span: an element of the array itself would be read from a copy of the whole.
        let bins = bins.span
        var sum = beforeMiddle
        if bin > Int(middle) {
            for between in Int(middle)..<bin { sum &+= bins[between] }
        } else {
            for between in bin..<Int(middle) { sum &-= bins[between] }
        }
        return Double(sum) + Double(bins[bin]) * (place - Double(bin))
    }

    /// Lets `middle` be the first bin up to which at least half of the values lie.
    private mutating func moveMiddle() {
        while middle > first, 2 * beforeMiddle >= count {
            middle -= 1
            beforeMiddle -= bins[Int(middle)]
        }
        while middle < last, 2 * (beforeMiddle + bins[Int(middle)]) < count {
            beforeMiddle += bins[Int(middle)]
            middle += 1
        }
    }

    /// Finds anew what is known of the bins, after they were moved or halved.
    private mutating func survey() {
        first = 0
        while first < Int32(Self.size - 1), bins[Int(first)] == 0 { first += 1 }
        last = Int32(Self.size - 1)
        while last > 0, bins[Int(last)] == 0 { last -= 1 }
        middle = first
        beforeMiddle = 0
        moveMiddle()
    }

    /// Moves and, if it must be, merges the bins, until there is one for `x`.
    private mutating func makeRoom(for x: Double) -> Int {
        while true {
            let bin = key(x) - Int(origin)
            let (low, high) = (min(Int(first), bin), max(Int(last), bin))
            if high - low < Self.size {
                move(by: low - (Self.size - (high - low + 1)) / 2)
                return key(x) - Int(origin)
            }
            // Coarser than this it would be of no use: what is further out is counted with the edge.
            guard merges < Self.mostMerges else { return bin < 0 ? 0 : Self.size - 1 }
            merge()
        }
    }

    private mutating func move(by steps: Int) {
        var moved = InlineArray<128, UInt32>(repeating: 0)
        for bin in 0..<Self.size where bins[bin] > 0 { moved[bin - steps] = bins[bin] }
        bins = moved
        origin += Int32(steps)
        survey()
    }

    private mutating func merge() {
        var merged = InlineArray<128, UInt32>(repeating: 0)
        let start = origin >> 1
        for bin in 0..<Self.size { merged[(Int(origin) + bin) >> 1 - Int(start)] += bins[bin] }
        bins = merged
        origin = start
        merges += 1
        survey()
    }

    /// Forgets half. A single value is kept every other time, so that records go, but not all at once.
    private mutating func halve() {
        halvings &+= 1
        let rest = UInt32(halvings & 1)
        count = 0
        for bin in 0..<Self.size {
            bins[bin] = (bins[bin] + rest) / 2
            count += bins[bin]
        }
        survey()
    }
}
