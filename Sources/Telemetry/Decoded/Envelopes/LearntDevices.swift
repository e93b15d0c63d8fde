/// What messages have said about a field that later ones bring.
struct FieldFacts: Hashable, Sendable {
    /// What its values are, where that has been said: a serial number made of digits is a text.
    enum Kind: UInt8, Sendable {
        case number, flag, text
        /// Calculated by what is not understood here: the value as it comes would be wrong.
        case calculated
    }

    /// What the reading is called, when not by the field's own name.
    var name = ""
    /// Where it is in the message, when not at its own name.
    var path = ""
    /// As our readings write it.
    var unit = ""
    /// What stands for true and for false.
    var yes = ""
    var no = ""
    var kind: Kind?
    /// Says something of the device and its network, and nothing of what is measured.
    var isOfNetwork = false
}

/// What a bridge has said about its devices, kept for the messages of these devices.
struct LearntDevices: Hashable, Sendable {
    struct Device: Hashable, Sendable {
        /// What it is called in readings, when not by its key.
        var id = ""
        var vendor = ""
        var model = ""
        var fields: [String: FieldFacts] = [:]
    }

    /// Devices that are remembered. A message about one more is refused; those that are known stay.
    static let deviceLimit = 8192
    /// Fields of one device; the same happens at it.
    static let fieldLimit = 256
    /// Bytes of one text; a longer one is refused with its message.
    static let textLimit = 512

    private var devices: [String: Device] = [:]

    init() {}

    subscript(key: String) -> Device? { devices[key] }

    var keys: some Collection<String> { devices.keys }

    /// Takes in what is said about a device and one of its fields.
    mutating func learn(
        _ key: String,
        field: String? = nil,
        _ change: (inout Device, inout FieldFacts) -> Void
    ) throws(DecodeProblem) {
        var device = devices[key] ?? Device()
        var facts = field.flatMap { device.fields[$0] } ?? FieldFacts()
        change(&device, &facts)
        if let field { device.fields[field] = facts }
        let texts = [
            key, field ?? "", device.id, device.vendor, device.model, facts.name, facts.path, facts.unit,
            facts.yes,
            facts.no,
        ]
        guard texts.allSatisfy({ $0.utf8.count <= Self.textLimit }) else {
            throw .tooMany(what: "bytes in a text about a device", limit: Self.textLimit)
        }
        guard device.fields.count <= Self.fieldLimit else {
            throw .tooMany(what: "fields of one device", limit: Self.fieldLimit)
        }
        guard devices[key] != nil || devices.count < Self.deviceLimit else {
            throw .tooMany(what: "devices of one bridge", limit: Self.deviceLimit)
        }
        devices[key] = device
    }

    mutating func forget(_ key: String) {
        devices[key] = nil
    }

    /// Forgets fields of all devices by their names, and devices that have no more fields.
    mutating func forget(fields isGone: (String) -> Bool) {
        for (key, device) in devices where device.fields.keys.contains(where: isGone) {
            let left = device.fields.filter { !isGone($0.key) }
            devices[key]?.fields = left
            if left.isEmpty { devices[key] = nil }
        }
    }
}

/// Snapshots.
extension LearntDevices {
    private static let version: UInt8 = 1

    var bytes: [UInt8] {
        var writer = DecoderSnapshotWriter(version: Self.version)
        writer.write(devices.sorted { $0.key < $1.key }) { writer, entry in
            let device = entry.value
            for text in [entry.key, device.id, device.vendor, device.model] { writer.write(text) }
            writer.write(device.fields.sorted { $0.key < $1.key }) { writer, field in
                let facts = field.value
                for text in [field.key, facts.name, facts.path, facts.unit, facts.yes, facts.no] {
                    writer.write(text)
                }
                writer.write(facts.kind.map { $0.rawValue + 1 } ?? 0)
                writer.write(facts.isOfNetwork ? UInt8(1) : 0)
            }
        }
        return writer.bytes
    }

    init(bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        var reader = try DecoderSnapshotReader(bytes, version: Self.version)
        for _ in 0..<(try reader.count(of: "devices", limit: Self.deviceLimit)) {
            let key = try reader.text()
            var device = Device(id: try reader.text(), vendor: try reader.text(), model: try reader.text())
            for _ in 0..<(try reader.count(of: "fields", limit: Self.fieldLimit)) {
                let field = try reader.text()
                var facts = FieldFacts(
                    name: try reader.text(),
                    path: try reader.text(),
                    unit: try reader.text()
                )
                facts.yes = try reader.text()
                facts.no = try reader.text()
                let kind: UInt8 = try reader.number("a kind of field")
                facts.kind = kind == 0 ? nil : FieldFacts.Kind(rawValue: kind - 1)
                let isOfNetwork: UInt8 = try reader.number("whether it is of the network")
                facts.isOfNetwork = isOfNetwork == 1
                device.fields[field] = facts
            }
            devices[key] = device
        }
        try reader.finish()
    }
}
