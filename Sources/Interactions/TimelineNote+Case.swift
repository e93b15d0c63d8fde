import Units

/// What the timeline says of the finding itself: that it is over, that it came back, what it is part of.
extension TimelineNote {
    public static func end(at over: Moment) -> Wording {
        Wording(french: "Fin : \(over)", english: "End: \(over)")
    }

    /// What threatens a life is closed by a person.
    public static func signalOver(at over: Moment) -> Wording {
        Wording(
            french: "Fin du signal : \(over). À clore par une personne.",
            english: "End of the signal: \(over). To be closed by a person."
        )
    }

    /// Word of a system about what may threaten a life, or that it waits before somebody is there.
    ///
    /// - Parameter words: what was said besides; may be empty.
    public static func heardOnly(_ words: String) -> Wording {
        let said = words.isEmpty ? "" : " (\(words))"
        return Wording(
            french: "Noté sans effet\(said) : une personne doit y aller ou clore.",
            english: "Written down only\(said): a person has to go there or to close it."
        )
    }

    /// Somebody works on it: they say whether it is over.
    public static func proposed(at over: Moment) -> Wording {
        Wording(
            french: "Fin du signal : \(over). À confirmer par qui intervient.",
            english: "End of the signal: \(over). To be confirmed by who works on it."
        )
    }

    public static func proposalAccepted() -> Wording {
        Wording(
            french: "Résolu : le signal n'est pas revenu et personne n'a dit le contraire.",
            english: "Resolved: the signal did not return and nobody said otherwise."
        )
    }

    public static func back(since begin: Moment) -> Wording {
        Wording(french: "De nouveau depuis : \(begin)", english: "Again since: \(begin)")
    }

    public static func flapping(times: Int) -> Wording {
        Wording(
            french: "Revenu \(times) fois en une heure. Suite quand l'état est stable.",
            english: "Back \(times) times within an hour. Word follows when it is stable."
        )
    }

    public static func steady() -> Wording {
        Wording(
            french: "N'est plus revenu à la normale depuis une demi-heure.",
            english: "Has not gone back to normal for half an hour."
        )
    }

    public static func notConfirmed() -> Wording {
        Wording(
            french: "Dit résolu, mais le capteur le constate toujours.",
            english: "Said to be resolved, but the sensor still sees it."
        )
    }

    /// A person had said that it is over.
    public static func confirmed() -> Wording {
        Wording(
            french: "Confirmé : le capteur ne le constate plus.",
            english: "Confirmed: the sensor does not see it any more."
        )
    }

    public static func part(of key: String) -> Wording {
        Wording(french: "Fait partie du dossier \(key)", english: "Part of case \(key)")
    }

    /// - Parameter more: how many there are besides those named.
    public static func parts(_ names: String, more: Int) -> Wording {
        guard more > 0 else { return Wording(french: "Aussi : \(names)", english: "Also: \(names)") }
        return Wording(
            french: "Aussi : \(names) et \(more) de plus",
            english: "Also: \(names) and \(more) more"
        )
    }
}
