import Units

/// Messages of Shelly devices of the second generation and later: notifications (`events/rpc`), the status of one
/// component (`status/switch:0`), answers to `Shelly.GetStatus`, and `online`. Source: Shelly API documentation,
/// "MQTT", "Notifications" and the pages of the components.
///
/// The subject is the topic's prefix, which is the device's id unless somebody has set another. What happens to a
/// Bluetooth device behind it has the subject of that device, see `appendEvents`.
public struct ShellyRPC: MessageDecoder {
    public static let name = "shelly-rpc"

    private let profile: DeviceProfile?
    private(set) var fields = MessageFields()

    /// - Parameter profile: of all devices that send here; nil to look each up by the model in its id
    ///   (`shellyplus1pm-441793d69718`).
    public init(profile: DeviceProfile? = nil) {
        self.profile = profile
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        let topic = TopicParts(message.topic)
        if topic.is(-1, "online") {
            readings.subject = readings.intern(topic.upTo(-1))
            try fields.read(word: message.payload, path: StaticString("online").bytes)
            return append(under: "", of: "", to: &readings)
        }
        if let level = topic.level(after: "status"), level == topic.count - 1 {
            readings.subject = readings.intern(topic.upTo(-2))
            try fields.read(message.payload, under: topic.from(level))
            return append(under: "", of: topic.text(-3) ?? "", to: &readings)
        }
        try fields.read(message.payload)
        let isEvent = topic.is(-1, "rpc") && topic.is(-2, "events")
        let source = fields.text("src") ?? ""
        readings.subject = isEvent ? readings.intern(topic.upTo(-2)) : readings.intern(source)
        switch fields.text("method") {
        case "NotifyStatus", "NotifyFullStatus":
            setTime(fields.number("params.ts"), in: &readings)
            append(under: "params", of: source, to: &readings)
        case "NotifyEvent": appendEvents(to: &readings)
        case .some: throw .leftOut("an order to a device")
        case nil:
            guard fields.hasMembers("result.sys") else { throw .leftOut("the answer to an order") }
            setTime(fields.number("result.sys.unixtime"), in: &readings)
            append(under: "result", of: source, to: &readings)
        }
    }

    /// A device that has not asked for the time says none, or seconds since it was started.
    func setTime(_ seconds: Double?, in readings: inout DecodedReadings) {
        guard let at = seconds.flatMap({ Moment(epochSeconds: $0) }) else { return }
        readings.at = at
        readings.clock = .device
    }

    private func append(under root: StaticString, of device: String, to readings: inout DecodedReadings) {
        let model = device.split(separator: "-").first.map { String($0) } ?? device
        let knowledge = DecodedReadings.Knowledge(
            profile: profile ?? DeviceProfile.named(model),
            table: Self.table,
            ofNetwork: Self.ofNetwork,
            skipped: Self.skipped
        )
        readings.append(fields, under: root, by: knowledge)
    }

    private static let ofNetwork: [StaticString] = [
        "sys", "wifi", "eth", "cloud", "ble", "bthome", "ws", "mqtt", "knx", "matter", "modbus", "zigbee",
        "plugs_ui",
        "ht_ui", "script:1", "script:2", "script:3",
    ]

    /// What stands in the name of the component already, the same temperature in °F, who gave the last order, and the
    /// energy of the last minutes, which the counter has in it.
    private static let skipped: [StaticString] = [
        "ts", "id", "*.id", "*.tF", "*.temperature.tF", "*.source", "*.aenergy.by_minute.#",
        "*.aenergy.minute_ts",
        "*.ret_aenergy.by_minute.#", "*.ret_aenergy.minute_ts", "*.packet_id", "*.last_updated_ts", "*.rsv",
    ]

