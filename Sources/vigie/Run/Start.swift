import Engine
import Foundation
import Observability
import Store
import Telemetry
import Units

/// Where a run begins: the newest readable snapshot, and what the journal has after it.
struct Start {
    var position = Position.start
    /// When the snapshot was made; nil without one.
    var snapshotAt: Moment?

    /// Brings the engine to where it was. Nil when Vigie is asked to stop meanwhile.
    ///
    /// - Parameter isComing: called every few seconds while it takes long.
    init?(_ engine: Engine, from store: Store, _ log: Log, isComing: () -> Void) throws {
        let started = RunClock.monotonicSeconds()
        let search = try store.newestSnapshot(of: VigieProcess.partition)
        for skipped in search.skipped { log.warning("\(skipped)") }
        if let snapshot = search.snapshot {
            do {
                for sentence in try engine.restore(snapshot.bytes) { log.warning(sentence) }
                position = snapshot.position
                snapshotAt = snapshot.at
            } catch {
                try Self.replace(snapshot, for: error, from: store, log)
            }
        }
        var replayed = 0
        var lastSign = started
        var reader = store.journal(of: VigieProcess.partition, from: position)
        while let batch = try reader.next() {
            if StopSignal.isRaised { return nil }
            // A snapshot is made between two batches, so none begins before it.
            _ = try engine.apply(batch.entries)
            replayed += batch.entries.count
            position = batch.end
            let now = RunClock.monotonicSeconds()
            if now - lastSign > 2 {
                lastSign = now
                isComing()
                Terminal.progress("\(replayed) entries of the journal read again")
            }
        }
        Terminal.progress("")
        let seconds = RunClock.monotonicSeconds() - started
        if search.snapshot != nil || replayed > 0 {
            log.info(
                "going on at journal position \(position.entries)",
                [("replayed", "\(replayed)"), ("seconds", String(format: "%.2f", seconds))]
            )
        }
    }

    /// A snapshot of another format, of which the engine has read nothing, is replaced by the whole journal.
    ///
    /// - Throws: when the journal is not whole any more, and for every other problem.
    private static func replace(
        _ snapshot: Snapshot,
        for problem: SnapshotProblem,
        from store: Store,
        _ log: Log
    ) throws {
        let found = "the snapshot at journal position \(snapshot.position.entries) cannot be used: \(problem)"
        let next =
            "nothing was started, the broker keeps the messages; start the version of Vigie that made it"
        guard case .otherFormat = problem else {
            throw CommandFailure(.software, "\(found); \(next), and report this")
        }
        let oldest = try store.oldestEntry(of: VigieProcess.partition) ?? snapshot.position
        guard oldest == .start else {
            throw CommandFailure(
                .software,
                "\(found), and the journal is kept from \(oldest.entries) on only; \(next), or update in smaller steps"
            )
        }
        log.warning("\(found); the whole journal is read in its place, the start takes longer")
    }
}
