import Interactions
import Units

/// What an operator sees of the outbox, and may do with it.
extension Store {
    /// Deliveries, newest first.
    /// - Parameters:
    ///   - state: only those in this state; nil: all.
    ///   - before: only rows below this one: the last one of the page before.
    public func outbox(
        in state: OutboxState? = nil,
        before: Int64? = nil,
        limit: Int
    ) throws(StoreError) -> [OutboxEntry] {
        try entries(
            """
            WHERE \(state == nil ? "?1 IS NULL" : "d.state = ?1") AND (?2 IS NULL OR d.row < ?2)
            ORDER BY d.row DESC LIMIT ?3
            """,
            [.text(orNull: state?.rawValue), .integer(orNull: before), .count(limit)]
        )
    }

    func entries(_ condition: String, _ values: [SQLValue]) throws(StoreError) -> [OutboxEntry] {
        try database.all(
            """
            SELECT d.row, d.sink, d.kind, coalesce(i.id, n.id, c.id, ''), coalesce(i.key, n.key, c.key, ''),
                d.kind = 'notice' AND d.urgent, d.state, d.attempts, d.next_at, d.not_after, d.outcome_unknown,
                d.reason, d.reference, d.stored_at, d.changed_at
            FROM delivery AS d
                LEFT JOIN interaction AS i ON d.kind = 'interaction' AND i.row = d.content
                LEFT JOIN notice AS n ON d.kind = 'notice' AND n.row = d.content
                LEFT JOIN command AS c ON d.kind = 'command' AND c.row = d.content
            \(condition)
            """,
            values
        ) { (row) throws(StoreError) in
            OutboxEntry(
                row: row.integer(0),
                sink: row.text(1),
                kind: try row.word(2),
                id: row.text(3),
                key: row.text(4),
                isLifeSafety: row.flag(5),
                state: try row.word(6),
                attempts: row.count(7),
                nextAt: Moment(microseconds: row.integer(8)),
                notAfter: row.isNull(9) ? nil : Moment(microseconds: row.integer(9)),
                outcomeUnknown: row.flag(10),
                reason: row.text(11),
                reference: row.textOrNil(12),
                storedAt: Moment(microseconds: row.integer(13)),
                changedAt: Moment(microseconds: row.integer(14))
            )
        }
    }

    /// How many deliveries there are by sink and state; states without any are left out.
    public func outboxCounts() throws(StoreError) -> [OutboxCount] {
        try database.all(
            "SELECT sink, state, count(*) FROM delivery GROUP BY state, sink ORDER BY sink, state"
        ) { (row) throws(StoreError) in
            OutboxCount(sink: row.text(0), state: try row.word(1), count: row.count(2))
        }
    }

    /// When the notice that has waited longest was stored; nil when none waits. Its age is the figure to alert
    /// on.
    public func oldestUnsentNotice() throws(StoreError) -> Moment? {
        try database.first(Self.oldestUnsentNoticeQuery) { row in
            row.isNull(0) ? nil : Moment(microseconds: row.integer(0))
        } ?? nil
    }

    static let oldestUnsentNoticeQuery = """
        SELECT min(stored_at) FROM delivery WHERE state IN ('pending', 'inFlight') AND kind = 'notice'
        """

    /// Tries a delivery again that had ended without success, with its attempts counted from the beginning.
    ///
    /// A service notice whose outcome is unknown goes out again too: here a person decides that twice is better
    /// than never. What has expired stays so.
    public func retry(_ row: Int64, by who: String, at now: Moment) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            try require(row, in: [.parked, .unknown], for: "be tried again")
            try database.run(
                """
                UPDATE delivery SET state = 'pending', attempts = 0, next_at = ?1, changed_at = ?1, untold = 0
                WHERE row = ?2
                """,
                [.integer(now.microseconds), .integer(row)]
            )
            try append(AuditRecord(at: now, who: who, what: "outbox retry", target: "\(row)"))
        }
    }

    /// Gives up a delivery that waits or is parked. What is in flight cannot be taken back.
    public func cancel(_ row: Int64, by who: String, at now: Moment) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            try require(row, in: [.pending, .parked], for: "be cancelled")
            try end(row, as: .cancelled, reason: "cancelled by an operator", at: now)
            try append(AuditRecord(at: now, who: who, what: "outbox cancel", target: "\(row)"))
        }
    }
}
