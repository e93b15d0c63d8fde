import Telemetry
import TestSupport
import Testing
import Units

@testable import MQTT

/// The session's subscriptions, kept as the store would keep them.
final class MemoryInMemory: SubscriptionMemory {
    var subscriptions = SessionSubscriptions()
    private(set) var saves: [SessionSubscriptions] = []

    var filters: Set<String> { subscriptions.confirmed }

    func load() throws -> SessionSubscriptions { subscriptions }

    func save(_ subscriptions: SessionSubscriptions) throws {
        self.subscriptions = subscriptions
        saves.append(subscriptions)
    }
}

/// A clock that moves a millisecond each time it is asked, from a fixed day on.
final class TickingClock {
    var now = Moment(seconds: 1_750_000_000)

    func read() -> Moment {
        now = now + .milliseconds(1)
        return now
    }
}

extension MQTTSettings {
    static func test(_ port: Int, _ clientID: String = "vigie-test") -> MQTTSettings {
        MQTTSettings(host: "127.0.0.1", port: port, clientID: clientID)
    }
}

func makeIntake(
    _ settings: MQTTSettings,
    _ filters: Set<String> = ["t/#"],
    memory: MemoryInMemory = MemoryInMemory(),
    notBefore: Moment = .distantPast,
    clock: TickingClock = TickingClock()
) -> MQTTIntake {
    MQTTIntake(
        settings,
        filters: filters,
        memory: memory,
        notBefore: notBefore,
        seed: 7,
        clock: { clock.read() }
    )
}

func makePublisher(_ settings: MQTTSettings) -> MQTTPublisher {
    var settings = settings
    settings.clientID += "-publisher"
    settings.statusPrefix = nil
    return MQTTPublisher(settings, seed: 11)
}

extension MQTTIntake {
    /// What a caller saw until a condition held.
    struct Story {
        var messages: [Message] = []
        var connections: [SessionState] = []
        var versions: [ProtocolVersion] = []
        var errors: [MQTTError] = []

        var payloads: [String] { messages.map { String(decoding: $0.payload, as: UTF8.self) } }
    }

    /// Runs the loop of a real caller. The limit is for a broker that never comes; it is not part of a claim.
    func run(
        acknowledging: Bool = true,
        limits: BatchLimits = BatchLimits(idle: .milliseconds(50)),
        within limit: Duration = .seconds(30),
        until isDone: (Story) -> Bool
    ) throws -> Story {
        var story = Story()
        var batch = EntryBatch()
        let deadline = Monotonic.now + limit
        while !isDone(story) {
            guard Monotonic.now < deadline else {
                Issue.record("nothing more happened; so far: \(story)")
                break
            }
            switch try nextBatch(into: &batch, limits: limits) {
            case .messages:
                try batch.forEach { view in
                    if case .message(let message) = try view.copied() { story.messages.append(message) }
                }
                guard acknowledging else { return story }
                acknowledge()
            case .idle: continue
            case .connected(let version, let state):
                story.versions.append(version)
                story.connections.append(state)
            case .disconnected(let error), .subscriptionsRefused(let error): story.errors.append(error)
            }
        }
        return story
    }

    /// Until the broker has confirmed the subscriptions.
    func connect() throws -> Story {
        try run { _ in self.isSubscribed }
    }

    /// All that the session still holds: everything up to a message published now, which comes last.
    func rest(_ publisher: MQTTPublisher, topic: String = "t/end") throws -> [String] {
        try publisher.publish(to: topic, "end")
        try publisher.flush()
        return try run { $0.payloads.last == "end" }.payloads.dropLast()
    }
}
