/// A way of writing messages that Vigie reads by its name: a format, or the envelope of a network server or bridge.
public struct MessageFormat: Sendable {
    /// The word for `--as`, for logs and for snapshots: `senml+json`, `the-things-stack`.
    public let name: String
    private let prototype: any MessageDecoder

    public init(_ decoder: some MessageDecoder) {
        name = type(of: decoder).name
        prototype = decoder
    }

    /// A decoder that has not learnt anything yet.
    public func decoder() -> any MessageDecoder { prototype }

    /// Every format with the settings that most installations have.
    public static let all: [MessageFormat] = [
        MessageFormat(JSONDocumentDecoder()), MessageFormat(CBORDocumentDecoder()),
        MessageFormat(SenMLJSONDecoder()), MessageFormat(SenMLCBORDecoder()),
        MessageFormat(CloudEventsDecoder()), MessageFormat(SparkplugDecoder()),
        MessageFormat(CSVDecoder()), MessageFormat(LineProtocolDecoder()), MessageFormat(PlainDecoder()),
        MessageFormat(TheThingsStack()), MessageFormat(ChirpStack()), MessageFormat(Wmbusmeters()),
        MessageFormat(Zigbee2MQTT()), MessageFormat(Tasmota()), MessageFormat(ShellyGen1()),
        MessageFormat(ShellyRPC()), MessageFormat(Homie()), MessageFormat(HomeAssistantDiscovery()),
        MessageFormat(Theengs()),
    ]

    public static func named(_ name: String) -> MessageFormat? {
        all.first { $0.name == name }
    }
}