    private static let table: [DeviceField] = [
        .flag("switch:#.output", .relay), .number("switch:#.apower", .power),
        .number("switch:#.voltage", .voltage),
        .number("switch:#.current", .current), .number("switch:#.pf", .powerFactor),
        .number("switch:#.freq", .frequency), .number("switch:#.aenergy.total", .energy),
        .number("switch:#.ret_aenergy.total", .energyExported),
        .number("switch:#.temperature.tC", .deviceTemperature),
        .flag("light:#.output", .relay), .number("light:#.apower", .power),
        .number("light:#.aenergy.total", .energy),
        .text("cover:#.state", .state), .number("cover:#.current_pos", .opening),
        .number("cover:#.apower", .power),
        .number("cover:#.voltage", .voltage), .number("cover:#.current", .current),
        .number("cover:#.pf", .powerFactor),
        .number("cover:#.freq", .frequency), .number("cover:#.aenergy.total", .energy),
        .number("cover:#.temperature.tC", .deviceTemperature),
        .number("pm1:#.apower", .power), .number("pm1:#.voltage", .voltage),
        .number("pm1:#.current", .current),
        .number("pm1:#.freq", .frequency), .number("pm1:#.aenergy.total", .energy),
        .number("pm1:#.ret_aenergy.total", .energyExported),
        .number("em:#.a_act_power", ReadingName.power[1]), .number("em:#.b_act_power", ReadingName.power[2]),
        .number("em:#.c_act_power", ReadingName.power[3]), .number("em:#.total_act_power", .power),
        .number("em:#.a_voltage", ReadingName.voltage[1]), .number("em:#.b_voltage", ReadingName.voltage[2]),
        .number("em:#.c_voltage", ReadingName.voltage[3]), .number("em:#.a_current", ReadingName.current[1]),
        .number("em:#.b_current", ReadingName.current[2]), .number("em:#.c_current", ReadingName.current[3]),
        .number("em:#.total_current", .current), .number("em:#.a_pf", ReadingName.powerFactor[1]),
        .number("em:#.b_pf", ReadingName.powerFactor[2]), .number("em:#.c_pf", ReadingName.powerFactor[3]),
        .number("em:#.a_aprt_power", ReadingName.apparentPower[1]),
        .number("em:#.b_aprt_power", ReadingName.apparentPower[2]),
        .number("em:#.c_aprt_power", ReadingName.apparentPower[3]),
        .number("em:#.total_aprt_power", .apparentPower), .number("em:#.a_freq", .frequency),
        .number("emdata:#.a_total_act_energy", ReadingName.energy[1]),
        .number("emdata:#.b_total_act_energy", ReadingName.energy[2]),
        .number("emdata:#.c_total_act_energy", ReadingName.energy[3]),
        .number("emdata:#.a_total_act_ret_energy", ReadingName.energyExported[1]),
        .number("emdata:#.b_total_act_ret_energy", ReadingName.energyExported[2]),
        .number("emdata:#.c_total_act_ret_energy", ReadingName.energyExported[3]),
        .number("emdata:#.total_act", .energy),
        .number("emdata:#.total_act_ret", .energyExported),
        .number("em1:#.act_power", .power), .number("em1:#.voltage", .voltage),
        .number("em1:#.current", .current),
        .number("em1:#.pf", .powerFactor), .number("em1:#.freq", .frequency),
        .number("em1data:#.total_act_energy", .energy),
        .number("em1data:#.total_act_ret_energy", .energyExported),
        .flag("input:#.state", .input), .number("input:#.percent", ReadingName("analogInput", "%")),
        .number("input:#.counts.total", .pulses),
        .number("temperature:#.tC", .temperature), .number("humidity:#.rh", .humidity),
        .number("illuminance:#.lux", .illuminance), .text("illuminance:#.illumination", ReadingName("light")),
        .number("thermostat:#.target_C", .targetTemperature),
        .number("blutrv:#.current_C", .temperature, first: 200),
        .number("blutrv:#.target_C", .targetTemperature, first: 200),
        .number("blutrv:#.pos", .opening, first: 200), .number("blutrv:#.battery", .batteryLevel, first: 200),
        .number("blutrv:#.rssi", .signal, first: 200),
        .number("devicepower:#.battery.percent", .batteryLevel),
        .number("devicepower:#.battery.V", .batteryVoltage),
        .flag("devicepower:#.external.present", .externalPower),
        .flag("flood:#.alarm", .leak), .flag("smoke:#.alarm", .smoke),
        .number("voltmeter:#.voltage", .voltage),
        .flag("online", .online), .number("wifi.rssi", .signal), .number("sys.uptime", .uptime),
    ]
}
