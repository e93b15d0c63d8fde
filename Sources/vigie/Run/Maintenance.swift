import Foundation
import Observability
import Store
import Synchronization
import Units

/// What the database needs besides commits, on a thread and a connection of its own: checkpoints of the log,
/// snapshots, and forgetting what is old.
final class Maintenance: Sendable {
    private struct Work {
        var snapshot: Snapshot?
        var isStopping = false
        var isBusy = false
        var savedAt: Moment
    }

    private let work: Mutex<Work>
    /// Raised when there is something to do before the next second.
    private let haste = DispatchSemaphore(value: 0)
    private let trouble = TellOnce()
    private let path: String
    private let partition: String
    private let log: Log
    private let clock: RunClock
    private static let purgeInterval = Duration.hours(1)

    /// - Parameter savedAt: when the snapshot was made that this run began with, or the run itself without one.
    init(path: String, partition: String, savedAt: Moment, clock: RunClock, log: Log) {
        work = Mutex(Work(savedAt: savedAt))
        self.path = path
        self.partition = partition
        self.clock = clock
        self.log = log
    }

    func start() {
        Thread.detachNewThread { [self] in run() }
    }

    /// Takes a snapshot to be saved; an older one that has not been saved yet gives way.
    func save(_ snapshot: Snapshot) {
        work.withLock { $0.snapshot = snapshot }
    }

    /// When the last snapshot was saved.
    var savedAt: Moment { work.withLock { $0.savedAt } }

    /// Finishes what is under way, within the time.
    func stop(within seconds: Double) {
        work.withLock { $0.isStopping = true }
        haste.signal()
        let end = RunClock.monotonicSeconds() + seconds
        while work.withLock({ $0.isBusy || $0.snapshot != nil }), RunClock.monotonicSeconds() < end {
            Thread.sleep(forTimeInterval: 0.01)
        }
    }

    private func run() {
        var purgedAt = Moment.distantPast
        do {
            let store = try Store(path: path)
            while true {
                let (snapshot, isStopping) = work.withLock { work in
                    work.isBusy = work.snapshot != nil
                    defer { work.snapshot = nil }
                    return (work.snapshot, work.isStopping)
                }
                try attempt { try step(store, snapshot, &purgedAt) }
                work.withLock { $0.isBusy = false }
                if isStopping, snapshot == nil { return }
                // Whether the second passed or somebody was in haste makes no difference.
                _ = haste.wait(timeout: .now() + (isStopping ? 0.01 : 1))
            }
        } catch {
            log.error(
                "maintenance ended: \(error); the log grows and nothing old is forgotten until the next start"
            )
        }
    }

    /// What may heal is said and tried again a second later.
    private func attempt(_ body: () throws -> Void) throws {
        do {
            try body()
            trouble.forget()
        } catch let error as StoreError where error.remedy == .wait {
            if trouble.isNew("\(error)") { log.warning("maintenance waits: \(error)") }
        }
    }

    private func step(_ store: Store, _ snapshot: Snapshot?, _ purgedAt: inout Moment) throws {
        if let snapshot {
            try store.save(snapshot, of: partition)
            work.withLock { $0.savedAt = snapshot.at }
        }
        _ = try store.checkpoint()
        let now = clock.now()
        if now.since(purgedAt) > Self.purgeInterval {
            let report = try store.purge(now: now)
            if !report.isUnfinished { purgedAt = now }
        }
    }
}
