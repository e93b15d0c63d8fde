import Interactions
import Units

/// What was not said, or not yet, and why: a row of what `Held` says.
public struct HeldEntry: Hashable, Sendable {
    public var at: Moment
    /// The case it belongs to; nil when none was opened.
    public var key: String?
    /// Who was not told; nil when it concerns everybody.
    public var recipient: String?
    public var pipeline: String
    public var detector: String
    public var subject: String
    /// The stable word of the reason.
    public var reason: String
    public var why: Bilingual
    public var storedAt: Moment
}

extension Store {
    /// What was held back of a case, in the order in which it was decided.
    public func held(of key: String, limit: Int) throws(StoreError) -> [HeldEntry] {
        try held("key = ?1 ORDER BY row LIMIT ?2", [.text(key), .count(limit)])
    }

    /// What was held back about an asset or person, the newest first.
    public func held(about subject: String, limit: Int) throws(StoreError) -> [HeldEntry] {
        try held("subject = ?1 ORDER BY row DESC LIMIT ?2", [.text(subject), .count(limit)])
    }

    /// What was held back in a span, by our own clock.
    public func held(in span: ClosedRange<Moment>, limit: Int) throws(StoreError) -> [HeldEntry] {
        try held(
            "stored_at BETWEEN ?1 AND ?2 ORDER BY stored_at, row LIMIT ?3",
            [
                .integer(span.lowerBound.microseconds), .integer(span.upperBound.microseconds),
                .count(limit),
            ]
        )
    }

    private func held(_ condition: String, _ values: [SQLValue]) throws(StoreError) -> [HeldEntry] {
        try database.all(
            """
            SELECT at, key, recipient, pipeline, detector, subject, reason, why_french, why_english, stored_at
            FROM held WHERE \(condition)
            """,
            values
        ) { row in
            HeldEntry(
                at: Moment(microseconds: row.integer(0)),
                key: row.textOrNil(1),
                recipient: row.textOrNil(2),
                pipeline: row.text(3),
                detector: row.text(4),
                subject: row.text(5),
                reason: row.text(6),
                why: Bilingual(french: row.text(7), english: row.text(8)),
                storedAt: Moment(microseconds: row.integer(9))
            )
        }
    }
}
