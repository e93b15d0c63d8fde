import TestSupport
import Testing

@testable import Interactions

@Suite("What people answer is read as they mean it, and in doubt as no yes")
struct AnswerTests {
    /// Answers as people type and dictate them, and what they mean to the question "do you go there?".
    static let answers: [(ReplyMeaning, [String])] = [
        (
            .yes,
            [
                "1", " 1 ", "1.", "1!", "(1)", "\"1\"", "«1»", "1\n", "１", "①", "1️⃣", "un", "Un.", "OK", "ok",
                "Ok.",
                "okkkk", "okay", "Oki", "oui", "OUI !!!", "Ouiiiii", "ouais", "Oui, j'y vais", "j'y vais",
                "J’Y VAIS", "J'y vais tout de suite", "jy vais", "j y vais", "J'arrive", "jarrive !",
                "arrive",
                "J’arrive dans 10 min", "j'arrive dans 5mn merci", "Ok 10 minutes", "oui d'ici 15 min",
                "sur place dans 10 min", "Je pars maintenant.", "je m'en occupe", "Je m’en charge", "on y va",
                "on s'en occupe", "nous arrivons", "En route", "pris", "Pris en charge", "Je prends", "Vu",
                "vu merci", "Reçu", "recu", "Bien rec\u{327}u", "Bien noté", "d'accord", "D’ACCORD",
                "daccord",
                "Entendu, j'arrive", "Bonjour, oui, j'y vais. Cordialement", "je vais la voir", "Yes", "yes!",
                "Yep", "yeah sure", "Sure, on my way", "On my way", "omw", "I'm on my way", "im on my way",
                "I’m coming",
                "I'll go", "I'll take it", "On it", "OK, going there now", "leaving now, 10 mins", "got it",
                "👍", "👍🏽", "👍🏿👍🏿", "Ok 👍", "oui 🚗", "Ｏｕｉ", "oui et j'arrive", "\u{200B}1\u{FEFF}", "1\u{A0}",
                "1 1", "On my way, thanks", "OUI\r\n", "Je viens", "je fonce", "o\u{200B}u\u{AD}i",
                "Oui je peux", "yes I can",
                "J’accepte", "j'arrive dans un quart d'heure", "J'arrive dans 1/4 d'heure",
                "je pars, dans 1 heure",
                "ok deux minutes", "j'arrive dans une demi-heure", "on my way, half an hour", "oui 1h", "✅",
                "désolé, j'arrive", "Je suis là dans 10 min", "oui svp vite", "d'accord, j'y vais",
            ]
        ),
        (
            .no,
            [
                "2", "2.", "２", "2️⃣", "deux", "non", "NON", "Non merci", "nooon", "No", "nope", "Impossible",
                "impossible ce soir", "Je ne peux pas", "je peux pas", "Désolé, je ne peux pas",
                "peux pas dsl",
                "je ne peux pas je suis à Lyon", "Non, je suis au travail", "2 je suis au travail",
                "2, désolée", "pas dispo", "Je n'y vais pas", "Vu mais je ne peux pas",
                "bien reçu, impossible", "j'y vais pas", "Je ne pourrai pas", "pas ok",
                "Pas d'accord", "No, I'm in Paris", "I can't", "can’t", "Sorry, I cannot", "cannot come",
                "not available", "I won't", "no way", "Sorry no", "👎", "je suis absent", "Je ne suis pas là",
                "not me", "no idea who that is", "Non, pas moi", "je ne peux plus",
            ]
        ),
        (
            .help,
            [
                "AIDE", "aide", "Aide svp", "à l'aide", "Au secours", "AU SECOURS !!", "aidez-moi",
                "Aidez moi vite",
                "Besoin d'aide", "j'ai besoin d’aide pour les courses", "help", "HELP!", "Help me please",
                "SOS",
                "I need help", "Non, aidez-moi", "ok mais besoin d'aide", "1 mais appelez le SAMU",
                "Je suis tombée", "je suis tombé dans la cuisine", "par terre", "j'ai mal à la hanche",
                "ça ne va pas", "Ça va pas", "je ne peux pas me relever", "I fell", "I've fallen",
                "I can't get up",
                "I'm not ok", "à l'aide ?", "🆘", "Oui je suis tombée",
            ]
        ),
        (
            .done,
            [
                "FINI", "fini", "C'est fini", "c’est fini merci", "Résolu", "RESOLU", "Terminé", "terminée",
                "Réparé", "c'est réparé", "C'est réglé", "1 c'est réglé", "ok c'est réparé", "done", "Done!",
                "Fixed",
                "it's fixed", "Resolved, thanks", "sur place, c'est réparé", "ça remarche", "all done",
            ]
        ),
        (
            .arrived,
            [
                "je suis là", "Suis là", "on est là", "Nous sommes là", "je suis bien arrivée",
                "sur place elle va bien", "Je suis avec elle, tout va bien", "déjà sur place",
                "bien sur place",
                "sur place", "Sur place.", "SUR PLACE", "Je suis sur place", "arrivé", "Arrivée",
                "arrive\u{301}",
                "arrivee", "je suis arrivé", "je suis arrive", "J'y suis", "ok je suis sur place", "ici",
                "here",
                "I'm here", "Im here", "Arrived", "I have arrived", "on site", "1 sur place",
            ]
        ),
        (
            .stop,
            [
                "STOP", "stop", "Stop.", "STOP SMS", "stopsms", "Arrêt", "ARRET", "arrêter svp",
                "unsubscribe",
                "désabonner",
            ]
        ),
        (.resume, ["REPRISE", "reprise svp", "Reprendre", "RÉABONNER", "START", "resume", "unstop"]),
        (
            .other,
            [
                "deux minutes", "Deux secondes", "two minutes", "deux étages", "une minute", "1/4 d'heure",
                "ok désolé", "oui désolée", "désolé", "sorry", "yes sorry", "elle va bien",
                "oui elle va bien",
                "J'arrive dans deux heures", "je suis là demain", "j'arrive dans 1h30", "svp", "vite svp",
                "", " ", "?", "oui ?", "1 ?", "ok?", "j'y vais ?", "oui mais je ne peux pas", "oui mais",
                "Oui mais pas avant demain", "oui si personne d'autre", "oui peut-être",
                "je n'ai pas dit oui",
                "ne dites pas oui", "ok je ne sais pas", "1 ou 2", "1/2", "1 2", "12", "11", "111", "21", "3",
                "0",
                "-1", "1,5", "1er étage", "1 h", "1 heure", "1 min", "2 min", "2 minutes", "2 rue des Lilas",
                "2h",
                "dans 10 min", "10", "j'arrive pas", "J'arrive dans 2 h", "j'arrive demain", "pas fini",
                "pas encore arrivé", "presque fini", "pas réparé", "fini ?", "c'est pas fini", "non j'y vais",
                "Non mais j'y vais", "merci", "je peux", "oui je peux venir demain",
                "aide-soignante en route", "Je suis l'aide à domicile", "fausse alerte",
                "Bonjour", "bonsoir merci", "qui êtes-vous", "C'est quoi ?",
                "peut-être",
                "maybe", "I don't know", "who is this", "no problem", "pas de souci", "pas besoin d'aide",
                "no help needed", "tout va bien", "ça va", "I'm fine", "Je suis occupé", "occupé", "busy",
                "I will call her", "j'appelle", "ok mais non", "yes no", "yes but I can't",
                "stop c'est réparé",
                "oui stop", "fini stop",
                "A aimé « ALERTE Mme D. à 03h12. Répondez 1 si vous y allez. Besoin : AIDE »",
                "Liked “ALERT Mrs D. at 03:12. Reply 1 if you go there, HELP if not”", "😀", "😭", "oui 😭",
                "quoi", "faux numéro", "wrong number", "une", "y", "k", "OUI NON", "Да", "حسنا", "好",
                "1 sauf si ma soeur y va", "ok if nobody else", "oui pas", "pas oui", "not yes", "rien vu",
                "je l'ai vu",
            ]
        ),
    ]

