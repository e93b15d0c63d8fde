import Glibc
import Synchronization
import Units

/// The time of this run: the machine's, or for a demonstration one that starts elsewhere and runs faster. Never
/// goes back: when the machine's clock is set back this one goes on at half its speed until they agree again, so that
/// no timer stands still.
///
/// A simulated clock stands still until the first message: what is played begins when it begins.
final class RunClock: Sendable {
    private let start: Moment?
    private let factor: Double
    /// When the simulated clock began to run, as the bits of `monotonicSeconds`; 0: it stands.
    private let origin = Atomic<UInt64>(0)
    private let last: Mutex<(moment: Moment, second: Double)>

    /// - Parameters:
    ///   - start: where a simulated clock begins; nil for the machine's clock.
    ///   - notBefore: what the journal has seen already.
    init(from start: Moment? = nil, factor: Double = 1, notBefore: Moment) {
        self.start = start.map { max($0, notBefore) }
        self.factor = factor
        last = Mutex((notBefore, Self.monotonicSeconds()))
    }

    /// The first message is here.
    func begin() {
        guard start != nil, origin.load(ordering: .relaxed) == 0 else { return }
        origin.store(Self.monotonicSeconds().bitPattern, ordering: .relaxed)
    }

    func now() -> Moment {
        let second = Self.monotonicSeconds()
        return last.withLock { last in
            let shown =
                start.map { max(simulated(from: $0, at: second), last.moment) }
                ?? Self.next(after: last, read: SystemClock.read(), at: second)
            last = (shown, second)
            return shown
        }
    }

    private func simulated(from start: Moment, at second: Double) -> Moment {
        let origin = origin.load(ordering: .relaxed)
        guard origin != 0 else { return start }
        return start + .microseconds(Int64((second - Double(bitPattern: origin)) * factor * 1e6))
    }

    /// What the clock shows when the machine's shows `read` and `second` has come on the one that is never set.
    static func next(
        after last: (moment: Moment, second: Double),
        read: Moment,
        at second: Double
    ) -> Moment {
        max(read, last.moment + .microseconds(Int64(max(0, second - last.second) * 0.5e6)))
    }

    static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
