import Units

extension Notice.Reason {
    /// What is going on, as a watch says it beside what it is about; empty when the title and line say it all.
    ///
    /// - Parameter estimate: when it is expected to be over, or somebody to come.
    func state(estimate: Moment?) -> Wording {
        switch self {
        case .found, .answer, .catchUp, .digest: Wording(french: "", english: "")
        case .goesOn, .promised: Wording(french: "Toujours en cours", english: "Still going on")
        case .cleared, .over: Wording(french: "Terminé", english: "Over")
        case .wellbeing: Wording(french: "Tout va bien ?", english: "Are you well?")
        case .asked, .secondWay: Wording(french: "Qui y va ?", english: "Who goes?")
        case .lastResort: Wording(french: "Personne n'y va", english: "Nobody goes")
        case .arrivalDue: Wording(french: "Sur place ?", english: "Are you there?")
        case .standDown: Wording(french: "Pris en charge", english: "Taken")
        case .news:
            estimate.map { Wording(french: "Vers \($0)", english: "About \($0)") }
                ?? Wording(french: "En cours", english: "Under way")
        }
    }

    /// As its reader's watch shows it: an estimate that needs its year or a long month does not fit, and is left out.
    public func watchState(
        estimate: Moment?,
        in language: Language,
        zone: CivilZone,
        at now: Moment
    ) -> String {
        let words = [state(estimate: estimate), state(estimate: nil)].map {
            ($0.phrase(in: language) ?? $0.french).rendered(in: language, zone: zone, at: now)
        }
        return words.first { $0.count <= WatchForm.Limits.state } ?? ""
    }
}
