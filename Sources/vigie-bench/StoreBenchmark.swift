import Foundation
import Interactions
import Measuring
import Store
import Telemetry
import TestSupport
import Units

extension Benchmark {
    /// What the store costs by itself.
    static let store = Benchmark(
        name: "store",
        summary:
            "commits with and without checkpoints elsewhere, the journal read back, snapshots, the outbox"
    ) { _ in
        let folder = try TestFolder()
        let path = folder.path("store.sqlite")
        try commits(path)
        try pacedCommits(path, maintained: false)
        try pacedCommits(path, maintained: true)
        try smallCommits(path)
        try journalRead(path)
        try snapshots(path)
        try outbox(path)
    }
    private static let storeRoutes = Routes(interactions: ["crm"])

    /// Batches of 1 000 messages of 150 bytes, no effects, as fast as they can be stored.
    private static func commits(_ path: String) throws {
        let store = try Store(path: path)
        let cost = try Cost.of {
            for number in 0..<1000 { try commit(batch: number, to: store) }
        }
        let filling = Cost.of { for number in 0..<1000 { _ = batch(of: 1000, from: number * 1000) } }
        report(
            "store commit of 1000, CPU per message",
            (cost.processor - filling.processor) * 1e9 / 1e6,
            "ns"
        )
        report("store commit of 1000, messages", 1e6 / (cost.elapsed - filling.elapsed), "1/s")
    }

    /// 100 of these batches a second, which fills the log every 3 s: how long a commit takes with the checkpoint
    /// in the committing thread, and with one a second elsewhere.
    private static func pacedCommits(_ path: String, maintained: Bool) throws {
        let store = try Store(path: path)
        let maintenance = Maintenance(path: path)
        if maintained { maintenance.start() }
        defer { if maintained { maintenance.stop() } }
        let first = Int(try store.head(of: "0").entries) / 1000
        let began = seconds(CLOCK_MONOTONIC)
        var times: [Double] = []
        for number in 0..<1000 {
            let ahead = began + Double(number) / 100 - seconds(CLOCK_MONOTONIC)
            if ahead > 0 { usleep(UInt32(ahead * 1e6)) }
            times.append(try Cost.of { try commit(batch: first + number, to: store) }.elapsed * 1e3)
        }
        times.sort()
        let name = "store paced commit of 1000, \(maintained ? "checkpoints elsewhere" : "own checkpoints")"
        report("\(name), p50", times[500], "ms")
        report("\(name), p99", times[990], "ms")
        report("\(name), longest", times[999], "ms")
    }

    private static func commit(batch number: Int, to store: Store) throws {
        let entries = batch(of: 1000, from: number * 1000)
        let commit = Commit(after: Position(Int64(number) * 1000), entries: entries)
        try store.commit(commit, to: "0", routes: storeRoutes) { _ in [] }
    }

    private static func smallCommits(_ path: String) throws {
        let store = try Store(path: path)
        let head = try store.head(of: "0")
        let cost = try Cost.of {
            for number in 0..<1000 {
                let commit = Commit(after: head + number, entries: batch(of: 1, from: number))
                try store.commit(commit, to: "0", routes: storeRoutes) { _ in [] }
            }
        }
        report("store commit of 1, CPU", cost.processor * 1e3, "µs")
        report("store commit of 1, commits", 1000 / cost.elapsed, "1/s")
    }

    private static func journalRead(_ path: String) throws {
        let store = try Store(path: path)
        var reader = store.journal(of: "0", from: .start)
        var bytes = 0
        let cost = try Cost.of {
            while let batch = try reader.next() { try batch.entries.forEach { bytes += $0.payload.count } }
        }
        report(
            "store journal read, CPU per message",
            cost.processor * 1e9 / Double(reader.position.entries),
            "ns"
        )
    }

    /// The state of 100 000 devices at 500 bytes.
    private static func snapshots(_ path: String) throws {
        let store = try Store(path: path)
        let bytes = [UInt8](unsafeUninitializedCapacity: 50_000_000) { buffer, count in
            for index in buffer.indices {
                buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: index &* 31))
            }
            count = buffer.count
        }
        let snapshot = Snapshot(position: .start, version: "1", at: Moment(), bytes: bytes)
        for name in ["first", "second", "third"] {
            report(
                "store snapshot of 50 MB, \(name) save",
                try Cost.of { try store.save(snapshot, of: "0") }.elapsed,
                "s"
            )
        }
        let load = try Cost.of {
            guard try store.newestSnapshot(of: "0").snapshot == snapshot else {
                throw BenchmarkFailure("the snapshot came back different")
            }
        }
        report("store snapshot of 50 MB, load", load.elapsed, "s")
    }

    /// 10 000 interactions of 10 000 cases: stored 100 a batch, taken and finished 20 at a time.
    private static func outbox(_ path: String) throws {
        let store = try Store(path: path)
        let head = try store.head(of: "0")
        let body = [UInt8](repeating: 120, count: 1000)
        let storing = try Cost.of {
            for number in 0..<100 {
                let effects = (0..<100).map { interaction(number * 100 + $0) }
                let commit = Commit(after: head + number, entries: batch(of: 1, from: 0), effects: effects)
                try store.commit(commit, to: "0", routes: storeRoutes) { _ in body }
            }
        }
        report("store effect with its delivery, CPU", storing.processor * 1e6 / 10_000, "µs")
        let now = Moment.distantFuture
        let sending = try Cost.of {
            while true {
                let jobs = try store.claimJobs(of: "crm", now: now, limit: 20)
                if jobs.isEmpty { break }
                try store.finish(jobs.map { ($0.row, .done(reference: nil)) }, at: now)
            }
        }
        report("store claim and finish, CPU per job", sending.processor * 1e6 / 10_000, "µs")
        report("store claim and finish, jobs", 10_000 / sending.elapsed, "1/s")
    }

    private static func interaction(_ number: Int) -> Effect {
        .interaction(
            Interaction(
                id: "EVT_\(number)",
                key: "CASE_\(number)",
                seq: 1,
                kind: .case,
                verb: .opened,
                status: .new,
                severity: .warning,
                privacy: .technical,
                pipeline: "bench",
                detector: "bench",
                queue: "maintenance",
                subject: "A7",
                site: nil,
                title: Bilingual(french: "panne"),
                at: Moment(),
                openedAt: Moment()
            )
        )
    }

    /// Every message differs: SQLite passes over pages that have not changed.
    private static func batch(of count: Int, from first: Int) -> EntryBatch {
        var entries = EntryBatch()
        entries.reserve(bytes: count * 200)
        let topic = Array("landlord/12/elevator/A7/status".utf8)
        var payload = [UInt8](repeating: 120, count: 150)
        for number in first..<first + count {
            withUnsafeBytes(of: number) { payload.replaceSubrange(0..<8, with: $0) }
            topic.withUnsafeBytes { topic in
                payload.withUnsafeBytes { payload in
                    entries.append(
                        topic: topic,
                        payload: payload,
                        flags: .qos1,
                        arrivedAt: Moment(microseconds: Int64(number))
                    )
                }
            }
        }
        return entries
    }

    private static func report(_ name: String, _ value: Double, _ unit: String) {
        Figure(name: name, value: value, unit: unit).report()
    }
}
