import Units

/// That an operator did something. Records are added and never changed; retention alone removes them.
public struct AuditRecord: Hashable, Sendable {
    public var at: Moment
    /// The operator, by the name of the account.
    public var who: String
    public var what: String
    /// Our id of what it was done to.
    public var target: String

    public init(at: Moment, who: String, what: String, target: String) {
        self.at = at
        self.who = who
        self.what = what
        self.target = target
    }
}

extension Store {
    /// Records what an operator did; `retry`, `cancel` and `deleteDeadLetter` do it themselves.
    public func append(_ record: AuditRecord) throws(StoreError) {
        try database.run(
            "INSERT INTO audit (at, who, what, target) VALUES (?, ?, ?, ?)",
            [
                .integer(record.at.microseconds), .text(record.who), .text(record.what),
                .text(record.target),
            ]
        )
    }

    /// The newest records first.
    public func auditRecords(limit: Int) throws(StoreError) -> [AuditRecord] {
        try database.all(
            "SELECT at, who, what, target FROM audit ORDER BY row DESC LIMIT ?",
            [.count(limit)]
        ) { row in
            AuditRecord(
                at: Moment(microseconds: row.integer(0)),
                who: row.text(1),
                what: row.text(2),
                target: row.text(3)
            )
        }
    }
}
