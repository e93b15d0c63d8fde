import Interactions
import Units

/// A dead letter in a list: everything but its bytes.
public struct DeadLetterEntry: Hashable, Sendable {
    public var row: Int64
    public var topic: String
    public var reason: String
    public var detail: String
    public var pipeline: String?
    public var at: Moment
    /// Bytes of the payload.
    public var size: Int
}

extension Store {
    /// Dead letters, newest first.
    /// - Parameters:
    ///   - reason: only those; nil: all.
    ///   - before: only rows below this one: the last one of the page before.
    public func deadLetters(
        because reason: String? = nil,
        before: Int64? = nil,
        limit: Int
    ) throws(StoreError) -> [DeadLetterEntry] {
        try deadLetters(
            "(?1 IS NULL OR reason = ?1) AND (?2 IS NULL OR row < ?2) ORDER BY row DESC LIMIT ?3",
            [.text(orNull: reason), .integer(orNull: before), .count(limit)]
        )
    }

    func deadLetters(_ condition: String, _ values: [SQLValue]) throws(StoreError) -> [DeadLetterEntry] {
        try database.all(
            """
            SELECT row, topic, reason, detail, pipeline, at, length(payload) FROM dead_letter WHERE \(condition)
            """,
            values
        ) { row in
            DeadLetterEntry(
                row: row.integer(0),
                topic: row.text(1),
                reason: row.text(2),
                detail: row.text(3),
                pipeline: row.textOrNil(4),
                at: Moment(microseconds: row.integer(5)),
                size: row.count(6)
            )
        }
    }

    /// A dead letter whole; nil when it is no longer there.
    public func deadLetter(_ row: Int64) throws(StoreError) -> DeadLetter? {
        try database.first(
            "SELECT topic, payload, reason, detail, pipeline, at, properties FROM dead_letter WHERE row = ?",
            [.integer(row)]
        ) { row in
            DeadLetter(
                topic: row.text(0),
                payload: row.blob(1),
                properties: row.blob(6),
                reason: row.text(2),
                detail: row.text(3),
                pipeline: row.textOrNil(4),
                at: Moment(microseconds: row.integer(5))
            )
        }
    }

    public func deadLetterCount() throws(StoreError) -> Int {
        try database.first("SELECT count(*) FROM dead_letter") { row in row.count(0) } ?? 0
    }

    /// Deletes a dead letter once it has been replayed or looked at.
    /// - Returns: false when it was not there any more.
    @discardableResult
    public func deleteDeadLetter(_ row: Int64, by who: String, at now: Moment) throws(StoreError) -> Bool {
        try database.transaction { () throws(StoreError) in
            let deleted = try database.run("DELETE FROM dead_letter WHERE row = ?", [.integer(row)])
            guard deleted == 1 else { return false }
            try append(AuditRecord(at: now, who: who, what: "dead letter delete", target: "\(row)"))
            return true
        }
    }
}
