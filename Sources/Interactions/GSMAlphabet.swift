/// The 7-bit alphabet of text messages: 3GPP TS 23.038 §6.2.1, basic table and extension table.
///
/// It works on characters as a reader sees them, so `é` typed as `e` and an accent is the same `é`.
public enum GSMAlphabet {
    /// How many septets the character takes: 1 in the basic table, 2 in the extension table (an escape comes
    /// before it), nil when the alphabet does not have it.
    public static func septets(of character: Character) -> Int? {
        if basic[character] != nil { return 1 }
        if character == "\r\n" || extended.contains(character) { return 2 }
        return nil
    }

    /// The character as the gateway must get it: one code point where the alphabet has one. Gateways look
    /// characters up one code point at a time.
    static func composed(_ character: Character) -> Character {
        basic[character] ?? character
    }

    /// The nearest way of writing the character with this alphabet, as a reader of Latin script would write it
    /// without the accent or the ornament; nil when there is none and the text needs UCS-2.
    public static func folded(_ character: Character) -> String? {
        if let fold = folds[character] { return fold }
        // A control character shows nothing; a space in its place keeps the words apart.
        if character.unicodeScalars.allSatisfy({ $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) {
            return " "
        }
        return nil
    }

    /// In the order of their codes. The code 0x1B is the escape and no character.
    static let basicTable =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1B}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"

    static let extensionTable = "\u{0C}^{}\\[~]|€"

    private static let basic: [Character: Character] = {
        var table = Dictionary(uniqueKeysWithValues: basicTable.map { ($0, $0) })
        table["\u{1B}"] = nil
        return table
    }()

    private static let extended = Set(extensionTable)

    private static let folds: [Character: String] = {
        var table: [Character: String] = [:]
        for (replacement, characters) in foldTable {
            for character in characters { table[character] = replacement }
        }
        return table
    }()

    private static let foldTable: [(replacement: String, characters: String)] = [
        ("a", "áâãāăąª"), ("A", "ÀÁÂÃĀĂĄ"), ("ae", "ǽ"), ("c", "çćĉċč"), ("C", "ĆĈĊČ"), ("d", "ďđ"),
        ("D", "ĎĐÐ"), ("e", "êëēĕėęě"), ("E", "ÈÊËĒĔĖĘĚ"), ("g", "ĝğġģ"), ("G", "ĜĞĠĢ"), ("h", "ĥħ"),
        ("H", "ĤĦ"), ("i", "íîïĩīĭįı"), ("I", "ÌÍÎÏĨĪĬĮİ"), ("j", "ĵ"), ("J", "Ĵ"), ("k", "ķ"), ("K", "Ķ"),
        ("l", "ĺļľł"), ("L", "ĹĻĽŁ"), ("n", "ńņňŉ"), ("N", "ŃŅŇ"), ("o", "óôõōŏőº°"), ("O", "ÒÓÔÕŌŎŐ"),
        ("oe", "œ"), ("OE", "Œ"), ("r", "ŕŗř"), ("R", "ŔŖŘ"), ("s", "śŝşšș"), ("S", "ŚŜŞŠȘ"), ("SS", "ẞ"),
        ("t", "ţťŧț"), ("T", "ŢŤŦȚ"), ("u", "úûũūŭůűų"), ("U", "ÙÚÛŨŪŬŮŰŲ"), ("w", "ŵ"), ("W", "Ŵ"),
        ("y", "ýÿŷ"), ("Y", "ÝŸŶ"), ("z", "źżž"), ("Z", "ŹŻŽ"), ("u", "µ\u{3BC}"),
        ("'", "’‘‚‛′`´"), ("\"", "«»“”„‟″"), ("<", "‹"), (">", "›"), ("...", "…"),
        ("-", "–—‐\u{2011}‒―−•·"), ("->", "→"), ("x", "×"), ("2", "²"), ("3", "³"), ("1", "¹"),
        ("1/2", "½"), ("1/4", "¼"), ("3/4", "¾"), ("No", "№"), ("+/-", "±"),
        (" ", "\t\u{A0}\u{202F}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}"),
        (" ", "\u{2009}\u{200A}\u{205F}\u{3000}"), ("\n", "\u{2028}\u{2029}\u{85}\u{0B}"),
        // Zero-width marks: they have no glyph to lose.
        ("", "\u{AD}\u{200B}\u{2060}\u{FEFF}\u{200E}\u{200F}"),
    ]
}
