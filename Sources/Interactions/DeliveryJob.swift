import Units

/// One thing to deliver to one sink: a row of the outbox, as a dispatcher takes it.
public struct DeliveryJob: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case interaction(id: String, cloudEvent: [UInt8])
        case notice(Notice)
        case command(Command)
    }

    /// The row in the outbox of this machine; never part of an id that others see.
    public var row: Int64
    public var sink: String
    /// Jobs of one sink with one key are delivered in the order of `row`.
    public var key: String
    public var content: Content
    /// How often it was tried before.
    public var attempts: Int
    /// An earlier try ended without an answer: it may or may not have arrived.
    public var outcomeUnknown: Bool
    public var notAfter: Moment?
    /// When it entered the outbox: too old a job is parked instead of tried again; nil: it has no such age.
    public var queuedAt: Moment?

    public init(
        row: Int64,
        sink: String,
        key: String,
        content: Content,
        attempts: Int,
        outcomeUnknown: Bool,
        notAfter: Moment?,
        queuedAt: Moment? = nil
    ) {
        self.row = row
        self.sink = sink
        self.key = key
        self.content = content
        self.attempts = attempts
        self.outcomeUnknown = outcomeUnknown
        self.notAfter = notAfter
        self.queuedAt = queuedAt
    }

    /// The id that the receiving side can recognise a repetition by.
    public var id: String {
        switch content {
        case .interaction(let id, _): id
        case .notice(let notice): notice.id
        case .command(let command): command.id
        }
    }
}

extension DeliveryJob.Content {
    /// As sinks that speak JSON get it.
    public var cloudEvent: [UInt8] {
        switch self {
        case .interaction(_, let event): event
        case .notice(let notice): CloudEvent.bytes(of: notice)
        case .command(let command): CloudEvent.bytes(of: command)
        }
    }
}

/// What a dispatcher has to say about a job after a try.
public enum DeliveryOutcome: Hashable, Sendable {
    /// The other side has it. `reference` is its own id for it, if it gave one.
    case done(reference: String?)
    /// Not now; try again then. `unknown` when it may have arrived all the same.
    case retry(at: Moment, reason: String, unknown: Bool)
    /// Never: kept, counted and shown until a person deals with it. `mayHaveArrived` when an earlier try went out
    /// and was not answered.
    case parked(reason: String, mayHaveArrived: Bool = false)
    /// Its time had passed before it could be sent.
    case expired
}
