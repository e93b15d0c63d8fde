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

}
