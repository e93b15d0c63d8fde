import Units

/// Whatever announces itself to Home Assistant by MQTT discovery: a message below `homeassistant/` says at which topic a
/// value is, where in the payload, and in which unit; later messages at that topic are read by it. Source: Home
/// Assistant documentation, "MQTT" (discovery payload, device discovery, supported abbreviations).
///
/// Announcements give no readings. The subject is the device's first identifier. Understood are entities that have a
/// state (`sensor`, `binary_sensor`, `switch` and others alike) and templates that only point at a value, see
/// `ValueTemplate`. An announcement that is not understood is refused by name, and what was learnt before stays; where
/// only the template is not, the messages at its topic are known not to be the value, and it is omitted from them.
public struct HomeAssistantDiscovery: LearningDecoder {
    public static let name = "home-assistant"

    private let prefix: String
    private let profile: DeviceProfile?
    /// By the topic of their states.
    private var learnt = LearntDevices()
    private var fields = MessageFields()

    public init(prefix: String = "homeassistant", profile: DeviceProfile? = nil) {
        self.prefix = prefix
        self.profile = profile
    }

    public var bytes: [UInt8] { learnt.bytes }

    /// Goes on from a snapshot with the prefix and the profile that this one has.
    public mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        learnt = try LearntDevices(bytes: bytes)
    }

    /// The topics that have been announced: what else to listen to.
    public var topics: [String] { learnt.keys.sorted() }

    /// Whether an announcement has said what is in the messages of a topic.
    public func knows(_ topic: UnsafeRawBufferPointer) -> Bool {
        learnt[String(decoding: topic, as: UTF8.self)] != nil
    }

    /// The maker and the model that an announcement has named for the device at a topic.
    func model(on topic: String) -> (vendor: String, model: String)? {
        learnt[topic].flatMap { $0.model.isEmpty ? nil : ($0.vendor, $0.model) }
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        let topic = TopicParts(message.topic)
        if let below = topic.below(prefix), topic.is(-1, "config") {
            readings.isDescription = true
            return try learn(message.payload, TopicParts(below))
        }
        guard message.topic.isUTF8 else { throw .notUTF8 }
        guard let device = learnt[String(decoding: message.topic, as: UTF8.self)] else {
            throw .missedBefore("an announcement of this topic")
        }
        try decodeState(message.payload, of: device, into: &readings)
    }

    private mutating func decodeState(
        _ payload: UnsafeRawBufferPointer,
        of device: LearntDevices.Device,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        readings.subject = readings.intern(device.id)
        let understood = device.fields.values.filter { $0.kind != .calculated }
        if !understood.isEmpty, understood.allSatisfy({ $0.path.isEmpty }) {
            try fields.read(word: payload, path: StaticString("").bytes)
        } else if !understood.isEmpty {
            try fields.read(payload)
        }
        for (_, facts) in device.fields.sorted(by: { $0.key < $1.key }) {
            guard facts.kind != .calculated else {
                readings.omit(readings.intern(facts.name), .calculated)
                continue
            }
            guard let field = fields.field(at: facts.path) else {
                readings.omit(readings.intern(facts.name), .null)
                continue
            }
            let before = readings.quality
            if facts.isOfNetwork { readings.quality.insert(.network) }
            readings.append(field, of: fields, named: readings.intern(facts.name), facts: facts)
            readings.quality = before
        }
    }

    /// One entity (`sensor/NODE/OBJECT/config`), or all of a device (`device/OBJECT/config`).
    private mutating func learn(
        _ payload: UnsafeRawBufferPointer,
        _ topic: TopicParts
    ) throws(DecodeProblem) {
        guard let component = topic.text(0), let object = topic.text(-2), topic.count >= 3 else {
            throw .notUnderstood("an announcement at a topic that is not KIND/ID/config")
        }
        let place = String(decoding: topic.upTo(-1), as: UTF8.self)
        // An empty one says that the entity, or the device with all of them, is no longer there.
        if payload.isEmpty { return learnt.forget { $0 == place || $0.hasPrefix(place + "/") } }
        try fields.read(payload)
        let announcement = Announcement(fields: fields)
        guard component == "device" else {
            return try learn(announcement.entity(component, object, announcedAt: place))
        }
        var problem: DecodeProblem?
        for (key, kind) in announcement.components {
            // One entity that is not understood must not take the others with it.
            do throws(DecodeProblem) {
                try learn(announcement.entity(kind, key, announcedAt: place, key: key))
            } catch {
                problem = problem ?? error
            }
        }
        if let problem { throw problem }
    }

    private mutating func learn(_ entity: Announcement.Entity) throws(DecodeProblem) {
        let path = ValueTemplate.path(of: entity.template)
        let taken =
            learnt[entity.topic]?.fields.contains { $0.key != entity.id && $0.value.name == entity.name.text }
            ?? false
        try learnt.learn(entity.topic, field: entity.id) { device, facts in
            device.id = entity.device
            device.vendor = entity.vendor
            device.model = entity.model
            facts.name = taken ? entity.object : entity.name.text
            facts.isOfNetwork = entity.name.isOfNetwork
            facts.path = path ?? ""
            facts.kind = path == nil ? .calculated : nil
            facts.unit = UnitSymbol.ours(entity.unit)
            facts.yes = entity.yes
            facts.no = entity.no
        }
        if path == nil { throw .notUnderstood("the value_template of \(entity.id)") }
    }
}
