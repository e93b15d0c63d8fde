/// What to ask of the broker so that its session holds exactly the wanted topic filters.
struct SubscriptionPlan: Equatable {
    /// In the order of the alphabet, so that the same pipelines always send the same packets.
    var subscribe: [String]
    var unsubscribe: [String]
    /// What is true of the session from the first packet of this plan to the last answer.
    var meanwhile: SessionSubscriptions

    init(wanted: Set<String>, remembered: SessionSubscriptions, resumed: Bool, version: ProtocolVersion) {
        let possible = resumed ? remembered.confirmed.union(remembered.asked) : []
        let confirmed = resumed ? remembered.confirmed.intersection(wanted) : []
        unsubscribe = possible.subtracting(wanted).sorted()
        switch version {
        case .v5:
            // Asked for all of them again: a session that lost one is mended, and "retained only if new" keeps
            // the broker from sending its retained messages again.
            subscribe = wanted.sorted()
        case .v311:
            // Here every SUBSCRIBE brings all retained messages again.
            subscribe = wanted.subtracting(confirmed).sorted()
        }
        meanwhile = SessionSubscriptions(
            confirmed: confirmed,
            asked: possible.union(wanted).subtracting(confirmed)
        )
    }
}

/// The topic filters that the broker's session holds, as far as we know: nothing can ask the broker.
public struct SessionSubscriptions: Equatable, Sendable {
    /// The broker granted these.
    public var confirmed: Set<String>
    /// Asked for or taken back, without an answer yet: the session may hold these or not.
    public var asked: Set<String>

    public init(confirmed: Set<String> = [], asked: Set<String> = []) {
        self.confirmed = confirmed
        self.asked = asked
    }
}

/// Where it is written down what the broker's session holds.
///
/// Without it, a filter that a new version of the pipelines no longer has could never be taken back. Called on
/// the intake's thread, only around a change of subscriptions.
public protocol SubscriptionMemory {
    /// What the last `save` was given; nothing when there was none.
    func load() throws -> SessionSubscriptions
    /// Must be durable when it returns.
    func save(_ subscriptions: SessionSubscriptions) throws
}
