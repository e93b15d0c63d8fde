import Units

/// Messages of Zigbee2MQTT: the state of each device, whether it can be reached, and the list of devices, from which
/// units and models are learnt. Source: Zigbee2MQTT documentation, "MQTT Topics and Messages" and "Exposes".
///
/// The subject is the device's friendly name, which is its topic and may have slashes in it. A list of devices gives no
/// readings; other messages of the bridge, and orders to devices, are left out by name. Zigbee calls what a motion
/// sensor sees `occupancy`; here it is `motion`, and `occupied` is what a presence sensor says. An `action` is a `button` where
/// somebody pressed something, and an `event` where a sensor noticed something.
public struct Zigbee2MQTT: LearningDecoder {
    public static let name = "zigbee2mqtt"

    private let base: String
    private let profile: DeviceProfile?
    private var learnt = LearntDevices()
    private var fields = MessageFields()

    /// - Parameters:
    ///   - base: the first levels of its topics.
    ///   - profile: of all devices that send here; nil to look each up by the model that the bridge names.
    public init(base: String = "zigbee2mqtt", profile: DeviceProfile? = nil) {
        self.base = base
        self.profile = profile
    }

    public var bytes: [UInt8] { learnt.bytes }

    /// Goes on from a snapshot with the topic and the profile that this one has.
    public mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        learnt = try LearntDevices(bytes: bytes)
    }

    /// The maker and the model that the bridge has named for a device.
    func model(of device: String) -> (vendor: String, model: String)? {
        learnt[device].flatMap { $0.model.isEmpty ? nil : ($0.vendor, $0.model) }
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
        if parts.is(0, "bridge") { return try decodeBridge(message.payload, parts, into: &readings) }
        if parts.is(-1, "set") || parts.is(-1, "get") || parts.is(-2, "set") || parts.is(-2, "get") {
            throw .leftOut("an order to a device")
        }
        if parts.is(-1, "availability") {
            readings.subject = readings.intern(parts.upTo(-1))
            return try appendState(message.payload, to: &readings)
        }
        try decodeDevice(message.payload, topic, into: &readings)
    }

    private mutating func decodeBridge(
        _ payload: UnsafeRawBufferPointer,
        _ topic: TopicParts,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        if topic.count == 2, topic.is(1, "devices") {
            readings.isDescription = true
            return try learnDevices(payload)
        }
        guard topic.count == 2, topic.is(1, "state") else { throw .leftOut("a message of the bridge") }
        readings.subject = readings.intern("bridge")
        try appendState(payload, to: &readings)
    }

    /// `online`, or `{"state":"online"}` since version 1.28.
    private mutating func appendState(
        _ payload: UnsafeRawBufferPointer,
        to readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        if payload.first == UInt8(ascii: "{") {
            try fields.read(payload)
        } else {
            try fields.read(word: payload, path: StaticString("state").bytes)
        }
        guard let state = fields["state"] else { throw .missing(field: "state") }
        readings.append(state, of: fields, as: .flag("state", .online), number: nil, unit: .empty)
    }

    private mutating func decodeDevice(
        _ payload: UnsafeRawBufferPointer,
        _ topic: UnsafeRawBufferPointer,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var device = topic
        if payload.first == UInt8(ascii: "{") {
            try fields.read(payload)
        } else {
            // With `output: attribute` each value has a topic of its own below that of the device.
            let parts = TopicParts(topic)
            guard parts.count > 1, let attribute = parts[-1] else {
                throw .malformed(offset: 0, expected: "an object")
            }
            device = parts.upTo(-1)
            try fields.read(word: payload, path: attribute)
        }
        readings.subject = readings.intern(device)
        NetworkTime.set(server: lastSeen, gateway: nil, in: &readings)
        let known = learnt[String(decoding: device, as: UTF8.self)]
        let profile = profile ?? known.flatMap { DeviceProfile.named(vendor: $0.vendor, $0.model) }
        readings.append(
            fields,
            by: .init(
                profile: profile,
                table: runsOnBattery ? Self.ofBatteries : Self.table,
                skipped: skipped
            )
        ) { path in
            known?.fields[String(decoding: path, as: UTF8.self)]
        }
    }

    /// Version 1 says how light it is twice: in the sensor's own steps, and in lux.
    private var skipped: [StaticString] {
        let always: [StaticString] = ["last_seen", "device", "update", "elapsed"]
        return fields.contains("illuminance_lux") ? always + ["illuminance"] : always
    }

    /// The voltage of a battery comes in millivolts, that of the mains in volts; which it is the list of devices says.
    private var runsOnBattery: Bool { fields.contains("battery") || fields.contains("battery_low") }

    private static let ofBatteries: [DeviceField] = [.number("voltage", .voltageInMillivolts)] + table

    /// When the bridge heard the device, in the form that it is set to; local times without a zone are nobody's.
    private var lastSeen: Moment? {
        if let text = fields.moment("last_seen") { return text }
        guard let milliseconds = fields.number("last_seen") else { return nil }
        return Int64(exactly: milliseconds.rounded()).flatMap { Moment(milliseconds: $0) }
    }

    private mutating func learnDevices(_ payload: UnsafeRawBufferPointer) throws(DecodeProblem) {
        var devices = LearntDevices()
        var json = try JSONCursor(payload)
        try json.enterArray()
        while try json.nextElement() {
            fields.begin()
            try fields.read(next: &json)
            guard let name = fields.text("friendly_name") else { throw .missing(field: "friendly_name") }
            let (vendor, model) = (fields.text("definition.vendor"), fields.text("definition.model"))
            try devices.learn(name) { device, _ in
                device.vendor = vendor ?? ""
                device.model = model ?? ""
            }
            try learnFields(of: name, into: &devices)
        }
        try json.finish()
        learnt = devices
    }

    /// Every property that the device exposes, at whatever depth, with the members that lie beside it.
    private func learnFields(of name: String, into devices: inout LearntDevices) throws(DecodeProblem) {
        for field in fields.all where field.kind == .text {
            guard let beside = fields.path(of: field, under: "definition.exposes", endingIn: ".property")
            else {
                continue
            }
            func text(_ member: StaticString) -> String {
                fields.first(beside, member).map { fields.text($0.text) } ?? ""
            }
            try devices.learn(name, field: fields.text(field.text)) { _, facts in
                facts.unit = UnitSymbol.ours(text("unit"))
                facts.yes = text("value_on")
                facts.no = text("value_off")
                facts.kind = text("type") == "enum" || text("type") == "text" ? .text : nil
            }
        }
    }

    /// What its converters call alike for all devices (Zigbee2MQTT, "Exposes").
    private static let table: [DeviceField] = [
        .number("battery", .batteryLevel), .number("voltage", ReadingName("voltage")),
        .flag("battery_low", .batteryLow), .number("linkquality", .linkQuality),
        .number("device_temperature", .deviceTemperature), .number("local_temperature", .temperature),
        .inverse("contact", .open), .flag("water_leak", .leak), .flag("occupancy", .motion),
        .flag("presence", .occupied), .flag("vibration", .vibration), .flag("gas", .gasAlarm),
        .flag("carbon_monoxide", .alarm), .press("action", .button, other: .event),
        .number("illuminance_lux", .illuminance),
        .number("soil_moisture", ReadingName("soilMoisture", "%")),
        .number("produced_energy", ReadingName("energyExported", "kWh")),
        .number("energy", .energyInKilowattHours), .number("position", .opening),
        .number("occupied_heating_setpoint", .targetTemperature), .flag("window_open", .windowOpen),
        .flag("child_lock", .childLock, yes: ["LOCK", "true"], no: ["UNLOCK", "false"]),
    ]
}
