import Units

/// One thing that came in, as the journal keeps it. Everything that can change a decision is one of these.
public enum Entry: Equatable, Sendable {
    /// Bytes on a topic.
    case message(Message)
    /// Time has passed: timers up to this moment may fire.
    case tick(at: Moment)
    /// A person answered: by a text message, or by a tap or a key.
    case reply(Reply)
    /// What a gateway or CRM says became of a delivery.
    case receipt(Receipt)
    /// News about a case from the CRM, the console or a command.
    case caseUpdate(CaseUpdate)
    /// What an operator or another program orders: a silence, a command to a device.
    case instruction(Instruction)
    /// The directory as imported, whole, as the JSON text that `vigie directory import` made.
    case directory(at: Moment, json: [UInt8])

    /// When it arrived here.
    public var at: Moment {
        switch self {
        case .message(let message): message.arrivedAt
        case .tick(let at): at
        case .reply(let reply): reply.at
        case .receipt(let receipt): receipt.at
        case .caseUpdate(let update): update.at
        case .instruction(let instruction): instruction.at
        case .directory(let at, _): at
        }
    }
}

/// Bytes on a topic, with the MQTT flags and the time of arrival.
public struct Message: Equatable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    public var flags: MessageFlags
    /// User properties and content type of MQTT 5 in the order they came; none with MQTT 3.1.1. The journal keeps what
    /// `PropertyBlock` takes.
    public var properties: [MessageProperty]
    public var arrivedAt: Moment

    public init(
        topic: String,
        payload: [UInt8],
        flags: MessageFlags = .qos1,
        properties: [MessageProperty] = [],
        arrivedAt: Moment
    ) {
        self.topic = topic
        self.payload = payload
        self.flags = flags
        self.properties = properties
        self.arrivedAt = arrivedAt
    }
}

/// Quality of service, and what the broker says about a message besides its bytes.
public struct MessageFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public init(qos: Int, retained: Bool, duplicate: Bool) {
        self.rawValue = UInt8(qos & 3) | (retained ? 4 : 0) | (duplicate ? 8 : 0)
    }

    public static let qos1 = MessageFlags(rawValue: 1)
    /// The broker's stored last message of a topic, not something that happened now.
    public static let retained = MessageFlags(rawValue: 4)
    /// The broker says it may have delivered this before.
    public static let duplicate = MessageFlags(rawValue: 8)
    /// The payload was longer than the intake takes; what is here is its beginning.
    public static let oversized = MessageFlags(rawValue: 16)
    /// In the journal only: a block of properties follows the payload.
    static let properties = MessageFlags(rawValue: 32)

    public var qos: Int { Int(rawValue & 3) }
}

/// What became of a delivery.
public struct Receipt: Equatable, Sendable {
    public enum Outcome: String, Sendable, CaseIterable {
        /// The gateway or CRM has taken it.
        case accepted
        /// It reached the handset or is in the CRM.
        case delivered
        /// It will never arrive.
        case failed
        /// It was not sent: its time had passed, or it was cancelled.
        case expired
        /// It may have arrived or not: nobody may count on it, and nobody may take it for lost.
        case unknown
    }

    /// The id of the notice or interaction.
    public var id: String
    public var sink: String
    public var outcome: Outcome
    /// Why, in the other side's words; empty when it said nothing.
    public var detail: String
    public var at: Moment

    public init(id: String, sink: String, outcome: Outcome, detail: String = "", at: Moment) {
        self.id = id
        self.sink = sink
        self.outcome = outcome
        self.detail = detail
        self.at = at
    }
}
