import Foundation
import Synchronization
import Telemetry
import Units

/// What comes in besides telemetry (answers, receipts, news about cases), until the intake takes it into the
/// journal. Whoever puts something in waits until it is durable.
final class Inbox: Sendable {
    /// Something that came in, and the id it may come again with.
    struct Item: Sendable {
        let entry: Entry
        let source: String
        let id: String
    }

    private struct Waiting {
        var items: [(item: Item, ticket: Ticket)] = []
        var isClosed = false
    }

    /// More than this does not wait: the caller is told to try again later.
    private static let capacity = 10_000

    private let waiting = Mutex(Waiting())

    /// Whether it is durable within the time. What is not may become so later; its id then tells a repetition.
    func deliver(_ item: Item, within seconds: Double = 10) -> Bool {
        let ticket = Ticket()
        let isTaken = waiting.withLock { waiting in
            guard !waiting.isClosed, waiting.items.count < Self.capacity else { return false }
            waiting.items.append((item, ticket))
            return true
        }
        return isTaken && ticket.wait(seconds)
    }

    /// Takes what waits, in order.
    func take() -> [(item: Item, ticket: Ticket)] {
        waiting.withLock { waiting in
            defer { waiting.items.removeAll() }
            return waiting.items
        }
    }

    /// Nobody takes anything any more: who waits learns at once that it is not durable, and sends it again.
    func close() {
        let left = waiting.withLock { waiting in
            waiting.isClosed = true
            defer { waiting.items.removeAll() }
            return waiting.items
        }
        for (_, ticket) in left { ticket.isLeft() }
    }

    /// Tells one caller what became of its item.
    final class Ticket: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let isKept = Atomic(false)

        func isDurable() {
            isKept.store(true, ordering: .releasing)
            semaphore.signal()
        }

        /// It was not taken into the journal and will not be by this run.
        func isLeft() { semaphore.signal() }

        fileprivate func wait(_ seconds: Double) -> Bool {
            semaphore.wait(timeout: .now() + seconds) == .success && isKept.load(ordering: .acquiring)
        }
    }
}
