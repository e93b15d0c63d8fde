/// What to ask of the broker so that its session holds exactly the wanted topic filters.
struct SubscriptionPlan: Equatable {
    /// In the order of the alphabet, so that the same pipelines always send the same packets.
    var subscribe: [String]
    var unsubscribe: [String]

    /// - Parameter remembered: What the session holds as far as we know; nothing can ask the broker for it.
    init(wanted: Set<String>, remembered: Set<String>, resumed: Bool, version: ProtocolVersion) {
        guard resumed else {
            subscribe = wanted.sorted()
            unsubscribe = []
            return
        }
        unsubscribe = remembered.subtracting(wanted).sorted()
        switch version {
        case .v5:
            // Asked for all of them again: a session that lost one is mended, and "retained only if new" keeps
            // the broker from sending its retained messages again.
            subscribe = wanted.sorted()
        case .v311:
            // Here every SUBSCRIBE brings all retained messages again.
            subscribe = wanted.subtracting(remembered).sorted()
        }
    }
}

/// Where the topic filters that the broker's session holds are written down.
///
/// MQTT cannot list a session's subscriptions, so a filter that a new version of the pipelines no longer has
/// could never be taken back. Called on the intake's thread, only around a change of subscriptions.
public protocol SubscriptionMemory {
    /// The filters of the last `save`; empty when there was none.
    func load() throws -> Set<String>
    /// Must be durable when it returns.
    func save(_ filters: Set<String>) throws
}
