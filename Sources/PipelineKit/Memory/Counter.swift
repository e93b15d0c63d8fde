import Units

/// A meter's running total, for use in a `Transformer`: tells how far it has come since the reading before.
///
/// Knows that a total rolls over at the end of its digits, that a meter is exchanged for a new one, and that some
/// run backwards (a leaking non-return valve, a meter mounted the wrong way round).
public struct Counter<Of: Dimension>: BitwiseCopyable, Sendable {
    public enum Advance: Hashable, Sendable {
        /// There was no reading before.
        case first
        /// So much in so long.
        case forward(Quantity<Of>, Duration)
        case backward(Quantity<Of>)
        /// Another meter, or one that was set anew: what it counted before says nothing about use.
        case exchanged
        /// Not newer than the reading before.
        case repeated
    }

    /// The total of the reading before.
    public private(set) var total = Quantity<Of>.zero
    public private(set) var readAt = Moment.distantPast
    private let end: Double
    private let mostPerHour: Double

    /// - Parameters:
    ///   - end: the total at which the digits begin anew; zero: never.
    ///   - mostPerHour: more than this cannot be; such a jump is an exchange of the meter.
    public init(rollsOverAt end: Quantity<Of> = .zero, mostPerHour: Quantity<Of>) {
        self.end = end.base
        self.mostPerHour = mostPerHour.base
    }

    public mutating func advance(to next: Quantity<Of>, at time: Moment) -> Advance {
        guard readAt != .distantPast else {
            (total, readAt) = (next, time)
            return .first
        }
        guard time > readAt else { return .repeated }
        let span = time.since(readAt)
        var step = next.base - total.base
        let hasRolledOver = end > 0 && step < 0 && total.base > 0.9 * end && next.base < 0.1 * end
        if hasRolledOver { step += end }
        (total, readAt) = (next, time)
        // A quarter of an hour is the least span that a rate is judged by: two readings in a minute may split a
        // litre in any way.
        let most = mostPerHour * max(span.inSeconds / 3600, 0.25)
        if step >= 0 {
            return step <= most ? .forward(Quantity(base: step), span) : .exchanged
        }
        return -step <= most ? .backward(Quantity(base: -step)) : .exchanged
    }
}
