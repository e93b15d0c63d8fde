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
                throw CommandFailure(
                    .software,
                    "the snapshot at \(snapshot.position.entries) cannot be used: \(error); nothing was started"
                )
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
}
