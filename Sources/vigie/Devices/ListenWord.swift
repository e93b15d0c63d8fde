import Telemetry

/// How `Listen` calls a format, and the filter that takes in all that the format needs.
struct ListenWord {
    /// `theThingsStack` of `as: .theThingsStack`.
    let word: String
    /// Nil where the topics are those of the installation.
    let filter: String?
    /// Where else the format learns what it needs.
    let also: String?

    /// Nil for a format that no pipeline listens to.
    static func of(_ format: String) -> ListenWord? {
        let learnt = [
            TheThingsStack.name: "v3/+/devices/+/join", HomeAssistantDiscovery.name: "homeassistant/#",
        ]
        return all[format].map { ListenWord(word: $0.word, filter: $0.filter, also: learnt[format]) }
    }

    /// By the name of the format.
    private static let all: [String: (word: String, filter: String?)] = [
        JSONDocumentDecoder.name: ("json", nil), CBORDocumentDecoder.name: ("cbor", nil),
        SenMLJSONDecoder.name: ("senML", nil), SenMLCBORDecoder.name: ("senMLCBOR", nil),
        CloudEventsDecoder.name: ("cloudEvents", nil), SparkplugDecoder.name: ("sparkplugB", "spBv1.0/#"),
        CSVDecoder.name: ("csv", nil), LineProtocolDecoder.name: ("influx", nil),
        PlainDecoder.name: ("plain", nil), TheThingsStack.name: ("theThingsStack", "v3/+/devices/+/up"),
        ChirpStack.name: ("chirpStack", "application/+/device/+/event/+"),
        Wmbusmeters.name: ("wmbusmeters", nil), Zigbee2MQTT.name: ("zigbee2mqtt", "zigbee2mqtt/#"),
        Tasmota.name: ("tasmota", nil), ShellyGen1.name: ("shellyGen1", "shellies/#"),
        ShellyRPC.name: ("shellyRPC", nil), Homie.name: ("homie", "homie/#"),
        HomeAssistantDiscovery.name: ("homeAssistant", nil), Theengs.name: ("theengs", nil),
    ]
}
