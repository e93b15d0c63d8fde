import Units

/// A message as it came from the network; valid only during the call.
public struct MessageView {
    public var topic: UnsafeRawBufferPointer
    public var payload: UnsafeRawBufferPointer
    public var arrivedAt: Moment
    /// MQTT 5 user properties and the content type (by the name `content-type`), in the order they came.
    public var properties: [(name: String, value: String)]

    public init(
        topic: UnsafeRawBufferPointer,
        payload: UnsafeRawBufferPointer,
        arrivedAt: Moment,
        properties: [(name: String, value: String)] = []
    ) {
        self.topic = topic
        self.payload = payload
        self.arrivedAt = arrivedAt
        self.properties = properties
    }
}

/// Bytes of one format, envelope or device family to readings.
///
/// A value: what it must remember from message to message (Sparkplug's aliases, a frame counter) is in it, so that a
/// replay decodes the same.
public protocol MessageDecoder: Sendable {
    /// The word for `--as` and for logs: `senml+json`, `the-things-stack`.
    static var name: String { get }

    /// Appends what the message says; `readings` has been emptied with `begin(arrivedAt:)`.
    ///
    /// - Throws: why nothing, or not all of it, can be said. What was appended before is then not used.
    mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem)
}
