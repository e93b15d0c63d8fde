import Engine
import Measuring
import PipelineKit
import Telemetry

extension Benchmark {
    /// What a message costs and a device takes, as the number of devices grows.
    static let devices = Benchmark(
        name: "devices",
        summary: "cost of a message and memory of a device, from 1 000 to 1 000 000 elevators"
    ) { _ in
        var first: Double?
        for devices in [1000, 10_000, 100_000, 1_000_000] {
            let cost = try cost(devices, "scattered")
            Figure(
                name: "message of \(devices) devices",
                value: cost.nanoseconds,
                unit: "ns",
                baseline: first,
                goal: first == nil ? nil : .ratioAtMost(2)
            ).report()
            first = first ?? cost.nanoseconds
            // Below that, what the program itself takes is a part that counts.
            guard devices >= 100_000 else { continue }
            Figure(
                name: "memory of one of \(devices) devices, eleven waiting readings included",
                value: cost.bytes,
                unit: "bytes"
            ).report()
            guard devices == 1_000_000 else { continue }
            Figure(
                name: "memory of the process with \(devices) devices",
                value: cost.resident / 1e9,
                unit: "GB"
            )
            .report()
            // The difference is what it costs that each device's memory is cold when its message comes.
            let ascending = try Self.cost(devices, "ascending")
            Figure(
                name: "message of \(devices) devices that speak in the order of their memory",
                value: ascending.nanoseconds,
                unit: "ns",
                baseline: cost.nanoseconds
            ).report()
        }
    }

    private static func cost(
        _ devices: Int,
        _ order: String
    ) throws -> (nanoseconds: Double, bytes: Double, resident: Double) {
        let numbers = try Worker.devices.numbers("\(devices)", order)
        guard numbers.count == 3 else {
            throw BenchmarkFailure("the worker for \(devices) devices said nothing")
        }
        return (numbers[0], numbers[1], numbers[2])
    }
}

extension Worker {
    /// Nanoseconds a message, bytes a device, bytes of the process.
    static let devices = Worker(name: "devices") { words in
        guard words.count == 2, let devices = Int(words[0]) else {
            throw BenchmarkFailure("expected a number of devices and an order")
        }
        var source = ElevatorMessages(
            devices: devices,
            order: words[1] == "scattered" ? .scattered : .ascending
        )
        var batch = EntryBatch()
        batch.reserve(bytes: 400_000)
        let before = try residentBytes()
        let engine = Engine(PipelineSet.elevatorsOnly)
        // The first seconds make the records and fill the waiting lines of `Order`; they are no steady cost.
        let warmUp = 14
        let measured = max(4, min(200, 2_000_000 / devices))
        var best = Double.infinity
        for second in 0..<warmUp + measured {
            var spent = 0.0
            for position in stride(from: 0, to: devices, by: 1000) {
                batch.removeAll()
                source.append(position..<min(position + 1000, devices), of: second, to: &batch)
                spent += try Cost.of { _ = try engine.apply(batch) }.processor
            }
            if second >= warmUp { best = min(best, spent / Double(devices) * 1e9) }
        }
        let resident = try residentBytes()
        return [best, (resident - before) / Double(devices), resident]
    }
}
