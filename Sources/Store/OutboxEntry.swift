import Interactions
import Units

/// Where a delivery stands.
public enum OutboxState: String, Hashable, Sendable, CaseIterable {
    /// Waits for its time or for what is before it.
    case pending
    /// A dispatcher has it.
    case inFlight
    /// The other side has it.
    case done
    /// Refused for good; a person has to deal with it.
    case parked
    /// Its time had passed before it could be sent.
    case expired
    /// The engine took it back before it was sent.
    case withdrawn
    /// An operator took it back.
    case cancelled
    /// It may or may not have been sent, and is not to be sent twice.
    case unknown
}

/// A delivery as an operator sees it: no text, no recipient.
public struct OutboxEntry: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case interaction, notice, command
    }

    public var row: Int64
    public var sink: String
    public var kind: Kind
    /// The id of the interaction, notice or command.
    public var id: String
    /// The case or episode.
    public var key: String
    public var isLifeSafety: Bool
    public var state: OutboxState
    public var attempts: Int
    public var nextAt: Moment
    public var notAfter: Moment?
    public var outcomeUnknown: Bool
    /// What the other side said last, or why it ended; empty when nothing is known.
    public var reason: String
    /// The other side's id for it.
    public var reference: String?
    public var storedAt: Moment
    public var changedAt: Moment
}

/// How many deliveries of a sink are in a state.
public struct OutboxCount: Hashable, Sendable {
    public var sink: String
    public var state: OutboxState
    public var count: Int
}

/// What became of the deliveries that were in flight when the last run ended.
public struct Recovery: Hashable, Sendable {
    /// Will be tried again, with `outcomeUnknown`.
    public var requeued: Int
    /// Service notices that may or may not have been sent; they are not sent again.
    public var unknown: Int
}