    @Test("The table of answers")
    func table() {
        var read = 0
        for (meaning, texts) in Self.answers {
            for text in texts {
                #expect(Answer(text).meaning == meaning, "\"\(text)\"")
                read += 1
            }
        }
        #expect(read >= 300)
    }

    @Test(
        "Only plain words calm the question whether all is well",
        arguments: [
            ("1", true), ("Oui", true), ("ok", true), ("tout va bien", true),
            ("Oui, tout va bien merci", true),
            ("ça va", true), ("I'm fine, thanks", true), ("Yes I'm OK", true), ("je vais bien", true),
            ("Fausse alerte, tout va bien", true), ("false alarm", true),
            ("fausse alerte ?", false), ("pas une fausse alerte", false),
            ("vu", false), ("reçu", false), ("👍", false), ("ok 👍", false), ("j'arrive", false),
            ("pris", false),
            ("oui je suis tombée", false), ("oui mais j'ai mal", false), ("ça va pas", false),
            ("ça va ?", false),
            ("ça va mal", false), ("non", false), ("non tout va bien", false), ("tout va mal", false),
            ("merci", false), ("stop", false), ("", false), ("oui dans 5 min", false), ("ok aide", false),
            ("I'm not fine", false), ("fini", false), ("1 2", false), ("oui ça ne va pas", false),
            ("pas tout va bien", false), ("bien", false), ("no problem", false),
            ("ok merci", true), ("Oui, bonsoir", true), ("désolée, fausse alerte", true),
        ]
    )
    func calming(text: String, isWell: Bool) {
        #expect(Answer(text).saysAllIsWell == isWell)
    }

