import Interactions
import Telemetry
import Units

/// A silence that somebody ordered, and how long it holds.
public struct Silence: Equatable, Sendable {
    /// The id of the order.
    public var id: String
    public var scope: Instruction.Scope
    public var by: String
    public var note: String
    /// When it was ordered.
    public var at: Moment
    /// When it begins: at once unless it was planned.
    public var from: Moment
    public var until: Moment
    /// When somebody ended it before its time.
    public var endedAt: Moment?

    public init(
        id: String,
        scope: Instruction.Scope,
        by: String,
        note: String,
        at: Moment,
        from: Moment? = nil,
        until: Moment,
        endedAt: Moment? = nil
    ) {
        self.id = id
        self.scope = scope
        self.by = by
        self.note = note
        self.at = at
        self.from = from ?? at
        self.until = until
        self.endedAt = endedAt
    }
}

extension Store {
    /// Keeps what a gateway or the CRM says became of a thing, once. That its sink has taken it is known from the
    /// delivery.
    func keep(_ receipt: Receipt) throws(StoreError) {
        guard receipt.outcome != .accepted else { return }
        try database.run(
            "INSERT OR IGNORE INTO receipt (id, sink, outcome, detail, at) VALUES (?, ?, ?, ?, ?)",
            [
                .text(receipt.id), .text(receipt.sink), .text(receipt.outcome.rawValue),
                .text(receipt.detail), .integer(receipt.at.microseconds),
            ]
        )
    }

    /// What gateways and the CRM said became of a notice, interaction or command, in the order they said it.
    public func receipts(of id: String) throws(StoreError) -> [Receipt] {
        try database.all(
            "SELECT sink, outcome, detail, at FROM receipt WHERE id = ? ORDER BY at, sink, outcome",
            [.text(id)]
        ) { (row) throws(StoreError) in
            Receipt(
                id: id,
                sink: row.text(0),
                outcome: try row.word(1),
                detail: row.text(2),
                at: Moment(microseconds: row.integer(3))
            )
        }
    }

    /// Keeps silences, for the list of those in force. What they hold back is decided elsewhere.
    func keep(_ instruction: Instruction) throws(StoreError) {
        switch instruction.order {
        case .silence(let scope, let begin, let until):
            try database.run(
                """
                INSERT OR IGNORE INTO silence
                    (id, pipeline, detector, subject, site, ordered_by, note, at, begins_at, until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(instruction.id), .text(scope.pipeline), .text(scope.detector), .text(scope.subject),
                    .text(scope.site), .text(instruction.by), .text(instruction.note),
                    .integer(instruction.at.microseconds),
                    .integer((begin ?? instruction.at).microseconds), .integer(until.microseconds),
                ]
            )
        case .endSilence(let id):
            try database.run(
                "UPDATE silence SET ended_at = ?1 WHERE id = ?2 AND ended_at IS NULL AND until > ?1",
                [.integer(instruction.at.microseconds), .text(id)]
            )
        case .command: break
        }
    }

    /// Silences that hold at any time of a span, those that end first first. What was ended before it began held at
    /// none.
    public func silences(in span: ClosedRange<Moment>) throws(StoreError) -> [Silence] {
        try silences(
            """
            until > ?1 AND begins_at <= ?2 AND (ended_at IS NULL OR (ended_at > ?1 AND ended_at > begins_at))
            """,
            [.integer(span.lowerBound.microseconds), .integer(span.upperBound.microseconds)]
        )
    }

    /// A silence by the id of its order; nil when there is none.
    public func silence(_ id: String) throws(StoreError) -> Silence? {
        try silences("id = ?1", [.text(id)]).first
    }

    private func silences(_ condition: String, _ values: [SQLValue]) throws(StoreError) -> [Silence] {
        try database.all(
            """
            SELECT id, pipeline, detector, subject, site, ordered_by, note, at, begins_at, until, ended_at
            FROM silence
            WHERE \(condition) ORDER BY until, id
            """,
            values
        ) { row in
            Silence(
                id: row.text(0),
                scope: Instruction.Scope(
                    pipeline: row.text(1),
                    detector: row.text(2),
                    subject: row.text(3),
                    site: row.text(4)
                ),
                by: row.text(5),
                note: row.text(6),
                at: Moment(microseconds: row.integer(7)),
                from: Moment(microseconds: row.integer(8)),
                until: Moment(microseconds: row.integer(9)),
                endedAt: row.isNull(10) ? nil : Moment(microseconds: row.integer(10))
            )
        }
    }
}
