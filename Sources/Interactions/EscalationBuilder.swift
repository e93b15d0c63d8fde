import Units

/// One statement inside the first block of an `Escalation`.
public protocol EscalationStatement: Sendable {
    var steps: [Escalation.Step] { get }
}

extension Escalation {
    /// Asks everybody of these contacts at once.
    public struct Ask: EscalationStatement {
        public let steps: [Step]

        public init(_ contact: Contact, _ others: Contact..., by channel: Channel = .text) {
            steps = [.ask([contact] + others, onlyFirst: false, by: channel)]
        }
    }

    /// Asks the first by rank of each of these contacts who is on duty.
    public struct AskFirst: EscalationStatement {
        public let steps: [Step]

        public init(_ contact: Contact, _ others: Contact..., by channel: Channel = .text) {
            steps = [.ask([contact] + others, onlyFirst: true, by: channel)]
        }
    }

    /// Gives those who were asked time to answer. It ends early when none of them can: all have declined or
    /// could not be reached. Before the first ask of a policy it only delays.
    public struct Wait: EscalationStatement {
        public let steps: [Step]

        public init(_ span: Duration) {
            steps = [.wait(span)]
        }
    }

    /// Asks the people of a contact one after the other, by rank, and gives each of them the same time.
    public struct InTurn: EscalationStatement {
        public let steps: [Step]

        public init(_ contact: Contact, every span: Duration, rounds: Int = 1, by channel: Channel = .text) {
            steps = [.inTurn(contact, every: span, rounds: rounds, by: channel)]
        }
    }

    /// Steps that are taken only when a schedule holds at the moment they are come to.
    public struct Only: EscalationStatement {
        public let steps: [Step]

        public init(during schedule: Schedule, @EscalationBuilder steps: () -> [Step]) {
            let inner = steps()
            self.steps = [.only(during: schedule, steps: inner.count)] + inner
        }
    }

    /// Asks the first of these contacts, then all of them, again and again until a person takes the case.
    public struct Keep: Sendable {
        let lastResort: LastResort

        public init(
            asking contact: Contact,
            _ others: Contact...,
            every span: Duration,
            by channel: Channel = .text
        ) {
            lastResort = LastResort(contacts: [contact] + others, every: span, channel: channel)
        }
    }
}

/// Collects the statements of an escalation that come before its last resort.
@resultBuilder
public enum EscalationBuilder {
    public static func buildExpression(_ statement: some EscalationStatement) -> [Escalation.Step] {
        statement.steps
    }

    public static func buildBlock(_ steps: [Escalation.Step]...) -> [Escalation.Step] {
        steps.flatMap { $0 }
    }

    @available(*, unavailable, message: "Keep belongs inside lastResort: { … }")
    public static func buildExpression(_ keep: Escalation.Keep) -> [Escalation.Step] {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "an escalation has no if; use Only(during:), or write two of them")
    public static func buildOptional(_ steps: [Escalation.Step]?) -> [Escalation.Step] {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "an escalation has no if; use Only(during:), or write two of them")
    public static func buildEither(first steps: [Escalation.Step]) -> [Escalation.Step] {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "an escalation has no if; use Only(during:), or write two of them")
    public static func buildEither(second steps: [Escalation.Step]) -> [Escalation.Step] {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "an escalation has no loops; use InTurn(_:every:rounds:)")
    public static func buildArray(_ steps: [[Escalation.Step]]) -> [Escalation.Step] {
        preconditionFailure("unavailable")
    }
}

/// The one `Keep` of a last resort.
@resultBuilder
public enum LastResortBuilder {
    public static func buildExpression(_ keep: Escalation.Keep) -> Escalation.LastResort {
        keep.lastResort
    }

    public static func buildBlock(_ lastResort: Escalation.LastResort) -> Escalation.LastResort {
        lastResort
    }

    @available(
        *,
        unavailable,
        message: "a last resort is asked until a person takes it: write Keep(asking: …, every: …)"
    )
    public static func buildExpression(_ statement: some EscalationStatement) -> Escalation.LastResort {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a last resort needs somebody: write Keep(asking: …, every: …)")
    public static func buildBlock() -> Escalation.LastResort {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a last resort has one Keep; name all its contacts in it")
    public static func buildBlock(_ lastResorts: Escalation.LastResort...) -> Escalation.LastResort {
        preconditionFailure("unavailable")
    }
}
