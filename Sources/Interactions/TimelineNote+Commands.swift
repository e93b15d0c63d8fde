import Units

/// What the timeline says of commands to devices: who gave them and what came back.
extension TimelineNote {
    public static func commandSent(_ name: String, by person: String) -> Wording {
        Wording(french: "\(person) commande : \(name)", english: "\(person) commands: \(name)")
    }

    public static func commandRefused(_ name: String, by person: String) -> Wording {
        Wording(
            french: "\(person) n'est pas autorisé à commander : \(name)",
            english: "\(person) may not command: \(name)"
        )
    }

    public static func commandAnswered(_ name: String, words: String) -> Wording {
        Wording(
            french: "L'appareil répond à \(name) : \(words)",
            english: "The device answers \(name): \(words)"
        )
    }

    public static func commandUnanswered(_ name: String) -> Wording {
        Wording(
            french: "L'appareil n'a pas répondu à \(name)",
            english: "The device did not answer \(name)"
        )
    }
}
