import Interactions
import Telemetry
import Units

extension Store {
    /// Stores entries and what was decided from them in one transaction.
    ///
    /// An interaction, notice or command whose id is there already is passed over with its deliveries, so that
    /// nothing goes out twice. Effects are applied in their order: a notice that a later `withdrawn` takes back
    /// never goes out. Nothing is to be committed while entries are read from the journal again: their effects
    /// are here already, and dropped readings would be counted twice.
    ///
    /// - Parameters:
    ///   - zone: where the clocks stand that stored sentences speak of.
    ///   - render: the bytes of an interaction as the sinks get them.
    /// - Returns: the position after the entries.
    @discardableResult
    public func commit(
        _ commit: Commit,
        to partition: String,
        routes: Routes,
        zone: CivilZone = .utc,
        render: (Interaction) -> [UInt8]
    ) throws(StoreError) -> Position {
        let contents = try BatchContents(of: commit.entries, path: path)
        let next = commit.after + commit.entries.count
        try database.transaction { () throws(StoreError) in
            let now = try moveHead(of: partition, from: commit.after, to: next, at: contents.span?.last)
            if let span = contents.span {
                try append(
                    commit.entries,
                    as: contents.format,
                    to: partition,
                    at: commit.after,
                    from: span.first,
                    until: span.last
                )
            }
            for receipt in contents.receipts { try keep(receipt) }
            for instruction in contents.instructions { try keep(instruction) }
            for inbound in commit.inbound {
                try database.run(
                    "INSERT OR IGNORE INTO inbound (source, id, stored_at) VALUES (?, ?, ?)",
                    [.text(inbound.source), .text(inbound.id), .integer(now.microseconds)]
                )
            }
            for row in commit.told {
                try database.run("UPDATE delivery SET untold = 0 WHERE row = ?", [.integer(row)])
            }
            for row in commit.mail {
                try database.run("DELETE FROM mail WHERE row = ?", [.integer(row)])
            }
            if let directory = commit.directory { try replaceDirectory(by: directory) }
            let writer = EffectWriter(database: database, routes: routes, zone: zone, now: now)
            for effect in commit.effects { try writer.write(effect, render: render) }
            try count(commit.drops, and: commit.effects, at: now)
        }
        return next
    }

    /// Whether this came in before: the same answer, the same webhook call.
    public func seenInbound(source: String, id: String) throws(StoreError) -> Bool {
        try database.first(
            "SELECT 1 FROM inbound WHERE source = ? AND id = ?",
            [.text(source), .text(id)]
        ) { _ in true } ?? false
    }

    /// - Returns: the arrival time of the newest entry: the store's notion of now.
    private func moveHead(
        of partition: String,
        from expected: Position,
        to next: Position,
        at last: Moment?
    ) throws(StoreError) -> Moment {
        let known = try database.first(
            "SELECT head, last_at FROM partition WHERE name = ?",
            [.text(partition)]
        ) { row in (head: Position(row.integer(0)), last: Moment(microseconds: row.integer(1))) }
        let found = known?.head ?? .start
        guard found == expected else {
            throw .headMoved(partition: partition, expected: expected, found: found)
        }
        let now = last ?? known?.last ?? Moment()
        try database.run(
            """
            INSERT INTO partition (name, head, last_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (name) DO UPDATE SET head = ?2, last_at = ?3
            """,
            [.text(partition), .integer(next.entries), .integer(now.microseconds)]
        )
        return now
    }

    private func append(
        _ entries: EntryBatch,
        as format: Int,
        to partition: String,
        at position: Position,
        from first: Moment,
        until last: Moment
    ) throws(StoreError) {
        let done = entries.bytes.withUnsafeBufferPointer { buffer -> Result<Void, StoreError> in
            let bytes = UnsafeRawBufferPointer(buffer)
            return Result { () throws(StoreError) in
                try database.run(
                    """
                    INSERT INTO batch (partition, first, count, first_at, last_at, format, checksum, body)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        .text(partition), .integer(position.entries), .count(entries.count),
                        .integer(first.microseconds), .integer(last.microseconds),
                        .count(format), .integer(Checksum.of(bytes)), .borrowed(bytes),
                    ]
                )
            }
        }
        try done.get()
    }
}
