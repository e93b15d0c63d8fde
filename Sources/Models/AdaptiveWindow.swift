import Glibc

/// Mean and deviation over a window that grows while nothing changes and drops its old part when its means
/// differ (ADWIN). The score is the distance from the window's mean in its standard deviations.
///
/// Causes `shiftUp` and `shiftDown`: `usual` the mean of the part that was dropped, `seen` that of the part
/// kept, in the unit of the input; `limit` the difference of means that would still have been chance. The
/// alarm ends with the next check that finds nothing, 32 values later.
///
/// - Works badly: on values with a daily rhythm (each half day is a window), and when single values must be
///   judged at once: it checks every 32 values.
/// - Formula: A. Bifet, R. Gavaldà, "Learning from time-changing data with adaptive windowing", SIAM
///   International Conference on Data Mining, 2007: an exponential histogram with 5 buckets of each size; a
///   change where |μ₀ − μ₁| > √(2·σ²·d/m) + 2/3·range·d/m with 1/m = 1/n₀ + 1/n₁ and d =
///   ln(2·ln(n)/confidence). It is cut where the difference exceeds that most, not at the first place, so
///   that nothing of the old level stays.
/// - Bounded: 12 sizes of buckets, so a window of 18 000 to 24 570 values at most; then the oldest go.
/// - Warm-up: 64 values.
/// - State: 1280 bytes. Cost: about 80 ns.
///
/// ```swift
/// var load = AdaptiveWindow()
/// for i in 0..<1000 { load.learn(i < 700 ? 0.2 : 0.6, at: Double(i)) }
/// load.mean                // 0.6
/// load.alarm.isRaised      // false: told at 719, and usual again by now
/// ```
public struct AdaptiveWindow: Model, Detector {
    public static let version: UInt16 = 1

    /// A number of values: their mean and the sum of squared distances from it.
    private struct Bucket: BitwiseCopyable, Sendable {
        var mean = 0.0
        var squares = 0.0

        /// Together with as many values as this one has: `other` later ones.
        func joined(_ other: Bucket, of size: Double) -> Bucket {
            let distance = other.mean - mean
            return Bucket(
                mean: (mean + other.mean) / 2,
                squares: squares + other.squares + distance * distance * size / 2
            )
        }
    }

    /// Six places of each size, the oldest first: twice as large as those of the row before.
    private var buckets = InlineArray<72, Bucket>(repeating: Bucket())
    private var width = 0.0
    public private(set) var mean = 0.0
    private var squares = 0.0
    private var past = SeenTime()
    private var interval = 0.0
    public private(set) var alarm = Alarm.quiet
    private let confidence: Double
    private let range: Double
    private var learned: UInt32 = 0
    private var counts = InlineArray<12, UInt8>(repeating: 0)

    private static let rows = 12
    private static let places = 6
    private static let clock: UInt32 = 32
    private static let leastPart = 5.0

    /// - Parameters:
    ///   - confidence: the chance that a check finds a change where there is none, 1e-9 to 0.5.
    ///   - range: how far apart values can lie in all, in the unit of the input: 1 for shares.
    public init(confidence: Double = 0.002, range: Double = 1) {
        self.confidence = max(1e-9, min(confidence, 0.5))
        self.range = max(0, range.bounded)
    }

    public var isWarm: Bool { learned >= 64 }

    /// How many values the window has.
    public var count: Int { Int(width) }

    public var deviation: Double { width > 0 ? (squares / width).squareRoot() : 0 }

