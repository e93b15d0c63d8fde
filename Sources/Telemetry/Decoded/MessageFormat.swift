/// A way of writing messages that Vigie reads by its name: a format, or the envelope of a network server or bridge.
public struct MessageFormat: Sendable {
    /// The word for `--as` and for logs: `senml+json`, `the-things-stack`.
    public let name: String
    /// What sets this decoder apart from others of the same format; empty for the usual one.
    public let settings: String
    /// What is wrong with its settings, for `vigie check`; nil when nothing is.
    public let mistake: String?
    private let prototype: any MessageDecoder

    /// - Parameters:
    ///   - settings: two formats of the same name and the same settings are one: the engine has one decoder for
    ///     both, and a snapshot keeps under these words what it has learnt. So a decoder that is not as usual needs
    ///     words of its own here.
    ///   - mistake: what is wrong with the words that it was asked for with, beside what the decoder finds itself.
    public init(_ decoder: some MessageDecoder, settings: String = "", mistake: String? = nil) {
        name = type(of: decoder).name
        self.settings = settings
        self.mistake = mistake ?? decoder.mistake
        prototype = decoder
    }

    /// Its name with its settings: `zigbee2mqtt (base bridge2)`.
    public var title: String { settings.isEmpty ? name : "\(name) (\(settings))" }

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

extension MessageFormat: Hashable {
    public static func == (left: MessageFormat, right: MessageFormat) -> Bool {
        (left.name, left.settings) == (right.name, right.settings)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(settings)
    }
}
