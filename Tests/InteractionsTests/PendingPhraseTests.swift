import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("What is known only when a text is written")
struct PendingPhraseTests {
    static let now = utc(2026, 1, 5, 9)

    func french(_ phrase: Phrase, _ facts: WritingFacts) throws -> String {
        try phrase.rendered(in: .french, zone: .paris, at: Self.now, knowing: facts)
    }

    @Test("A promised time, a code and a name are filled in as each language writes them")
    func filledIn() throws {
        let wording = Wording(
            french: "ALERTE \(.code) : prise par \(.taker). Prochain point avant \(.nextWord).",
            english: "ALERT \(.code): taken by \(.taker). Next word before \(.nextWord)."
        )
        let facts = WritingFacts(
            nextWord: utc(2026, 1, 5, 10, 15),
            code: ReplyCode("7k"),
            taker: FirstName(of: "Paul Martin")
        )
        let text = try wording.rendered(in: .paris, at: Self.now, knowing: facts)
        #expect(text.french == "ALERTE 7K : prise par Paul. Prochain point avant 11h15.")
        #expect(text.english == "ALERT 7K: taken by Paul. Next word before 11:15.")
        #expect(wording.pending == [.code, .taker, .nextWord])
    }

    @Test("A promise for another day is contracted as any moment")
    func contracted() throws {
        let facts = WritingFacts(nextWord: utc(2026, 1, 7, 9))
        #expect(try french("jusqu'à \(.nextWord)", facts) == "jusqu'au 7 janv. à 10h00")
    }

    @Test("A code that is not needed is left out with one space")
    func codeLeftOut() throws {
        let none = WritingFacts()
        #expect(try french("ALERTE \(.code) Mme D.", none) == "ALERTE Mme D.")
        #expect(try french("\(.code) Répondez 1 \(.code) ou 2 \(.code).", none) == "Répondez 1 ou 2.")
        #expect(try french("Répondez 1\(.code)", none) == "Répondez 1")
        #expect(try french("\(.code)", none) == "")
        #expect(try french("Code \(.code, or: "(aucun)")", none) == "Code (aucun)")
    }

    @Test("What is not known is refused, or said in the words given for that")
    func unknown() throws {
        #expect(throws: PhraseProblem.unknown(.nextWord)) { try french("avant \(.nextWord)", WritingFacts()) }
        #expect(throws: PhraseProblem.unknown(.taker)) { try french("par \(.taker)", WritingFacts()) }
        #expect(throws: PhraseProblem.unknown(.taker)) { try french("par \(.taker, or: "")", WritingFacts()) }
        #expect(try french("par \(.taker, or: "un proche")", WritingFacts()) == "par un proche")
        #expect(
            PhraseProblem.unknown(.taker).description
                == "the text says \\(.taker), which is not known; expected the first name of who took it; the text "
                + "is not written; give it, or other words in its place: \\(.taker, or: \"…\")"
        )
    }

    @Test("The rendering that cannot fail leaves no hole")
    func noHole() {
        let phrase: Phrase = "Pris par \(.taker), suite avant \(.nextWord), code \(.code)."
        #expect(
            phrase.rendered(in: .french, zone: .paris, at: Self.now)
                == "Pris par quelqu'un, suite avant une heure à préciser, code."
        )
        #expect(
            phrase.rendered(in: .english, zone: .paris, at: Self.now)
                == "Pris par somebody, suite avant a time to be announced, code."
        )
    }

    @Test("English may say less than French, and needs no more than it says")
    func oneLanguage() throws {
        let wording = Wording(french: "Fin à \(utc(2026, 1, 5, 8)).", english: "Taken by \(.taker).")
        #expect(throws: PhraseProblem.unknown(.taker)) {
            try wording.rendered(in: .paris, at: Self.now, knowing: WritingFacts())
        }
        #expect(
            try Wording(french: "Fin.").rendered(in: .paris, at: Self.now, knowing: WritingFacts()).english
                == "Fin."
        )
    }

    @Test(
        "Only the first name of a person is shown, or nothing",
        arguments: [
            ("Marie Dupont", "Marie"), ("DUPONT Marie", "Marie"), ("Jean-Luc Martin", "Jean-Luc"),
            ("Paul", "Paul"),
            ("Dr Anne Petit", "Anne"), ("M. Paul Martin", "Paul"), ("MARTIN PAUL", nil), ("Mme Dupont", nil),
            ("M. Martin", nil), ("garde de nuit", nil), ("", nil), ("06 12 34 56 78", nil),
            ("Équipe 2", "Équipe"),
            ("Élodie Ñu", "Élodie"), ("Ахмед Иванов", "Ахмед"), ("de La Tour Jeanne", nil), ("李 伟", nil),
            ("Maximilienne-Alexandrine Roy", nil), ("D'Arc Jeanne", "D'Arc"), ("<b>x</b> y", nil),
        ] as [(String, String?)]
    )
    func firstNames(name: String, first: String?) {
        #expect(FirstName(of: name)?.text == first)
    }

    @Test("A first name does not print itself")
    func discreet() throws {
        let name = try #require(FirstName(of: "Marie Dupont"))
        #expect(!"\(name) \(String(reflecting: name))".contains("Marie"))
        let phrase: Phrase = "Pris par \(name)."
        #expect(try french(phrase, WritingFacts()) == "Pris par Marie.")
    }
}
