import Units

/// When a batch is full, and how long to wait for it.
public struct BatchLimits: Equatable, Sendable {
    public var maxMessages: Int
    /// A batch ends with the message that reaches this size; it may be longer by that one message.
    public var maxBytes: Int
    /// How long to go on waiting for more after the first message. Zero takes what the socket has.
    public var window: Duration
    /// How long one batch may read from a socket that never runs empty: what this costs is latency, what it
    /// buys is fewer commits while catching up.
    public var longest: Duration
    /// How long to wait for a first message.
    public var idle: Duration

    public init(
        maxMessages: Int = 5_000,
        maxBytes: Int = 8 << 20,
        window: Duration = .milliseconds(2),
        longest: Duration = .milliseconds(25),
        idle: Duration = .milliseconds(200)
    ) {
        self.maxMessages = max(1, maxMessages)
        self.maxBytes = max(1, maxBytes)
        self.window = window
        self.longest = longest
        self.idle = idle
    }
}

/// What `MQTTIntake.nextBatch` came back with.
public enum BatchOutcome: Equatable, Sendable {
    /// The batch holds this many messages. Commit them, then `acknowledge()`; or `discard()`.
    case messages(Int)
    /// Nothing arrived; time to do something else.
    case idle
    /// The broker accepted us.
    case connected(ProtocolVersion, SessionState)
    /// There is no connection, the error says why and when it is tried again. Nothing is to be done about it.
    case disconnected(MQTTError)
    /// The broker did not grant all subscriptions. The connection goes on with the others.
    case subscriptionsRefused(MQTTError)
}

/// What the broker still knew of us.
public enum SessionState: Equatable, Sendable {
    /// It kept our session: everything unacknowledged comes again, everything new was kept.
    case resumed
    /// There was none, and we did not expect one.
    case new
    /// It had one before and does not have it any more: messages published meanwhile are lost.
    case lost
}

/// What went through the intake since it was made.
public struct IntakeStatistics: Equatable, Sendable {
    public internal(set) var messages = 0
    public internal(set) var payloadBytes = 0
    /// Longer than `MQTTSettings.largestPayload`: cut to their first 4 096 bytes.
    public internal(set) var oversized = 0
    public internal(set) var largestPayload = 0
    /// Properties beyond the limits of `PropertyBlock`: their messages went on without them.
    public internal(set) var propertiesLeftOut = 0
    public internal(set) var retained = 0
    /// Sent with QoS 0: the broker did not promise to deliver these.
    public internal(set) var unguaranteed = 0
    public internal(set) var connections = 0
    public internal(set) var sessionsLost = 0
    /// Read and then given back because they could not be committed.
    public internal(set) var discarded = 0

    public init() {}
}