    @Test(
        "Who asks for something or presses has not said that all is well",
        arguments: [
            "oui svp vite", "Oui s'il vous plaît", "yes please", "d'accord", "volontiers", "avec plaisir",
            "entendu",
            "je confirme", "oui tout de suite", "1 vite", "oui dès que possible", "oui maintenant",
            "certainement",
            "bien sûr", "affirmatif", "oui je peux", "oui 🙏", "yes now", "ok asap", "oui désolée",
            "yes I can",
            "tout va bien svp", "elle va bien",
        ]
    )
    func pressing(text: String) {
        #expect(!Answer(text).saysAllIsWell)
        #expect(!Answer(text, meaning: .yes).saysAllIsWell)
    }

    @Test(
        "Thanks and greetings are nothing else",
        arguments: [
            ("merci", true), ("Merci, bonne nuit", true), ("merci svp", false), ("merci 7K", false),
            ("merci ?", false), ("merci non", false), ("", false), ("désolé", false),
        ]
    )
    func courtesy(text: String, isCourtesy: Bool) {
        #expect(Answer(text).isCourtesy == isCourtesy)
    }

    @Test(
        "A code names the question, before or after the answer or joined to it",
        arguments: [
            ("1 7K", .yes, "7K"), ("7K 1", .yes, "7K"), ("17K", .yes, "7K"), ("17k", .yes, "7K"),
            ("7k1", .yes, "7K"),
            ("OK 7k", .yes, "7K"), ("1-7K", .yes, "7K"), ("1, code 7K", .yes, "7K"),
            ("oui 7K merci", .yes, "7K"),
            ("２ ７Ｋ", .no, "7K"), ("2 7K", .no, "7K"), ("27K", .no, "7K"), ("fini K7", .done, "K7"),
            ("7K sur place", .arrived, "7K"), ("7K", .other, "7K"), ("1A7", .yes, "A7"),
            ("7K aide", .help, "7K"),
            ("1 7K 4P", .other, nil), ("1 7K 7K", .yes, "7K"), ("2A2", .other, nil), ("1 7B", .other, nil),
            ("ok 7h", .other, nil), ("1 2e", .other, nil), ("1 77", .other, nil), ("1 7 K", .other, nil),
        ] as [(String, ReplyMeaning, String?)]
    )
    func codes(text: String, meaning: ReplyMeaning, code: String?) {
        let answer = Answer(text)
        #expect(answer.meaning == meaning)
        #expect(answer.code?.description == code)
    }

