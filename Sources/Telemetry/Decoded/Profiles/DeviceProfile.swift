/// What the fields of one type of device mean.
///
/// A table, not code: it says which field becomes which reading, in which unit. Fields that it does not know keep
/// their own names, so that nothing that a device says is lost.
public struct DeviceProfile: Sendable {
    public enum Family: String, CaseIterable, Sendable {
        case waterMeter = "water meter"
        case electricityMeter = "electricity meter"
        case heatMeter = "heat meter"
        case leak = "leak"
        case door = "door"
        case motion = "motion"
        case button = "button"
        case smoke = "smoke"
        case fall = "fall"
        case elevator = "elevator"
        case climate = "climate"
        case tracker = "tracker"
        case wearable = "wearable"
    }

    public let family: Family
    public let vendor: StaticString
    /// How networks, bridges and devices themselves call it, the usual name first. Compared in any case of letters.
    public let models: [StaticString]
    public let fields: [DeviceField]
    /// The fields with the device's own time, where it speaks JSON of its own; the first that a message has counts.
    public let times: [StaticString]
    /// Of a sender of several kinds of messages, those that this profile explains; nil where all are of one kind.
    public let kinds: Kinds?
    /// What the device itself calls not to be relied on.
    public let doubts: [Doubt]

    /// A field that says of which kind a message is, and the kinds.
    public struct Kinds: Sendable {
        public let path: StaticString
        public let words: [StaticString]
    }

    /// A field by which a message says that its readings are doubtful, where it is this word, and which readings.
    public struct Doubt: Sendable {
        public let path: StaticString
        public let word: StaticString
        public let fields: [StaticString]
    }

    init(
        _ family: Family,
        _ vendor: StaticString,
        _ models: [StaticString],
        _ fields: [DeviceField],
        times: [StaticString] = [],
        kinds: Kinds? = nil,
        doubts: [Doubt] = []
    ) {
        self.family = family
        self.vendor = vendor
        self.models = models
        self.fields = fields
        self.times = times
        self.kinds = kinds
        self.doubts = doubts
    }

    /// `Milesight WS301`
    public var name: String { "\(vendor) \(models.first ?? "")" }

    /// As `Listen` and `vigie decode` call it: `milesight/ws301`.
    public var path: String { "\("\(vendor)".plain)/\("\(models.first ?? "")".lowercased())" }
}

extension [DeviceField] {
    /// The first field with this path, and the number that stands for its `#`.
    func field(at path: UnsafeRawBufferPointer) -> (field: DeviceField, number: Int?)? {
        // By index: a copy of each field that does not match would be counted, and given back.
        for index in indices {
            if case .found(let number) = FieldPattern.match(self[index].path, path) {
                return (self[index], number)
            }
        }
        return nil
    }
}

extension DeviceProfile {
    /// What is known of a device that nobody has described: its own words, and the fields of a message.
    public struct Signature: Hashable, Sendable {
        public var vendor: String
        public var model: String
        /// The paths of the fields that it sends.
        public var fields: [String]

        public init(vendor: String = "", model: String = "", fields: [String] = []) {
            self.vendor = vendor
            self.model = model
            self.fields = fields
        }
    }

    /// How well a profile fits, and what it would leave to its own names.
    public struct Fit: Hashable, Sendable {
        /// 0 for not at all, 100 for the same model with all fields known.
        public var score: Int
        /// The fields that the profile does not know.
        public var unknown: [String]
    }

    /// How well this profile fits a device: half of the score is the model, a tenth the vendor, and the rest the share
    /// of the device's fields that the profile knows.
    public func fits(_ device: Signature) -> Fit {
        var score = 0
        if models.contains(where: { device.model.equals(ignoringCase: $0) }) { score += 50 }
        if device.vendor.equals(ignoringCase: vendor) { score += 10 }
        let unknown = device.fields.filter { path in
            var path = path
            return path.withUTF8 { fields.field(at: UnsafeRawBufferPointer($0)) } == nil
        }
        if !device.fields.isEmpty {
            score += 40 * (device.fields.count - unknown.count) / device.fields.count
        }
        return Fit(score: score, unknown: unknown)
    }

    /// The profiles that fit a device, best first; none that know neither the model nor any field.
    public static func fitting(
        _ device: Signature,
        of profiles: [DeviceProfile] = all
    ) -> [(profile: DeviceProfile, fit: Fit)] {
        profiles.map { ($0, $0.fits(device)) }
            .filter { $0.1.score > 10 }
            .sorted { ($0.1.score, $1.0.name) > ($1.1.score, $0.0.name) }
    }

    /// The profile of a model that calls itself by its name.
    ///
    /// Makers are called differently (`milesight-iot`, `Develco` for frient), so a model that has a digit in its name
    /// is enough: nobody else's is called so. A plain word (`ems`, `lift`) must be of this vendor where one is named.
    public static func named(vendor: String = "", _ model: String) -> DeviceProfile? {
        guard let places = places[model.lowercased()] else { return nil }
        if let place = places.first(where: { vendor.equals(ignoringCase: all[$0].vendor) }) {
            return all[place]
        }
        guard
            vendor.isEmpty || model.utf8.contains(where: \.isDigit) || vendor.resembles(all[places[0]].vendor)
        else { return nil }
        return all[places[0]]
    }

    /// The profile of a path, `maker/model`: capitals set aside, and signs in the name of the maker (`open-mhealth/omh`).
    ///
    /// - Throws: what there is instead.
    public static func at(_ path: String) throws(UnknownDeviceProfile) -> DeviceProfile {
        let words = path.split(separator: "/", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw UnknownDeviceProfile(path: path, known: []) }
        let models = all.filter { "\($0.vendor)".plain == words[0].plain }
        let found = models.first { $0.models.contains { words[1].equals(ignoringCase: $0) } }
        guard let found else { throw UnknownDeviceProfile(path: path, known: models.map(\.path).sorted()) }
        return found
    }

    /// Where the profiles of a model are, by its name in small letters.
    private static let places: [String: [Int]] = all.enumerated().reduce(into: [:]) { places, entry in
        for model in entry.element.models {
            places["\(model)".lowercased(), default: []].append(entry.offset)
        }
    }
}

/// A path that is that of no profile.
public struct UnknownDeviceProfile: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    /// What there is of the same maker.
    public let known: [String]

    public var description: String {
        known.isEmpty
            ? "there is no profile \"\(path)\"; expected MAKER/MODEL, as \"bacnet/lift\" or \"owntracks/location\""
            : "there is no profile \"\(path)\"; of this maker there are \(known.joined(separator: ", "))"
    }
}

extension String {
    /// In small letters and without signs.
    fileprivate var plain: String { lowercased().filter { $0.isLetter || $0.isNumber } }

    /// Whether one of two names begins with the other, signs and capitals set aside: `digital-matter`, `Digital Matter`.
    fileprivate func resembles(_ name: StaticString) -> Bool {
        let (ours, theirs) = (plain, "\(name)".plain)
        return !ours.isEmpty && (ours.hasPrefix(theirs) || theirs.hasPrefix(ours))
    }

    func equals(ignoringCase word: StaticString) -> Bool {
        var text = self
        return text.withUTF8 { UnsafeRawBufferPointer($0).equals(ignoringCase: word) }
    }
}
