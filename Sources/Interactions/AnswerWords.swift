/// The words of answers, French and English, as people type and dictate them, without accents and capitals.
/// Where only the accent makes the difference (`arrivé`, but `arrive` for `j'arrive`) it is written.
enum AnswerWords {
    /// What the longest group of listed words at the beginning says, and how many words it has.
    static func longest(_ words: ArraySlice<PlainWords.Word>) -> (AnswerSense, length: Int)? {
        var best: (AnswerSense, length: Int)?
        var (accented, plain) = ("", "")
        for (index, word) in words.prefix(longestGroup).enumerated() {
            let space = index == 0 ? "" : " "
            accented += space + word.accented
            plain += space + squeezed(word.plain)
            if let sense = senses[accented] ?? senses[plain] { best = (sense, index + 1) }
        }
        return best
    }

    /// Words after `2` that show that it was the answer, and no quantity.
    static let beginnings: Set<String> = [
        "je", "j", "jsuis", "on", "nous", "desole", "desolee", "pas", "i", "im", "we", "sorry", "not", "suis",
    ]

    /// `ouiiii` is `oui`: three of the same letter are one.
    private static func squeezed(_ word: String) -> String {
        var text = ""
        var run = 0
        for (index, character) in word.enumerated() {
            run = index > 0 && text.last == character ? run + 1 : 1
            if run <= 2 { text.append(character) }
            if run == 3, !character.isNumber { text.removeLast() }
            if run >= 3, character.isNumber { text.append(character) }
        }
        return text
    }