    @Test("Words beyond the meaning are shown to the team")
    func more() {
        #expect(!Answer("1").saysMore)
        #expect(!Answer("Oui, j'y vais, merci").saysMore)
        #expect(Answer("Je ne peux pas, je suis à Lyon").saysMore)
        #expect(Answer("aidez-moi je suis dans la cave").saysMore)
        #expect(Answer("qui êtes-vous").saysMore)
        #expect(Answer("merci").saysMore)
        #expect(Answer("sur place, elle va bien").saysMore)
    }

    @Test("Whatever is said besides, no negation, condition or question is a yes")
    func neverYes() {
        let doubts = [
            "pas", "ne", "n'", "non", "no", "not", "never", "jamais", "rien", "sauf", "mais", "but", "si",
            "if", "peut-être",
            "maybe", "demain", "tomorrow", "plus tard", "later", "sans", "aucun", "presque", "?", "personne",
            "2", "ni",
            "faux", "can't", "don't", "impossible", "stop", "aide", "3", "dans 3 heures", "😭", "xyz",
        ]
        var dice = Dice(seed: 41)
        let yes = Self.answers[0].1
        for text in yes {
            for doubt in doubts {
                let words = text.split(separator: " ").map(String.init)
                let place = dice.below(words.count + 1)
                // Between the words of a phrase or around them.
                let doubtful = (words[..<place] + [doubt] + words[place...]).joined(separator: " ")
                let answer = Answer(doubtful)
                #expect(
                    answer.meaning != .yes && answer.meaning != .arrived && answer.meaning != .done,
                    "\"\(doubtful)\""
                )
                #expect(!answer.saysAllIsWell, "\"\(doubtful)\"")
            }
        }
    }

    @Test("Any text is read, however long or strange; nothing beyond the limit is taken for a yes")
    func anyText() {
        var dice = Dice(seed: 42)
        let pool = Array("1 2oui nonOK'’?!.👍7Kaide é\u{301}\u{200D}«»\"-１中\n🏴󠁧󠁢󠁥󠁮󠁧󠁿")
        for _ in 0..<20_000 {
            let text = String((0..<dice.below(14)).map { _ in dice.pick(pool) })
            let answer = Answer(text)
            #expect(answer == Answer(text.uppercased().lowercased()) || text.contains("é"), "\"\(text)\"")
            if answer.saysAllIsWell { #expect(answer.meaning == .yes, "\"\(text)\"") }
        }
        let long = String(repeating: "oui ", count: 300)
        #expect(Answer(long).meaning == .other)
        #expect(Answer(String(repeating: "oui ", count: 200)).meaning == .yes)
        #expect(Answer("au secours " + long).meaning == .help)
    }

    @Test("Every listed group of words says by itself what its list says")
    func listed() {
        var seen: [String: AnswerSense] = [:]
        for (sense, list) in AnswerWords.lists {
            for line in list.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                let group = line.split(separator: " ").joined(separator: " ")
                #expect(seen[group] == nil, "\"\(group)\" is listed twice")
                seen[group] = sense
                #expect(meaning(of: sense) == Answer(group).meaning, "\"\(group)\"")
                let read = PlainWords(group).words.map(\.accented).joined(separator: " ")
                #expect(read == group, "\"\(group)\" could never be found")
            }
        }
    }

    private func meaning(of sense: AnswerSense) -> ReplyMeaning {
        switch sense {
        case .agrees, .consents, .goes, .hasSeen: .yes
        case .saysNo, .declines: .no
        case .needsHelp: .help
        case .isDone: .done
        case .isThere: .arrived
        case .unsubscribes: .stop
        case .subscribes: .resume
        case .isWell, .theyAreWell, .comesSoon, .courtesy, .addition, .regrets, .saysNothing: .other
        }
    }
}
