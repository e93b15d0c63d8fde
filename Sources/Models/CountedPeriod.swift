/// Adds up what was counted between readings by the hour or day of the clock, and knows how much of it was
/// watched. 48 bytes.
struct CountedPeriod: BitwiseCopyable, Sendable {
    struct Closed {
        var start: Double
        var count: Double
        /// Whether next to all of it was watched.
        var isWhole: Bool
    }

    struct Taken {
        /// Seconds since the reading before; 0 when nothing is known of them.
        var seconds: Double
        var closed: Closed?
    }

    private(set) var last = 0.0
    private var start = -1e12
    private var count = 0.0
    private var watched = 0.0
    let length: Double
    private let longestGap: Double

    private static let wholeFromShare = 0.9

    init(length: Double, longestGap: Double) {
        self.length = length
        self.longestGap = longestGap.isFinite ? min(max(60, longestGap), length) : length
    }

    private var isStarted: Bool { start > -1e12 }

    /// Nil when it cannot be used: not a count, or a time that does not go forward.
    mutating func take(_ events: Double, at t: Double) -> Taken? {
        guard events.isFinite, events >= 0, t.isMoment else { return nil }
        guard isStarted, !t.isClockSetBack(from: last) else {
            restart(at: t)
            last = t
            return Taken(seconds: 0, closed: nil)
        }
        guard t > last else { return nil }
        let gap = t - last
        let middle = last + gap / 2
        last = t
        var taken = Taken(seconds: gap <= longestGap ? gap : 0, closed: nil)
        // What was counted belongs where most of the time since the last reading lies.
        if middle >= start + length {
            taken.closed = Closed(
                start: start,
                count: count,
                isWhole: watched >= Self.wholeFromShare * length
            )
            restart(at: middle)
        }
        watched += taken.seconds
        if taken.seconds > 0 { count = min(count + events, 1e9) }
        return taken
    }

    private mutating func restart(at t: Double) {
        start = (t / length).rounded(.down) * length
        count = 0
        watched = 0
    }
}
