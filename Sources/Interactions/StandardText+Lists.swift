import Units

/// One of several questions that a person has before them.
public struct OpenQuestion: Hashable, Sendable {
    public var code: ReplyCode
    public var label: CaseLabel?

    public init(_ code: ReplyCode, _ label: CaseLabel?) {
        self.code = code
        self.label = label
    }
}

/// Texts that list as much as fits and say how much more there is.
extension StandardText {
    /// A "1" of who has several open questions: which one? Names each while that fits in one part, else the codes
    /// alone; where not even those fit, the first ones.
    ///
    /// - Parameter questions: the most urgent first.
    public static func whichOf(_ questions: [OpenQuestion]) -> Wording {
        let named = inBoth { language in
            let choices = questions.map { "1 \($0.code)" + ($0.label.map { " (\($0.text))" } ?? "") }
            switch language {
            case .french: return "Plusieurs demandes : répondez \(choices.joined(separator: " ou "))."
            case .english: return "Several questions: reply \(choices.joined(separator: " or "))."
            }
        }
        if fits(named, parts: 1) { return written(named) }
        return longest(of: questions.map(\.code.description), parts: 1) { codes, rest, language in
            let codes = codes.joined(separator: ", ")
            switch language {
            case .french:
                let more = rest > 0 ? " et \(rest) autre\(plural(rest))" : ""
                return
                    "Plusieurs demandes : répondez 1 (ou 2) et le code de l'alerte. Codes : \(codes)\(more)."
            case .english:
                let more = rest > 0 ? " and \(rest) more" : ""
                return "Several questions: reply 1 (or 2) and the code of the alert. Codes: \(codes)\(more)."
            }
        }
    }

    /// Several messages that a limit held back: as many titles as fit, and how many more there are.
    ///
    /// - Parameters:
    ///   - titles: the most urgent first; at least one.
    ///   - parts: of a text message, from 1 to 3.
    public static func heldBack(_ titles: [Bilingual], parts: Int) -> Wording {
        let count = titles.count
        return longest(of: titles, parts: min(max(parts, 1), 3)) { shown, rest, language in
            let listed = shown.map { item in
                let title = item.text(in: language)
                return title.hasSuffix(".") ? String(title.dropLast()) : title
            }.joined(separator: " ; ")
            switch language {
            case .french:
                let head = "\(count) message\(plural(count))"
                if shown.isEmpty { return head + "." }
                return "\(head) : \(listed)" + (rest > 0 ? " ; et \(rest) autre\(plural(rest))." : ".")
            case .english:
                let head = "\(count) message\(plural(count))"
                if shown.isEmpty { return head + "." }
                return "\(head): \(listed)" + (rest > 0 ? "; and \(rest) more." : ".")
            }
        }
    }

    /// The text with the most of the items that fits; each language has its own most.
    private static func longest<Item>(
        of items: [Item],
        parts: Int,
        _ text: (_ shown: ArraySlice<Item>, _ rest: Int, Language) -> String
    ) -> Wording {
        written(
            inBoth { language in
                var best = text(items.prefix(0), items.count, language)
                // An item takes a character at least: no more than these can fit.
                for count in 1...max(1, min(items.count, parts * SMSEncoding.Alphabet.gsm7.unitsAlone)) {
                    let longer = text(items.prefix(count), items.count - count, language)
                    guard SMSEncoding.fits(longer, parts: parts) else { break }
                    best = longer
                }
                return best
            }
        )
    }

    private static func inBoth(_ text: (Language) -> String) -> Bilingual {
        Bilingual(french: text(.french), english: text(.english))
    }

    private static func written(_ text: Bilingual) -> Wording {
        Wording(french: "\(text.french)", english: "\(text.english)")
    }

    private static func fits(_ text: Bilingual, parts: Int) -> Bool {
        SMSEncoding.fits(text.french, parts: parts) && SMSEncoding.fits(text.english, parts: parts)
    }

    private static func plural(_ count: Int) -> String {
        count > 1 ? "s" : ""
    }
}
