import Interactions
import Units

/// An interaction as it went out.
public struct InteractionEntry: Hashable, Sendable {
    public var id: String
    public var key: String
    public var storedAt: Moment
    /// The bytes that the sinks got.
    public var body: [UInt8]
}

/// A notice as it was decided, without its text: to whom and why.
public struct NoticeEntry: Hashable, Sendable {
    public var id: String
    public var key: String
    public var phase: String
    public var recipient: String
    public var role: String
    public var urgency: Notice.Urgency
    public var channel: Channel
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment
    public var notBefore: Moment?
    public var notAfter: Moment
    public var follows: [String]
    /// The stable word of the reason; empty for a notice from before there were reasons.
    public var reason: String
    public var why: Bilingual
    public var storedAt: Moment
}

/// Which of the things that were decided.
public enum Decided: Hashable, Sendable {
    /// Of a case or episode.
    case key(String)
    /// The one with this id.
    case id(String)
    /// By our own clock.
    case span(ClosedRange<Moment>)

    fileprivate var condition: String {
        switch self {
        case .key: "key = ?1 ORDER BY row LIMIT ?2"
        case .id: "id = ?1 LIMIT ?2"
        case .span: "stored_at BETWEEN ?1 AND ?3 ORDER BY stored_at, row LIMIT ?2"
        }
    }

    fileprivate func values(limit: Int) -> [SQLValue] {
        switch self {
        case .key(let text), .id(let text): [.text(text), .count(limit)]
        case .span(let span):
            [
                .integer(span.lowerBound.microseconds), .count(limit),
                .integer(span.upperBound.microseconds),
            ]
        }
    }
}

/// What `vigie why` answers from.
extension Store {
    public func interactions(_ which: Decided, limit: Int) throws(StoreError) -> [InteractionEntry] {
        try database.all(
            "SELECT id, key, stored_at, body FROM interaction WHERE \(which.condition)",
            which.values(limit: limit)
        ) { row in Self.interaction(row) }
    }

    /// The last interaction that was decided before a moment and the first one after another.
    public func interactions(
        around span: ClosedRange<Moment>
    ) throws(StoreError) -> (before: InteractionEntry?, after: InteractionEntry?) {
        func nearest(_ condition: String, _ moment: Moment) throws(StoreError) -> InteractionEntry? {
            try database.first(
                "SELECT id, key, stored_at, body FROM interaction WHERE stored_at \(condition) LIMIT 1",
                [.integer(moment.microseconds)]
            ) { row in Self.interaction(row) }
        }
        return (
            try nearest("< ? ORDER BY stored_at DESC, row DESC", span.lowerBound),
            try nearest("> ? ORDER BY stored_at, row", span.upperBound)
        )
    }

    private static func interaction(_ row: Row) -> InteractionEntry {
        InteractionEntry(
            id: row.text(0),
            key: row.text(1),
            storedAt: Moment(microseconds: row.integer(2)),
            body: row.blob(3)
        )
    }

    public func notices(_ which: Decided, limit: Int) throws(StoreError) -> [NoticeEntry] {
        try database.all(
            """
            SELECT id, key, phase, recipient, role, urgency, channel, pipeline, detector, subject, at, not_before,
                not_after, follows, reason, why_french, why_english, stored_at
            FROM notice WHERE \(which.condition)
            """,
            which.values(limit: limit)
        ) { (row) throws(StoreError) in
            NoticeEntry(
                id: row.text(0),
                key: row.text(1),
                phase: row.text(2),
                recipient: row.text(3),
                role: row.text(4),
                urgency: try row.word(5),
                channel: try row.word(6),
                pipeline: row.text(7),
                detector: row.text(8),
                subject: row.text(9),
                at: Moment(microseconds: row.integer(10)),
                notBefore: row.isNull(11) ? nil : Moment(microseconds: row.integer(11)),
                notAfter: Moment(microseconds: row.integer(12)),
                follows: row.follows(13),
                reason: row.text(14),
                why: Bilingual(french: row.text(15), english: row.text(16)),
                storedAt: Moment(microseconds: row.integer(17))
            )
        }
    }

    /// What became of an interaction or notice, sink by sink, by its id.
    public func deliveries(of id: String) throws(StoreError) -> [OutboxEntry] {
        try entries(
            """
            WHERE (d.kind = 'interaction' AND d.content = (SELECT row FROM interaction WHERE id = ?1))
                OR (d.kind = 'notice' AND d.content = (SELECT row FROM notice WHERE id = ?1))
            ORDER BY d.row
            """,
            [.text(id)]
        )
    }

    /// What could not be read in a span, by our own clock, oldest first.
    public func deadLetters(in span: ClosedRange<Moment>, limit: Int) throws(StoreError) -> [DeadLetterEntry]
    {
        try deadLetters(
            "stored_at BETWEEN ?1 AND ?2 ORDER BY stored_at, row LIMIT ?3",
            [
                .integer(span.lowerBound.microseconds), .integer(span.upperBound.microseconds),
                .count(limit),
            ]
        )
    }
}
