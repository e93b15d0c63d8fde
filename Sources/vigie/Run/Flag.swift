import Synchronization

/// Raised by one thread, taken by another.
final class Flag: Sendable {
    private let isRaised: Atomic<Bool>

    init(raised: Bool) {
        isRaised = Atomic(raised)
    }

    func raise() { isRaised.store(true, ordering: .relaxed) }

    func take() -> Bool { isRaised.exchange(false, ordering: .relaxed) }
}

/// Whether a sentence differs from the last one: the same trouble is said once.
final class TellOnce: Sendable {
    private let last = Mutex("")

    func isNew(_ sentence: String) -> Bool {
        last.withLock { last in
            defer { last = sentence }
            return last != sentence
        }
    }

    /// The trouble is over; should it come again it is said again.
    func forget() { last.withLock { $0 = "" } }
}
