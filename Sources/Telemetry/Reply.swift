import Units

/// What a person answers: a text message, or a tap on a watch, a key in a call, a button of a chat.
public struct Reply: Equatable, Sendable {
    /// The gateway's id of the message: the same id twice is the same message.
    public var id: String
    /// The sender's number in E.164 (`+33612345678`); empty when the answer says to which notice it is.
    public var from: String
    public var text: String
    /// To what, and what it says; nil for a text message, of which only the number is known.
    public var answered: Answered?
    public var at: Moment

    public init(id: String, from: String, text: String, answered: Answered? = nil, at: Moment) {
        self.id = id
        self.from = from
        self.text = text
        self.answered = answered
        self.at = at
    }

    /// The notice that somebody answers by its id, as it was decided.
    public struct Answered: Equatable, Sendable {
        public var notice: String
        /// The case that the notice belongs to.
        public var key: String
        /// What the notice told: `ask`, `ask-1`, `begins` …
        public var phase: String
        /// Whom it was sent to, and who answers: a person's id.
        public var recipient: String
        public var action: Action

        public init(notice: String, key: String, phase: String, recipient: String, action: Action) {
            self.notice = notice
            self.key = key
            self.phase = phase
            self.recipient = recipient
            self.action = action
        }
    }

    /// What a tap or a key says.
    public enum Action: String, Equatable, Sendable, CaseIterable {
        /// "I take it", or "I am well" where that was asked.
        case ack
        case decline
        case arrived
        case done
        case help
        /// The text says it.
        case text

        /// How the same is said in a text message; what stands on a timeline when nothing is written besides.
        public var words: String {
            switch self {
            case .ack: "OK"
            case .decline: "NON"
            case .arrived: "SUR PLACE"
            case .done: "FINI"
            case .help: "AIDE"
            case .text: ""
            }
        }
    }
}

extension Reply {
    /// As the journal keeps it.
    var texts: [String] {
        guard let answered else { return [id, from, text] }
        return [
            id, text, answered.notice, answered.key, answered.phase, answered.recipient,
            answered.action.rawValue,
        ]
    }

    /// An answer to a notice; nil when the texts are none.
    init?(answerTexts texts: [String], at: Moment) {
        guard texts.count == 7, let action = Action(rawValue: texts[6]) else { return nil }
        let answered = Answered(
            notice: texts[2],
            key: texts[3],
            phase: texts[4],
            recipient: texts[5],
            action: action
        )
        self.init(id: texts[0], from: "", text: texts[1], answered: answered, at: at)
    }
}
