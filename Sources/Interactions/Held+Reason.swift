import Units

extension Held {
    /// Why somebody is not told, or not yet. A value, stored beside what it explains.
    public enum Reason: Hashable, Sendable {
        case noConsent(to: String)
        case noNumber
        /// Its words do not fit a watch; the text goes out.
        case noWatchForm
        case nobody(role: String)
        case nobodyOnDuty(role: String)
        /// It happened so long ago that nobody is disturbed by it.
        case tooLate
        case toldAlready
        case quietHours(until: Moment)
        case capped(limit: Int, per: Duration, until: Moment)
        /// The night has several for this person: they come in one message.
        case grouped(until: Moment)
        case silenced(by: String, until: Moment)
        /// It is part of another case.
        case partOf(String)
        /// It comes and goes; word follows when it has been stable.
        case flapping(until: Moment)
        case unsubscribed(from: String)
        case notInDirectory
        case noAudience
        /// It happens more often than is told.
        case tooSoon
        /// An episode with the same beginning is known.
        case sameMoment
        case tooManyCases(limit: Int)
        /// The message that this one follows was never sent.
        case firstNotSent
        /// The person asked says that all is well.
        case reassured(by: String)
        /// It was over before anybody was told.
        case overBeforeTold
        /// The sensor does not confirm what a person said.
        case notConfirmed
        /// A number that is in no directory.
        case unknownSender
        case nothingOpen
        case repeatedNews
        /// The case has gone further than this news.
        case staleNews(status: Interaction.Status)
        case unknownCommand(String)
        case notAllowed(by: String)
    }
}

extension Held.Reason {
    /// A stable word for counters, tables and filters.
    public var code: String {
        switch self {
        case .noConsent: "no consent"
        case .noNumber: "no number"
        case .noWatchForm: "no watch form"
        case .nobody: "nobody"
        case .nobodyOnDuty: "nobody on duty"
        case .tooLate: "too late"
        case .toldAlready: "told already"
        case .quietHours: "quiet hours"
        case .capped: "capped"
        case .grouped: "grouped"
        case .silenced: "silenced"
        case .partOf: "part of another case"
        case .flapping: "flapping"
        case .unsubscribed: "unsubscribed"
        case .notInDirectory: "not in the directory"
        case .noAudience: "no audience"
        case .tooSoon: "too soon"
        case .sameMoment: "same moment"
        case .tooManyCases: "too many cases"
        case .firstNotSent: "first not sent"
        case .reassured: "reassured"
        case .overBeforeTold: "over before told"
        case .notConfirmed: "not confirmed"
        case .unknownSender: "unknown sender"
        case .nothingOpen: "nothing open"
        case .repeatedNews: "repeated news"
        case .staleNews: "stale news"
        case .unknownCommand: "unknown command"
        case .notAllowed: "not allowed"
        }
    }

    /// The sentence for people; people are named by their id in the directory.
    public var wording: Wording {
        switch self {
        case .noConsent(let purpose):
            Wording(french: "pas d'accord pour \(purpose)", english: "no consent to \(purpose)")
        case .noNumber:
            Wording(french: "pas de numéro de téléphone", english: "the recipient has no phone number")
        case .noWatchForm:
            Wording(
                french: "trop long pour une montre ; le SMS dit tout",
                english: "too long for a watch; the text says it all"
            )
        case .nobody(let role):
            Wording(french: "personne n'est \(role)", english: "nobody is \(role)")
        case .nobodyOnDuty(let role):
            Wording(french: "personne de garde comme \(role)", english: "nobody is on duty as \(role)")
        case .tooLate:
            Wording(
                french: "trop ancien pour déranger quelqu'un",
                english: "too long ago to disturb anybody"
            )
        case .toldAlready:
            Wording(french: "déjà dit à cette personne", english: "this person has this text already")
        case .quietHours(let until):
            Wording(
                french: "heures de repos jusqu'à \(until)",
                english: "quiet hours until \(until)"
            )
        case .capped(let limit, let span, let until):
            Wording(
                french: "plus de \(limit) messages en \(span) ; résumé à \(until)",
                english: "more than \(limit) messages in \(span); digest at \(until)"
            )
        case .grouped(let until):
            Wording(
                french: "plusieurs messages de la nuit en un seul, à \(until)",
                english: "several messages of the night in one, at \(until)"
            )
        case .silenced(let by, let until):
            Wording(
                french: "mis en silence par \(by) jusqu'à \(until)",
                english: "silenced by \(by) until \(until)"
            )
        case .partOf(let key):
            Wording(french: "fait partie du dossier \(key)", english: "part of case \(key)")
        case .flapping(let until):
            Wording(
                french: "va et vient ; suite quand c'est stable, au plus tôt à \(until)",
                english: "comes and goes; word follows when it is stable, at \(until) at the earliest"
            )
        case .unsubscribed(let topic):
            Wording(french: "désabonné de \(topic)", english: "unsubscribed from \(topic)")
        case .notInDirectory:
            Wording(
                french: "n'est plus dans l'annuaire",
                english: "the recipient is no longer in the directory"
            )
        case .noAudience:
            Wording(
                french: "l'annuaire ne dit pas qui est concerné",
                english: "the directory does not know whom it serves"
            )
        case .tooSoon:
            Wording(french: "trop tôt après la dernière fois", english: "too soon after the last time")
        case .sameMoment:
            Wording(
                french: "un constat avec le même début est connu",
                english: "it began at the same moment before"
            )
        case .tooManyCases(let limit):
            Wording(
                french: "plus de \(limit) dossiers sont ouverts",
                english: "more than \(limit) cases are open"
            )
        case .firstNotSent:
            Wording(
                french: "le premier message n'est jamais parti",
                english: "the first message was never sent"
            )
        case .reassured(let person):
            Wording(
                french: "\(person) dit que tout va bien",
                english: "\(person) says that all is well"
            )
        case .overBeforeTold:
            Wording(french: "fini avant que quelqu'un le sache", english: "over before anybody was told")
        case .notConfirmed:
            Wording(
                french: "le capteur ne confirme pas",
                english: "the sensor does not confirm it"
            )
        case .unknownSender:
            Wording(
                french: "numéro inconnu de l'annuaire",
                english: "a number that the directory does not know"
            )
        case .nothingOpen:
            Wording(french: "rien d'ouvert à quoi répondre", english: "nothing open that it could answer")
        case .repeatedNews: Wording(french: "déjà reçu", english: "the same news again")
        case .staleNews(let status):
            Wording(
                french: "le dossier est déjà \(status.words.french)",
                english: "the case is \(status.words.english) already"
            )
        case .unknownCommand(let name):
            Wording(
                french: "commande inconnue : \(name)",
                english: "there is no command \(name)"
            )
        case .notAllowed(let person):
            Wording(french: "\(person) n'y est pas autorisé", english: "\(person) may not do this")
        }
    }
}
