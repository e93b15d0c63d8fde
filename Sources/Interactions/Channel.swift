/// How a notice reaches a person. Which of them an installation has is said by its sinks.
public enum Channel: String, Hashable, Sendable, CaseIterable {
    /// A text message through the usual gateway.
    case text
    /// A text message through the second gateway, when the usual one says nothing.
    case secondText
    /// A call that reads the text aloud and takes a key as the answer.
    case voice
    /// A card in the team's chat.
    case chat
    /// A line on a watch.
    case watch
    /// An entry on an advisor's list: somebody calls this person.
    case task

    /// Whether it takes a telephone number to reach somebody this way.
    public var needsNumber: Bool {
        switch self {
        case .text, .secondText, .voice, .task: true
        case .chat, .watch: false
        }
    }
}
