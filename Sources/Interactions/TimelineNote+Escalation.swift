import Units

/// What the timeline says of the chain itself, beside the people in it.
extension TimelineNote {
    /// - Parameter handOver: 1 for those who are asked first.
    public static func asked(_ contacts: [Contact], handOver: Int) -> Wording {
        let roles = contacts.map(\.role).joined(separator: ", ")
        return handOver > 1
            ? Wording(french: "Sans réponse, on demande à : \(roles)", english: "No answer, asking: \(roles)")
            : Wording(french: "On demande à : \(roles)", english: "Asking: \(roles)")
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
