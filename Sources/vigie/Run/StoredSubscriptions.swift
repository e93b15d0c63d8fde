import Interactions
import MQTT
import Store

/// What the broker's session holds, kept in the database.
struct StoredSubscriptions: SubscriptionMemory {
    let store: Store
    private static let name = "subscriptions"

    func load() throws -> SessionSubscriptions {
        guard let bytes = try store.memo(Self.name) else { return SessionSubscriptions() }
        let json = try JSON(parsing: bytes)
        return SessionSubscriptions(
            confirmed: Self.filters("confirmed", json),
            asked: Self.filters("asked", json)
        )
    }

    func save(_ subscriptions: SessionSubscriptions) throws {
        let json: JSON = [
            "confirmed": .array(subscriptions.confirmed.sorted().map { .string($0) }),
            "asked": .array(subscriptions.asked.sorted().map { .string($0) }),
        ]
        try store.remember(Self.name, json.bytes)
    }

    private static func filters(_ name: String, _ json: JSON) -> Set<String> {
        Set((json[name]?.array ?? []).compactMap(\.string))
    }
}
