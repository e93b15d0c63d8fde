import Units

/// What Vigie says by itself to people: answers to their answers, and the ends of what they were asked.
///
/// Each takes one part of a text message, in French and in English, also with the longest name and label that it may
/// show and a time of the last half year. Those that ask for an answer have room for the code of the question (`\(.code)`), which is there only
/// for readers who have several open ones. No link, no address, no diagnosis.
public enum StandardText {
    /// To who answers neither yes nor no.
    public static func notUnderstood(aboutALife: Bool) -> Wording {
        Wording(
            french: """
                Réponse non comprise, transmise à l'équipe. Répondez 1 \(.code) si vous y allez, 2 \(.code) \
                sinon.\(emergency(aboutALife, .french))
                """,
            english: """
                Your answer was not clear and went to the team. Reply 1 \(.code) if you go there, 2 \(.code) if \
                not.\(emergency(aboutALife, .english))
                """
        )
    }

    /// To who answers after somebody else.
    public static func alreadyTaken(_ label: CaseLabel?, by taker: FirstName?, at time: Moment) -> Wording {
        Wording(
            french: """
                Merci. Déjà pris en charge par \(other(taker, .french)) à \(time)\(also(label)). \
                Vous n'avez plus rien à faire.
                """,
            english: """
                Thank you. Already taken by \(other(taker, .english)) at \(time)\(also(label)). \
                There is nothing left for you to do.
                """
        )
    }

    /// To who answers after the end.
    public static func over(_ label: CaseLabel?, since time: Moment) -> Wording {
        Wording(
            french: "Merci. C'est terminé depuis \(time)\(also(label)). Vous n'avez plus rien à faire.",
            english:
                "Thank you. It has been over since \(time)\(also(label)). There is nothing left for you to do."
        )
    }

    /// To who answered first. The alert may have to be taken back: an arrival is asked for.
    public static func takenByYou(_ label: CaseLabel?, aboutALife: Bool) -> Wording {
        Wording(
            french: """
                C'est noté : vous y allez\(also(label)). Répondez SUR PLACE \(.code) en arrivant, 2 \(.code) si \
                vous ne pouvez plus.\(emergency(aboutALife, .french))
                """,
            english: """
                Noted: you are going\(also(label)). Reply HERE \(.code) when you are there, 2 \(.code) if you \
                cannot go after all.\(emergency(aboutALife, .english))
                """
        )
    }

    /// To the others who were asked. Who gets it also gets the end.
    public static func standDown(_ label: CaseLabel?, by taker: FirstName?, at time: Moment) -> Wording {
        Wording(
            french: """
                Pris en charge par \(other(taker, .french)) à \(time)\(also(label)). Vous serez prévenu de la \
                suite. Ne répondez plus.
                """,
            english: """
                Taken by \(other(taker, .english)) at \(time)\(also(label)). You will hear how it ends. \
                No need to reply.
                """
        )
    }

    /// To all who were asked.
    public static func endOfAlert(_ label: CaseLabel?, at time: Moment) -> Wording {
        Wording(
            french: "Fin d'alerte à \(time)\(also(label)). Merci, vous n'avez plus rien à faire.",
            english: "End of alert at \(time)\(also(label)). Thank you, there is nothing left for you to do."
        )
    }

    /// To who took it at `time` and has not said that they arrived.
    public static func areYouThere(_ label: CaseLabel?, since time: Moment) -> Wording {
        Wording(
            french: """
                Sans nouvelle depuis \(time)\(also(label)), on demande au suivant. Répondez SUR PLACE \(.code), \
                ou 2 \(.code) si impossible.
                """,
            english: """
                No news from you since \(time)\(also(label)), the next one is asked. Reply HERE \(.code), or \
                2 \(.code) if you cannot go.
                """
        )
    }

    /// Asks the next one where a pipeline has no words of its own for that. Its length is the title's.
    public static func unanswered(title: Bilingual) -> Wording {
        Wording(
            french: "Sans réponse. \(title.french). Répondez 1 \(.code) si vous prenez en charge.",
            english: "No answer. \(title.english). Reply 1 \(.code) if you take it."
        )
    }

    /// To who wrote something else.
    public static let passedToTeam = Wording(
        french: "Votre message est transmis à l'équipe. Urgence vitale : 15/112.",
        english: "Your message was passed to the team. Emergency: 15/112."
    )

    /// To who asked for help.
    public static let helpPassedOn = Wording(
        french: "Votre demande d'aide est transmise à l'équipe. Urgence vitale : appelez le 15 ou le 112.",
        english: "Your call for help was passed to the team. Emergency: call 15 or 112."
    )

    /// After STOP.
    public static let unsubscribed = Wording(
        french: """
            Vous ne recevrez plus nos messages de service. Les alertes vitales continuent. Pour les recevoir \
            de nouveau, répondez REPRISE.
            """,
        english: """
            You will get no more service messages from us. Life-safety alerts go on. To get them again, \
            reply RESUME.
            """
    )

    /// After REPRISE.
    public static let subscribedAgain = Wording(
        french: "Vous recevrez de nouveau nos messages de service. Pour ne plus les recevoir, répondez STOP.",
        english: "You will get our service messages again. To end them, reply STOP."
    )

    /// After STOP of somebody's emergency contact.
    public static let onlyTheTeamUnsubscribes = Wording(
        french: """
            Vous restez contact d'urgence : seule l'équipe peut vous retirer de la liste. \
            Votre demande lui est transmise.
            """,
        english: """
            You are still an emergency contact: only the team can take you off the list. \
            It has your request.
            """
    )

    /// Whom to call where a life may be at stake.
    private static func emergency(_ isNeeded: Bool, _ language: Language) -> String {
        guard isNeeded else { return "" }
        return language == .french ? " Urgence vitale : 15/112." : " Emergency: 15/112."
    }

    /// ` (Mme D.)`, where there is a label.
    private static func also(_ label: CaseLabel?) -> String {
        label.map { " (\($0.text))" } ?? ""
    }

    private static func other(_ taker: FirstName?, _ language: Language) -> String {
        taker?.text ?? (language == .french ? "un autre contact" : "another contact")
    }
}
