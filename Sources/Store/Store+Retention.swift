import Units

extension Store {
    /// Takes away what the policy no longer keeps, at most `limit` rows of each class.
    ///
    /// Each class has a transaction of its own, so nobody waits long; call it again while `isUnfinished`. The
    /// space is used again by what comes later, the file does not shrink. Kept whatever its age: journal
    /// entries after the older of two snapshots (all of them while there is only one), and every interaction,
    /// notice or command with a delivery that is pending, in flight, parked or not yet told to the engine.
    public func purge(
        now: Moment,
        policy: RetentionPolicy = RetentionPolicy(),
        limit: Int = 200
    ) throws(StoreError) -> PurgeReport {
        var report = PurgeReport()
        report.journalBatches = try purgeJournal(before: now - policy.journal, limit: limit)
        report.noticeTexts = try change(
            """
            UPDATE notice SET text = NULL, watch = NULL WHERE row IN
                (SELECT row FROM notice AS owner WHERE text IS NOT NULL AND stored_at < ?1
                    AND NOT EXISTS (\(Self.mayStillBeSent("notice"))) LIMIT ?2)
            """,
            before: now - policy.noticeTexts,
            limit: limit
        )
        report.notices = try purgeContents("notice", before: now - policy.notices, limit: limit)
        report.commands = try purgeContents("command", before: now - policy.commands, limit: limit)
        report.interactions = try purgeContents(
            "interaction",
            before: now - policy.interactions,
            limit: limit
        )
        report.deadLetters = try change(
            """
            DELETE FROM dead_letter WHERE row IN
                (SELECT row FROM dead_letter
                WHERE stored_at < ?1 OR row <= (SELECT max(row) FROM dead_letter) - \(policy.deadLettersKept)
                ORDER BY row LIMIT ?2)
            """,
            before: now - policy.deadLetters,
            limit: limit
        )
        report.dropCounts = try purgeDropCounts(before: now - policy.dropCounts, limit: limit)
        report.inbound = try change(
            """
            DELETE FROM inbound WHERE (source, id) IN
                (SELECT source, id FROM inbound WHERE stored_at < ?1 LIMIT ?2)
            """,
            before: now - policy.inbound,
            limit: limit
        )
        report.audit = try change(
            "DELETE FROM audit WHERE row IN (SELECT row FROM audit WHERE at < ?1 ORDER BY row LIMIT ?2)",
            before: now - policy.audit,
            limit: limit
        )
        try purgeReasons(now: now, policy: policy, limit: limit, &report)
        let counts = [
            report.journalBatches, report.noticeTexts, report.notices, report.interactions, report.commands,
            report.deadLetters, report.dropCounts, report.inbound, report.audit, report.held,
            report.receipts, report.silences, report.dropSlots,
        ]
        report.isUnfinished = counts.contains { $0 >= limit }
        return report
    }

    /// What `vigie why` answers from, besides what goes out.
    private func purgeReasons(
        now: Moment,
        policy: RetentionPolicy,
        limit: Int,
        _ report: inout PurgeReport
    ) throws(StoreError) {
        report.held = try change(
            """
            DELETE FROM held WHERE row IN
                (SELECT row FROM held
                WHERE stored_at < ?1 OR row <= (SELECT max(row) FROM held) - \(policy.heldKept)
                ORDER BY row LIMIT ?2)
            """,
            before: now - policy.held,
            limit: limit
        )
        report.receipts = try change(
            """
            DELETE FROM receipt WHERE (id, sink, outcome) IN
                (SELECT id, sink, outcome FROM receipt WHERE at < ?1 LIMIT ?2)
            """,
            before: now - policy.notices,
            limit: limit
        )
        report.silences = try change(
            "DELETE FROM silence WHERE id IN (SELECT id FROM silence WHERE until < ?1 LIMIT ?2)",
            before: now - policy.held,
            limit: limit
        )
        report.dropSlots = try database.run(
            """
            DELETE FROM drop_slot WHERE (slot, pipeline, reason) IN
                (SELECT slot, pipeline, reason FROM drop_slot WHERE slot < ? LIMIT ?)
            """,
            [.integer(Self.slot(of: now - policy.dropSlots)), .count(limit)]
        )
    }

    /// Batches lie in the order of their arrival, so the first one that has to stay ends the search.
    private func purgeJournal(before cutoff: Moment, limit: Int) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) in
            var deleted = 0
            let kept = try database.all(
                """
                SELECT partition, min(position) FROM snapshot WHERE complete = 1
                GROUP BY partition HAVING count(*) >= 2
                """
            ) { row in (partition: row.text(0), needed: row.integer(1)) }
            for (partition, needed) in kept {
                let old = try database.all(
                    """
                    SELECT row, last_at, first + count FROM batch
                    WHERE partition = ? ORDER BY first LIMIT ?
                    """,
                    [.text(partition), .count(limit - deleted)]
                ) { row in (row: row.integer(0), last: row.integer(1), end: row.integer(2)) }
                for batch in old.prefix(while: { $0.last < cutoff.microseconds && $0.end <= needed }) {
                    deleted += try database.run("DELETE FROM batch WHERE row = ?", [.integer(batch.row)])
                }
            }
            return deleted
        }
    }

    /// Deletes rows of a content table with their deliveries.
    private func purgeContents(_ table: String, before cutoff: Moment, limit: Int) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) in
            let rows = try database.all(
                Self.purgeableQuery(table),
                [.integer(cutoff.microseconds), .count(limit)]
            ) { row in row.integer(0) }
            for row in rows {
                try database.run(
                    "DELETE FROM delivery WHERE kind = ? AND content = ?",
                    [.text(table), .integer(row)]
                )
                if table == "notice" {
                    try database.run(
                        "DELETE FROM follow WHERE follower = ?1 OR first = ?1",
                        [.integer(row)]
                    )
                }
                try database.run("DELETE FROM \(table) WHERE row = ?", [.integer(row)])
            }
            return rows.count
        }
    }

    static func purgeableQuery(_ table: String) -> String {
        """
        SELECT row FROM \(table) AS owner WHERE stored_at < ?1
            AND NOT EXISTS (\(mayStillBeSent(table))) AND \(table == "interaction" ? isOver : "TRUE")
        ORDER BY stored_at, row LIMIT ?2
        """
    }

    /// Of an interaction: nothing of its key is younger, and if it is a case it has ended.
    private static let isOver = """
        NOT EXISTS (SELECT 1 FROM interaction AS later WHERE later.key = owner.key AND later.stored_at >= ?1)
            AND (SELECT kind <> 'case' OR status IN ('resolved', 'closed', 'cancelled')
                FROM interaction AS last WHERE last.key = owner.key ORDER BY row DESC LIMIT 1)
        """

    private func purgeDropCounts(before cutoff: Moment, limit: Int) throws(StoreError) -> Int {
        let day = cutoff.microseconds.dividedFloor(by: 86_400_000_000).quotient
        return try database.run(
            """
            DELETE FROM drop_count WHERE (day, pipeline, reason) IN
                (SELECT day, pipeline, reason FROM drop_count WHERE day < ? LIMIT ?)
            """,
            [.integer(day), .count(limit)]
        )
    }

    private func change(_ sql: String, before cutoff: Moment, limit: Int) throws(StoreError) -> Int {
        try database.run(sql, [.integer(cutoff.microseconds), .count(limit)])
    }

    private static func mayStillBeSent(_ table: String) -> String {
        """
        SELECT 1 FROM delivery WHERE kind = '\(table)' AND content = owner.row
            AND (state IN ('pending', 'inFlight', 'parked') OR untold = 1)
        """
    }
}
