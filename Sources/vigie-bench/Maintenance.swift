import Dispatch
import Measuring
import Store
import Synchronization

/// Calls `checkpoint()` once a second from a connection of its own, as the running service does.
final class Maintenance: Sendable {
    private let path: String
    private let stopping = Atomic(false)
    private let stopped = DispatchSemaphore(value: 0)

    init(path: String) {
        self.path = path
    }

    func start() {
        DispatchQueue.global().async { [self] in
            defer { stopped.signal() }
            do {
                let store = try Store(path: path)
                while !stopping.load(ordering: .relaxed) {
                    try store.checkpoint()
                    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .seconds(1))
                }
            } catch {
                say("checkpoints have stopped: \(error)")
            }
        }
    }

    func stop() {
        stopping.store(true, ordering: .relaxed)
        stopped.wait()
    }
}
