internal import CMosquitto

/// Where the receiver of a message is asked to answer: response topic and correlation data of MQTT 5. Brokers that
/// speak MQTT 3.1.1 only have no such thing, and the message goes without.
public struct AnswerAddress: Hashable, Sendable {
    public var topic: String
    /// Comes back with the answer as it is.
    public var correlation: String

    public init(topic: String, correlation: String) {
        self.topic = topic
        self.correlation = correlation
    }

    /// - Returns: libmosquitto's code.
    func add(to properties: inout OpaquePointer?) -> Int32 {
        let code = mosquitto_property_add_string(
            &properties,
            Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue),
            topic
        )
        guard code == MOSQ_ERR_SUCCESS.rawValue else { return code }
        var correlation = correlation
        return correlation.withUTF8 { bytes in
            mosquitto_property_add_binary(
                &properties,
                Int32(MQTT_PROP_CORRELATION_DATA.rawValue),
                bytes.baseAddress,
                UInt16(clamping: bytes.count)
            )
        }
    }
}
