extension MessageFormat {
    /// The formats that a message may be in, the likeliest first; the first of them that decodes it is taken.
    ///
    /// A format is told by the topics that its senders use and by what only its payloads have: both, or else the topic, or
    /// else the payload. Only where no such sign is seen are there formats that say nothing of their sender (JSON, CBOR,
    /// CSV, a plain value), by what the payload is at all. None for an empty payload on a topic that nobody is known to use,
    /// and for bytes that are neither a text nor begin as CBOR does: one byte would be a number of CBOR's, and a value that
    /// nobody sent.
    ///
    /// - Parameter announced: the formats that earlier messages spoke for.
    static func likely(_ look: MessageLook, announced: [MessageFormat] = []) -> [MessageFormat] {
        let known = told(look, announced: announced)
        return known.isEmpty ? general(look) : known
    }

    /// Those that a sign or an earlier message speaks for.
    static func told(_ look: MessageLook, announced: [MessageFormat] = []) -> [MessageFormat] {
        signed(look) + announced
    }

    /// Those that a sign speaks for.
    private static func signed(_ look: MessageLook) -> [MessageFormat] {
        let signs = FormatSign.all.map { (sign: $0, topic: $0.topic(look.topic), payload: $0.payload(look)) }
        let ranked =
            signs.filter { $0.topic && $0.payload } + signs.filter { $0.topic && !$0.payload }
            + signs.filter { !$0.topic && $0.payload }
        return ranked.compactMap { named($0.sign.format) }
    }

    /// Those that take any payload of their kind. Line protocol, and what the sender calls by its media type, are not tried
    /// as a plain value, which takes any text.
    static func general(_ look: MessageLook) -> [MessageFormat] {
        var names = look.mediaType.map { [$0.formatName] } ?? []
        switch (look.mediaType, look.kind) {
        case (.senMLJSON, _), (.senMLCBOR, _), (.csv, _), (.lineProtocol, _), (.cbor, _), (_, .empty): break
        case (_, .json): names.append(JSONDocumentDecoder.name)
        case (_, .text) where look.hasLineProtocol: names.append(LineProtocolDecoder.name)
        case (_, .text):
            if look.hasRows { names.append(CSVDecoder.name) }
            names += [PlainDecoder.name, JSONDocumentDecoder.name]
        case (_, .listOfMaps): names += [SenMLCBORDecoder.name, CBORDocumentDecoder.name]
        case (_, .cbor): names.append(CBORDocumentDecoder.name)
        case (_, .bytes): break
        }
        let first = names.first
        return names.enumerated().filter { $0.offset == 0 || $0.element != first }
            .compactMap { named($0.element) }
    }
}

extension PayloadMediaType {
    var formatName: String {
        switch self {
        case .json: JSONDocumentDecoder.name
        case .cbor: CBORDocumentDecoder.name
        case .senMLJSON: SenMLJSONDecoder.name
        case .senMLCBOR: SenMLCBORDecoder.name
        case .csv: CSVDecoder.name
        case .lineProtocol: LineProtocolDecoder.name
        case .plain: PlainDecoder.name
        }
    }
}

/// How the messages of a format are told from others.
struct FormatSign: Sendable {
    let format: String
    let topic: @Sendable (TopicParts) -> Bool
    let payload: @Sendable (MessageLook) -> Bool

    private init(
        _ format: String,
        topic: @escaping @Sendable (TopicParts) -> Bool = { _ in false },
        payload: @escaping @Sendable (MessageLook) -> Bool = { _ in false }
    ) {
        self.format = format
        self.topic = topic
        self.payload = payload
    }

    static let all: [FormatSign] = [
        FormatSign(
            CloudEventsDecoder.name,
            payload: { look in
                look.hasProperty("specversion") || look.isCloudEvent
                    || look.has("specversion", "source", "type")
                    || look.has("0.specversion", "0.source", "0.type")
            }
        ),
        FormatSign(SparkplugDecoder.name, topic: { $0.is(0, "spBv1.0") }),
        FormatSign(
            TheThingsStack.name,
            topic: { $0.is(0, "v3") && $0.is(2, "devices") },
            payload: { $0.has("end_device_ids") }
        ),
        FormatSign(
            ChirpStack.name,
            topic: { $0.is(0, "application") && $0.is(2, "device") },
            payload: { $0.has("deviceInfo.devEui") || $0.has("devEUI") }
        ),
        FormatSign(Zigbee2MQTT.name, topic: { $0.is(0, "zigbee2mqtt") }),
        FormatSign(ShellyGen1.name, topic: { $0.is(0, "shellies") }),
        FormatSign(
            ShellyRPC.name,
            topic: isOfShelly,
            payload: { $0.has("src") && ($0.has("method", "params") || $0.has("dst", "result")) }
        ),
        FormatSign(Homie.name, topic: { $0.is(0, "homie") }),
        FormatSign(HomeAssistantDiscovery.name, topic: { $0.is(0, "homeassistant") && $0.is(-1, "config") }),
        FormatSign(
            Tasmota.name,
            topic: isOfTasmota,
            payload: { $0.has("Time") && ($0.has("Wifi") || $0.has("ENERGY") || $0.has("TempUnit")) }
        ),
        FormatSign(
            Theengs.name,
            topic: { $0.level(after: "BTtoMQTT") != nil || $0.is(-1, "SYStoMQTT") },
            payload: { look in
                look.has("id", "rssi")
                    && (look.has("model_id") || look.has("mac_type") || look.has("tempc")
                        || look.has("distance"))
            }
        ),
        FormatSign(
            Wmbusmeters.name,
            topic: { $0.is(0, "wmbusmeters") },
            payload: { $0.has("media", "meter", "id") || $0.has("media", "driver", "id") }
        ),
        FormatSign(SenMLJSONDecoder.name, payload: { look in senMLLabels.contains { look.has($0) } }),
    ]

    private static let senMLLabels: [StaticString] = ["0.n", "0.bn", "0.bver"]

    /// `PREFIX/events/rpc`, `PREFIX/status/switch:0`, and of a device whose prefix is its id `status/sys` and `online`.
    private static let isOfShelly: @Sendable (TopicParts) -> Bool = { topic in
        if topic.is(-1, "rpc") { return topic.is(-2, "events") }
        if topic.is(-2, "status") {
            return topic[-1]?.contains(UInt8(ascii: ":")) ?? false
                || topic.text(-3)?.hasPrefix("shelly") ?? false
        }
        return topic.is(-1, "online") && (topic.text(-2)?.hasPrefix("shelly") ?? false)
    }

    /// `tele/TOPIC/SENSOR`, or `TOPIC/tele/SENSOR` where the full topic is set so: there the word at the end is in
    /// capitals, as Tasmota writes all of its own.
    private static let isOfTasmota: @Sendable (TopicParts) -> Bool = { topic in
        let prefixes: [StaticString] = ["tele", "stat", "cmnd"]
        guard topic.count >= 3 else { return false }
        if prefixes.contains(where: { topic.is(0, $0) }) { return true }
        return prefixes.contains { topic.is(-2, $0) } && topic[-1]?.contains(where: isSmall) == false
    }

    private static let isSmall: @Sendable (UInt8) -> Bool = { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
}
