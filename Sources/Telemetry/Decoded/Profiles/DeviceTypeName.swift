/// The maker and the model in a name that people have given to a type of device, such as ChirpStack's device profiles:
/// `Milesight EM300-ZLD`, `milesight/em300-zld`, `milesight-em300-zld`, `Milesight IoT EM300-ZLD`.
struct DeviceTypeName {
    /// As the codecs and the profiles call the maker; empty when the name has none.
    let vendor: String
    let model: String

    /// The longest known maker that the name begins with is the maker. Of a name of several words or levels
    /// without one the first is taken for it.
    init(_ name: String) {
        let separators = name.indices.filter { Self.separators.contains(name[$0]) && $0 > name.startIndex }
        for end in separators.reversed() {
            let model = name[name.index(after: end)...]
            if let vendor = Self.makers[Self.plain(name[..<end])], !model.isEmpty {
                (self.vendor, self.model) = (vendor, String(model))
                return
            }
        }
        let words = name.split(maxSplits: 1) { $0 == " " || $0 == "/" }
        (vendor, model) = words.count == 2 ? (String(words[0]), String(words[1])) : ("", name)
    }

    private static let separators: Set<Character> = [" ", "/", "-", "_"]

    /// All makers, by their letters and digits.
    private static let makers: [String: String] = {
        let all = DeviceProfile.all.map { "\($0.vendor)" } + LoRaWANFamilies.makers
        return Dictionary(all.map { (plain($0[...]), $0) }) { _, last in last }
    }()

    private static func plain(_ text: Substring) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
