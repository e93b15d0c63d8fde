import Units

/// A message as it came from the network; valid only during the call.
public struct MessageView {
    public var topic: UnsafeRawBufferPointer
    public var payload: UnsafeRawBufferPointer
    public var arrivedAt: Moment
    /// MQTT 5 user properties and the content type (by the name `content-type`), in the order they came.
    public var properties: [(name: String, value: String)]
    /// Retained, duplicate: whether it happened now.
    public var flags: MessageFlags

    public init(
        topic: UnsafeRawBufferPointer,
        payload: UnsafeRawBufferPointer,
        arrivedAt: Moment,
        properties: [(name: String, value: String)] = [],
        flags: MessageFlags = .qos1
    ) {
        self.topic = topic
        self.payload = payload
        self.arrivedAt = arrivedAt
        self.properties = properties
        self.flags = flags
    }

    /// The last value of a property; nil when there is none. Names are compared as MQTT sends them.
    public func property(_ name: String) -> String? {
        properties.last { $0.name == name }?.value
    }
}

/// Bytes of one format, envelope or device family to readings.
///
/// A value: what it must remember from message to message (Sparkplug's aliases, a frame counter) is in it, so that a
/// replay decodes the same.
public protocol MessageDecoder: Sendable {
    /// The word for `--as` and for logs: `senml+json`, `the-things-stack`.
    static var name: String { get }

    /// What is wrong with the settings that the author gave it, found when the pipeline is checked; nil when nothing is.
    var mistake: String? { get }

    /// Appends what the message says; `readings` has been emptied with `begin(arrivedAt:)`.
    ///
    /// - Throws: why nothing, or not all of it, can be said. What was appended before is then not used.
    mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem)
}

extension MessageDecoder {
    public var mistake: String? { nil }

    /// Empties `readings` and decodes a message into them: what callers use.
    ///
    /// - Throws: what `decode` throws, and `tooMany` when the message says more than `DecodedReadings` takes.
    public mutating func read(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        readings.begin(arrivedAt: message.arrivedAt)
        guard message.payload.count <= PayloadDecoder.sizeLimit else {
            throw .tooLarge(bytes: message.payload.count)
        }
        try decode(message, into: &readings)
        guard readings.isOverfull else { return }
        throw readings.items.count < DecodedReadings.itemLimit
            ? .tooMany(what: "bytes of names and texts", limit: DecodedReadings.byteLimit)
            : .tooMany(what: "readings", limit: DecodedReadings.itemLimit)
    }
}

/// A decoder that learns from messages what later ones need, and keeps it over a restart.
public protocol LearningDecoder: MessageDecoder {
    /// What it has learnt, for a snapshot; the same for two decoders that have learnt the same.
    var bytes: [UInt8] { get }

    /// Goes on from a snapshot, with the settings that this one was made with.
    ///
    /// - Throws: when the bytes are not those of this decoder, which then stays as it is.
    mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem)
}

extension LearningDecoder {
    /// One with the same settings that goes on from a snapshot.
    public func restored(from bytes: [UInt8]) throws(DecoderSnapshotProblem) -> Self {
        var decoder = self
        try decoder.restore(bytes)
        return decoder
    }
}

/// Why a decoder cannot go on from a snapshot.
public enum DecoderSnapshotProblem: Error, Hashable, Sendable {
    case version(found: Int, known: Int)
    case damaged(offset: Int, expected: String)
}

extension DecoderSnapshotProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .version(let found, let known):
            "the decoder's snapshot has version \(found), this one reads \(known); what it had learnt is learnt anew"
        case .damaged(let offset, let expected):
            "the decoder's snapshot is damaged at byte \(offset): expected \(expected); what it had learnt is learnt anew"
        }
    }
}

/// A message that the sender of another one should get, such as Sparkplug's request to be born again.
///
/// A value: whoever owns the connection publishes it, at QoS 0 and not retained, and not while replaying.
public struct DeviceRequest: Hashable, Sendable {
    public var topic: String
    public var payload: [UInt8]

    public init(topic: String, payload: [UInt8]) {
        self.topic = topic
        self.payload = payload
    }
}
