import Units

/// What the engine decided, in the order it decided it. The engine makes these; the store keeps them; the
/// dispatchers carry them out.
public enum Effect: Hashable, Sendable {
    case interaction(Interaction)
    case notice(Notice)
    case command(Command)
    case deadLetter(DeadLetter)
    case dropped(Dropped)
    /// Takes back notices of a case that have not been sent yet.
    case withdrawn(Withdrawn)
}

/// How bad a finding is: advice can wait for a visit, critical is about life and safety.
public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    case info, advice, warning, critical

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .advice: 1
        case .warning: 2
        case .critical: 3
        }
    }
}

/// Which law protects the content, and so which sinks may have it.
public enum PrivacyClass: String, Hashable, Sendable, CaseIterable {
    case technical, personal, health
}

/// A text in the languages of its readers. French is always there.
public struct Bilingual: Hashable, Sendable {
    public var french: String
    public var english: String

    public init(french: String, english: String? = nil) {
        self.french = french
        self.english = english ?? french
    }

    public func text(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }
}

public enum Language: String, Hashable, Sendable, CaseIterable {
    case french = "fr"
    case english = "en"
}

/// One normalized entry on the customer's timeline, sent to the CRM.
public struct Interaction: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case `case`, task, activity, callback, assetEvent
    }

    public enum Verb: String, Hashable, Sendable, CaseIterable {
        case opened, updated, acknowledged, escalated, resolved, reopened, cancelled, noted
    }

    public enum Status: String, Hashable, Sendable, CaseIterable {
        case new, acknowledged, inProgress, pending, resolved, closed, cancelled
    }

    /// `EVT_…`: the same decision always has the same id.
    public var id: String
    /// `CASE_…` or `NOTE_…`: what `seq` counts within.
    public var key: String
    /// 1 for the first interaction of a key, then without a gap.
    public var seq: Int
    public var kind: Kind
    public var verb: Verb
    public var status: Status
    public var severity: Severity
    public var privacy: PrivacyClass
    public var pipeline: String
    public var detector: String
    /// The team that works on it: `maintenance`, `emergency`, `care` …
    public var queue: String
    /// The asset or person it is about, by our id.
    public var subject: String
    public var site: String?
    public var title: Bilingual
    public var text: Bilingual?
    /// When what it tells of happened.
    public var at: Moment
    public var openedAt: Moment
    public var evidence: [Evidence]

    public init(
        id: String,
        key: String,
        seq: Int,
        kind: Kind,
        verb: Verb,
        status: Status,
        severity: Severity,
        privacy: PrivacyClass,
        pipeline: String,
        detector: String,
        queue: String,
        subject: String,
        site: String?,
        title: Bilingual,
        text: Bilingual? = nil,
        at: Moment,
        openedAt: Moment,
        evidence: [Evidence] = []
    ) {
        self.id = id
        self.key = key
        self.seq = seq
        self.kind = kind
        self.verb = verb
        self.status = status
        self.severity = severity
        self.privacy = privacy
        self.pipeline = pipeline
        self.detector = detector
        self.queue = queue
        self.subject = subject
        self.site = site
        self.title = title
        self.text = text
        self.at = at
        self.openedAt = openedAt
        self.evidence = evidence
    }
}

/// One fact that a finding rests on.
public struct Evidence: Hashable, Sendable {
    public var name: String
    public var value: String
    public var unit: String

    public init(name: String, value: String, unit: String = "") {
        self.name = name
        self.value = value
        self.unit = unit
    }
}

/// A message to a person: one SMS alert job.
public struct Notice: Hashable, Sendable {
    public enum Urgency: String, Hashable, Comparable, Sendable, CaseIterable {
        /// Sent at least once: a missed one is worse than a double one.
        case lifeSafety
        /// Sent at most once.
        case service

        public static func < (left: Urgency, right: Urgency) -> Bool {
            left == .service && right == .lifeSafety
        }
    }

    /// `MSG_…`: the same decision always has the same id.
    public var id: String
    /// The case or episode it belongs to.
    public var key: String
    /// What it tells: `begins`, `goesOn-2`, `cleared`, `escalation-1` …
    public var phase: String
    /// The recipient's id in the directory; the number is looked up when it is sent.
    public var recipient: String
    /// Why this person: the contact or audience of the pipeline.
    public var role: String
    public var urgency: Urgency
    public var privacy: PrivacyClass
    public var text: String
    public var language: Language
    public var expectsReply: Bool
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment
    /// Never sent after this.
    public var notAfter: Moment

    public init(
        id: String,
        key: String,
        phase: String,
        recipient: String,
        role: String,
        urgency: Urgency,
        privacy: PrivacyClass,
        text: String,
        language: Language,
        expectsReply: Bool,
        pipeline: String,
        detector: String,
        subject: String,
        at: Moment,
        notAfter: Moment
    ) {
        self.id = id
        self.key = key
        self.phase = phase
        self.recipient = recipient
        self.role = role
        self.urgency = urgency
        self.privacy = privacy
        self.text = text
        self.language = language
        self.expectsReply = expectsReply
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.at = at
        self.notAfter = notAfter
    }
}

/// A message to a device: published on its topic.
public struct Command: Hashable, Sendable {
    /// `CMD_…`
    public var id: String
    public var key: String
    public var topic: String
    public var payload: String
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment
    public var notAfter: Moment

    public init(
        id: String,
        key: String,
        topic: String,
        payload: String,
        pipeline: String,
        detector: String,
        subject: String,
        at: Moment,
        notAfter: Moment
    ) {
        self.id = id
        self.key = key
        self.topic = topic
        self.payload = payload
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.at = at
        self.notAfter = notAfter
    }
}

/// A message that could not be read, kept whole so that it can be looked at and replayed.
public struct DeadLetter: Hashable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    /// A stable word for counters: `malformed`, `missing`, `unrouted` …
    public var reason: String
    /// The sentence for people.
    public var detail: String
    public var pipeline: String?
    public var at: Moment

    public init(
        topic: String,
        payload: [UInt8],
        reason: String,
        detail: String,
        pipeline: String?,
        at: Moment
    ) {
        self.topic = topic
        self.payload = payload
        self.reason = reason
        self.detail = detail
        self.pipeline = pipeline
        self.at = at
    }
}

/// A reading or notice that does not go on, and why.
public struct Dropped: Hashable, Sendable {
    public var reason: String
    public var pipeline: String
    public var subject: String
    public var at: Moment

    public init(reason: String, pipeline: String, subject: String, at: Moment) {
        self.reason = reason
        self.pipeline = pipeline
        self.subject = subject
        self.at = at
    }
}

/// Notices of a case that must not go out any more if they have not yet.
public struct Withdrawn: Hashable, Sendable {
    /// The case or episode.
    public var key: String
    /// The phases that are withdrawn; empty means all.
    public var phases: [String]
    public var reason: String
    public var at: Moment

    public init(key: String, phases: [String] = [], reason: String, at: Moment) {
        self.key = key
        self.phases = phases
        self.reason = reason
        self.at = at
    }
}
