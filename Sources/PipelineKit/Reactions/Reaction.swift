import Interactions
import Units

/// What is done about a finding. Reactions are carried out in the order they are written.
public protocol Reaction<Content>: Sendable {
    associatedtype Content: Sendable
    var plan: ReactionPlan { get }
}

/// Collects the reactions of one detector.
@resultBuilder
public enum ReactionBuilder<Content: Sendable> {
    public static func buildExpression<Each: Reaction>(_ reaction: Each) -> any Reaction<Content>
    where Each.Content == Content {
        reaction
    }

    public static func buildBlock(_ reactions: any Reaction<Content>...) -> [any Reaction<Content>] {
        reactions
    }

    @available(*, unavailable, message: "a stage belongs outside Detect, in the block of the pipeline")
    public static func buildExpression<Each: Stage>(_ stage: Each) -> any Reaction<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }

    @available(
        *,
        unavailable,
        message: "reactions have no if; make a condition of it, or write two detectors"
    )
    public static func buildOptional(_ part: [any Reaction<Content>]?) -> any Reaction<Content> {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a sign belongs in the first block of Detect, before react:")
    public static func buildExpression<Each: Sign>(_ sign: Each) -> any Reaction<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }
}

/// A text of a reaction without its types.
public struct Rendering: Sendable {
    package let words: @Sendable (UnsafeRawPointer, FindingFacts) -> Wording

    init<Content>(_ words: @escaping @Sendable (Finding<Content>) -> Wording) {
        self.words = { reading, facts in words(Finding(reading, facts)) }
    }
}

/// A reaction without its types.
public enum ReactionPlan: Sendable {
    case openCase(queue: Queue, title: Rendering)
    case note(Interaction.Kind, queue: Queue, when: Phase, title: Rendering)
    case text(Contact, when: Phase, words: Rendering)
    case ask(Contact, waiting: Duration, unless: BoolInput?, words: Rendering)
    case inform(Audience, Announcement)
    case escalate(Contact, after: Duration, every: Duration, words: Rendering?)
    case command(topic: @Sendable (UnsafeRawPointer, FindingFacts) -> String, payload: String)
}

/// Many people who all learn the same: the tenants served by an elevator.
public struct Audience: Hashable, Sendable {
    package let role: String
    /// What they must have agreed to; nil when no consent is needed.
    package let purpose: String?

    public init(_ role: Contact, consentingTo purpose: Purpose? = nil) {
        self.role = role.role
        self.purpose = purpose?.name
    }
}

/// The team whose list a case stands in.
public struct Queue: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral name: String) {
        self.name = name
    }
}

/// What an audience reads when something begins, and when it is over. Whoever got the first gets the last.
public struct Announcement: Sendable {
    package let begins: @Sendable (FindingFacts) -> Wording
    package let cleared: @Sendable (FindingFacts) -> Wording

    public init(
        @WordingBuilder begins: @escaping @Sendable (FindingFacts) -> Wording,
        @WordingBuilder cleared: @escaping @Sendable (FindingFacts) -> Wording
    ) {
        self.begins = begins
        self.cleared = cleared
    }
}
