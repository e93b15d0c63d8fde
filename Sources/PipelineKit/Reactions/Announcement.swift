import Interactions
import Units

/// What an audience reads while something lasts: that it began, how the work goes, and that it is over. Whoever
/// read the first reads the last.
///
/// A time that is promised is kept: the texts that may name `nextWord` are those of an announcement with
/// `wordWithin`, and when that time comes and it still lasts, `stillOpen` is sent.
public struct Announcement: Sendable {
    package let begins: @Sendable (Promised) -> Wording
    package let work: Work?
    package let cleared: @Sendable (FindingFacts) -> Wording

    /// The texts about the work, and when the next word is promised.
    package struct Work: Sendable {
        package let wordWithin: Duration
        package let thenEvery: Duration
        package let onTheWay: @Sendable (FindingFacts) -> Wording
        package let estimated: @Sendable (Estimated) -> Wording
        package let delayed: @Sendable (Promised) -> Wording
        package let stillOpen: @Sendable (Promised) -> Wording
    }

    /// Two texts: it began, it is over.
    public init(
        @WordingBuilder begins: @escaping @Sendable (FindingFacts) -> Wording,
        @WordingBuilder cleared: @escaping @Sendable (FindingFacts) -> Wording
    ) {
        self.begins = { begins($0.facts) }
        work = nil
        self.cleared = cleared
    }

    /// - Parameters:
    ///   - wordWithin: the next word is promised within this time.
    ///   - thenEvery: and after that again within this time, as long as it lasts.
    ///   - onTheWay: somebody works on it.
    ///   - estimated: the CRM says when it is expected to be over.
    ///   - delayed: the work waits, for a part or for access, and nobody says until when.
    ///   - stillOpen: the promised word, when there is nothing new.
    public init(
        wordWithin: Duration,
        thenEvery: Duration = .hours(24),
        @WordingBuilder begins: @escaping @Sendable (Promised) -> Wording,
        @WordingBuilder onTheWay: @escaping @Sendable (FindingFacts) -> Wording,
        @WordingBuilder estimated: @escaping @Sendable (Estimated) -> Wording,
        @WordingBuilder delayed: @escaping @Sendable (Promised) -> Wording,
        @WordingBuilder stillOpen: @escaping @Sendable (Promised) -> Wording,
        @WordingBuilder cleared: @escaping @Sendable (FindingFacts) -> Wording
    ) {
        self.begins = begins
        work = Work(
            wordWithin: wordWithin,
            thenEvery: thenEvery,
            onTheWay: onTheWay,
            estimated: estimated,
            delayed: delayed,
            stillOpen: stillOpen
        )
        self.cleared = cleared
    }
}

/// What a text knows that promises word by a time.
@dynamicMemberLookup
public struct Promised: Sendable {
    package let facts: FindingFacts
    /// When the next word comes at the latest, unless it is over before; a timer stands behind it.
    public let nextWord: Moment

    package init(_ facts: FindingFacts, nextWord: Moment) {
        self.facts = facts
        self.nextWord = nextWord
    }

    public subscript<Value>(dynamicMember member: KeyPath<FindingFacts, Value>) -> Value {
        facts[keyPath: member]
    }
}

/// What a text knows when the CRM has said when.
@dynamicMemberLookup
public struct Estimated: Sendable {
    package let facts: FindingFacts
    public let estimate: Moment

    package init(_ facts: FindingFacts, estimate: Moment) {
        self.facts = facts
        self.estimate = estimate
    }

    public subscript<Value>(dynamicMember member: KeyPath<FindingFacts, Value>) -> Value {
        facts[keyPath: member]
    }
}

/// What a question knows: the finding, and when the next contact is asked if nobody answers. `\\(.code)` stands for
/// the code that tells it apart when its reader has several.
@dynamicMemberLookup
public struct Asking<Reading> {
    public let finding: Finding<Reading>
    private let facts: AskFacts

    /// When somebody else is asked, unless somebody answers before; a timer stands behind it.
    public var nextAt: Moment { facts.nextAt }

    init(_ finding: Finding<Reading>, _ facts: AskFacts) {
        self.finding = finding
        self.facts = facts
    }

    public subscript<Value>(dynamicMember member: KeyPath<Finding<Reading>, Value>) -> Value {
        finding[keyPath: member]
    }
}

/// What every question of an escalation has.
public struct AskFacts: Hashable, Sendable {
    public let nextAt: Moment

    public init(nextAt: Moment) {
        self.nextAt = nextAt
    }
}
