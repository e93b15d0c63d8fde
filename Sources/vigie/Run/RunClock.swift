import Glibc
import Synchronization
import Units

/// The time of this run: the machine's, or for a demonstration one that starts elsewhere and runs faster. Never
/// goes back.
final class RunClock: Sendable {
    private let start: Moment?
    private let factor: Double
    private let origin: Double
    private let last: Atomic<Int64>

    /// - Parameters:
    ///   - start: where a simulated clock begins; nil for the machine's clock.
    ///   - notBefore: what the journal has seen already.
    init(from start: Moment? = nil, factor: Double = 1, notBefore: Moment) {
        self.start = start.map { max($0, notBefore) }
        self.factor = factor
        origin = Self.monotonicSeconds()
        last = Atomic(notBefore.microseconds)
    }

    func now() -> Moment {
        let read =
            start.map { start in
                start + .microseconds(Int64((Self.monotonicSeconds() - origin) * factor * 1e6))
            } ?? SystemClock.read()
        return Moment(microseconds: last.max(read.microseconds, ordering: .relaxed).newValue)
    }

    static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
