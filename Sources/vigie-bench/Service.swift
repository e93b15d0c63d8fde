import Engine
import Foundation
import Interactions
import MQTT
import Measuring
import PipelineKit
import Store
import Telemetry
import Units

/// Intake, engine and store in one loop, as the running service has them: read, decide, commit, acknowledge.
final class Service {
    let engine: Engine
    private let store: Store
    private let intake: MQTTIntake
    private var head = Position.start
    private var taken = 0
    private var batch = EntryBatch()

    init(_ pipelines: PipelineSet, store path: String, port: Int) throws {
        engine = Engine(pipelines)
        store = try Store(path: path)
        intake = MQTTIntake(
            MQTTSettings(host: "127.0.0.1", port: port, clientID: "vigie-bench"),
            filters: Set(pipelines.pipelines.flatMap(\.subscriptions)),
            memory: Forgetful(),
            seed: 1,
            clock: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
            }
        )
    }

    /// Returns when the broker has granted the subscriptions.
    func connect() throws {
        while !intake.isSubscribed {
            switch try intake.nextBatch(into: &batch) {
            case .disconnected(let error): throw error
            case .messages: throw BenchmarkFailure("messages came before anything was published")
            case .idle, .connected, .subscriptionsRefused: continue
            }
        }
    }

    /// Something else than a message, into journal and engine.
    func take(_ entry: Entry) throws {
        batch.removeAll()
        batch.append(entry)
        try commit(try engine.apply(batch))
    }

    /// - Parameter committed: what is durable by now.
    func run(until count: Int, committed: (EntryBatch, [Effect]) throws -> Void = { _, _ in }) throws {
        while taken < count {
            switch try intake.nextBatch(into: &batch) {
            case .messages(let more):
                let effects = try engine.apply(batch)
                try commit(effects)
                intake.acknowledge()
                taken += more
                try committed(batch, effects)
            case .disconnected(let error): throw error
            case .idle, .connected, .subscriptionsRefused: continue
            }
        }
    }

    func stop() { intake.stop(within: .seconds(2)) }

    private func commit(_ effects: [Effect]) throws {
        let commit = Commit(after: head, entries: batch, effects: effects)
        let routes = Routes(interactions: ["crm"], notices: ["sms"], commands: ["mqtt"])
        head = try store.commit(commit, to: "0", routes: routes) { CloudEvent.bytes(of: $0) }
    }
}

private struct Forgetful: SubscriptionMemory {
    func load() throws -> SessionSubscriptions { SessionSubscriptions() }
    func save(_ subscriptions: SessionSubscriptions) throws {}
}
