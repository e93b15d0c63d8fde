import Units

/// How long what is kept. Ages count from arrival; what is not delivered is kept whatever its age.
///
/// The defaults follow the CNIL's recommendations for social and medico-social care and for telemetry of homes;
/// a journal holds messages of every class, so the shortest one (health, 30 days) holds for all.
public struct RetentionPolicy: Hashable, Sendable {
    public var journal: Duration = .days(30)
    /// After this a notice keeps its state and a checksum of its text.
    public var noticeTexts: Duration = .days(30)
    public var notices: Duration = .days(365)
    /// After the last interaction of a case that is over.
    public var interactions: Duration = .days(730)
    public var commands: Duration = .days(365)
    public var deadLetters: Duration = .days(30)
    /// However young: a broken device may send thousands an hour.
    public var deadLettersKept = 100_000
    public var dropCounts: Duration = .days(400)
    /// The same in slots of minutes: as long as the journal can explain them.
    public var dropSlots: Duration = .days(30)
    /// What was held back, and silences.
    public var held: Duration = .days(365)
    /// However young: a flapping sensor may be held back thousands of times an hour.
    public var heldKept = 1_000_000
    /// Longer than any gateway or CRM repeats a call.
    public var inbound: Duration = .days(90)
    public var audit: Duration = .days(365)

    public init() {}
}

/// How many rows one step of `purge` took away, by class.
public struct PurgeReport: Hashable, Sendable {
    public var journalBatches = 0
    public var noticeTexts = 0
    public var notices = 0
    public var interactions = 0
    public var commands = 0
    public var deadLetters = 0
    public var dropCounts = 0
    public var inbound = 0
    public var audit = 0
    public var held = 0
    public var receipts = 0
    public var silences = 0
    public var dropSlots = 0
    /// There may be more to take: call again.
    public var isUnfinished = false
}
