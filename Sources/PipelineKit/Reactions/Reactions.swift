import Interactions
import Units

/// Opens a case in the CRM; it is resolved when the finding clears. What threatens a life is closed by a person:
/// the case of a critical finding says that it cleared and stays open.
public struct OpenCase<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    /// - Parameter asset: out of order: from the begin of the finding to its end the asset is down, and `vigie report`
    ///   counts it.
    public init(
        in queue: Queue,
        asset: AssetState = .inUse,
        @WordingBuilder title: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .openCase(queue: queue, asset: asset, title: Rendering(title))
    }
}

/// What a finding says of the asset it is about.
public enum AssetState: Hashable, Sendable {
    /// It serves people, or nobody can tell whether it does.
    case inUse
    /// It serves nobody until the finding clears.
    case outOfOrder
}

/// An entry on the timeline that nobody has to work on.
public struct Note<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    public init(
        in queue: Queue,
        when phase: Phase = .begins,
        @WordingBuilder title: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .note(.activity, queue: queue, when: phase, title: Rendering(title))
    }
}

/// A request that somebody calls back.
public struct RequestCallback<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    public init(
        in queue: Queue,
        @WordingBuilder title: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .note(.callback, queue: queue, when: .begins, title: Rendering(title))
    }
}

/// A text message to the people of a role.
///
/// A critical finding's text asks for an answer: who replies 1 takes the case.
public struct Text<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    /// - Parameter hours: what has to be known at once is told at any hour; what is critical always is.
    public init(
        _ contact: Contact,
        when phase: Phase = .begins,
        at hours: Hours = .waking,
        @WordingBuilder words: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .text(contact, when: phase, at: hours, words: Rendering(words))
    }
}

/// When somebody is told.
public enum Hours: Hashable, Sendable {
    /// Not in the quiet hours: then when they end, if it still holds.
    case waking
    case anyHour
}

/// Asks the person concerned, and goes on with the reactions below it only when no reassuring answer (1, OK, oui)
/// came within the time. The answer "no" goes on at once, and so does a sign that is `Raised` again.
///
/// - Delays: the reactions written below it.
public struct Ask<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    /// - Parameter known: when this is true of the reading the answer is known, and nobody is asked.
    @inlinable
    @inline(__always)
    public init(
        _ contact: Contact,
        unless known: KeyPath<Content, Bool>? = nil,
        waiting: Duration,
        @WordingBuilder words: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        self.init(contact, known.map { Condition($0) }, waiting, words)
    }

    @usableFromInline
    init(
        _ contact: Contact,
        _ known: Condition<Content>?,
        _ waiting: Duration,
        _ words: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .ask(contact, waiting: waiting, unless: known?.plan, words: Rendering(words))
    }
}

/// Tells an audience when it begins, how the work goes, and when it is over. The audience is fixed when it begins:
/// whoever read the first text reads the last.
///
/// - Delays: at night until the quiet hours end, unless the finding is critical.
public struct Inform<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    public init(_ audience: Audience, by announcement: Announcement) {
        plan = .inform(audience, announcement)
    }
}

/// Asks one contact after the other, as the policy says, until somebody takes the case. What is critical needs one.
///
/// Without words for the last resort it reads the same as the others.
public struct Escalate<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    public init(
        _ escalation: Escalation,
        @WordingBuilder words: @escaping @Sendable (Asking<Content>) -> Wording
    ) {
        plan = .escalate(escalation, words: AskRendering(words), lastResort: nil)
    }

    public init(
        _ escalation: Escalation,
        @WordingBuilder words: @escaping @Sendable (Asking<Content>) -> Wording,
        @WordingBuilder lastResort: @escaping @Sendable (Asking<Content>) -> Wording
    ) {
        plan = .escalate(escalation, words: AskRendering(words), lastResort: AskRendering(lastResort))
    }
}

/// A message to the device, published on its topic. What it answers, or that it does not, is said on the case.
public struct Command<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    /// - Parameter answersWithin: how long to wait for the device's answer on the response topic.
    public init(
        _ payload: String,
        answersWithin: Duration = .seconds(30),
        to topic: @escaping @Sendable (Finding<Content>) -> String
    ) {
        plan = .command(CommandPlan(payload, answersWithin, topic))
    }
}

/// A command that these people may give while the case is open: reset, test, close the valve. Who gave it and what
/// came back is said on the case.
public struct Offer<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    public init(
        _ name: String,
        to contacts: Contact...,
        sending payload: String,
        answersWithin: Duration = .seconds(30),
        on topic: @escaping @Sendable (Finding<Content>) -> String
    ) {
        plan = .offer(name, to: contacts, CommandPlan(payload, answersWithin, topic))
    }
}
