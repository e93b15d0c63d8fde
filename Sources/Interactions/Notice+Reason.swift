import Units

extension Notice {
    /// Why this person is told this now. A value, stored beside what it explains.
    public enum Reason: Hashable, Sendable {
        /// The finding began.
        case found
        case goesOn
        case cleared
        /// A person, or the CRM, said that it is over.
        case over(by: String)
        /// The person concerned is asked how they are.
        case wellbeing
        /// The chain asks who takes it.
        case asked(step: Int)
        case lastResort(round: Int)
        /// Nobody confirmed that the message before arrived.
        case secondWay(Channel)
        /// Who took it is asked whether they are there.
        case arrivalDue
        /// Somebody else took it.
        case standDown(taker: String)
        /// Somebody wrote to us.
        case answer
        /// The message before promised word by now.
        case promised
        /// There is news of the work: an estimate, a delay.
        case news(by: String)
        /// They joined those concerned while it was open.
        case catchUp
        /// So many messages that a limit had held back.
        case digest(count: Int)
    }
}

extension Notice.Reason {
    /// A stable word for counters, tables and filters.
    public var code: String {
        switch self {
        case .found: "found"
        case .goesOn: "goes on"
        case .cleared: "cleared"
        case .over: "over"
        case .wellbeing: "wellbeing"
        case .asked: "asked"
        case .lastResort: "last resort"
        case .secondWay: "second way"
        case .arrivalDue: "arrival due"
        case .standDown: "stand down"
        case .answer: "answer"
        case .promised: "promised"
        case .news: "news"
        case .catchUp: "catch-up"
        case .digest: "digest"
        }
    }

    /// The sentence for people; people are named by their id in the directory.
    public var wording: Wording {
        switch self {
        case .found: Wording(french: "le constat a commencé", english: "the finding began")
        case .goesOn: Wording(french: "le constat dure", english: "the finding goes on")
        case .cleared: Wording(french: "le constat a pris fin", english: "the finding cleared")
        case .over(let by): Wording(french: "fin annoncée par \(by)", english: "\(by) says that it is over")
        case .wellbeing:
            Wording(
                french: "on demande d'abord à la personne concernée",
                english: "the person concerned is asked first"
            )
        case .asked(let step):
            Wording(
                french: "étape \(step) de la chaîne d'alerte",
                english: "step \(step) of the escalation"
            )
        case .lastResort(let round):
            Wording(
                french: "personne n'a pris en charge : dernier recours, appel \(round)",
                english: "nobody took it: last resort, call \(round)"
            )
        case .secondWay(let channel):
            Wording(
                french: "pas d'accusé de réception : autre voie (\(channel.rawValue))",
                english: "no receipt: another way (\(channel.rawValue))"
            )
        case .arrivalDue:
            Wording(
                french: "prise en charge sans arrivée annoncée",
                english: "taken, but nobody said that they arrived"
            )
        case .standDown(let taker):
            Wording(french: "pris en charge par \(taker)", english: "\(taker) took it")
        case .answer: Wording(french: "réponse à un message reçu", english: "answers a message from them")
        case .promised:
            Wording(
                french: "le message précédent promettait des nouvelles",
                english: "the message before promised word by now"
            )
        case .news(let by): Wording(french: "nouvelles de \(by)", english: "news from \(by)")
        case .catchUp:
            Wording(
                french: "concerné depuis que le dossier est ouvert",
                english: "concerned since the case is open"
            )
        case .digest(let count):
            Wording(
                french: "\(count) messages retenus, en un seul",
                english: "\(count) messages that were held back, in one"
            )
        }
    }
}
