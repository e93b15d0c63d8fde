import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Rules for texts")
struct TextRulesTests {
    static let now = utc(2026, 1, 5, 9)
    static let carer = TextUse(.alert, expectsReply: true, privacy: .health, severity: .critical)
    static let news = TextUse(.service)

    func problems(_ use: TextUse, _ wording: Wording) -> [TextProblem] {
        TextRules.problems(for: use, in: .paris, at: Self.now) { _ in wording }
    }

    func french(_ use: TextUse, _ phrase: Phrase) -> [TextProblem.Kind] {
        problems(use, Wording(french: phrase)).map(\.kind)
    }

    func written(_ text: String, _ use: TextUse) -> [TextProblem.Kind] {
        TextRules.problems(in: text, .french, for: use).map(\.kind)
    }

    @Test("The texts of the product are sound")
    func sound() {
        let alert = Wording(
            french: """
                ALERTE \(.code) Mme D. à \(Self.now). Répondez 1 si vous y allez, 2 sinon. Sans réponse, contact \
                suivant à \(.nextWord). Urgence vitale : 15/112.
                """,
            english: """
                ALERT \(.code) Mrs D. at \(Self.now). Reply 1 if you go there, 2 if not. Emergency: 15/112.
                """
        )
        #expect(problems(Self.carer, alert) == [])
        let outage: Phrase = """
            Ascenseur A en panne, 12 rue des Lilas, depuis \(Self.now). Ascensoriste prévenu. Prochain point avant \
            \(.nextWord). Besoin d'aide (courses, soins) : répondez AIDE.
            """
        #expect(french(TextUse(.service, expectsReply: true), outage).isEmpty)
        #expect(
            french(
                TextUse(.question, expectsReply: true, privacy: .health, severity: .critical),
                """
                Tout va bien ? Répondez 1. Sans réponse dans 1 min, nous prévenons vos proches. Urgence vitale : 15/112.
                """
            ).isEmpty
        )
    }

    @Test("What Vigie says by itself keeps the rules")
    func standardTexts() {
        let now = utc(2026, 10, 1, 8)
        let label = CaseLabel(String(repeating: "W", count: CaseLabel.longest))
        let samples = StandardText.samples(
            label: label,
            taker: FirstName(of: String(repeating: "W", count: FirstName.longest)),
            at: utc(2026, 9, 30, 8)
        )
        #expect(samples.count == Set(samples.map(\.name)).count && samples.count >= 16)
        for sample in samples {
            let problems = TextRules.problems(for: sample.use, in: .paris, at: now) { _ in sample.wording }
            #expect(problems == [], "\(sample.name)")
        }
    }

    @Test("An alert takes one part, news three")
    func parts() {
        let long = Phrase(stringLiteral: String(repeating: "a", count: 161))
        let tooLong = TextProblem.Kind.tooLong(
            parts: 2,
            units: 161,
            alphabet: .gsm7,
            allowed: 1,
            nameLength: nil
        )
        #expect(french(TextUse(.alert), long) == [tooLong])
        #expect(french(TextUse(.reply), long) == [tooLong])
        #expect(french(Self.news, long).isEmpty)
        #expect(
            french(Self.news, Phrase(stringLiteral: String(repeating: "a", count: 460)))
                == [.tooLong(parts: 4, units: 460, alphabet: .gsm7, allowed: 3, nameLength: nil)]
        )
        #expect(french(Self.news, "") == [.cannotGoOut(.empty)])
    }

    @Test("A text that fits with a usual name may not fit with the longest")
    func longestName() {
        let rest = String(repeating: "a", count: 145)
        let found = TextRules.problems(for: TextUse(.alert), in: .paris, at: Self.now) { name in
            Wording(french: "\(name) \(rest)")
        }
        let expected = TextProblem.Kind.tooLong(
            parts: 2,
            units: 166,
            alphabet: .gsm7,
            allowed: 1,
            nameLength: 20
        )
        #expect(found.map(\.kind) == [expected])
        #expect(
            found.first?.description
                == "French text: 2 parts (166 septets) with a name of 20 characters, expected at most 1; it costs "
                + "more and may arrive in pieces; word it shorter"
        )
        // The name of who took it counts as well.
        #expect(french(TextUse(.alert), "\(.taker) \(rest)") == [expected])
    }

    @Test("Characters that the 7-bit alphabet lacks are named, with their place and their nearest form")
    func alphabet() {
        let folds = french(Self.news, "Arrêt à l’eau")
        #expect(
            folds == [
                .folds([
                    .init(character: "ê", position: 4, fold: "e"),
                    .init(character: "’", position: 10, fold: "'"),
                ])
            ]
        )
        let lost = french(Self.news, "Arrêt 😀")
        #expect(lost == [.forcesUCS2([.init(character: "😀", position: 7, fold: nil)])])
        #expect(
            TextProblem(language: .english, kind: lost[0]).description
                == "English text: \"😀\" (character 7) would make the whole message UCS-2, of which 70 characters fit "
                + "a part instead of 160; write it otherwise"
        )
        #expect(TextProblem(language: .french, kind: folds[0]).severity == .warning)
        #expect(TextProblem(language: .french, kind: lost[0]).severity == .error)
    }

    @Test(
        "Links are found, and shorteners wherever they stand",
        arguments: [
            ("Infos : https://bit.ly/3xY", ["bit.ly"], true), ("Infos : bit.ly/3xY.", ["bit.ly"], true),
            ("(www.tinyurl.com/a)", ["tinyurl.com"], true), ("Voir https://exemple.fr/a?b=1", [], true),
            ("Voir www.exemple.fr, merci", [], true), ("http://a-b.example:8080/", [], true),
            ("09h14.Merci", [], false), ("12.5 L", [], false), ("contact@exemple.fr", [], false),
            ("etc.", [], false), ("A.B.", [], false), ("t.co", ["t.co"], true),
            ("BIT.LY/X", ["bit.ly"], true),
            ("...", [], false), ("https://", [], false),
        ] as [(String, [String], Bool)]
    )
    func links(text: String, shorteners: [String], hasLink: Bool) {
        let reply = written(text + " Répondez 1.", TextUse(.alert, expectsReply: true))
        let short = reply.compactMap { if case .shortener(let host) = $0 { host } else { nil } }
        #expect(short == shorteners)
        #expect(reply.contains { if case .linkWhereReplyIsAsked = $0 { true } else { false } } == hasLink)
        let news = written(text, Self.news)
        #expect(news == shorteners.map { .shortener($0) })
    }

    @Test(
        "A text about health says no illness, no address and no full name",
        arguments: [
            ("Mme D., diabétique, ne répond pas", .diagnosis("diabetique")),
            ("suspicion d'AVC", .diagnosis("avc")), ("Possible heart attack", .diagnosis("heart attack")),
            ("Crise cardiaque ?", .diagnosis("crise cardiaque")), ("ALZHEIMER", .diagnosis("alzheimer")),
            ("Note : « Mme D. a un diabète depuis longtemps »", .diagnosis("diabete")),
            ("Chute au 12 rue des Lilas", .address("12 rue")),
            ("Chute, 4 bis, avenue Foch", .address("4 bis avenue")),
            ("Fall at 12 High Street", .address("12 high street")), ("rue des Lilas", .address("rue des")),
            ("Allez Résidence les Pins, bât. B", .address("Résidence les Pins")),
            ("Mme DUPONT Marie est tombée", .fullName), ("Marie Dupont", .fullName), ("M. Dupont", nil),
            ("Marie ne répond pas", nil), ("Mme D. : pouls à 130 depuis 09h14", nil), ("chute possible", nil),
            ("tension 150/90 mmHg", nil), ("je suis sur place, en chemin", nil), ("Répondez 1 en route", nil),
            ("Appelez le 15 ou le 112", nil), ("malaise possible à 03h12", nil),
        ] as [(String, TextProblem.Kind?)]
    )
    func health(text: String, problem: TextProblem.Kind?) {
        let person = Directory.Person(id: "P1", name: "Mme Marie Dupont", phone: "")
        var use = TextUse(.service, privacy: .health, person: person, address: "Résidence les Pins")
        #expect(written(text, use).filter { !$0.isFold } == (problem.map { [$0] } ?? []))
        use.privacy = .personal
        #expect(written(text, use).filter { !$0.isFold }.isEmpty)
    }

    @Test("A promised next message needs a timer behind it")
    func promises() {
        #expect(french(Self.news, "Prochain point avant 11h15.") == [.unbackedPromise("prochain point")])
        #expect(french(Self.news, "Prochain point avant \(.nextWord).").isEmpty)
        // A time that a timer keeps, and that the text names.
        var kept = Self.news
        kept.promise = Self.now + .hours(2)
        #expect(french(kept, "Prochain point avant \(Self.now + .hours(2)).").isEmpty)
        #expect(french(kept, "Prochain point avant \(Self.now).") == [.unbackedPromise("prochain point")])
        let english = problems(Self.news, Wording(french: "En panne.", english: "Next word before 11:15."))
        #expect(english == [TextProblem(language: .english, kind: .unbackedPromise("next word"))])
    }

    @Test(
        "A text that expects an answer says which",
        arguments: [
            ("Répondez 1 si vous y allez", true), ("répondez AIDE", true), ("Reply 1 7K or 2", true),
            ("Reply HERE when there", true), ("Répondez SUR PLACE", true), ("Envoyez STOP", true),
            ("Pouvez-vous y aller ?", false), ("Répondez vite", false), ("Répondez", false),
            ("Please reply as soon as possible", false), ("1", false),
        ]
    )
    func sayingWhat(text: String, isSaid: Bool) {
        let problems = written(text, TextUse(.alert, expectsReply: true))
        #expect(problems == (isSaid ? [] : [.doesNotSayWhatToAnswer]))
    }

    @Test("What a watch shows fits it, with the longest name too, and gives nobody away")
    func watch() {
        let health = TextUse(.service, privacy: .health)
        func found(_ title: String, _ line: String, nameLength: Int? = nil) -> [TextProblem] {
            TextRules.problems(inWatch: title, line: line, .french, for: health, nameLength: nameLength)
        }
        #expect(found("Mme D.", "Alerte en cours") == [])
        let long = String(repeating: "x", count: 21)
        let tooLong = WatchProblem.tooLong(.title, found: 21, limit: 20)
        #expect(found(long, "").map(\.kind) == [.watch(tooLong, nameLength: nil)])
        #expect(found(long, "").map(\.severity) == [.error])
        #expect(found(long, "", nameLength: 21).map(\.severity) == [.warning])
        #expect(found("Mme D.", "12 rue des Lilas").map(\.kind) == [.address("12 rue")])
        #expect(found("Mme D.", "Crise cardiaque").map(\.kind) == [.diagnosis("crise cardiaque")])
        let other = TextProblem(
            language: .french,
            kind: .watch(.tooLong(.title, found: 30, limit: 20), nameLength: 30)
        )
        #expect(other.isAbout(the: found(long, "")[0]))
        #expect(!other.isAbout(the: TextProblem(language: .english, kind: other.kind)))
    }

    @Test("A vital alert names the emergency number; its end need not")
    func emergency() {
        let text: Phrase = "ALERTE Mme D. Répondez 1."
        #expect(french(Self.carer, text) == [.noEmergencyNumber])
        #expect(french(Self.carer, "ALERTE Mme D. Répondez 1. 15/112").isEmpty)
        #expect(french(Self.carer, "ALERTE Mme D. Répondez 1. Appelez le 15.").isEmpty)
        #expect(french(Self.carer, "ALERTE Mme D. à 15 h. Répondez 1.") == [.noEmergencyNumber])
        var end = Self.carer
        (end.purpose, end.expectsReply) = (.reply, false)
        #expect(french(end, "Fin d'alerte Mme D.").isEmpty)
    }
}

extension TextProblem.Kind {
    fileprivate var isFold: Bool {
        if case .folds = self { true } else { false }
    }
}