    /// Every group of words in one list only.
    static let senses: [String: AnswerSense] = {
        var senses: [String: AnswerSense] = [:]
        for (sense, list) in lists {
            for group in list.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                senses[group.split(separator: " ").joined(separator: " ")] = sense
            }
        }
        return senses
    }()

    private static let longestGroup: Int =
        senses.keys.map { $0.split(separator: " ").count }.max() ?? 0

    static let lists: [(AnswerSense, String)] = [
        (
            .agrees,
            """
            1, un, one, ok, okk, oki, okay, okey, oui, ouii, ouais, ouaip, ouep, yes, yess, yep, yeah, yup, c est ok
            cest ok
            """
        ),
        (
            .consents,
            """
            d accord, daccord, dac, entendu, bien sur, biensur, absolument, affirmatif, certainement, avec plaisir
            volontiers, sure, of course, agreed, absolutely, certainly, affirmative, je confirme, confirme
            i confirm, confirmed
            """
        ),
        (
            .goes,
            """
            j y vais, jy vais, j y vai, j y vait, j irai, j y cours, jy cours, j y fonce, je fonce, j y serai
            j y file, je file, je vais y aller, j arrive, jarrive, j arrives, arrive, arrives
            je viens, je vien, je pars, j accours, je m en occupe, je men occupe, je m en charge, je m y rends
            je me deplace, je me rends sur place, je vais sur place, j arrive sur place, je serai sur place, je prends
            je prend, je le prends, je la prends, je prends en charge, je le prends en charge, je la prends en charge
            je prends le relais, je gere, je passe, je passe la voir, je passe le voir, je passe voir, je vais la voir
            je vais le voir, je vais voir, je vais chez elle, je vais chez lui, on y va, on arrive, on vient
            on s en occupe, nous y allons, nous arrivons, nous venons, nous partons, en route, en chemin, je suis en route
            je suis en chemin, je suis sur la route, je suis parti, je suis partie, pris, pris en charge
            prise en charge, je suis dessus, j accepte, accepte, on my way, omw, i m on my way, im on my way
            i am on my way, on the way, going, going there, i m going, im going, i am going, i go, i go there
            i ll go, ill go, i will go, i m going there, i ll go there, coming, i m coming, im coming, i am coming
            i ll come, i will come, i come, we are coming, we re coming, we are on our way, we re on our way, on it
            i m on it, im on it, i am on it, i ll take it, i will take it, i take it, taking it, i ll be there
            i will be there, heading there, heading over, heading there now, leaving now, i ll do it, will do
            i accept, accepted, taken
            """
        ),
        (
            .hasSeen,
            """
            vu, bien vu, c est vu, recu, bien recu, message recu, note, bien note, c est note, lu, bien lu, compris
            bien compris, seen, received, message received, noted, understood, got it, copy, roger, 👍, 👌, 🆗, ✅, ☑, ✔
            """
        ),
        (
            .isWell,
            """
            ca va, ca va bien, ca va tres bien, sa va, sa va bien, tout va bien, tout va tres bien, je vais bien
            je vais tres bien, moi ca va, je suis ok, tout est ok, tout ok, fausse alerte
            c est une fausse alerte, c etait une fausse alerte, false alarm, it was a false alarm, i m fine, im fine, i am fine, fine
            all good, i m good, im good, i m ok, im ok, i am ok, i m okay, im okay, i am okay, all is well, i m well
            i am well, everything is fine, everything is ok, i m all right, i m alright, im alright, i am alright
            """
        ),
        (
            .theyAreWell,
            """
            elle va bien, il va bien, ils vont bien, elle va tres bien, il va tres bien, elle est ok, il est ok
            elle n a rien, il n a rien, elle va mieux, il va mieux, she is fine, he is fine, she s fine, he s fine
            she is ok, he is ok, she s ok, he s ok, she is well, he is well, she is all right, he is all right
            """
        ),
        (.saysNo, "2, deux, two, non, nonn, no, nope, nan, nah, non non"),
        (
            .declines,
            """
            non merci, no thanks, no thank you, impossible, pas possible, ce n est pas possible, c est pas possible
            je ne peux pas, je peux pas, j peux pas, jpeux pas, peux pas, je n peux pas, je ne peut pas, je peut pas
            je ne pourrai pas, je pourrai pas, je ne pourrais pas, pourrai pas, on ne peut pas, on peut pas
            nous ne pouvons pas, je ne peux plus, je peux plus, je ne peux pas y aller, je n y vais pas, j y vais pas
            jy vais pas, j y vais plus, je n y vais plus, je n irai pas, j irai pas, je ne viens pas, je viens pas
            je ne viendrai pas, je ne prends pas, je n arrive pas a y aller, pas dispo, pas disponible
            je ne suis pas dispo, je ne suis pas disponible, je suis pas dispo, je suis pas disponible
            indisponible, je suis indisponible, pas moi, pas la, je ne suis pas la, je suis pas la, pas chez moi
            je suis absent, je suis absente, je refuse, refuse, je decline, decline, pas ok, pas d accord
            not ok, i can t, i cant, can t, cant, cannot, i cannot, can not, i can not, we can t, we cannot
            unable, i m unable, i am unable, not available, i m not available, i am not available, unavailable
            i m unavailable, not possible, not me, i won t, wont, i wont, i will not, won t, i m not going
            i am not going, not going, not coming, i m not coming, i m away, i am away, i decline, declined
            i refuse, no way, sorry no, i m not there, i m not here, not here, not there, 👎, ❌, 🚫
            """
        ),
        (
            .needsHelp,
            """
            aide, a l aide, aidez moi, aide moi, aidez nous, besoin d aide, j ai besoin d aide, secours, au secours
            sos, urgence, samu, pompiers, ambulance, help, help me, help us, need help, i need help
            emergency, send help, je suis tombe, je suis tombee, je suis par terre, par terre
            je ne peux pas me relever, je peux pas me relever, je n arrive pas a me relever, j arrive pas a me relever
            je n arrive pas a me lever, je ne peux pas me lever, je peux pas me lever, je peux pas bouger
            je ne peux pas bouger, j ai mal, je me sens mal, je vais mal, ca va mal, ca va pas, ca ne va pas
            ca va pas bien, ca ne va pas bien, sa va pas, je ne vais pas bien, je vais pas bien, je saigne, malaise
            i fell, i have fallen, i ve fallen, i am on the floor, i m on the floor, on the floor, i can t get up
            i cant get up, i cannot get up, can t get up, cant get up, i can t move, i cannot move, i m hurt
            i am hurt, i m not well, i am not well, i m not ok, i am not ok, im not ok, not well, i feel sick, 🆘
            """
        ),
        (
            .isDone,
            """
            fini, finie, finis, c est fini, cest fini, termine, terminee, c est termine, cest termine
            intervention terminee, resolu, resolue, c est resolu, probleme resolu, regle, reglee, c est regle
            cest regle, c est deja regle, deja regle, probleme regle, tout est regle, repare, reparee, c est repare
            cest repare, c est fait, fait, ca remarche, ca refonctionne, tout remarche, remis en service
            de nouveau en service, remise en service faite, tout est rentre dans l ordre, rentre dans l ordre, done
            all done, it s done, its done, job done, fixed, it s fixed, its fixed, all fixed, resolved, it s resolved
            its resolved, solved, problem solved, repaired, it s repaired, finished, it s finished, completed
            sorted, it s sorted, working again, it s working again, its working again, back in service
            """
        ),
        (
            .isThere,
            """
            arrivé, arrivée, arrivés, arrivées, arrivee, arrivees, bien arrivé, bien arrivée, je suis arrive
            je suis arrivee, suis arrive, suis arrivee, on est arrive, on est arrives, nous sommes arrives, sur place
            sur site, je suis sur place, je suis sur site, suis sur place, on est sur place, nous sommes sur place
            je suis la, j suis la, jsuis la, suis la, je suis bien la, je suis deja la, on est la, on est bien la
            on est deja la, nous sommes la, nous sommes bien la, je suis bien arrive, je suis bien arrivee
            on est bien arrive, on est bien arrives, nous sommes bien arrives, deja sur place, bien sur place
            je suis bien sur place, je suis deja sur place, j y suis, jy suis, on y est, nous y sommes, je suis chez elle, je suis chez lui, je suis avec elle
            je suis avec lui, ici, je suis ici, arrived, i ve arrived, i have arrived, i m here, im here, i am here
            here, we are here, we re here, on site, i m on site, im on site, i am on site, i m there, im there
            i am there, we are there, i m with her, i m with him, i am with her, i am with him
            """
        ),
        (
            .unsubscribes,
            """
            stop, stop sms, stopsms, sms stop, stop all, stopall, stop texts, stop messages, arret, arret sms, arreter
            arretez, arretez les sms, desabonner, desabonnez moi, desabonnement, me desabonner, desinscrire
            desinscription, desinscrivez moi, unsubscribe, unsubscribe me
            """
        ),
        (
            .subscribes,
            """
            reprise, reprise sms, reprendre, reprenez, reabonner, reabonnez moi, reabonnement, me reabonner
            reinscrire, reinscrivez moi, start, start sms, restart, resume, resubscribe, subscribe, unstop
            """
        ),
        (
            .courtesy,
            """
            merci, merci beaucoup, merci bien, bonjour, bonsoir, salut, bonne journee, bonne soiree, bonne nuit
            madame, monsieur, cordialement, et, donc, code, hello, hi, hey, thanks, thank you, thx, many thanks, and
            good morning, good evening, 🙂, 😊, 😀, 😉, ❤
            """
        ),
        (
            .addition,
            """
            svp, stp, s il vous plait, s il te plait, tout de suite, de suite, immediatement, maintenant, vite
            au plus vite, le plus vite possible, des que possible, please, now, right now, right away, straight away
            immediately, asap, as soon as possible, je peux, je peux y aller, je peux venir, i can, i can go
            i can come, 🙏, 🚗, 🏃
            """
        ),
        (
            .regrets,
            """
            desole, desolee, desoles, sorry, je suis desole, je suis desolee, i m sorry, im sorry, i am sorry
            """
        ),
        (
            .saysNothing,
            """
            aide soignante, aide soignant, aide a domicile, aide menagere, aide medico psychologique
            pas besoin d aide, besoin d aucune aide, aucune aide, sans aide, plus besoin d aide, pas d aide
            pas d urgence, aucune urgence, sans urgence, pas urgent, no help, no help needed, don t need help
            dont need help, do not need help, i don t need help, i dont need help, no need for help, without help
            no emergency, no emergency here, not an emergency, no problem, no pb, no worries, no issue
            """
        ),
    ]
}
