import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("What Vigie says by itself")
struct StandardTextTests {
    static let now = utc(2026, 1, 5, 9)

    /// Every text with the longest name, label, time and code that it may show.
    static func longest() throws -> [Wording] {
        let label = try #require(CaseLabel(String(repeating: "W", count: CaseLabel.longest)))
        let taker = try #require(FirstName(of: String(repeating: "W", count: FirstName.longest)))
        let time = utc(2026, 9, 30, 8)
        return StandardText.samples(label: label, taker: taker, at: time).map(\.wording)
    }

    @Test("Each takes one part of the 7-bit alphabet, unfolded, with the longest of all it may show")
    func onePart() throws {
        let facts = WritingFacts(code: ReplyCode("7K"))
        // Told the next day: "le 30 sept. 10h00", the longest way of writing a time of the last half year.
        let now = utc(2026, 10, 1, 8)
        for wording in try Self.longest() {
            let text = try wording.rendered(in: .paris, at: now, knowing: facts)
            for language in Language.allCases {
                let words = text.text(in: language)
                let encoding = try SMSEncoding(words, folding: .never)
                #expect(encoding.alphabet == .gsm7, "\(words)")
                #expect(encoding.parts.count == 1, "\(encoding.units): \(words)")
            }
            #expect(text.french != text.english)
        }
    }

