import Units

/// What somebody says to a notice. The text is personal: it does not print itself.
public struct InboundAnswer: Hashable, Sendable {
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// "I take it", or "I am well" where that was asked.
        case ack
        /// "I cannot": the next one is asked.
        case decline
        /// "I am there."
        case arrived
        /// "It is over."
        case done
        case help
        /// The text says it.
        case text
    }

    /// The caller's id: the same id twice is the same answer.
    public var id: String
    /// The id of the notice, as the webhook got it.
    public var notice: String
    /// The recipient of the notice, who answers.
    public var recipient: String
    public var action: Action
    /// What is said besides; empty when nothing is.
    public var text: String
    /// When it was said, or when it came in if the caller does not say.
    public var at: Moment

    public init(id: String, notice: String, recipient: String, action: Action, text: String, at: Moment) {
        self.id = id
        self.notice = notice
        self.recipient = recipient
        self.action = action
        self.text = text
        self.at = at
    }
}

extension InboundAnswer: CustomStringConvertible, CustomReflectable {
    public var description: String { "answer \(id): \(action.rawValue) to \(notice)" }
    public var customMirror: Mirror { Mirror(self, children: ["answer": description]) }
}
