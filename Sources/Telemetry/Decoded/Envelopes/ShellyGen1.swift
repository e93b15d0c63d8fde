import Units

/// Messages of first-generation Shelly devices: one value a topic below `shellies/ID/`, and a few small JSON objects.
/// Source: Shelly technical documentation, "Shelly Family Overview, MQTT support" and the pages of the devices.
///
/// The subject is the device's id in the topic. Energy comes in watt-minutes or watt-hours, and goes out in watt-hours.
public struct ShellyGen1: MessageDecoder {
    public static let name = "shelly-gen1"

    private let base: String
    private let profile: DeviceProfile?
    private var fields = MessageFields()

    /// - Parameter profile: of all devices that send here; nil to look each up by the model in its id
    ///   (`shellyflood-B92C1E`).
    public init(base: String = "shellies", profile: DeviceProfile? = nil) {
        self.base = base
        self.profile = profile
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        guard let topic = TopicParts(message.topic).below(base) else {
            throw .notUnderstood("a topic outside of \(base)/")
        }
        let parts = TopicParts(topic)
        if parts.is(-1, "announce") { throw .leftOut("a device introduces itself") }
        if parts.is(-1, "command") || parts.is(-1, "set") { throw .leftOut("an order to a device") }
        guard parts.count > 1, let device = parts.text(0) else {
            throw .notUnderstood("a topic that is not \(base)/ID/VALUE")
        }
        readings.subject = readings.intern(device)
        let path = parts.from(1)
        if message.payload.first == UInt8(ascii: "{") {
            try fields.read(message.payload, under: path)
        } else {
            try fields.read(word: message.payload, path: path)
        }
        let profile = profile ?? DeviceProfile.named(Self.model(of: device))
        var knowledge = DecodedReadings.Knowledge(
            profile: profile,
            table: Self.table,
            ofNetwork: Self.ofNetwork,
            // What has `temperature` measures itself by it, and says the same again in `tmp`.
            skipped: fields["info.temperature"] == nil ? Self.skipped : Self.skipped + ["info.tmp"]
        )
        setTime(in: &readings)
        if appendMotion(by: knowledge, to: &readings) {
            knowledge.skipped += ["status.motion", "status.timestamp"]
        }
        // A valve says in which degrees it shows them.
        let unit =
            fields.text("info.thermostats.0.tmp.units") ?? fields.text("status.thermostats.0.tmp.units")
        let degrees = unit.map { FieldFacts(unit: UnitSymbol.ours($0)) }
        readings.append(fields, by: knowledge) { path in
            Self.ofThermostats.contains { FieldPattern.match($0, path) != .none } ? degrees : nil
        }
    }

    /// `info` has the device's time, which is 0 until it has asked for it.
    private func setTime(in readings: inout DecodedReadings) {
        guard let at = fields.number("info.unixtime").flatMap({ Moment(epochSeconds: $0) }) else { return }
        readings.at = at
        readings.clock = .device
    }

    /// The time in the `status` of a motion sensor is that of the last motion: of nothing else that is said there, and not
    /// of the end of the motion.
    private func appendMotion(
        by knowledge: DecodedReadings.Knowledge,
        to readings: inout DecodedReadings
    ) -> Bool {
        guard let motion = fields["status.motion"], motion.kind == .flag, motion.number == 1,
            let at = fields.number("status.timestamp").flatMap({ Moment(epochSeconds: $0) })
        else { return false }
        let (now, clock) = (readings.at, readings.clock)
        (readings.at, readings.clock) = (at, .device)
        readings.append(motion, of: fields, path: StaticString("status.motion").bytes, by: knowledge)
        (readings.at, readings.clock) = (now, clock)
        return true
    }

    private static func model(of device: String) -> String {
        device.split(separator: "-").first.map { String($0) } ?? device
    }

    private static let ofNetwork: [StaticString] = ["info"]

    /// The same temperature in °F, and the clock.
    private static let skipped: [StaticString] = [
        "temperature_f", "ext_temperature_f", "ext_temperatures.#.tF", "*.thermostats.#.tmp.units",
        "*.thermostats.#.target_t.units", "info.tmp.tF", "info.time", "info.unixtime",
    ]

    private static let ofThermostats: [StaticString] = [
        "*.thermostats.#.tmp.value", "*.thermostats.#.target_t.value",
    ]

