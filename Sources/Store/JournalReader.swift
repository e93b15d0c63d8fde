import Telemetry
import Units

/// Entries as they were committed together.
public struct JournalBatch: Sendable {
    /// The position of the first entry.
    public var first: Position
    public var entries: EntryBatch
    /// So many entries at the beginning lie before the position that was asked for.
    public var skipping: Int

    /// The position after the last entry.
    public var end: Position { first + entries.count }
}

/// Reads the journal of a partition in order, one batch at a time.
///
/// Between two batches it holds nothing open in the database, so a reader that takes hours keeps no log from
/// being copied. At the end of the journal `next()` gives nil, and goes on when there is more.
public struct JournalReader {
    private let store: Store
    private let partition: String

    /// The position of the next entry to read.
    public private(set) var position: Position

    init(store: Store, partition: String, from position: Position) {
        self.store = store
        self.partition = partition
        self.position = position
    }

    /// - Throws: `journalGap` when the entries are no longer kept, `corrupt` when they are not what was written.
    public mutating func next() throws(StoreError) -> JournalBatch? {
        guard let batch = try store.batch(holding: position, of: partition) else { return nil }
        position = batch.end
        return batch
    }
}

extension Store {
    /// The position after the newest entry; `.start` for a partition that has none.
    public func head(of partition: String) throws(StoreError) -> Position {
        try database.first("SELECT head FROM partition WHERE name = ?", [.text(partition)]) { row in
            Position(row.integer(0))
        } ?? .start
    }

    /// Reads what was committed to a partition from a position on, in order, without loading it whole.
    public func journal(of partition: String, from position: Position) -> JournalReader {
        JournalReader(store: self, partition: partition, from: position)
    }

    /// The batch with the entry at a position; nil when the journal ends there.
    func batch(holding position: Position, of partition: String) throws(StoreError) -> JournalBatch? {
        // The end is asked for first: what another connection appends meanwhile is no gap.
        guard try position < head(of: partition) else { return nil }
        let found = try database.first(
            """
            SELECT first, count, format, checksum, body FROM batch
            WHERE partition = ? AND first <= ? ORDER BY first DESC LIMIT 1
            """,
            [.text(partition), .integer(position.entries)]
        ) { (row) throws(StoreError) -> JournalBatch? in
            let first = Position(row.integer(0))
            let count = row.count(1)
            guard position < first + count else { return nil }
            guard row.count(2) <= EntryBatch.formatVersion else {
                throw .newer(
                    path: path,
                    what: "the journal at \(first.entries)",
                    found: row.count(2),
                    known: EntryBatch.formatVersion
                )
            }
            let body = row.borrowedBlob(4)
            guard Checksum.of(body) == row.integer(3) else {
                throw .corrupt(
                    path: path,
                    detail: "journal \(partition), entries \(first.entries) to \((first + count).entries): "
                        + "checksum differs"
                )
            }
            return JournalBatch(
                first: first,
                entries: EntryBatch(bytes: [UInt8](body), count: count),
                skipping: Int(position.entries - first.entries)
            )
        }
        if let batch = found ?? nil { return batch }
        throw .journalGap(partition: partition, asked: position, oldest: try oldestEntry(of: partition))
    }

    /// Where the journal of a partition begins; nil when nothing of it is kept.
    public func oldestEntry(of partition: String) throws(StoreError) -> Position? {
        try database.first(
            "SELECT first FROM batch WHERE partition = ? ORDER BY first LIMIT 1",
            [.text(partition)]
        ) { row in Position(row.integer(0)) }
    }
}
