/// What a message of Home Assistant's discovery says, with its abbreviations spelled out.
struct Announcement {
    struct Entity {
        /// Where it is announced, below the prefix: `sensor/NODE/OBJECT`, with its key behind it in one of a whole device.
        var id: String
        /// Its own id, else that of the topic.
        var object: String
        var device: String
        var vendor: String
        var model: String
        /// What its readings are called, and whether they are about the device and its network.
        var name: (text: String, isOfNetwork: Bool)
        /// Where its state comes.
        var topic: String
        var template: String
        var unit: String
        var yes: String
        var no: String
    }

    let fields: MessageFields

    /// The entities of an announcement of a whole device, and their kinds.
    var components: [(key: String, kind: String)] {
        fields.all.compactMap { field in
            let path = fields.text(field.path).split(separator: ".", maxSplits: 2)
            guard path.count == 3, path[0] == "components" || path[0] == "cmps",
                path[2] == "platform" || path[2] == "p"
            else { return nil }
            return (String(path[1]), fields.text(field.text))
        }
    }

    /// - Parameter key: of the entity in an announcement of a whole device; empty when it stands alone.
    /// - Throws: when it has no state that could be read.
    func entity(
        _ kind: String,
        _ object: String,
        announcedAt place: String,
        key: String = ""
    ) throws(DecodeProblem) -> Entity {
        guard EntityReading.kinds.contains(kind) else { throw .leftOut("an entity of the kind \(kind)") }
        func text(_ name: String, _ short: String) -> String? {
            let places = key.isEmpty ? [""] : ["components.\(key).", "cmps.\(key).", ""]
            for place in places {
                for word in [name, short] {
                    if let field = fields.field(at: place + word) { return fields.text(field.text) }
                }
            }
            return nil
        }
        guard let topic = text("state_topic", "stat_t") else { throw .missing(field: "state_topic") }
        let object = text("unique_id", "uniq_id") ?? object
        let template = text("value_template", "val_tpl") ?? "{{ value }}"
        let path = ValueTemplate.path(of: template) ?? ""
        let className = text("device_class", "dev_cla") ?? ""
        let hasWords = ["binary_sensor", "switch", "siren"].contains(kind)
        return Entity(
            id: key.isEmpty ? place : place + "/" + key,
            object: object,
            device: identifier ?? object,
            vendor: device("manufacturer", "mf") ?? "",
            model: device("model", "mdl") ?? "",
            name: EntityReading.name(kind, className, path: path, object: object),
            topic: expanded(topic),
            template: template,
            unit: text("unit_of_measurement", "unit_of_meas") ?? "",
            yes: hasWords ? text("state_on", "stat_on") ?? text("payload_on", "pl_on") ?? "ON" : "",
            no: hasWords ? text("state_off", "stat_off") ?? text("payload_off", "pl_off") ?? "OFF" : ""
        )
    }

    private var identifier: String? {
        device("identifiers", "ids") ?? device("identifiers.0", "ids.0")
            ?? device("connections.0.1", "cns.0.1")
    }

    private func device(_ name: String, _ short: String) -> String? {
        for place in ["device.", "dev."] {
            for word in [name, short] {
                if let field = fields.field(at: place + word) { return fields.text(field.text) }
            }
        }
        return nil
    }

    /// `~` at either end stands for what the announcement gives under that name.
    private func expanded(_ topic: String) -> String {
        guard let base = fields.text("~") else { return topic }
        if topic.hasPrefix("~") { return base + topic.dropFirst() }
        if topic.hasSuffix("~") { return topic.dropLast() + base }
        return topic
    }
}

/// What the readings of an entity are called.
enum EntityReading {
    /// Kinds of entities that have one state.
    static let kinds: Set<String> = [
        "sensor", "binary_sensor", "switch", "number", "select", "text", "lock", "valve", "cover", "siren",
        "device_tracker",
    ]

    /// By the class of the device, else by the name of the field, else by the entity's id.
    static func name(
        _ kind: String,
        _ className: String,
        path: String,
        object: String
    ) -> (text: String, isOfNetwork: Bool) {
        let classes = kind == "binary_sensor" ? ofFlags : ofValues
        if let known = classes.first(where: { className.equals(ignoringCase: $0.className) }) {
            return (known.reading.text, known.reading.quality.contains(.network))
        }
        var path = path
        let common = path.withUTF8 { CommonFields.field(at: UnsafeRawBufferPointer($0)) }
        if let (field, number) = common {
            return (field.reading(at: number).text, field.reading.quality.contains(.network))
        }
        return (path.isEmpty ? object : path, false)
    }

    private static let ofValues: [(className: StaticString, reading: ReadingName)] = [
        ("temperature", .temperature), ("humidity", .humidity), ("battery", .batteryLevel),
        ("voltage", .voltage),
        ("current", .current), ("power", .power), ("energy", .energy), ("power_factor", .powerFactor),
        ("reactive_power", .reactivePower), ("apparent_power", .apparentPower), ("frequency", .frequency),
        ("pressure", .pressure), ("atmospheric_pressure", .pressure), ("illuminance", .illuminance),
        ("carbon_dioxide", .co2), ("carbon_monoxide", .carbonMonoxide), ("pm1", .pm1), ("pm25", .pm25),
        ("pm10", .pm10), ("volatile_organic_compounds_parts", .voc), ("signal_strength", .signal),
        ("water", .volume), ("volume_flow_rate", .flow), ("distance", .distance), ("speed", .speed),
        ("sound_pressure", .sound), ("wind_speed", .windSpeed),
    ]

    private static let ofFlags: [(className: StaticString, reading: ReadingName)] = [
        ("door", .open), ("window", .open), ("opening", .open), ("garage_door", .open), ("motion", .motion),
        ("occupancy", .occupied), ("presence", .occupied), ("moisture", .leak), ("smoke", .smoke),
        ("gas", .gasAlarm), ("tamper", .tamper), ("vibration", .vibration), ("battery", .batteryLow),
        ("connectivity", .online), ("problem", .fault), ("safety", .alarm), ("heat", .heatAlarm),
    ]
}
