import Units

/// What the timeline says of texts: whom they reached, and what became of those that did not go out.
extension TimelineNote {
    /// The gateway says that it did not arrive.
    public static func notDelivered(to person: String, reason: String) -> Wording {
        Wording(
            french: "SMS non remis à \(person) : \(reason)",
            english: "Text not delivered to \(person): \(reason)"
        )
    }

    /// The gateway says nothing.
    public static func noReceipt(from person: String, within span: Duration) -> Wording {
        Wording(
            french: "Aucun accusé de réception du SMS à \(person) en \(span)",
            english: "No receipt for the text to \(person) within \(span)"
        )
    }

    /// After it had been given up.
    public static func deliveredLate(to person: String) -> Wording {
        Wording(french: "SMS remis tard à \(person)", english: "Text delivered late to \(person)")
    }

    /// The others who were asked are told that it is taken.
    public static func stoodDown(count: Int) -> Wording {
        Wording(
            french: "Prévenus qu'ils n'ont plus à répondre : \(count)",
            english: "Told that they need not answer any more: \(count)"
        )
    }

    public static func told(count: Int) -> Wording {
        Wording(french: "Messages envoyés : \(count)", english: "Messages sent: \(count)")
    }

    /// - Parameter reason: why, as the reader understands it: "heures calmes".
    public static func heldBack(count: Int, reason: Bilingual) -> Wording {
        Wording(
            french: "Messages retenus : \(count) (\(reason.french))",
            english: "Messages held back: \(count) (\(reason.english))"
        )
    }

    public static func toldInDigest(count: Int) -> Wording {
        Wording(
            french: "Messages retenus, envoyés en résumé : \(count)",
            english: "Messages held back, sent as a digest: \(count)"
        )
    }
}
