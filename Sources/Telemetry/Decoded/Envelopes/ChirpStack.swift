import Units

/// Events of ChirpStack 3 and 4, as its MQTT integration sends them in JSON. Sources: ChirpStack documentation, "Event
/// types" (version 4) and "Events" of the application server (version 3).
///
/// The subject is the DevEUI, in capital letters. What the server has decoded is in `object`, or as a text in
/// `objectJSON`; else a codec reads `data`. Status events become battery and link margin; joins, downlinks and log
/// entries are left out by name.
public struct ChirpStack: LearningDecoder {
    public static let name = "chirpstack"

    private var network: LoRaWANNetwork
    private var fields = MessageFields()

    /// - Parameters:
    ///   - profile: of all devices that send here; nil to look each up by the maker and the model in the name of its
    ///     device profile, such as `Milesight EM300-ZLD` or `milesight/em300-zld`.
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
        switch kind(of: message) {
        case .uplink:
            let uplink = try uplink(of: device)
            try network.append(uplink, fields, to: &readings)
        case .status: appendStatus(of: device, to: &readings)
        case .location:
            begin(device, in: &readings)
            readings.append(fields, under: "location", by: .init())
        case .join:
            network.joined(device)
            throw .leftOut("a device joined the network")
        case .other(let what): throw .leftOut(what)
        case nil: throw .missing(field: "data")
        }
    }

    private enum Kind {
        case uplink, status, location, join
        case other(String)
    }

    /// By the last level of the topic (`application/ID/device/EUI/event/up`); by what is in it where a bridge has moved
    /// it to another topic.
    private func kind(of message: MessageView) -> Kind? {
        let topic = TopicParts(message.topic)
        if topic.is(-2, "event") || topic.count == 5, let last = topic[-1] {
            if last.equals("up") || last.equals("rx") { return .uplink }
            if last.equals("status") { return .status }
            if last.equals("location") { return .location }
            if last.equals("join") { return .join }
            if let other = Self.others.first(where: { last.equals($0.event) }) { return .other(other.what) }
        }
        if fields.contains("rxInfo") || fields.contains("fPort") || fields.contains("object") {
            return .uplink
        }
        if fields.contains("margin") || fields.contains("batteryLevel") { return .status }
        if fields.contains("location.latitude") { return .location }
        return nil
    }

    private static let others: [(event: StaticString, what: String)] = [
        ("ack", "a downlink was or was not acknowledged"), ("txack", "a gateway sent a downlink"),
        ("log", "an entry of the server's log"), ("error", "an error of the server"),
        ("integration", "an event of another integration"),
    ]

    private func device(of message: MessageView) -> String {
        if let eui = fields.text("deviceInfo.devEui") ?? fields.text("devEUI") {
            return DeviceEUI.normalised(eui)
        }
        let topic = TopicParts(message.topic)
        return topic.level(after: "device").flatMap { topic.text($0) }.map { DeviceEUI.normalised($0) } ?? ""
    }

    private mutating func uplink(of device: String) throws(DecodeProblem) -> LoRaWANUplink {
        if let object = fields["objectJSON"], object.kind == .text, object.text.count > 0 {
            try fields.read(inside: object, under: "object")
        }
        var uplink = LoRaWANUplink()
        uplink.device = device
        uplink.set(
            typeName: fields.text("deviceInfo.deviceProfileName") ?? fields.text("deviceProfileName") ?? ""
        )
        uplink.port = fields.number("fPort").flatMap { UInt8(exactly: $0) }
        uplink.frame = fields.text("data")
        uplink.counter = fields.number("fCnt").flatMap { UInt32(exactly: $0) }
        if fields.hasMembers("object") { uplink.decoded = "object" }
        readGateways(into: &uplink)
        return uplink
    }

    /// Version 4 gives its own time in `nsTime` and the gateway's in `gwTime`; its `time` is the gateway's where that is
    /// known. Version 3 gives the gateway's in `time` of each, and its own in `publishedAt`.
    private func readGateways(into uplink: inout LoRaWANUplink) {
        var (server, gateway): ([Moment], [Moment]) = ([], [])
        for info in fields.elements(of: "rxInfo") {
            uplink.radio.heard(
                by: (info.text("gatewayId") ?? info.text("gatewayID")).map { DeviceEUI.normalised($0) },
                signal: info.number("rssi"),
                signalToNoise: info.number("snr") ?? info.number("loRaSNR")
            )
            server += [info.moment("nsTime")].compactMap { $0 }
            gateway += [info.moment("gwTime") ?? info.moment("time")].compactMap { $0 }
        }
        let time = fields.moment("time")
        uplink.server = server.min() ?? fields.moment("publishedAt")
        uplink.gateway = gateway.max() ?? (uplink.server == nil ? nil : time)
        if uplink.server == nil, uplink.gateway == nil { uplink.server = time }
    }

    private func begin(_ device: String, in readings: inout DecodedReadings) {
        readings.subject = readings.intern(device)
        NetworkTime.set(
            server: fields.moment("time") ?? fields.moment("publishedAt"),
            gateway: nil,
            in: &readings
        )
    }

    /// Members that are false or 0 may be missing. A level of a device on external power, or one that it does not know,
    /// says nothing.
    private func appendStatus(of device: String, to readings: inout DecodedReadings) {
        begin(device, in: &readings)
        let isExternal = fields.flag("externalPowerSource") ?? false
        let isUnknown = fields.flag("batteryLevelUnavailable") ?? false
        readings.asNetwork { readings in
            if let margin = fields.number("margin") { readings.append(.linkMargin, margin) }
            readings.append(.externalPower, flag: isExternal)
            if !isExternal, !isUnknown, let level = fields.number("batteryLevel") {
                readings.append(.batteryLevel, level)
            }
        }
    }
}
