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

/// A question of an escalation without its types.
public struct AskRendering: Sendable {
    package let words: @Sendable (UnsafeRawPointer, FindingFacts, AskFacts) -> Wording

    init<Content>(_ words: @escaping @Sendable (Asking<Content>) -> Wording) {
        self.words = { reading, facts, ask in words(Asking(Finding(reading, facts), ask)) }
    }
}

/// A reaction without its types.
public enum ReactionPlan: Sendable {
    case openCase(queue: Queue, asset: AssetState, title: Rendering)
    case note(Interaction.Kind, queue: Queue, when: Phase, title: Rendering)
    case text(Contact, when: Phase, at: Hours, words: Rendering)
    case ask(Contact, waiting: Duration, unless: BoolInput?, words: Rendering)
    case inform(Audience, Announcement)
    case escalate(Escalation, words: AskRendering, lastResort: AskRendering?)
    case command(CommandPlan)
    case offer(String, to: [Contact], CommandPlan)
    /// Without a title that is the name of the asset.
    case watch(line: Rendering, title: Rendering?)
}

/// A message to the device without its types.
public struct CommandPlan: Sendable {
    package let topic: @Sendable (UnsafeRawPointer, FindingFacts) -> String
    package let payload: String
    package let answersWithin: Duration

    init<Content>(
        _ payload: String,
        _ answersWithin: Duration,
        _ topic: @escaping @Sendable (Finding<Content>) -> String
    ) {
        self.topic = { reading, facts in topic(Finding(reading, facts)) }
        self.payload = payload
        self.answersWithin = answersWithin
    }
}

/// The team whose list a case stands in.
public struct Queue: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral name: String) {
        self.name = name
    }
}
