import Units

/// What the timeline says of the chain itself, beside the people in it.
extension TimelineNote {
    /// - Parameter handOver: 1 for those who are asked first.
    public static func asked(_ contact: Contact, handOver: Int) -> Wording {
        handOver > 1
            ? escalated(to: contact)
            : Wording(french: "On demande à : \(contact.role)", english: "Asking: \(contact.role)")
    }

    public static func allDeclined(_ contact: Contact) -> Wording {
        Wording(
            french: "Tous ont refusé dans le rôle \(contact.role) : on passe au suivant",
            english: "Everybody who is \(contact.role) has declined: going on to the next"
        )
    }

    public static func leftOut(_ contact: Contact, count: Int) -> Wording {
        Wording(
            french: "Trop de personnes dans le rôle \(contact.role) : \(count) ne sont pas prévenues",
            english: "Too many people are \(contact.role): \(count) of them are not asked"
        )
    }

    public static func nobodyToAsk() -> Wording {
        Wording(
            french: "Personne à prévenir : aucun rôle n'est tenu en ce moment. On réessaie.",
            english: "Nobody to ask: no role is filled at this time. Trying again."
        )
    }
}
