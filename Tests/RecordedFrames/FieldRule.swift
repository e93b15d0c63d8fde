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
