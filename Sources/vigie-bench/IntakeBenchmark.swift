import Foundation
import Measuring
import Telemetry
import TestSupport

extension Benchmark {
    /// Messages taken, decided on and stored, beside a bare subscriber that throws them away.
    static let intake = Benchmark(
        name: "intake",
        summary: "QoS 1 through a broker to a durable journal, beside a bare libmosquitto subscriber"
    ) { _ in
        try throughBroker(messages: 100_000, rounds: 5)
        try asFastAsPossible(messages: 300_000, rounds: 5)
        try publishing(messages: 100_000, rounds: 3)
    }

    /// Publisher, Mosquitto and subscriber share the machine: what counts is who keeps up with the broker.
    private static func throughBroker(messages: Int, rounds: Int) throws {
        var source = ElevatorMessages(devices: 1000)
        let batches = source.batches(from: 0, seconds: messages / 1000)
        var ours: [Double] = []
        var bare: [Double] = []
        for _ in 0..<rounds {
            // A broker of its own for each: the sessions of those before cost it time.
            let first = try MosquittoServer()
            let player = try Player(batches, port: first.port)
            bare.append(
                try Cost.of {
                    try BareSubscriber.take(messages, port: first.port) { player.start() }
                }.elapsed
            )
            try player.finish()
            first.stop()

            let second = try MosquittoServer()
            let folder = try TestFolder()
            let service = try Service(.elevatorsOnly, store: folder.path("store.sqlite"), port: second.port)
            try service.connect()
            let next = try Player(batches, port: second.port)
            ours.append(
                try Cost.of {
                    next.start()
                    try service.run(until: messages)
                }.elapsed
            )
            try next.finish()
            service.stop()
            second.stop()
        }
        Figure(
            name: "intake through Mosquitto, QoS 1, durable",
            value: Double(messages) / ours.median,
            unit: "messages/s",
            baseline: Double(messages) / bare.median,
            goal: .ratioAtLeast(0.95)
        ).report()
    }

    /// A stand-in for the broker that only sends: what a message costs us and a bare subscriber.
    private static func asFastAsPossible(messages: Int, rounds: Int) throws {
        var source = ElevatorMessages(devices: 1000)
        var behaviour = StandInBroker.Behaviour()
        behaviour.packets = try Packets.publish(source.batches(from: 0, seconds: messages / 1000))
        var ours: [Double] = []
        var bare: [Double] = []
        var elapsed: [Double] = []
        for _ in 0..<rounds {
            let broker = try StandInBroker(behaviour)
            defer { broker.stop() }
            bare.append(try Cost.of { try BareSubscriber.take(messages, port: broker.port) {} }.processor)

            let folder = try TestFolder()
            let service = try Service(.elevatorsOnly, store: folder.path("store.sqlite"), port: broker.port)
            let cost = try Cost.of { try service.run(until: messages) }
            ours.append(cost.processor)
            elapsed.append(cost.elapsed)
            service.stop()
        }
        Figure(
            name: "intake from a stand-in, decided and durable, processor time",
            value: ours.median / Double(messages) * 1e6,
            unit: "µs",
            baseline: bare.median / Double(messages) * 1e6,
            goal: .ratioAtMost(1.5)
        ).report()
        Figure(
            name: "intake from a stand-in, decided and durable",
            value: Double(messages) / elapsed.median,
            unit: "messages/s"
        ).report()
    }

    /// How fast recorded days can be played into a broker.
    private static func publishing(messages: Int, rounds: Int) throws {
        var source = ElevatorMessages(devices: 1000)
        let batches = source.batches(from: 0, seconds: messages / 1000)
        let broker = try MosquittoServer()
        let elapsed = try least(of: rounds) {
            let player = try Player(batches, port: broker.port)
            return try Cost.of {
                player.start()
                try player.finish()
            }.elapsed
        }
        broker.stop()
        Figure(
            name: "publishing to Mosquitto, QoS 1",
            value: Double(messages) / elapsed,
            unit: "messages/s"
        ).report()
    }
}
