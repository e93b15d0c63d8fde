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

    /// The profile that fits best, and how well of 100; nil when none does.
    var fit: (profile: DeviceProfile, score: Int)? {
        DeviceProfile.fitting(signature).first.map { ($0.profile, $0.fit.score) }
    }

    /// The fields that keep the device's own name because nobody has said what they are. Those of a list are one:
    /// `samples.#`.
    var unknownFields: [String] {
        let unknown = signature.unknownFields(by: fit?.profile).filter { path in
            values.contains { $0.name == path }
        }
        return unknown.reduce(into: []) { fields, path in
            let levels = path.split(separator: ".").map { $0.allSatisfy(\.isNumber) ? "#" : $0 }
            let field = levels.joined(separator: ".")
            if !fields.contains(field) { fields.append(field) }
        }
    }
}