    public var explanation: Explanation {
        Explanation(
            alarm,
            low: alarm.usual - alarm.limit,
            high: alarm.usual + alarm.limit,
            past: past.seconds
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite else { return Score(sigmas: 0, usual: mean, isWarm: isWarm) }
        return Score(sigmas: x.bounded.sigmas(from: mean, spread: deviation), usual: mean, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        Band(around: mean, spread: deviation, within: limit)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        past.advance(to: t)
        learned = learned < .max - Self.clock ? learned + 1 : learned + 1 - Self.clock
        interval += max(1 / Double(learned), 1e-3) * (past.seconds / Double(learned) - interval)
        insert(x.bounded)
        if learned % Self.clock == 0, width > 10 { check(at: t) }
        return true
    }

    private mutating func insert(_ value: Double) {
        width += 1
        let distance = value - mean
        mean += distance / width
        squares += distance * (value - mean)
        append(Bucket(mean: value, squares: 0), to: 0)
        var row = 0
        while counts[row] == Self.places {
            guard row + 1 < Self.rows else {
                _ = dropOldest()
                return
            }
            let first = row * Self.places
            let both = buckets[first].joined(buckets[first + 1], of: Self.length(row))
            remove(2, from: row)
            append(both, to: row + 1)
            row += 1
        }
    }

    private mutating func append(_ bucket: Bucket, to row: Int) {
        buckets[row * Self.places + Int(counts[row])] = bucket
        counts[row] += 1
    }

    private mutating func remove(_ number: Int, from row: Int) {
        let first = row * Self.places
        for place in number..<Self.places { buckets[first + place - number] = buckets[first + place] }
        counts[row] -= UInt8(number)
    }

    private static func length(_ row: Int) -> Double { Double(1 << row) }

    /// Drops the oldest bucket and tells its values' mean and number.
    private mutating func dropOldest() -> (mean: Double, count: Double) {
        var row = Self.rows - 1
        while row > 0, counts[row] == 0 { row -= 1 }
        let bucket = buckets[row * Self.places]
        let length = Self.length(row)
        let rest = max(1, width - length)
        let restMean = mean + (mean - bucket.mean) * length / rest
        let distance = bucket.mean - restMean
        squares = max(0, squares - bucket.squares - distance * distance * length * rest / (length + rest))
        width = rest
        mean = restMean.bounded
        remove(1, from: row)
        return (bucket.mean, length)
    }

    private mutating func check(at t: Double) {
        guard let cut = mostCertainCut() else {
            alarm = .quiet
            return
        }
        var (sum, dropped) = (0.0, 0.0)
        while dropped < cut.older {
            let oldest = dropOldest()
            sum += oldest.mean * oldest.count
            dropped += oldest.count
        }
        let usual = (sum / dropped).bounded
        alarm = Alarm(
            since: t - width * interval,
            raisedAt: t,
            seen: mean,
            usual: usual,
            limit: cut.chance,
            cause: mean > usual ? .shiftUp : .shiftDown
        )
    }

    /// Where the means of the older and the newer part differ most in terms of what would be chance, and how
    /// much that is; nil where they nowhere differ by more.
    private func mostCertainCut() -> (older: Double, chance: Double)? {
        let likelihood = log(2 * log(width) / confidence)
        let variance = squares / width
        var (older, olderMean) = (0.0, 0.0)
        var cut: (older: Double, chance: Double)?
        var largest = 1.0
        for row in stride(from: Self.rows - 1, through: 0, by: -1) {
            for place in 0..<Int(counts[row]) {
                let bucket = buckets[row * Self.places + place]
                older += Self.length(row)
                olderMean += (bucket.mean - olderMean) * Self.length(row) / older
                let newer = width - older
                guard older >= Self.leastPart, newer >= Self.leastPart else { continue }
                let newerMean = mean + (mean - olderMean) * older / newer
                let harmonic = 1 / (older - Self.leastPart + 1) + 1 / (newer - Self.leastPart + 1)
                let chance =
                    (2 * harmonic * variance * likelihood).squareRoot()
                    + 2 / 3 * range * likelihood * harmonic
                let ratio = abs(olderMean - newerMean) / max(chance, .leastNormalMagnitude)
                guard ratio > largest else { continue }
                largest = ratio
                cut = (older, chance.bounded)
            }
        }
        return cut
    }
}
