import Interactions
import Units

extension Store {
    /// The keys of cases that were open at any time of a span, by what was stored until its end.
    public func casesOpen(in span: Range<Moment>) throws(StoreError) -> [String] {
        try database.all(
            """
            SELECT key FROM
                (SELECT key, status, stored_at AS last, max(row) FROM interaction
                WHERE kind = 'case' AND stored_at < ?2 GROUP BY key)
            WHERE last >= ?1 OR status NOT IN ('resolved', 'closed', 'cancelled') ORDER BY key
            """,
            [.integer(span.lowerBound.microseconds), .integer(span.upperBound.microseconds)]
        ) { row in row.text(0) }
    }

    /// The sinks whose gateways have said at any time what became of a thing.
    public func sinksWithReceipts() throws(StoreError) -> Set<String> {
        Set(try database.all("SELECT DISTINCT sink FROM receipt", []) { row in row.text(0) })
    }

    /// What became of the messages about a case, in the order they were decided.
    ///
    /// - Parameter sinks: those whose gateways give receipts.
    public func messages(
        of key: String,
        receiptsFrom sinks: Set<String>
    ) throws(StoreError) -> [CaseHistory.Message] {
        try database.all(
            """
            SELECT channel, at,
                (SELECT min(changed_at) FROM delivery
                WHERE kind = 'notice' AND content = notice.row AND state = 'done'),
                EXISTS (SELECT 1 FROM receipt WHERE receipt.id = notice.id)
                    OR EXISTS (SELECT 1 FROM delivery WHERE kind = 'notice' AND content = notice.row
                        AND state = 'done' AND sink IN (SELECT value FROM json_each(?2))),
                EXISTS (SELECT 1 FROM receipt WHERE receipt.id = notice.id AND outcome = 'delivered')
            FROM notice WHERE key = ?1 ORDER BY row
            """,
            [.text(key), .text("\(JSON.array(sinks.sorted().map { .string($0) }))")]
        ) { (row) throws(StoreError) in
            CaseHistory.Message(
                channel: try row.word(0),
                decidedAt: Moment(microseconds: row.integer(1)),
                sentAt: row.isNull(2) ? nil : Moment(microseconds: row.integer(2)),
                hasReceipts: row.flag(3),
                isDelivered: row.flag(4)
            )
        }
    }
}
