/// Why a detector spoke, in numbers: all that a sentence for people and a small picture need.
///
/// Made when an alarm is raised; it is no part of a detector's state. Of fixed size, so that it can be handed on in a
/// reading.
public struct Explanation: Hashable, BitwiseCopyable, Sendable {
    /// One part of the evidence and how much of the whole it is.
    public struct Reason: Hashable, BitwiseCopyable, Sendable {
        public let cause: Alarm.Cause
        /// In whole percent, at least 1.
        public let share: UInt8
    }

    /// What `seen`, `usual` and the band are measured in.
    public enum Measure: UInt8, BitwiseCopyable, Sendable {
        /// In the unit of the values that the detector is fed with.
        case input = 0
        /// In that unit an hour.
        case inputPerHour = 1
        case hours = 2
        case days = 3
        /// A number of events.
        case count = 4
        /// In the detector's own measure of surprise, which says nothing to people.
        case surprise = 5
        /// In multiples of the acceleration of gravity.
        case gravities = 6
        /// How long something lasts.
        case seconds = 7
        /// In hours since midnight, as a clock shows them.
        case hourOfDay = 8
    }

    /// Four reasons, two bytes each, from the lowest byte on: the cause and its share; zeros behind the last.
    private let packed: UInt64
    /// What was seen and what is usual (at that hour, where the detector knows hours), in `measure`.
    public let seen: Double
    public let usual: Double
    /// Between which values of `seen` nothing would have been said: the band of a picture.
    public let low: Double
    public let high: Double
    /// How much of its own past lies below what was seen, in percent; nil where a detector keeps no such record.
    public let percentile: Double?
    /// How long that past is, in seconds.
    public let past: Double
    public let measure: Measure

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
        past: Double,
        in measure: Measure = .input
    ) {
        packed = Self.shares(weights).reversed().reduce(0) {
            $0 << 16 | UInt64($1.cause.rawValue) | UInt64($1.share) << 8
        }
        self.measure = measure
        self.seen = Self.finite(seen)
        self.usual = Self.finite(usual)
        self.low = Self.finite(low)
        self.high = Self.finite(high)
        self.percentile = percentile.map { min(max(0, Self.finite($0)), 100) }
        self.past = max(0, Self.finite(past))
    }

    /// An alarm that has one cause only.
    public init(
        _ alarm: Alarm,
        low: Double,
        high: Double,
        percentile: Double? = nil,
        past: Double,
        in measure: Measure = .input
    ) {
        self.init(
            weights: alarm.isRaised ? [(alarm.cause, 1)] : [],
            seen: alarm.seen,
            usual: alarm.usual,
            low: low,
            high: high,
            percentile: percentile,
            past: past,
            in: measure
        )
    }

    private static func finite(_ value: Double) -> Double { value.isNaN ? 0 : value.bounded }

    /// The strongest first, at most `mostReasons`; the shares add up to 100.
    public var reasons: [Reason] {
        (0..<Self.mostReasons).compactMap { index in
            let bytes = packed >> UInt64(index * 16)
            let share = UInt8(truncatingIfNeeded: bytes >> 8)
            guard share > 0, let cause = Alarm.Cause(rawValue: UInt8(truncatingIfNeeded: bytes)) else {
                return nil
            }
            return Reason(cause: cause, share: share)
        }
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
        return zip(strongest, percents).filter { $1 > 0 }.map { Reason(cause: $0.cause, share: UInt8($1)) }
    }
}
