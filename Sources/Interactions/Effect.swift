import Units

/// What the engine decided, in the order it decided it. The engine makes these; the store keeps them; the
/// dispatchers carry them out.
public enum Effect: Hashable, Sendable {
    case interaction(Interaction)
    case notice(Notice)
    case command(Command)
    case query(DeviceQuery)
    case deadLetter(DeadLetter)
    case dropped(Dropped)
    /// Something was not said, or not yet, and why.
    case held(Held)
    /// Takes back notices of a case that have not been sent yet.
    case withdrawn(Withdrawn)
}

/// A message that could not be read, kept whole so that it can be looked at and replayed.
public struct DeadLetter: Hashable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    /// A stable word for counters: `malformed`, `missing`, `unrouted` …
    public var reason: String
    /// The sentence for people.
    public var detail: String
    public var pipeline: String?
    public var at: Moment

    public init(
        topic: String,
        payload: [UInt8],
        reason: String,
        detail: String,
        pipeline: String?,
        at: Moment
    ) {
        self.topic = topic
        self.payload = payload
        self.reason = reason
        self.detail = detail
        self.pipeline = pipeline
        self.at = at
    }
}

/// A reading or notice that does not go on, and why.
public struct Dropped: Hashable, Sendable {
    public var reason: String
    public var pipeline: String
    public var subject: String
    public var at: Moment

    public init(reason: String, pipeline: String, subject: String, at: Moment) {
        self.reason = reason
        self.pipeline = pipeline
        self.subject = subject
        self.at = at
    }
}

/// Notices of a case that must not go out any more if they have not yet.
public struct Withdrawn: Hashable, Sendable {
    /// The case or episode.
    public var key: String
    /// The phases that are withdrawn; empty means all.
    public var phases: [String]
    public var reason: String
    public var at: Moment

    public init(key: String, phases: [String] = [], reason: String, at: Moment) {
        self.key = key
        self.phases = phases
        self.reason = reason
        self.at = at
    }
}
