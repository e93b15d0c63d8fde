import Units

/// Something that runs and stops, for use in a `Transformer`: a washing cycle, an hour of a pump. Hands out a
/// session when it ends.
public struct Session: BitwiseCopyable, Sendable {
    public struct Run: Hashable, BitwiseCopyable, Sendable {
        public let began: Moment
        public let ended: Moment

        public init(began: Moment, ended: Moment) {
            self.began = began
            self.ended = ended
        }

        public var duration: Duration { ended.since(began) }
    }

    private var began = Moment.distantPast
    private var last = Moment.distantPast
    private let gap: Int64

    /// - Parameter gap: after a silence of this length a running session is taken to have ended with its last
    ///   reading.
    public init(endsAfter gap: Duration) {
        self.gap = gap.inMicroseconds
    }

    public mutating func step(isRunning: Bool, at time: Moment) -> Run? {
        defer { last = time }
        if began != .distantPast {
            if time.microseconds - last.microseconds > gap {
                let run = Run(began: began, ended: last)
                began = isRunning ? time : .distantPast
                return run
            }
            guard !isRunning else { return nil }
            let run = Run(began: began, ended: time)
            began = .distantPast
            return run
        }
        if isRunning { began = time }
        return nil
    }
}

/// Mean, least and greatest of the values of one span, for use in a `Transformer`; hands out a window when the next
/// one begins. Windows stand one beside the other, aligned to whole spans since 1970.
public struct Window<Of: Dimension>: BitwiseCopyable, Sendable {
    public struct Summary: Hashable, BitwiseCopyable, Sendable {
        public let began: Moment
        public let count: Int
        public let mean: Quantity<Of>
        public let least: Quantity<Of>
        public let greatest: Quantity<Of>
    }

    private let span: Int64
    private var index = Int64.min
    private var count = 0
    private var sum = 0.0
    private var least = Double.infinity
    private var greatest = -Double.infinity

    public init(of span: Duration) {
        self.span = max(1, span.inMicroseconds)
    }

    /// Nil until a window is complete. A value older than the present window is counted in it.
    public mutating func add(_ value: Quantity<Of>, at time: Moment) -> Summary? {
        let now = time.microseconds.dividedFloor(by: span).quotient
        var complete: Summary?
        if now > index {
            if count > 0 { complete = summary }
            index = now
            (count, sum, least, greatest) = (0, 0, .infinity, -.infinity)
        }
        count += 1
        sum += value.base
        least = min(least, value.base)
        greatest = max(greatest, value.base)
        return complete
    }

    private var summary: Summary {
        Summary(
            began: Moment(microseconds: index * span),
            count: count,
            mean: Quantity(base: sum / Double(count)),
            least: Quantity(base: least),
            greatest: Quantity(base: greatest)
        )
    }
}
