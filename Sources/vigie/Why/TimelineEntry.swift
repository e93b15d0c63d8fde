import Interactions
import Units

/// One line of the answer of `vigie why`. Ids and reasons, never a text, a name or a number.
struct TimelineEntry: Hashable {
    enum Kind: String {
        case found, told, held, delivery, receipt, deadLetter, dropped, silence
    }

    let at: Moment
    let kind: Kind
    let sentence: Bilingual
    /// What programs read besides.
    let members: [JSON.Member]

    init(_ at: Moment, _ kind: Kind, french: String, english: String, _ members: [JSON.Member] = []) {
        self.at = at
        self.kind = kind
        sentence = Bilingual(french: french, english: english)
        self.members = members
    }

    func text(in language: Language, _ zone: CivilZone) -> String {
        "\(zone.words(at))  \(sentence.text(in: language))"
    }

    func json(in language: Language) -> JSON {
        .object(
            [
                .init("at", .string("\(at)")), .init("kind", .string(kind.rawValue)),
                .init("text", .string(sentence.text(in: language))),
            ] + members
        )
    }
}

extension JSON.Member {
    /// Nothing when there is nothing to say.
    static func some(_ name: String, _ text: String?) -> [JSON.Member] {
        text.map { $0.isEmpty ? [] : [JSON.Member(name, .string($0))] } ?? []
    }
}

/// Numbers that a gateway's words may quote.
enum MaskedText {
    /// Runs of six digits and more, as `…83`.
    static func masked(_ text: String) -> String {
        text.replacing(/\+?[0-9]{6,}/) { "…" + $0.output.suffix(2) }
    }
}
