/// The words of a text as they are compared: small letters without accents, digits as 0–9, whatever stands
/// between words gone. `J’Y VAIS !` and `j'y vais` are the same words `j y vais`.
///
/// Letters and digits in their compatibility forms (full-width, circled, raised, keycaps) count as themselves,
/// as Unicode's NFKC has it. A character that is no letter, digit, mark or punctuation is a word by itself.
struct PlainWords {
    struct Word: Hashable {
        /// In small letters, with its accents: `arrivé` is not `arrive`.
        var accented: String
        var plain: String
    }

    private(set) var words: [Word] = []
    /// A question mark is among the characters.
    private(set) var asks = false
    /// The text was longer than what is looked at.
    private(set) var isCutOff = false

    /// Characters looked at: six parts of a text message. Nobody answers at greater length.
    static let limit = 918
    /// What stands between quotation marks and is longer may be another's text: phones answer "Liked “…”".
    static let longestOwnQuotation = 20

    private var word = Word(accented: "", plain: "")

    /// - Parameter hearsQuotations: whether the words of longer quotations count; else each is one unknown word.
    init(_ text: String, hearsQuotations: Bool = true) {
        let looked = text.prefix(Self.limit)
        isCutOff = looked.endIndex < text.endIndex
        let characters = hearsQuotations ? Array(looked) : Self.withoutQuotations(Array(looked))
        for (index, character) in characters.enumerated() {
            let isSign =
                character == "-" && word.plain.isEmpty && index + 1 < characters.count
                && characters[index + 1].isNumber && (index == 0 || !characters[index - 1].isNumber)
            // "-1" is not "1".
            if isSign { add("-", accented: "-") } else { take(character) }
        }
        endWord()
    }

    private mutating func take(_ character: Character) {
        if let digit = Self.digit(character) {
            add(digit, accented: digit)
            return
        }
        let letter = Self.halfWidth(character)
        if letter.isLetter {
            let small = letter.lowercased()
            add(small.reduce(into: "") { $0 += Self.withoutAccent($1) }, accented: small)
            return
        }
        guard !letter.isWhitespace, !letter.isPunctuation, !Self.separators.contains(letter) else {
            if letter == "?" || letter == "¿" || letter == "؟" { asks = true }
            endWord()
            return
        }
        let sign = Self.withoutVariation(character)
        // What nobody sees is not there, not even within a word.
        guard !sign.isEmpty else { return }
        endWord()
        add(sign, accented: sign)
        endWord()
    }

    private mutating func add(_ plain: String, accented: String) {
        word.plain += plain
        word.accented += accented
    }

    private mutating func endWord() {
        if !word.plain.isEmpty { words.append(word) }
        word = Word(accented: "", plain: "")
    }
}

extension PlainWords {
    /// Symbols that people use as punctuation.
    private static let separators: Set<Character> = ["`", "´", "+", "=", "|", "~", "<", ">", "^", "°"]

    private static let quotationMarks: [Character: Character] = ["«": "»", "“": "”", "„": "“", "\"": "\""]

    /// In place of a quoted text: a word that is in no list.
    private static let quotation: Character = "\u{FFFC}"

    private static func withoutQuotations(_ characters: [Character]) -> [Character] {
        var kept: [Character] = []
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if let closing = quotationMarks[character] {
                // Without a closing mark the quotation goes on to the end.
                let end = characters[(index + 1)...].lastIndex(of: closing) ?? characters.count
                if end - index > longestOwnQuotation {
                    kept.append(quotation)
                    index = end + 1
                    continue
                }
            }
            kept.append(character)
            index += 1
        }
        return kept
    }

    /// `1` for `1`, `１`, `①`, `¹`, `1️⃣` and the digits of other scripts.
    private static func digit(_ character: Character) -> String? {
        guard let scalar = character.unicodeScalars.first,
            character.unicodeScalars.dropFirst().allSatisfy({ isVariation($0) || $0 == keycap })
        else { return nil }
        switch scalar.properties.numericType {
        case .decimal, .digit: return scalar.properties.numericValue.map { String(Int($0)) }
        case .numeric, nil: return nil
        @unknown default: return nil
        }
    }

    /// U+FF01–FF5E are U+0021–007E in the width of a Chinese character.
    private static func halfWidth(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
            (0xFF01...0xFF5E).contains(scalar.value), let narrow = Unicode.Scalar(scalar.value - 0xFEE0)
        else { return character }
        return Character(narrow)
    }

    private static func withoutAccent(_ letter: Character) -> String {
        if letter.isASCII { return String(letter) }
        if let plain = accents[letter] ?? GSMAlphabet.folded(letter) { return plain }
        // A base letter and marks that make no letter of the tables.
        guard let base = letter.unicodeScalars.first, base.isASCII else { return String(letter) }
        return String(Character(base))
    }

    /// Those that the 7-bit alphabet has, and so does not fold.
    private static let accents: [Character: String] = [
        "à": "a", "ä": "a", "å": "a", "è": "e", "é": "e", "ì": "i", "ò": "o", "ö": "o", "ø": "o", "ù": "u",
        "ü": "u", "ñ": "n", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl",
    ]

    private static let keycap: Unicode.Scalar = "\u{20E3}"

    /// The sign without skin tone and presentation.
    private static func withoutVariation(_ character: Character) -> String {
        var sign = String.UnicodeScalarView()
        for scalar in character.unicodeScalars where !isVariation(scalar) { sign.append(scalar) }
        return String(sign)
    }

    private static func isVariation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD: true
        default: scalar.properties.generalCategory == .control
        }
    }
}