    /// `/` and `.` separate levels: what a topic says, and what is in an object below it.
    private static let table: [DeviceField] = [
        .flag("relay/#", .relay), .number("relay/#/power", .power),
        .number("relay/#/energy", .energy, scale: 1.0 / 60), .flag("relay/#/overpower_value", .fault),
        .flag("light/#", .relay), .number("light/#/power", .power),
        .number("light/#/energy", .energy, scale: 1.0 / 60),
        .number("emeter/#/power", .power), .number("emeter/#/reactive_power", .reactivePower),
        .number("emeter/#/voltage", .voltage), .number("emeter/#/current", .current),
        .number("emeter/#/pf", .powerFactor), .number("emeter/#/total", .energy),
        .number("emeter/#/total_returned", .energyExported),
        // The counters since the last message, in watt-minutes.
        .number("emeter/#/energy", ReadingName("energyOfPeriod", "Wh"), scale: 1.0 / 60),
        .number("emeter/#/returned_energy", ReadingName("energyExportedOfPeriod", "Wh"), scale: 1.0 / 60),
        .number("roller/#/pos", .opening, absent: -1), .text("roller/#", .state),
        .number("roller/#/power", .power),
        .number("roller/#/energy", .energy, scale: 1.0 / 60),
        .flag("input/#", .input), .text("input_event/#.event", .button),
        .number("input_event/#.event_cnt", .presses),
        .flag("longpush/#", ReadingName("longPress")),
        .number("temperature", .deviceTemperature), .flag("overtemperature", .heatAlarm),
        .number("voltage", .voltage), .number("ext_temperature/#", .probeTemperature),
        .number("ext_humidity/#", .humidity), .number("adc/#", .voltage),
        .number("sensor/temperature", .temperature), .number("sensor/humidity", .humidity),
        .number("sensor/battery", .batteryLevel), .flag("sensor/charger", .externalPower),
        .flag("sensor/ext_power", .externalPower), .flag("sensor/flood", .leak),
        .flag("sensor/smoke", .smoke),
        .flag("sensor/state", .open), .number("sensor/tilt", .angle, absent: -1),
        .flag("sensor/vibration", .vibration),
        .number("sensor/lux", .illuminance), .text("sensor/illumination", ReadingName("light")),
        .flag("sensor/motion", .motion), .text("sensor/act_reasons", ReadingName("wakeReason")),
        .number("sensor/concentration", ReadingName("gas", "ppm")),
        .flag("sensor/gas", .gasAlarm, yes: ["mild", "heavy"], no: ["none"]),
        .flag("status.motion", .motion), .flag("status.vibration", .vibration),
        .number("status.lux", .illuminance),
        .number("status.bat", .batteryLevel), .flag("status.active", ReadingName("armed")),
        .flag("online", .online), .number("info.wifi_sta.rssi", .signal), .number("info.uptime", .uptime),
        .number("info.bat.value", .batteryLevel), .number("info.bat.voltage", .batteryVoltage),
        .number("info.tmp.tC", .temperature), .number("info.temperature", .deviceTemperature),
        .flag("info.relays.#.ison", .relay), .number("info.meters.#.power", .power),
        .number("info.meters.#.total", .energy, scale: 1.0 / 60),
        .number("info.emeters.#.power", .power), .number("info.emeters.#.voltage", .voltage),
        .number("info.emeters.#.total", .energy), .number("info.emeters.#.total_returned", .energyExported),
        .flag("info.flood", .leak), .flag("info.smoke", .smoke), .flag("info.motion", .motion),
        .number("info.concentration.ppm", ReadingName("gas", "ppm")),
        .flag(
            "info.gas_sensor.alarm_state",
            .gasAlarm,
            yes: ["mild", "heavy"],
            no: ["none"]
        ),
        .number("info.ext_temperature.#.tC", .probeTemperature),
        .number("ext_temperatures.#.tC", .probeTemperature), .number("ext_humidities.#.hum", .humidity),
        .number("status.bat.value", .batteryLevel), .number("status.bat.voltage", .batteryVoltage),
        .number("*.thermostats.#.pos", .opening), .number("*.thermostats.#.tmp.value", .temperature),
        .number("*.thermostats.#.target_t.value", .targetTemperature),
        .flag("info.overtemperature", .heatAlarm),
    ]
}
