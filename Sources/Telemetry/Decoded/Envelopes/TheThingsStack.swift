import Units

/// Uplinks of The Things Stack 3 (The Things Network, The Things Industries), as its MQTT server and its webhooks send
/// them. Source: The Things Stack documentation, "Data Formats".
///
/// What the server has decoded is read by the profile of the device, else in the server's normalized form where it has
/// one, which says the units; a codec reads the frame that the server has not decoded.
///
/// The subject is the DevEUI, in capital letters, or the device's id where there is none. Joins, downlinks and their
/// acknowledgements are left out by name.
public struct TheThingsStack: LearningDecoder {
    public static let name = "the-things-stack"

    private var network: LoRaWANNetwork
    private var fields = MessageFields()

    /// - Parameters:
    ///   - profile: of all devices that send here; nil to look each up by the model that the server names.
    ///   - device: `maker/model` of the devices whose own the server does not say, or that nobody knows.
    ///   - codecs: who reads the frames that the server has no decoder for.
    public init(
        profile: DeviceProfile? = nil,
        device: String? = nil,
        codecs: @escaping LoRaWANCodecs = { vendor, model throws(FrameProblem) in
            try LoRaWANFamilies.codec(maker: vendor, model: model)
        }
    ) {
        network = LoRaWANNetwork(profile: profile, device: device, codecs: codecs)
    }

    public var mistake: String? { network.mistake }

    public var bytes: [UInt8] { network.bytes }

    /// Goes on from a snapshot with the profile and the codecs that this one has.
    public mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        try network.restore(bytes)
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        try fields.read(message.payload)
        let device = device(of: message)
        switch kind {
        case .uplink:
            try network.append(uplink(of: device), fields, to: &readings)
            appendBattery(in: "uplink_message", to: &readings)
        case .normalized:
            try network.append(normalized(of: device), fields, to: &readings)
            appendBattery(in: "uplink_normalized", to: &readings)
        case .location: appendLocation(of: device, to: &readings)
        case .join:
            network.joined(device)
            throw .leftOut("a device joined the network")
        case .other(let what): throw .leftOut(what)
        case nil: throw .missing(field: "uplink_message")
        }
    }

    private enum Kind {
        case uplink, normalized, location, join
        case other(String)
    }

    private var kind: Kind? {
        if fields.contains("uplink_message") { return .uplink }
        if fields.contains("uplink_normalized") { return .normalized }
        if fields.contains("location_solved") { return .location }
        if fields.contains("join_accept") { return .join }
        return Self.others.first { fields.contains($0.member) }.map { .other($0.what) }
    }

    private static let others: [(member: StaticString, what: String)] = [
        ("downlink_ack", "a downlink was acknowledged"), ("downlink_nack", "a downlink was not acknowledged"),
        ("downlink_sent", "a downlink was sent"), ("downlink_failed", "a downlink failed"),
        ("downlink_queued", "a downlink was queued"), ("downlinks", "an order for a downlink"),
        ("downlink_queue_invalidated", "the downlinks that wait became invalid"),
        ("service_data", "data of a service of the network"),
    ]

    /// The DevEUI, else the device's id of the message or of the topic (`v3/APPLICATION/devices/ID/up`).
    private func device(of message: MessageView) -> String {
        if let eui = fields.text("end_device_ids.dev_eui") { return DeviceEUI.normalised(eui) }
        if let id = fields.text("end_device_ids.device_id") { return id }
        let topic = TopicParts(message.topic)
        return topic.level(after: "devices").flatMap { topic.text($0) } ?? ""
    }

    private func uplink(of device: String) -> LoRaWANUplink {
        var uplink = facts(of: device, in: "uplink_message")
        uplink.frame = fields.text("uplink_message.frm_payload")
        // A decoder that could not make anything of the frame leaves an empty object.
        if fields.hasMembers("uplink_message.decoded_payload") {
            uplink.decoded = "uplink_message.decoded_payload"
        }
        if fields.hasMembers("uplink_message.normalized_payload") {
            uplink.normalized = "uplink_message.normalized_payload"
        }
        return uplink
    }

    /// One measurement of a frame; each of a frame's comes in a message of its own, besides that of the frame.
    private func normalized(of device: String) -> LoRaWANUplink {
        var uplink = facts(of: device, in: "uplink_normalized")
        uplink.normalized = "uplink_normalized.normalized_payload"
        uplink.measurement = fields.digest(of: "uplink_normalized.normalized_payload")
        return uplink
    }

    private func facts(of device: String, in root: StaticString) -> LoRaWANUplink {
        let message = fields.object(root)
        var uplink = LoRaWANUplink()
        uplink.device = device
        uplink.vendor = message.text("version_ids.brand_id") ?? ""
        uplink.model = message.text("version_ids.model_id") ?? ""
        uplink.port = message.number("f_port").flatMap { UInt8(exactly: $0) }
        uplink.counter = message.number("f_cnt").flatMap { UInt32(exactly: $0) }
        uplink.server = message.moment("received_at") ?? fields.moment("received_at")
        for gateway in fields.elements(of: "rx_metadata", under: root) {
            uplink.radio.heard(
                by: gateway.text("gateway_ids.gateway_id"),
                signal: gateway.number("rssi"),
                signalToNoise: gateway.number("snr")
            )
            // One that was on line tells best when it was.
            let times = [uplink.gateway, gateway.moment("time")].compactMap { $0 }
            uplink.gateway = times.max()
        }
        return uplink
    }

    /// What the device answered when the network last asked for its battery; every uplink repeats it.
    private func appendBattery(in root: StaticString, to readings: inout DecodedReadings) {
        let message = fields.object(root)
        guard let level = message.number("last_battery_percentage.value") else {
            guard message.field("last_battery_percentage.f_cnt") != nil else { return }
            return readings.omit(readings.intern("last_battery_percentage"), .null)
        }
        let time = readings.time
        if let at = message.moment("last_battery_percentage.received_at") {
            if readings.at.since(at) > NetworkTime.stored { readings.quality.insert(.historical) }
            (readings.at, readings.clock) = (at, .network)
        }
        readings.asNetwork { readings in
            let (name, unit) = (readings.intern(ReadingName.batteryLevel), readings.intern("%"))
            // The device says it itself, of now.
            let isTaken = readings.isTaken(name, unit)
            readings.append(isTaken ? readings.intern("last_battery_percentage") : name, level, unit: unit)
        }
        readings.time = time
    }

    private func appendLocation(of device: String, to readings: inout DecodedReadings) {
        readings.subject = readings.intern(device)
        NetworkTime.set(server: fields.moment("received_at"), gateway: nil, in: &readings)
        readings.append(fields, under: "location_solved.location", by: .init())
    }
}
