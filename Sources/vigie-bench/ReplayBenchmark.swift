import Engine
import Foundation
import PipelineKit
import Pipelines
import Telemetry

extension Benchmark {
    /// Bytes to effects on one core, and what a user would write in Python instead.
    static let replay = Benchmark(name: "replay") { _ in
        var source = ElevatorMessages(devices: 1000)
        let batches = source.batches(from: 0, seconds: 400)
        let count = batches.reduce(0) { $0 + $1.count }
        let seconds = try best(of: 3) {
            let engine = Engine(PipelineSet.elevatorsOnly)
            let start = threadSeconds()
            for batch in batches { _ = try engine.apply(batch) }
            return threadSeconds() - start
        }
        Result(
            name: "replay, elevator pipeline, one core",
            value: Double(count) / seconds,
            unit: "messages/s"
        ).print()
    }

    /// Cost of a message and memory of a device, as the number of devices grows.
    static let devices = Benchmark(name: "devices") { _ in
        var first: Double?
        for devices in [1000, 10_000, 100_000, 1_000_000] {
            let seconds = max(30, min(300, 3_000_000 / devices))
            var source = ElevatorMessages(devices: devices)
            let engine = Engine(PipelineSet.elevatorsOnly)
            let before = residentBytes()
            var cost = 0.0
            var count = 0
            for second in 0..<(devices == 1_000_000 ? 16 : seconds) {
                let batches = source.batches(from: second, seconds: 1)
                let start = threadSeconds()
                for batch in batches { _ = try engine.apply(batch) }
                // The first seconds make the records; they are no part of the steady cost.
                if second >= 12 {
                    cost += threadSeconds() - start
                    count += devices
                }
            }
            let nanoseconds = cost / Double(count) * 1e9
            Result(
                name: "cost of a message at \(devices) devices",
                value: nanoseconds,
                unit: "ns",
                baseline: first
            )
            .print()
            first = first ?? nanoseconds
            Result(
                name: "memory of an elevator at \(devices) devices",
                value: (residentBytes() - before) / Double(devices),
                unit: "bytes"
            ).print()
        }
    }
}

extension PipelineSet {
    static var elevatorsOnly: PipelineSet {
        PipelineSet(allPipelines.pipelines.filter { $0.name == "elevators" })
    }
}
