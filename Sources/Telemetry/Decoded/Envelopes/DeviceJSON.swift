import Units

/// A vendor's own JSON, or that of a gateway, read by a profile: one object a message, the device in the topic.
public struct DeviceJSON: MessageDecoder {
    public static let name = "device-json"

    private let profile: DeviceProfile
    private let subject: Int
    private let times: [StaticString]
    private var fields = MessageFields()

    /// - Parameters:
    ///   - subject: the level of the topic that names the device; negative ones count from the end.
    ///   - time: the field with the device's own time: ISO 8601 with its zone, or seconds or milliseconds since 1970.
    ///     Without it that of the profile.
    public init(profile: DeviceProfile, subject: Int = -1, time: StaticString? = nil) {
        self.profile = profile
        self.subject = subject
        times = time.map { [$0] } ?? profile.times
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        try fields.read(message.payload)
        guard let device = TopicParts(message.topic)[subject] else {
            throw .notUnderstood("a topic without level \(subject), which names the device")
        }
        readings.subject = readings.intern(device)
        guard explains else { return readings.append(fields, by: .init()) }
        for time in times where readings.clock != .device {
            guard let at = moment(time) else { continue }
            readings.at = at
            readings.clock = .device
        }
        readings.append(fields, by: .init(profile: profile, skipped: times, doubted: doubted))
        for field in profile.fields where field.none.utf8CodeUnitCount > 0 { end(field, in: &readings) }
    }

    /// Whether the message is of a kind that the profile explains; the fields of another one keep their own names.
    private var explains: Bool {
        guard let kinds = profile.kinds, let kind = fields[kinds.path] else { return true }
        return fields.withBytes(of: kind.text) { kind in
            kinds.words.contains { kind.equals(ignoringCase: $0) }
        }
    }

    /// The fields that this message calls not to be relied on.
    private var doubted: [StaticString] {
        profile.doubts.flatMap { doubt -> [StaticString] in
            guard let field = fields[doubt.path] else { return [] }
            return fields.withBytes(of: field.text) { $0.equals(ignoringCase: doubt.word) }
                ? doubt.fields : []
        }
    }

    /// A list that has become shorter: what was kept of the places behind its end is over.
    private func end(_ list: DeviceField, in readings: inout DecodedReadings) {
        let length = fields.all.count { field in
            field.kind != .null
                && fields.withBytes(of: field.path) { FieldPattern.match(list.path, $0) != .none }
        }
        guard length > 0, length < DeviceField.places else { return }
        for place in length..<DeviceField.places {
            readings.append(readings.intern(list.reading(at: place)), text: readings.intern(list.none))
        }
    }

    /// A number that would be after the year 2200 in seconds is a count of milliseconds.
    private func moment(_ path: StaticString) -> Moment? {
        guard let number = fields.number(path) else { return fields.moment(path) }
        return Moment(epochSeconds: number) ?? Moment(epochSeconds: number / 1000)
    }
}

extension MessageFormat {
    /// JSON of the device's own, by the profile at a path: see `PayloadFormat.device`.
    ///
    /// - Throws: what there is instead of a profile at this path.
    public static func device(
        _ path: String,
        subject: Int = -1,
        time: StaticString? = nil
    ) throws(UnknownDeviceProfile) -> MessageFormat {
        let profile = try DeviceProfile.at(path)
        let level = subject == -1 ? "" : ", level \(subject)"
        return MessageFormat(
            DeviceJSON(profile: profile, subject: subject, time: time),
            settings: profile.path + level + (time.map { ", time \($0)" } ?? "")
        )
    }
}
