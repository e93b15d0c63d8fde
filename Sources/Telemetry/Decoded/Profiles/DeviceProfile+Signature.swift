extension DeviceProfile.Signature {
    /// What a message says of the device that sent it: its maker and model where its format names them, and the fields
    /// as the device itself calls them.
    ///
    /// - Parameter format: that of the message, by its name.
    /// - Returns: nil for a format that has no fields of devices, and for a payload that cannot be read.
    public init?(of message: MessageView, in format: String) {
        guard let place = Place.all.first(where: { $0.format == format }) else { return nil }
        var fields = MessageFields()
        let topic = TopicParts(message.topic)
        do throws(DecodeProblem) {
            try fields.read(message.payload, under: place.isInTopic ? topic.from(2) : StaticString("").bytes)
        } catch {
            return nil
        }
        let root = place.roots.first { fields.hasMembers($0) } ?? ""
        vendor = place.vendor.flatMap { fields.text($0) } ?? ""
        model = place.models.lazy.compactMap { fields.text($0) }.first ?? ""
        if place.isInTopic { model = topic.text(1) ?? "" }
        // `shellyplus1pm-441793d69718`, and a profile that people have named after maker and model.
        if place.isOfShelly { model = model.split(separator: "-").first.map { String($0) } ?? model }
        if vendor.isEmpty {
            let type = DeviceTypeName(model)
            (vendor, model) = (type.vendor, type.model)
        }
        self.fields = fields.all.compactMap { field in
            guard let path = fields.relativePath(of: field, under: root), path.count > 0 else { return nil }
            return fields.text(path)
        }
    }

    /// The fields that neither a profile nor the names that most makers use explain.
    public func unknownFields(by profile: DeviceProfile?) -> [String] {
        fields.filter { path in
            var path = path
            return path.withUTF8 { path in
                let path = UnsafeRawBufferPointer(path)
                return profile?.fields.field(at: path) == nil && CommonFields.field(at: path) == nil
            }
        }
    }

    /// Where a format has what the device says.
    private struct Place: Sendable {
        let format: String
        /// The first that is there; the whole payload when none is.
        var roots: [StaticString] = []
        var vendor: StaticString?
        var models: [StaticString] = []
        /// The device and its field are levels of the topic.
        var isInTopic = false
        var isOfShelly: Bool { format == ShellyGen1.name || format == ShellyRPC.name }

        static let all: [Place] = [
            Place(format: JSONDocumentDecoder.name), Place(format: Zigbee2MQTT.name),
            Place(format: Tasmota.name), Place(format: ShellyGen1.name, isInTopic: true),
            Place(format: ShellyRPC.name, roots: ["params", "result"], models: ["src"]),
            Place(format: Wmbusmeters.name, models: ["meter", "driver"]),
            Place(format: Theengs.name, vendor: "brand", models: ["model_id"]),
            Place(
                format: TheThingsStack.name,
                roots: [
                    "uplink_message.decoded_payload", "uplink_message.normalized_payload",
                    "uplink_normalized.normalized_payload",
                ],
                vendor: "uplink_message.version_ids.brand_id",
                models: ["uplink_message.version_ids.model_id"]
            ),
            Place(
                format: ChirpStack.name,
                roots: ["object"],
                models: ["deviceInfo.deviceProfileName", "deviceProfileName"]
            ),
        ]
    }
}