    @Test("They read as people expect")
    func words() throws {
        let label = CaseLabel("Mme D.")
        let paul = FirstName(of: "Paul Martin")
        let at = utc(2026, 1, 5, 2, 14)
        func french(_ wording: Wording, code: String? = nil) throws -> String {
            try wording.rendered(
                in: .paris,
                at: Self.now,
                knowing: WritingFacts(code: code.flatMap(ReplyCode.init))
            )
            .french
        }
        #expect(
            try french(StandardText.standDown(label, by: paul, at: at))
                == "Pris en charge par Paul à 03h14 (Mme D.). Vous serez prévenu de la suite. Ne répondez plus."
        )
        #expect(
            try french(StandardText.standDown(nil, by: nil, at: at))
                == "Pris en charge par un autre contact à 03h14. Vous serez prévenu de la suite. Ne répondez plus."
        )
        #expect(
            try french(StandardText.takenByYou(label, aboutALife: true))
                == "C'est noté : vous y allez (Mme D.). Répondez SUR PLACE en arrivant, 2 si vous ne pouvez plus. "
                + "Urgence vitale : 15/112."
        )
        #expect(
            try french(StandardText.takenByYou(label, aboutALife: true), code: "7K").contains(
                "SUR PLACE 7K en arrivant, 2 7K si"
            )
        )
        #expect(
            try french(StandardText.unanswered(title: Bilingual(french: "Ascenseur A : personnes bloquées")))
                == "Sans réponse. Ascenseur A : personnes bloquées. Répondez 1 si vous prenez en charge."
        )
    }

    @Test("What they tell people to answer is understood")
    func answersUnderstood() {
        #expect(Answer("SUR PLACE").meaning == .arrived)
        #expect(Answer("SUR PLACE 7K").meaning == .arrived)
        #expect(Answer("HERE 7K").meaning == .arrived)
        #expect(Answer("2 7K").meaning == .no)
    }

    @Test("Which of several: each named while that fits, then the codes, then as many as fit")
    func whichOf() throws {
        let codes = ReplyCode.all
        let two = StandardText.whichOf([
            OpenQuestion(codes[0], CaseLabel("Mme D.")), OpenQuestion(codes[1], CaseLabel("Ascenseur A")),
        ])
        let text = two.rendered(in: .paris, at: Self.now)
        #expect(
            text.french
                == "Plusieurs demandes : répondez 1 \(codes[0]) (Mme D.) ou 1 \(codes[1]) (Ascenseur A)."
        )
        #expect(
            text.english == "Several questions: reply 1 \(codes[0]) (Mme D.) or 1 \(codes[1]) (Ascenseur A)."
        )
        var kinds: Set<String> = []
        for count in 1...codes.count {
            let long = CaseLabel(String(repeating: "x", count: 20))
            let wording = StandardText.whichOf(codes.prefix(count).map { OpenQuestion($0, long) })
            let text = wording.rendered(in: .paris, at: Self.now)
            for words in [text.french, text.english] {
                let encoding = try SMSEncoding(words, folding: .never, maxParts: 1)
                #expect(encoding.alphabet == .gsm7)
                let shown = codes.filter { words.contains($0.description) }.count
                let rest = words.contains(" autre") || words.contains(" more")
                #expect(rest ? shown < count : shown >= count, "\(words)")
                kinds.insert(rest ? "some" : words.contains("xx") ? "named" : "codes")
            }
        }
        #expect(kinds == ["named", "codes", "some"])
    }

    @Test("A digest shows the titles that fit, whole, and counts the rest")
    func digest() throws {
        func french(_ titles: [String], parts: Int) -> String {
            StandardText.heldBack(titles.map { Bilingual(french: $0) }, parts: parts)
                .rendered(in: .paris, at: Self.now).french
        }
        #expect(french(["Ascenseur A en panne"], parts: 1) == "1 message : Ascenseur A en panne.")
        #expect(
            french(["Ascenseur A en panne", "Fuite au 24.", "Porte B."], parts: 1)
                == "3 messages : Ascenseur A en panne ; Fuite au 24 ; Porte B."
        )
        #expect(french([String(repeating: "x", count: 500)], parts: 1) == "1 message.")
        var dice = Dice(seed: 5)
        for _ in 0..<500 {
            let titles = (0..<1 + dice.below(40)).map {
                "T\($0)" + String(repeating: "é", count: dice.below(60))
            }
            let parts = 1 + dice.below(3)
            let text = french(titles, parts: parts)
            #expect(try SMSEncoding(text, folding: .never).parts.count <= parts)
            let shown =
                text.split(separator: " : ", maxSplits: 1).last?.dropLast().split(separator: " ; ") ?? []
            let whole = shown.filter { titles.contains(String($0)) }.count
            let rest = titles.count - whole
            let hasRest = text.hasSuffix("; et \(rest) autre\(rest > 1 ? "s" : "").") || whole == 0
            #expect(rest == 0 || hasRest, "\(text)")
        }
    }

    @Test("A label that is long or in another script is none")
    func labels() {
        #expect(CaseLabel("Mme D.")?.text == "Mme D.")
        #expect(CaseLabel("Hôtel de Ville")?.text == "Hôtel de Ville")
        for text in ["", String(repeating: "a", count: 41), "Лифт", "Mme D. 😀"] {
            #expect(CaseLabel(text) == nil, "\(text)")
        }
    }

    @Test("The timeline speaks both languages, and every sentence is another")
    func timeline() {
        let notes = [
            TimelineNote.asked(["relative"], because: nil), TimelineNote.taken(by: "P1"),
            TimelineNote.answeredLate("P1", takenBy: "P2"), TimelineNote.declined(by: "P1"),
            TimelineNote.arrived("P1"), TimelineNote.saidOver("P1"), TimelineNote.saidWell("P1"),
            TimelineNote.askedForHelp("P1", words: "AIDE"), TimelineNote.wrote("P1", words: "Bonjour"),
            TimelineNote.unclearWhich(from: "P1"), TimelineNote.unsubscribed("P1"),
            TimelineNote.wantsToUnsubscribe("P1"), TimelineNote.notDelivered(to: "P1", reason: "absent"),
        ].map { $0.rendered(in: .paris, at: Self.now) }
        #expect(Set(notes.flatMap { [$0.french, $0.english] }).count == 2 * notes.count)
        #expect(
            notes[12]
                == Bilingual(
                    french: "SMS non remis à P1 : absent",
                    english: "Text not delivered to P1: absent"
                )
        )
    }
}
