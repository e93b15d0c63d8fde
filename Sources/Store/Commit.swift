import Interactions
import Telemetry
import Units

/// What goes into the store together or not at all: entries, and everything that was decided from them.
public struct Commit: Sendable {
    /// The id of something that came in from outside and may come again: an answer, a webhook call.
    public struct InboundID: Hashable, Sendable {
        public var source: String
        public var id: String

        public init(source: String, id: String) {
            self.source = source
            self.id = id
        }
    }

    /// Where the entries belong: the engine's position before them. When somebody else has appended meanwhile
    /// the commit is refused, for the decisions were made without those entries.
    public var after: Position
    public var entries: EntryBatch
    public var effects: [Effect]
    /// Recorded so that `seenInbound` knows them.
    public var inbound: [InboundID]
    /// Rows of `news` whose receipts are among the entries.
    public var told: [Int64]
    /// Rows of `mail` that are among the entries.
    public var mail: [Int64]
    /// The directory that one of the entries brings.
    public var directory: DirectoryChange?
    /// Readings that were left out since the last commit that said so, besides the dropped effects.
    public var drops: [DropCount.Cause: Int]

    public init(
        after: Position,
        entries: EntryBatch,
        effects: [Effect] = [],
        inbound: [InboundID] = [],
        told: [Int64] = [],
        mail: [Int64] = [],
        directory: DirectoryChange? = nil,
        drops: [DropCount.Cause: Int] = [:]
    ) {
        self.after = after
        self.entries = entries
        self.effects = effects
        self.inbound = inbound
        self.told = told
        self.mail = mail
        self.directory = directory
        self.drops = drops
    }
}
