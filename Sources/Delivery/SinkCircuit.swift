import Units

/// Stops a sink whose other side cannot be reached from being tried with every job: it pauses as a whole, then
/// lets one job through to see.
public struct SinkCircuit: Hashable, Sendable {
    /// So many failures in a row, without an answer between them, open it.
    public static let threshold = 3
    /// Pauses of 1, 2, 4 … 30 s: short enough for a text about a fall.
    public static let longestPause = Duration.seconds(30)
    /// A server may ask the whole sink to wait; no longer than this at once.
    public static let longestHold = Duration.minutes(5)

    private var failures = 0
    /// No job is taken from the outbox before this.
    public private(set) var pausedUntil = Moment.distantPast

    public init() {}

    public var isOpen: Bool { failures >= Self.threshold }

    /// How many more jobs may be under way besides those that are.
    public func room(of threads: Int, busy: Int, at now: Moment) -> Int {
        guard now >= pausedUntil else { return 0 }
        return max(0, (isOpen ? 1 : threads) - busy)
    }

    /// Learns from what one try came to.
    /// - Returns: until when the sink pauses, when a pause begins or grows.
    mutating func take(_ result: SinkResult, at now: Moment) -> Moment? {
        switch result {
        case .done:
            failures = 0
        case .permanent(.refused):
            failures = 0
        case .permanent:
            // Decided here, without a word from the other side.
            break
        case .retry(let cause, let asked, _):
            if let asked { hold(for: asked, at: now) }
            if cause.isAboutTheSink { return fail(at: now) }
            if case .refused = cause { failures = 0 }
        }
        return nil
    }

    /// It could not be reached or gave no useful answer.
    private mutating func fail(at now: Moment) -> Moment? {
        failures += 1
        guard isOpen else { return nil }
        let doublings = min(failures - Self.threshold, 10)
        let end = now + min(Self.longestPause, .seconds(1 << doublings))
        guard end > pausedUntil else { return nil }
        pausedUntil = end
        return end
    }

    /// It asked to wait (`Retry-After`); that is about all of its jobs.
    private mutating func hold(for span: Duration, at now: Moment) {
        pausedUntil = max(pausedUntil, now + min(span, Self.longestHold))
    }
}
