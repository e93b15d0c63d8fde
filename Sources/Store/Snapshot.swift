import Units

/// The engine's state as it was at a position of the journal.
public struct Snapshot: Hashable, Sendable {
    public var position: Position
    /// Which engine and pipelines wrote it, in their own words.
    public var version: String
    public var at: Moment
    public var bytes: [UInt8]

    public init(position: Position, version: String, at: Moment, bytes: [UInt8]) {
        self.position = position
        self.version = version
        self.at = at
        self.bytes = bytes
    }
}

/// What was found when looking for the newest snapshot.
public struct SnapshotSearch: Sendable {
    /// A newer snapshot that could not be used.
    public struct Skipped: Hashable, Sendable, CustomStringConvertible {
        public var position: Position
        public var at: Moment
        public var reason: String

        public var description: String {
            "snapshot from \(at) at journal position \(position.entries): \(reason); "
                + "using the one before it, start takes longer"
        }
    }

    /// Nil when there is none, or none that can be read: the state is rebuilt from the journal.
    public var snapshot: Snapshot?
    public var skipped: [Skipped] = []
}

extension Store {
    private static let partSize = 4 << 20
    private static let kept = 2

    /// Stores a snapshot and deletes all but the last two of the partition.
    ///
    /// It is written in parts of 4 MB with a transaction each, so that commits of another connection wait for
    /// one part and not for the whole. Until the last part is there the snapshot does not count. One caller at a
    /// time per partition: what another has not finished is cleared away.
    public func save(_ snapshot: Snapshot, of partition: String) throws(StoreError) {
        let head = try head(of: partition)
        precondition(
            snapshot.position <= head,
            "snapshot at \(snapshot.position.entries) stands for entries that are not stored, head \(head.entries)"
        )
        try deleteSnapshots(of: partition)
        try database.run(
            "INSERT INTO snapshot (partition, position, version, at, size, checksum) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .text(partition), .integer(snapshot.position.entries), .text(snapshot.version),
                .integer(snapshot.at.microseconds), .count(snapshot.bytes.count),
                .integer(Checksum.of(snapshot.bytes)),
            ]
        )
        let row = database.lastInsertedRow
        for (number, start) in stride(from: 0, to: snapshot.bytes.count, by: Self.partSize).enumerated() {
            let part = start..<min(start + Self.partSize, snapshot.bytes.count)
            let done = snapshot.bytes.withUnsafeBytes { bytes in
                Result { () throws(StoreError) in
                    try database.run(
                        "INSERT INTO snapshot_part (snapshot, number, body) VALUES (?, ?, ?)",
                        [
                            .integer(row), .count(number),
                            .borrowed(UnsafeRawBufferPointer(rebasing: bytes[part])),
                        ]
                    )
                }
            }
            _ = try done.get()
        }
        try database.run("UPDATE snapshot SET complete = 1 WHERE row = ?", [.integer(row)])
        try deleteSnapshots(of: partition)
    }

    /// The newest snapshot that can be read, and why newer ones could not.
    public func newestSnapshot(of partition: String) throws(StoreError) -> SnapshotSearch {
        let found = try database.all(
            """
            SELECT row, position, version, at, size, checksum FROM snapshot
            WHERE partition = ? AND complete = 1 ORDER BY row DESC
            """,
            [.text(partition)]
        ) { row in
            (
                row: row.integer(0), size: row.count(4), checksum: row.integer(5),
                snapshot: Snapshot(
                    position: Position(row.integer(1)),
                    version: row.text(2),
                    at: Moment(microseconds: row.integer(3)),
                    bytes: []
                )
            )
        }
        var search = SnapshotSearch()
        for var candidate in found {
            let reason: String
            do {
                candidate.snapshot.bytes = try snapshotBytes(candidate.row, size: candidate.size)
                if candidate.snapshot.bytes.count != candidate.size {
                    reason = "\(candidate.snapshot.bytes.count) bytes, expected \(candidate.size)"
                } else if Checksum.of(candidate.snapshot.bytes) != candidate.checksum {
                    reason = "checksum differs"
                } else {
                    search.snapshot = candidate.snapshot
                    return search
                }
            } catch {
                // Damage of the file may be under this snapshot only; everything else holds for all of them.
                guard case .corrupt(_, let detail) = error else { throw error }
                reason = detail
            }
            search.skipped.append(
                .init(position: candidate.snapshot.position, at: candidate.snapshot.at, reason: reason)
            )
        }
        return search
    }

    private func snapshotBytes(_ snapshot: Int64, size: Int) throws(StoreError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        try database.forEach(
            "SELECT body FROM snapshot_part WHERE snapshot = ? ORDER BY number",
            [.integer(snapshot)]
        ) { row in bytes.append(contentsOf: row.borrowedBlob(0)) }
        return bytes
    }

    /// Deletes what was begun and not finished, and what is older than those that are kept.
    private func deleteSnapshots(of partition: String) throws(StoreError) {
        let superfluous = try database.all(
            """
            SELECT row FROM snapshot WHERE partition = ?1 AND row NOT IN
                (SELECT row FROM snapshot WHERE partition = ?1 AND complete = 1 ORDER BY row DESC LIMIT ?2)
            """,
            [.text(partition), .count(Self.kept)]
        ) { row in row.integer(0) }
        for row in superfluous {
            try database.transaction { () throws(StoreError) in
                try database.run("DELETE FROM snapshot_part WHERE snapshot = ?", [.integer(row)])
                try database.run("DELETE FROM snapshot WHERE row = ?", [.integer(row)])
            }
        }
    }
}
