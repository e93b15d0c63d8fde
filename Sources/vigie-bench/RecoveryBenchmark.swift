import Engine
import Measuring
import PipelineKit
import Store
import Telemetry
import TestSupport
import Units

extension Benchmark {
    /// How long a start takes.
    static let recovery = Benchmark(
        name: "recovery",
        summary: "10 million journal entries without a snapshot; a start from a snapshot of 100 000 devices"
    ) { _ in
        try recoverFromJournal(entries: 10_000_000, devices: 10_000)
        try recoverFromSnapshot(devices: 100_000)
    }

    private static func recoverFromJournal(entries: Int, devices: Int) throws {
        let folder = try TestFolder()
        let path = folder.path("store.sqlite")
        try fill(path, seconds: entries / devices, devices: devices)
        let numbers = try Worker.start.numbers(path)
        guard numbers.count == 2 else { throw BenchmarkFailure("the start from the journal said nothing") }
        Figure(
            name: "start from \(entries) journal entries, no snapshot",
            value: numbers[0],
            unit: "s",
            goal: .atMost(60)
        ).report()
    }

    private static func fill(_ path: String, seconds: Int, devices: Int) throws {
        let store = try Store(path: path)
        var source = ElevatorMessages(devices: devices, order: .scattered)
        var head = Position.start
        for second in 0..<seconds {
            for batch in source.batches(from: second, seconds: 1) {
                head = try store.commit(Commit(after: head, entries: batch), to: "0", routes: Routes()) { _ in
                    []
                }
            }
        }
    }

    private static func recoverFromSnapshot(devices: Int) throws {
        let folder = try TestFolder()
        let path = folder.path("store.sqlite")
        let store = try Store(path: path)
        let engine = Engine(PipelineSet.elevatorsOnly)
        var source = ElevatorMessages(devices: devices, order: .scattered)
        for batch in source.batches(from: 0, seconds: 14) { _ = try engine.apply(batch) }
        var bytes: [UInt8] = []
        let made = Cost.of { bytes = engine.snapshot() }
        let snapshot = Snapshot(position: .start, version: "bench", at: ElevatorMessages.start, bytes: bytes)
        let saved = try Cost.of { try store.save(snapshot, of: "0") }
        Figure(name: "snapshot of \(devices) devices, size", value: Double(bytes.count) / 1e6, unit: "MB")
            .report()
        Figure(name: "snapshot of \(devices) devices, made", value: made.elapsed, unit: "s").report()
        Figure(name: "snapshot of \(devices) devices, saved", value: saved.elapsed, unit: "s").report()
        let numbers = try (0..<3).map { _ in try Worker.start.numbers(path) }
        guard let elapsed = numbers.compactMap(\.first).min(),
            numbers.allSatisfy({ $0.last == Double(devices) })
        else { throw BenchmarkFailure("the start from the snapshot did not find \(devices) devices") }
        Figure(
            name: "start from a snapshot of \(devices) devices",
            value: elapsed,
            unit: "s",
            goal: .atMost(1)
        ).report()
    }
}

extension Worker {
    /// Seconds from opening the store to a state that stands for all of it, and how many devices that has.
    static let start = Worker(name: "start") { words in
        guard words.count == 1 else { throw BenchmarkFailure("expected the path of a store") }
        var devices = 0
        let cost = try Cost.of {
            let store = try Store(path: words[0])
            let engine = Engine(PipelineSet.elevatorsOnly)
            let snapshot = try store.newestSnapshot(of: "0").snapshot
            if let snapshot {
                let dropped = try engine.restore(snapshot.bytes)
                guard dropped.isEmpty else { throw BenchmarkFailure("the snapshot lost \(dropped)") }
            }
            var journal = store.journal(of: "0", from: snapshot?.position ?? .start)
            while let batch = try journal.next() { _ = try engine.apply(batch.entries) }
            devices = engine.devices.reduce(0) { $0 + $1.count }
        }
        return [cost.elapsed, Double(devices)]
    }
}
