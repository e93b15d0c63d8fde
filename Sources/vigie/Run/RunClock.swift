import Glibc
import Synchronization
import Units

/// The time of this run: the machine's, or for a demonstration one that starts elsewhere and runs faster. Never
/// goes back.
///
/// A simulated clock stands still until the first message: what is played begins when it begins.
final class RunClock: Sendable {
    private let start: Moment?
    private let factor: Double
    /// When the simulated clock began to run, as the bits of `monotonicSeconds`; 0: it stands.
    private let origin = Atomic<UInt64>(0)
    private let last: Atomic<Int64>

    /// - Parameters:
    ///   - start: where a simulated clock begins; nil for the machine's clock.
    ///   - notBefore: what the journal has seen already.
    init(from start: Moment? = nil, factor: Double = 1, notBefore: Moment) {
        self.start = start.map { max($0, notBefore) }
        self.factor = factor
        last = Atomic(notBefore.microseconds)
    }

    /// The first message is here.
    func begin() {
        guard start != nil, origin.load(ordering: .relaxed) == 0 else { return }
        origin.store(Self.monotonicSeconds().bitPattern, ordering: .relaxed)
    }

    func now() -> Moment {
        let read =
            start.map { start in
                let origin = origin.load(ordering: .relaxed)
                guard origin != 0 else { return start }
                let seconds = Self.monotonicSeconds() - Double(bitPattern: origin)
                return start + .microseconds(Int64(seconds * factor * 1e6))
            } ?? SystemClock.read()
        return Moment(microseconds: last.max(read.microseconds, ordering: .relaxed).newValue)
    }

    static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
