/// How a text goes out as text messages: with which alphabet, in how many parts. Nothing is cut off and
/// nothing becomes a question mark: a text that does not fit is refused.
public struct SMSEncoding: Hashable, Sendable {
    public enum Alphabet: String, Hashable, Sendable {
        case gsm7, ucs2

        /// Units in a message that stands alone: septets or UTF-16 units (3GPP TS 23.040 §9.2.3.24.1).
        public var unitsAlone: Int { self == .gsm7 ? 160 : 70 }
        /// Units in a part of a longer one: the part's header takes six octets.
        public var unitsPerPart: Int { self == .gsm7 ? 153 : 67 }
    }

    /// Whether characters outside the 7-bit alphabet may be replaced by their nearest form (`ê` by `e`).
    public enum Folding: String, Hashable, Sendable, CaseIterable {
        /// When that makes the whole text fit the 7-bit alphabet, which more than doubles what fits.
        case whenItHelps
        case never
        /// Also when the text needs UCS-2 anyway.
        case always
    }

    /// What to send.
    public let text: String
    public let alphabet: Alphabet
    /// Septets or UTF-16 units of the whole text.
    public let units: Int
    /// The text as the handset gets it, piece by piece.
    public let parts: [String]
    /// Characters were replaced by their nearest form.
    public let isFolded: Bool

    /// - Throws: `SMSRefusal` when the text is empty or needs more than `maxParts`.
    public init(_ text: String, folding: Folding = .whenItHelps, maxParts: Int = 3) throws(SMSRefusal) {
        guard !text.isEmpty else { throw .empty }
        let (characters, alphabet, isFolded) = Self.choose(Array(text), folding)
        self.alphabet = alphabet
        self.isFolded = isFolded
        self.text = String(characters)
        units = characters.reduce(0) { $0 + alphabet.units(of: $1) }
        parts = try Self.split(characters, alphabet, units: units)
        guard !self.text.isEmpty else { throw .empty }
        guard parts.count <= maxParts else {
            throw .tooLong(alphabet: alphabet, units: units, parts: parts.count, allowed: maxParts)
        }
    }

    /// The text for a gateway that splits it by itself, every 153 septets or 67 units: where such a cut would
    /// fall inside a character, a space is made wider, or added, so that it falls before the character.
    public var evenlySplit: String {
        guard parts.count > 1 else { return text }
        var pieces = parts
        for index in pieces.indices.dropLast() {
            let used = pieces[index].reduce(0) { $0 + alphabet.units(of: $1) }
            let padding = String(repeating: " ", count: alphabet.unitsPerPart - used)
            let place = pieces[index].lastIndex(of: " ") ?? pieces[index].endIndex
            pieces[index].insert(contentsOf: padding, at: place)
        }
        return pieces.joined()
    }

    private static func choose(
        _ original: [Character],
        _ folding: Folding
    ) -> (characters: [Character], alphabet: Alphabet, isFolded: Bool) {
        func fits(_ text: [Character]) -> Bool { text.allSatisfy { GSMAlphabet.septets(of: $0) != nil } }
        if fits(original) { return (original.map(GSMAlphabet.composed), .gsm7, false) }
        guard folding != .never else { return (original, .ucs2, false) }
        let folded = original.flatMap { character -> [Character] in
            guard GSMAlphabet.septets(of: character) == nil else { return [GSMAlphabet.composed(character)] }
            return GSMAlphabet.folded(character).map(Array.init) ?? [character]
        }
        if fits(folded) { return (folded, .gsm7, true) }
        return folding == .always ? (folded, .ucs2, folded != original) : (original, .ucs2, false)
    }

    private static func split(
        _ characters: [Character],
        _ alphabet: Alphabet,
        units: Int
    ) throws(SMSRefusal) -> [String] {
        guard units > alphabet.unitsAlone else { return [String(characters)] }
        var parts: [String] = []
        var part = ""
        var used = 0
        for character in characters {
            let size = alphabet.units(of: character)
            guard size <= alphabet.unitsPerPart else { throw .indivisible(units: size) }
            if used + size > alphabet.unitsPerPart {
                parts.append(part)
                part = ""
                used = 0
            }
            part.append(character)
            used += size
        }
        parts.append(part)
        return parts
    }
}

extension SMSEncoding.Alphabet {
    fileprivate func units(of character: Character) -> Int {
        switch self {
        // Every character was found in the tables before this alphabet was chosen.
        case .gsm7: GSMAlphabet.septets(of: character) ?? 1
        case .ucs2: character.utf16.count
        }
    }
}

/// Why a text cannot go out as text messages. It never shows the text.
public enum SMSRefusal: Error, Hashable, Sendable {
    case empty
    case tooLong(alphabet: SMSEncoding.Alphabet, units: Int, parts: Int, allowed: Int)
    /// One character, with its combining marks, is longer than a part.
    case indivisible(units: Int)
}

extension SMSRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty:
            "the text is empty"
        case .tooLong(let alphabet, let units, let parts, let allowed):
            "the text takes \(parts) parts (\(units) \(alphabet == .gsm7 ? "septets" : "UCS-2 units")), "
                + "at most \(allowed) allowed"
        case .indivisible(let units):
            "one character takes \(units) UCS-2 units, a part holds \(SMSEncoding.Alphabet.ucs2.unitsPerPart)"
        }
    }
}
