import Units

/// Devices that follow the Homie convention 4 (attributes in topics of their own) or 5 (`$description`). Source: The
/// Homie Convention 4.0.0 and 5.0.0.
///
/// The subject is the device's id, a reading is called `node.property`. Units and datatypes are learnt from attributes
/// and descriptions, which give no readings; orders (`…/set`) and what is not about a device are left out by name.
public struct Homie: LearningDecoder {
    public static let name = "homie"

    private let base: String
    private let profile: DeviceProfile?
    private var learnt = LearntDevices()
    private var fields = MessageFields()

    public init(base: String = "homie", profile: DeviceProfile? = nil) {
        self.base = base
        self.profile = profile
    }

    public var bytes: [UInt8] { learnt.bytes }

    /// Goes on from a snapshot with the topic and the profile that this one has.
    public mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        learnt = try LearntDevices(bytes: bytes)
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        guard let below = TopicParts(message.topic).below(base) else {
            throw .notUnderstood("a topic outside of \(base)/")
        }
        // Version 5 has its number before the device; no device of version 4 is called so.
        let isFive = TopicParts(below).is(0, "5")
        let topic = isFive ? TopicParts(TopicParts(below).from(1)) : TopicParts(below)
        guard let device = topic.text(0), !device.hasPrefix("$") else {
            throw .leftOut("a message to all devices")
        }
        readings.subject = readings.intern(device)
        if topic.is(-1, "set") { throw .leftOut("an order to a device") }
        if topic[1]?.first == UInt8(ascii: "$") {
            return try decodeAttribute(topic, of: device, message.payload, into: &readings)
        }
        guard let node = topic[1], let property = topic[2] else { throw .leftOut("a message of no property") }
        let name = Self.name(node, property)
        if let attribute = topic[3] {
            readings.isDescription = true
            return try learn(attribute, of: device, name, message.payload)
        }
        guard property.first != UInt8(ascii: "$") else { throw .leftOut("an attribute of a node") }
        try decodeValue(name, of: device, message.payload, into: &readings)
    }

    private static func name(_ node: UnsafeRawBufferPointer, _ property: UnsafeRawBufferPointer) -> String {
        String(decoding: node, as: UTF8.self) + "." + String(decoding: property, as: UTF8.self)
    }

    /// A value of the type that has been learnt for it; by its looks before that.
    private mutating func decodeValue(
        _ name: String,
        of device: String,
        _ payload: UnsafeRawBufferPointer,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let facts = learnt[device]?.fields[name] ?? FieldFacts()
        try fields.read(word: payload, path: name.utf8)
        guard let value = fields.all.first else { throw .empty }
        if facts.kind == .number, value.kind != .number {
            throw .wrongType(field: name, expected: "a number", offset: 0)
        }
        if facts.kind == .flag, value.kind != .flag {
            throw .unknownWord(field: name, known: ["true", "false"])
        }
        readings.append(fields, by: .init(profile: profile)) { _ in facts }
    }

    /// `$unit` and `$datatype` of a property of version 4; `$target` of version 5 says what it will be.
    private mutating func learn(
        _ attribute: UnsafeRawBufferPointer,
        of device: String,
        _ name: String,
        _ payload: UnsafeRawBufferPointer
    ) throws(DecodeProblem) {
        guard payload.isUTF8 else { throw .notUTF8 }
        let text = String(decoding: payload, as: UTF8.self)
        if attribute.equals("$unit") {
            try learnt.learn(device, field: name) { _, facts in facts.unit = UnitSymbol.ours(text) }
        } else if attribute.equals("$datatype") {
            try learnt.learn(device, field: name) { _, facts in facts.kind = Self.kind(of: text) }
        } else {
            throw .leftOut("an attribute of a property")
        }
    }

    private static func kind(of datatype: String) -> FieldFacts.Kind? {
        switch datatype {
        case "integer", "float", "percent": .number
        case "boolean": .flag
        case "string", "enum", "color", "datetime", "duration", "json": .text
        default: nil
        }
    }

    private mutating func decodeAttribute(
        _ topic: TopicParts,
        of device: String,
        _ payload: UnsafeRawBufferPointer,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        if topic.count == 2, topic.is(1, "$description") {
            readings.isDescription = true
            return try learnDescription(payload, of: device)
        }
        let isState = topic.count == 2 && topic.is(1, "$state")
        let isStatistic = topic.count == 3 && topic.is(1, "$stats") && !topic.is(2, "interval")
        let isAlert = topic.count == 3 && topic.is(1, "$alert")
        guard isState || isStatistic || isAlert else { throw .leftOut("an attribute of a device") }
        try fields.read(word: payload, path: topic.from(1))
        let knowledge = DecodedReadings.Knowledge(profile: profile, table: Self.table)
        readings.asNetwork { readings in
            readings.append(fields, by: knowledge)
            guard isState, let state = fields.all.first else { return }
            readings.append(state, of: fields, as: Self.online, number: nil, unit: .empty)
        }
    }

    /// The description of version 5: what it says replaces what was learnt of the device.
    private mutating func learnDescription(
        _ payload: UnsafeRawBufferPointer,
        of device: String
    ) throws(DecodeProblem) {
        try fields.read(payload)
        guard fields.text("homie")?.hasPrefix("5") ?? false else {
            throw .notUnderstood("a description that is not of version 5")
        }
        learnt.forget(device)
        for field in fields.all where field.kind == .text {
            let path = fields.text(field.path).split(separator: ".").map { String($0) }
            // nodes.NODE.properties.PROPERTY.unit
            guard path.count == 5, path[0] == "nodes", path[2] == "properties" else { continue }
            let text = fields.text(field.text)
            try learnt.learn(device, field: path[1] + "." + path[3]) { _, facts in
                if path[4] == "unit" { facts.unit = UnitSymbol.ours(text) }
                if path[4] == "datatype" { facts.kind = Self.kind(of: text) }
            }
        }
    }

    private static let online: DeviceField = .flag(
        "$state",
        .online,
        yes: ["init", "ready", "alert", "sleeping"],
        no: ["disconnected", "lost"]
    )

    private static let table: [DeviceField] = [
        .text("$state", .state), .number("$stats/battery", .batteryLevel),
        .number("$stats/signal", .signalQuality), .number("$stats/uptime", .uptime),
        .number("$stats/cputemp", .deviceTemperature), .number("$stats/supply", .supplyVoltage),
    ]
}
