import Telemetry

/// One device of a stream: what it said last, and what it seems to be.
struct SeenDevice {
    let subject: String
    private(set) var messages = 0
    /// As its messages call it; empty for formats that name no devices.
    private(set) var signature = DeviceProfile.Signature()
    /// The last value under each name, in the order in which the names came.
    private(set) var values: [(name: String, value: String)] = []

    /// Names that are kept of one device.
    static let fieldLimit = 256

    init(_ subject: String) {
        self.subject = subject
    }

    mutating func begin(_ signature: DeviceProfile.Signature?) {
        messages += 1
        guard let signature else { return }
        if !signature.vendor.isEmpty { self.signature.vendor = signature.vendor }
        if !signature.model.isEmpty { self.signature.model = signature.model }
        let new = signature.fields.filter { !self.signature.fields.contains($0) }
        self.signature.fields += new.prefix(Self.fieldLimit - self.signature.fields.count)
    }

    mutating func take(_ name: String, _ value: String) {
        if let index = values.firstIndex(where: { $0.name == name }) {
            values[index].value = value
        } else if values.count < Self.fieldLimit {
            values.append((name, value))
        }
    }

    /// That of the model which the device or its bridge names. Fields alone name none: many models share them.
    var profile: DeviceProfile? {
        signature.model.isEmpty ? nil : .named(vendor: signature.vendor, signature.model)
    }

    /// What it is, in a few words: its model, else the kind of device that says such things; nil when nothing tells.
    var kind: String? {
        if let profile { return "\(profile.name) (\(Self.word(of: profile.family)))" }
        let words = [signature.vendor, signature.model].filter { !$0.isEmpty }
        // A device that is called by its place says no model in its name.
        if !signature.model.isEmpty, !subject.hasPrefix(signature.model) {
            return words.joined(separator: " ")
        }
        let names = Set(values.map(\.name))
        return Self.telling.first { names.isSuperset(of: $0.names) }.map {
            "looks like: \(Self.word(of: $0.kind))"
        }
    }

    /// Pendants and buttons for help are of one family with what notices a fall.
    private static func word(of family: DeviceProfile.Family) -> String {
        family == .fall ? "fall or call for help" : family.rawValue
    }

    /// Readings that only one kind of device has; the first that are all there tell.
    private static let telling: [(names: Set<String>, kind: DeviceProfile.Family)] = [
        (["fall"], .fall), (["call"], .fall), (["smoke"], .smoke), (["leak"], .leak), (["button"], .button),
        (["open"], .door), (["motion"], .motion), (["heartRate"], .wearable),
        (["latitude", "longitude"], .tracker), (["supplyTemperature", "energy"], .heatMeter),
        (["volume"], .waterMeter), (["energy", "power"], .electricityMeter),
        (["temperature", "humidity"], .climate), (["temperature", "co2"], .climate),
    ]

    /// The fields that keep the device's own name because nobody has said what they are. Those of a list are one:
    /// `samples.#`.
    var unknownFields: [String] {
        let unknown = signature.unknownFields(by: profile).filter { path in
            values.contains { $0.name == path }
        }
        return unknown.reduce(into: []) { fields, path in
            let levels = path.split(separator: ".").map { $0.allSatisfy(\.isNumber) ? "#" : $0 }
            let field = levels.joined(separator: ".")
            if !fields.contains(field) { fields.append(field) }
        }
    }
}
