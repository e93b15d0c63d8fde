import Units

/// What the timeline of a case says of the people it asks and of what they answer: one sentence each. People are
/// named by their id in the directory.
public enum TimelineNote {

    public static func taken(by person: String) -> Wording {
        Wording(french: "Pris en charge par \(person)", english: "Taken by \(person)")
    }

    /// Answers after somebody else has taken it.
    public static func answeredLate(_ person: String, takenBy taker: String) -> Wording {
        Wording(
            french: "\(person) répond aussi, déjà pris en charge par \(taker)",
            english: "\(person) answers too, already taken by \(taker)"
        )
    }

    public static func declined(by person: String) -> Wording {
        Wording(french: "\(person) ne peut pas", english: "\(person) cannot")
    }

    public static func arrived(_ person: String) -> Wording {
        Wording(french: "\(person) est sur place", english: "\(person) is there")
    }

    public static func saidOver(_ person: String) -> Wording {
        Wording(french: "\(person) dit que c'est terminé", english: "\(person) says that it is over")
    }

    /// The person whom it is about answers that nothing is wrong.
    public static func saidWell(_ person: String) -> Wording {
        Wording(
            french: "\(person) répond que tout va bien",
            english: "\(person) answers that all is well"
        )
    }

    /// They answered before that nothing is wrong, or their device did, and write again.
    public static func saidUnwell(_ person: String) -> Wording {
        Wording(
            french: "\(person) écrit sans dire que tout va bien",
            english: "\(person) writes, and not that all is well"
        )
    }

    public static func askedForHelp(_ person: String, words: String) -> Wording {
        Wording(
            french: "\(person) demande de l'aide : \(words)",
            english: "\(person) asks for help: \(words)"
        )
    }

    /// Anything else that somebody writes; the team reads it.
    public static func wrote(_ person: String, words: String) -> Wording {
        Wording(french: "\(person) écrit : \(words)", english: "\(person) writes: \(words)")
    }

    /// An answer that could be for several questions: each of them stays open.
    public static func unclearWhich(from person: String) -> Wording {
        Wording(
            french: "Réponse de \(person) reçue, mais plusieurs demandes sont ouvertes",
            english: "\(person) answered, but several questions are open"
        )
    }

    public static func unsubscribed(_ person: String) -> Wording {
        Wording(
            french: "\(person) ne veut plus de messages de service ; les alertes vitales continuent",
            english: "\(person) wants no more service messages; life-safety alerts go on"
        )
    }

    public static func subscribedAgain(_ person: String) -> Wording {
        Wording(
            french: "\(person) veut de nouveau les messages de service",
            english: "\(person) wants service messages again"
        )
    }

    /// An emergency contact wrote STOP: a task for the team.
    public static func wantsToUnsubscribe(_ person: String) -> Wording {
        Wording(
            french: "\(person) ne veut plus être contact d'urgence : à régler par l'équipe",
            english: "\(person) no longer wants to be an emergency contact: for the team to settle"
        )
    }
}
