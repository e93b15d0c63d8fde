import Telemetry

/// How a field of a maker's decoder is found among our readings.
enum FieldRule: Sendable {
    /// The same number, truth or text under our name. With `times`, in another unit.
    case same(String, times: Double = 1)
    /// The maker's decoder rounds to so many decimals.
    case rounded(String, decimals: Int)
    /// A flag of ours for a word of theirs; other words mean the opposite.
    case flag(String, trueFor: String)
    /// Our word for theirs.
    case words(String, [String: String])
    /// Their decoder adds it; it is not in the frame.
    case notInFrame
    /// What is neither a name nor a word: a value that they split, join or spell.
    case check(@Sendable (LooseJSON, FrameReadings) -> Bool)

    func holds(_ expected: LooseJSON, in readings: FrameReadings) -> Bool {
        switch self {
        case .same(let name, let times): Self.equal(expected, readings[name], times: times)
        case .rounded(let name, let decimals): Self.equal(expected, readings[name], decimals: decimals)
        case .flag(let name, let word):
            readings[name].map { ($0.number == 1) == (expected.text == word) } ?? false
        case .words(let name, let words): readings[name]?.text == words[expected.text]
        case .notInFrame: true
        case .check(let check): check(expected, readings)
        }
    }

    static func equal(
        _ expected: LooseJSON,
        _ value: FrameReadings.Value?,
        times: Double = 1,
        decimals: Int? = nil
    ) -> Bool {
        // What a device does not have is not a reading.
        if expected == .null || expected.text == "NoSensor" { return value == nil }
        guard let value else { return false }
        // A version or a serial number is a text with us and now and then a number with them.
        if let text = value.text {
            return text == expected.text || expected.number.map { $0 == Double(text) } ?? false
        }
        guard let number = expected.number else { return false }
        let tolerance = decimals.map { 0.500_001 / power(of: $0) } ?? 1e-9 * max(1, number.magnitude)
        return (value.number * times - number).magnitude <= tolerance
    }

    private static func power(of ten: Int) -> Double { (0..<ten).reduce(1) { power, _ in power * 10 } }
}

/// The rules of a family, by the path of the field; `device/path` goes before `path`.
struct FamilyRules: Sendable {
    var makers: Set<String>
    var fields: [String: FieldRule]
    /// Readings that we have and their decoder has not.
    var ours: Set<String> = []

    func rule(_ path: String, of device: String) -> FieldRule? {
        fields["\(device)/\(path)"] ?? fields[path]
    }
}

extension FamilyRules {
    static let all: [FamilyRules] = [
        .netvox, .elsys, .milesight, .cayenne, .browan, .mclimate, .dragino, .bMeters, .decentlab, .yobiiq,
        .laird, .talkpool, .micropelt,
    ]
}

/// What became of a recorded frame.
enum FrameOutcome {
    case right
    /// These fields are not as expected, or these readings are nobody's.
    case partly([String])
    case refused(FrameProblem)

    init(_ frame: RecordedFrame) {
        do throws(FrameProblem) {
            let codec = try LoRaWANFamilies.codec(maker: frame.vendor, model: frame.device)
            let readings = FrameReadings(try codec.readings(port: frame.fPort, frame.bytes))
            guard let rules = FamilyRules.all.first(where: { $0.makers.contains(frame.vendor) }) else {
                self = .partly(["no rules"])
                return
            }
            guard !frame.isRefused else {
                self = .partly(["not refused"])
                return
            }
            let wrong = frame.fields.filter {
                rules.rule($0.path, of: frame.device)?.holds($0.value, in: readings) != true
            }
            self = wrong.isEmpty ? .right : .partly(wrong.map { $0.path })
        } catch {
            if frame.isRefused, error.reason != "unknown device" {
                self = .right
            } else {
                self = .refused(error)
            }
        }
    }
}
