/// What an escalation did and why, as people read it on the timeline of a case. People are named by their ids.
extension EscalationRun.Reason {
    public var text: Bilingual {
        switch self {
        case .begins:
            Bilingual(french: "Première demande", english: "The first to be asked")
        case .unanswered:
            Bilingual(french: "Pas de réponse dans le temps prévu", english: "No answer in the time given")
        case .nobodyLeft:
            Bilingual(
                french: "Aucune des personnes sollicitées n'est joignable ou disponible",
                english: "None of those asked can be reached or can come"
            )
        case .noReceipt(let channel):
            Bilingual(
                french: "Pas d'accusé de réception par \(channel.name(in: .french))",
                english: "No receipt by \(channel.name(in: .english))"
            )
        case .notDelivered(let channel):
            Bilingual(
                french: "Non remis par \(channel.name(in: .french))",
                english: "Not delivered by \(channel.name(in: .english))"
            )
        case .interrupted(let interruption):
            interruption.text
        }
    }
}

extension EscalationRun.Interruption {
    public var text: Bilingual {
        switch self {
        case .noArrival(let person):
            Bilingual(
                french: "\(person) a pris en charge, sans arrivée confirmée dans le temps prévu",
                english: "\(person) took it, but did not confirm being there in time"
            )
        case .takenBack(let person):
            Bilingual(
                french: "\(person) ne peut finalement pas venir",
                english: "\(person) cannot come after all"
            )
        case .left(let person):
            Bilingual(
                french: "\(person) était sur place et ne peut pas rester",
                english: "\(person) was there and cannot stay"
            )
        }
    }
}

extension EscalationRun.Note {
    public var text: Bilingual {
        switch self {
        case .nobodyOnDuty(let contact):
            Bilingual(
                french: "Personne n'est de service : \(contact.role)",
                english: "Nobody is on duty: \(contact.role)"
            )
        case .allDeclined(let contact):
            Bilingual(
                french: "Tous ont déjà dit ne pas pouvoir : \(contact.role)",
                english: "All have already said that they cannot: \(contact.role)"
            )
        case .leftOut(let contact, let people):
            Bilingual(
                french: "Trop de personnes à la fois : \(people) non sollicitées (\(contact.role))",
                english: "Too many people at once: \(people) not asked (\(contact.role))"
            )
        case .outsideSchedule(let step):
            Bilingual(
                french: "Étape \(step) non prévue à cette heure",
                english: "Step \(step) is not for this time"
            )
        case .handedToLastResort:
            Bilingual(
                french: "Sans réponse, le dernier recours est sollicité",
                english: "No answer, the last resort is asked"
            )
        case .roundUnanswered(let round):
            Bilingual(
                french: "Dernier recours sollicité \(round) fois sans réponse, nouvelle demande",
                english: "Last resort asked \(round) times without an answer, asking again"
            )
        case .nobodyToAsk:
            Bilingual(
                french: "Personne n'est joignable : aucune personne de service, tous rôles confondus",
                english: "Nobody can be asked: no one is on duty in any role"
            )
        case .taken(let person):
            Bilingual(french: "Pris en charge par \(person)", english: "Taken by \(person)")
        case .answeredLate(let person):
            Bilingual(
                french: "\(person) a répondu aussi, après la prise en charge",
                english: "\(person) answered too, after it was taken"
            )
        case .resumed(let interruption):
            Bilingual(
                french: "Nouvelle demande : \(interruption.text.french)",
                english: "Asking goes on: \(interruption.text.english)"
            )
        case .arrived(let person):
            Bilingual(french: "\(person) est sur place", english: "\(person) is there")
        case .resolved:
            Bilingual(
                french: "Plus rien à demander : dossier résolu",
                english: "Nothing more to ask: resolved"
            )
        }
    }
}

extension Channel {
    /// As it stands in a sentence: "by text", "par SMS".
    func name(in language: Language) -> String {
        switch (self, language) {
        case (.text, .french): "SMS"
        case (.text, .english): "text"
        case (.secondText, .french): "SMS de secours"
        case (.secondText, .english): "second text gateway"
        case (.voice, .french): "appel vocal"
        case (.voice, .english): "voice call"
        case (.chat, .french): "messagerie d'équipe"
        case (.chat, .english): "team chat"
        case (.watch, .french): "montre"
        case (.watch, .english): "watch"
        case (.task, .french): "tâche de rappel"
        case (.task, .english): "callback task"
        }
    }
}
