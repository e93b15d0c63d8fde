import Units

/// What OpenMQTTGateway and Theengs Gateway hear, mostly beacons of Bluetooth sensors: `…/BTtoMQTT/MAC`. Sources:
/// Theengs Decoder documentation, "Device Properties"; OpenMQTTGateway documentation, "BT gateway"; Theengs Gateway
/// documentation, "Presence".
///
/// The subject is the `id` of the message, the sensor's address. The gateway is in the topic.
public struct Theengs: MessageDecoder {
    public static let name = "theengs"

    private let profile: DeviceProfile?
    private var fields = MessageFields()

    /// - Parameter profile: of all devices that send here; nil to look each up by its `model_id`.
    public init(profile: DeviceProfile? = nil) {
        self.profile = profile
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        let topic = TopicParts(message.topic)
        if topic.is(-1, "LWT") {
            readings.subject = readings.intern(topic.text(-2) ?? "")
            try fields.read(word: message.payload, path: StaticString("LWT").bytes)
            return readings.append(fields, by: .init(table: [.flag("LWT", .online)]))
        }
        if topic.is(-2, "commands") { throw .leftOut("an order to a gateway") }
        try fields.read(message.payload)
        if topic.is(-1, "SYStoMQTT") {
            readings.subject = readings.intern(topic.text(-2) ?? "")
            return readings.asNetwork { $0.append(fields, by: .init(table: Self.table)) }
        }
        guard let id = fields.text("id") else { throw .missing(field: "id") }
        readings.subject = readings.intern(id)
        if let time = fields.number("unixtime").flatMap({ Moment(epochSeconds: $0) }) {
            NetworkTime.set(server: time, gateway: nil, in: &readings)
        }
        if let gateway = gateway(topic) {
            readings.asNetwork { $0.append(.gateway, text: $0.intern(gateway)) }
        }
        let model = DeviceProfile.named(vendor: fields.text("brand") ?? "", fields.text("model_id") ?? "")
        let hasCelsius = fields["tempc"] != nil
        let knowledge = DecodedReadings.Knowledge(
            profile: profile ?? model,
            table: Self.table,
            skipped: Self.skipped + (hasCelsius ? ["tempf", "tempf#"] : [])
        )
        readings.append(fields, by: knowledge)
    }

    /// `…/GATEWAY/BTtoMQTT/MAC`, and `…/presence/GATEWAY`, which tells how far a device is.
    private func gateway(_ topic: TopicParts) -> UnsafeRawBufferPointer? {
        if let level = topic.level(after: "BTtoMQTT") { return level > 1 ? topic[level - 2] : nil }
        return topic.is(-2, "presence") ? topic[-1] : nil
    }

    /// What names the device, and what only radios need.
    private static let skipped: [StaticString] = [
        "id", "name", "brand", "model", "model_id", "type", "unixtime", "time", "mac_type", "adv_type",
        "servicedata", "servicedatauuid", "manufacturerdata",
    ]

    private static let table: [DeviceField] = [
        .number("tempc", .temperature), .number("tempc#", .temperature, first: 1),
        .number("tempf", ReadingName("temperature", "°F")),
        .number("tempf#", ReadingName("temperature", "°F"), first: 1), .number("hum", .humidity),
        .number("batt", .batteryLevel),
        .flag("lowbatt", .batteryLow), .number("volt", .voltage), .number("current", .current),
        .number("power", .power), .number("energy", .energyInKilowattHours), .number("rssi", .signal),
        .number("lux", .illuminance), .number("co2", .co2), .number("pm25", .pm25), .number("pm10", .pm10),
        .number("pres", .pressure), .number("moi", ReadingName("soilMoisture", "%")),
        .number("fer", ReadingName("fertility", "µS/cm")), .number("distance", ReadingName("distance", "m")),
        .flag("open", .open), .flag("contact", .open), .flag("motion", .motion), .flag("presence", .occupied),
        .flag("water_leak", .leak), .flag("leak", .leak), .number("steps", .steps),
        .number("act_bpm", .heartRate),
        .number("bpm", .heartRate), .number("weight", ReadingName("weight", "kg")),
        .number("accx", .accelerationX, scale: 1 / 9.80665),
        .number("accy", .accelerationY, scale: 1 / 9.80665),
        .number("accz", .accelerationZ, scale: 1 / 9.80665), .number("uptime", .uptime),
        .text("version", .firmware),
    ]
}
