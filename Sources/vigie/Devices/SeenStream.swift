import Telemetry

/// What came in one format on topics of one pattern.
struct SeenStream {
    var pattern: TopicPattern
    let format: String
    private(set) var messages = 0
    private(set) var decoded = 0
    /// By name, in the order in which they came.
    private(set) var fields: [SeenField] = []
    /// By subject.
    private(set) var devices: [String: SeenDevice] = [:]
    /// How often, by reason, with the words of the first.
    private(set) var problems: [String: (count: Int, text: String)] = [:]
    /// Whether some reading has a time of its device or network.
    private(set) var hasTimes = false
    /// Devices that are not kept: there are too many.
    private(set) var furtherDevices = 0

    /// Devices of one stream that are kept.
    static let deviceLimit = 1_000
    /// Fields of one stream that are kept.
    static let fieldLimit = 1_000

    init(_ pattern: TopicPattern, format: String) {
        self.pattern = pattern
        self.format = format
    }

    mutating func take(_ problem: DecodeProblem) {
        messages += 1
        problems[problem.reason, default: (0, problem.description)].count += 1
    }

    /// - Parameters:
    ///   - topic: names the device of readings that name none.
    ///   - signature: of the device that it is asked for.
    mutating func take(
        _ readings: DecodedReadings,
        on topic: String,
        signature: (_ subject: String) -> DeviceProfile.Signature?
    ) {
        messages += 1
        decoded += 1
        var seen: Set<String> = []
        for item in readings.items {
            let name = readings.text(readings.field(of: item))
            let subject = item.subject.count > 0 ? readings.text(item.subject) : topic
            takeField(name, item, readings)
            if seen.insert(subject).inserted { begin(subject, signature(subject)) }
            devices[subject]?.take(name, SeenField.text(item, readings))
            if item.clock != .arrival { hasTimes = true }
        }
    }

    private mutating func takeField(
        _ name: String,
        _ item: DecodedReadings.Item,
        _ readings: DecodedReadings
    ) {
        let unit = readings.text(item.unit)
        if let index = fields.firstIndex(where: { $0.name == name && $0.takes(unit: unit) }) {
            fields[index].take(item, readings)
        } else if fields.count < Self.fieldLimit {
            var field = SeenField(name)
            field.take(item, readings)
            fields.append(field)
        }
    }

    private mutating func begin(_ subject: String, _ signature: DeviceProfile.Signature?) {
        guard devices[subject] != nil || devices.count < Self.deviceLimit else {
            furtherDevices += 1
            return
        }
        devices[subject, default: SeenDevice(subject)].begin(signature)
    }

    /// Whether messages of another stream are of the same kind: most fields of the one are among those of the other.
    func resembles(_ other: SeenStream) -> Bool {
        guard format == other.format else { return false }
        // The last level is often a word of the format (`up`, `join`): what says nothing there is another kind.
        let isAlike = pattern.levels.last == other.pattern.levels.last
        guard isAlike || fields.isEmpty == other.fields.isEmpty else { return false }
        let names = Set(fields.map(\.name))
        let shared = other.fields.reduce(0) { names.contains($1.name) ? $0 + 1 : $0 }
        return 2 * shared >= min(fields.count, other.fields.count)
    }

    mutating func merge(_ other: SeenStream) {
        messages += other.messages
        decoded += other.decoded
        hasTimes = hasTimes || other.hasTimes
        furtherDevices += other.furtherDevices
        for field in other.fields {
            if let index = fields.firstIndex(where: {
                $0.name == field.name && $0.takes(unit: field.unit)
            }) {
                fields[index].merge(field)
            } else if fields.count < Self.fieldLimit {
                fields.append(field)
            }
        }
        for (subject, device) in other.devices.sorted(by: { $0.key < $1.key }) {
            guard devices[subject] != nil || devices.count < Self.deviceLimit else {
                furtherDevices += 1
                continue
            }
            devices[subject] = device
        }
        problems.merge(other.problems) { ($0.count + $1.count, $0.text) }
    }
}
