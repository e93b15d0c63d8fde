import Interactions
import Units

/// What a detector says, as a reaction's text sees it.
public struct Finding<Reading> {
    /// The last reading of the subject; in what is said when it clears, the reading that cleared it.
    public let reading: Reading
    public let facts: FindingFacts

    /// How people call the subject, from the directory; its id when the directory does not know it.
    public var name: String { facts.subjectName }
    /// The address of its site, empty when unknown.
    public var address: String { facts.address }
    /// When what was found began: for "held for 90 s" the begin of the 90 s.
    public var since: Moment { facts.since }
    /// When it was found, or when it cleared.
    public var at: Moment { facts.at }
    /// How long it lasted.
    public var duration: Duration { facts.at.since(facts.since) }

    /// Why a model spoke, in a few words; nothing when no model was asked.
    public var why: (french: Phrase, english: Phrase) { (facts.why?.french ?? "", facts.why?.english ?? "") }

    init(_ reading: UnsafeRawPointer, _ facts: FindingFacts) {
        self.reading = reading.assumingMemoryBound(to: Reading.self).pointee
        self.facts = facts
    }
}

/// What every finding has, whatever it is about.
public struct FindingFacts: Hashable, Sendable {
    /// The id of the asset or person.
    public let subject: String
    /// How people call it, from the directory; its id when the directory does not know it.
    public let subjectName: String
    /// The address of its site, empty when unknown.
    public let address: String
    public let since: Moment
    public let at: Moment
    /// Why a model spoke; nil when no model was asked.
    public let why: Why?

    public init(
        subject: String,
        subjectName: String,
        address: String,
        since: Moment,
        at: Moment,
        why: Why? = nil
    ) {
        self.subject = subject
        self.subjectName = subjectName
        self.address = address
        self.since = since
        self.at = at
        self.why = why
    }
}

/// The moments of an episode at which something is said.
public enum Phase: String, Hashable, Sendable {
    case begins
    case goesOn
    case cleared
}
