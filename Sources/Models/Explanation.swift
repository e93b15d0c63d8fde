/// Why a detector spoke, in numbers: all that a sentence for people and a small picture need.
///
/// Made once, when an alarm is raised; it is no part of a detector's state.
public struct Explanation: Hashable, Sendable {
    /// One part of the evidence and how much of the whole it is.
    public struct Reason: Hashable, Sendable {
        public var cause: Alarm.Cause
        /// In whole percent, at least 1.
        public var share: Int
    }

    /// The strongest first, at most `Explanation.mostReasons`; the shares add up to 100.
    public let reasons: [Reason]
    /// What was seen and what is usual (at that hour, where the detector knows hours), in the unit that the
    /// detector states for `Alarm.seen`.
    public let seen: Double
    public let usual: Double
    /// Between which values of `seen` nothing would have been said: the band of a picture.
    public let low: Double
    public let high: Double
    /// How much of its own past lies below what was seen, in percent; nil where a detector keeps no such record.
    public let percentile: Double?
    /// How long that past is, in seconds.
    public let past: Double

    public static let mostReasons = 4

    /// - Parameter weights: how much each cause contributed, in any unit. Causes without weight are left out; the
    ///   shares are rounded by largest remainder, so that they add up to 100.
    public init(
        weights: [(cause: Alarm.Cause, weight: Double)],
        seen: Double,
        usual: Double,
        low: Double,
        high: Double,
        percentile: Double? = nil,
        past: Double
    ) {
        reasons = Self.shares(weights)
        self.seen = seen.bounded
        self.usual = usual.bounded
        self.low = low.bounded
        self.high = high.bounded
        self.percentile = percentile.map { $0.isFinite ? min(max(0, $0), 100) : 0 }
        self.past = max(0, past.bounded)
    }

    /// An alarm that has one cause only.
    public init(
        _ alarm: Alarm,
        low: Double,
        high: Double,
        percentile: Double? = nil,
        past: Double
    ) {
        self.init(
            weights: alarm.isRaised ? [(alarm.cause, 1)] : [],
            seen: alarm.seen,
            usual: alarm.usual,
            low: low,
            high: high,
            percentile: percentile,
            past: past
        )
    }

    private static func shares(_ weights: [(cause: Alarm.Cause, weight: Double)]) -> [Reason] {
        let counted = weights.map { (cause: $0.cause, weight: $0.weight.bounded) }.filter { $0.weight > 0 }
        let strongest = counted.enumerated()
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .prefix(mostReasons).map(\.element)
        let largest = strongest.first?.weight ?? 1
        // Relative to the largest first, so that the sum of very large or very small weights stays exact enough.
        let relative = strongest.map { $0.weight / largest }
        let whole = relative.reduce(0, +)
        let exact = relative.map { 100 * $0 / whole }
        var percents = exact.map { Int($0) }
        let missing = 100 - percents.reduce(0, +)
        let byRemainder = exact.indices.sorted {
            (exact[$1] - Double(percents[$1]), $0) < (exact[$0] - Double(percents[$0]), $1)
        }
        for index in byRemainder.prefix(missing) { percents[index] += 1 }
        return zip(strongest, percents).filter { $1 > 0 }.map { Reason(cause: $0.cause, share: $1) }
    }
}
