import Interactions
import Telemetry
import Units

/// An end of a delivery that the journal does not know of yet.
public struct OutboxNews: Equatable, Sendable {
    /// To be passed to `Commit.told` with the receipt.
    public var row: Int64
    /// The entry to append.
    public var receipt: Receipt
}

extension Store {
    /// What became of deliveries and has not been told to the engine, oldest first.
    ///
    /// Whoever feeds the engine appends these receipts and commits them with their rows in `told`: so the
    /// engine learns of each end exactly once, also when the process dies between the end and the receipt.
    /// Withdrawn notices are not among them, for the engine withdrew them.
    public func news(limit: Int) throws(StoreError) -> [OutboxNews] {
        try database.all(
            """
            SELECT row, sink, state, reason, reference, changed_at,
                CASE kind
                    WHEN 'interaction' THEN (SELECT id FROM interaction WHERE row = content)
                    WHEN 'notice' THEN (SELECT id FROM notice WHERE row = content)
                    ELSE (SELECT id FROM command WHERE row = content)
                END
            FROM delivery WHERE untold = 1 ORDER BY row LIMIT ?
            """,
            [.count(limit)]
        ) { (row) throws(StoreError) in
            let (outcome, detail) = try outcome(of: try row.word(2), row)
            return OutboxNews(
                row: row.integer(0),
                receipt: Receipt(
                    id: row.text(6),
                    sink: row.text(1),
                    outcome: outcome,
                    detail: detail,
                    at: Moment(microseconds: row.integer(5))
                )
            )
        }
    }

    private func outcome(
        of state: OutboxState,
        _ row: Row
    ) throws(StoreError) -> (outcome: Receipt.Outcome, detail: String) {
        switch state {
        case .done: (.accepted, row.text(4))
        case .parked: (.failed, row.text(3))
        case .unknown: (.unknown, row.text(3))
        case .expired, .cancelled: (.expired, row.text(3))
        case .pending, .inFlight, .withdrawn:
            throw .corrupt(path: path, detail: "a delivery that is \(state.rawValue) claims to have ended")
        }
    }
}
