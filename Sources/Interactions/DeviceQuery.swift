import Units

/// A question to a device that is worth asking only now, such as Sparkplug's request to be born again.
///
/// It is published at QoS 0 and not retained, once, while the broker is there; it stands in no outbox, for an old one
/// would only be a nuisance: whoever still wants to know asks anew.
public struct DeviceQuery: Hashable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    public var at: Moment

    public init(topic: String, payload: [UInt8], at: Moment) {
        self.topic = topic
        self.payload = payload
        self.at = at
    }
}
