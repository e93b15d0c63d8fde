/// How much time has been seen, in seconds: the intervals between values added up, each at most a day, so
/// that neither a long gap nor a clock that jumps warms a model up or ages its past. 16 bytes.
struct SeenTime: BitwiseCopyable, Sendable {
    private var last = -Double.greatestFiniteMagnitude
    private(set) var seconds = 0.0

    static let mostAtOnce = 86_400.0

    init() {}

    /// Whether any time was taken yet.
    var hasBegun: Bool { last > -1e11 }

    /// The last time taken; only meaningful once begun.
    var end: Double { last }

    /// Seconds since the last time taken; nil when the time does not go on: a repeat, the hour that comes
    /// twice in autumn. 0 for the first, and after a clock was set back.
    func interval(to t: Double) -> Double? {
        guard hasBegun, !t.isClockSetBack(from: last) else { return 0 }
        return t > last ? t - last : nil
    }

    /// Goes on to `t`. Takes any time that `interval(to:)` has an answer for.
    mutating func advance(to t: Double) {
        guard let interval = interval(to: t) else { return }
        seconds = min(seconds + min(interval, Self.mostAtOnce), 1e9)
        last = t
    }
}
