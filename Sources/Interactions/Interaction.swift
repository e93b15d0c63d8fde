import Units

/// One normalized entry on the customer's timeline, sent to the CRM.
public struct Interaction: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case `case`, task, activity, callback, assetEvent
    }

    public enum Verb: String, Hashable, Sendable, CaseIterable {
        case opened, updated, acknowledged, escalated, resolved, closed, reopened, cancelled, noted
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
    /// When the finding began, the last time that it did.
    public var openedAt: Moment
    /// When the finding was over; nil while it holds, and where nothing was found.
    public var overAt: Moment?
    public var evidence: [Evidence]
    /// Whose word or order this entry tells of: the id of a person of the directory, or what a system or an account
    /// calls itself (`crm`); nil where a sensor or a timer led to it.
    public var by: String?
    /// Who works on it, in the words of whoever said so: a person's id, a team, a company.
    public var assignee: String?
    /// When it is expected to be over.
    public var estimate: Moment?
    /// Why it was closed: what was found to be the matter, in the CRM's or the person's words.
    public var cause: String?
    /// The case of which this one is a part: the outage of the gateway behind a silent sensor.
    public var parent: String?

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
        overAt: Moment? = nil,
        evidence: [Evidence] = [],
        by: String? = nil,
        assignee: String? = nil,
        estimate: Moment? = nil,
        cause: String? = nil,
        parent: String? = nil
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
        self.overAt = overAt
        self.evidence = evidence
        self.by = by
        self.assignee = assignee
        self.estimate = estimate
        self.cause = cause
        self.parent = parent
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
