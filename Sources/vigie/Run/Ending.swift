import Delivery
import Foundation
import Synchronization
import Units

/// A dispatcher's way to its end, on a thread of its own, so that slow sinks end side by side.
final class Ending: Sendable {
    private let hasEnded = Atomic(false)
    private let isOver = DispatchSemaphore(value: 0)

    init(of dispatcher: Dispatcher, within limit: Duration) {
        Thread.detachNewThread { [self] in
            hasEnded.store(dispatcher.stop(within: limit), ordering: .releasing)
            isOver.signal()
        }
    }

    /// Whether everything that was under way came to its end; to be asked once.
    func wait() -> Bool {
        isOver.wait()
        return hasEnded.load(ordering: .acquiring)
    }
}
