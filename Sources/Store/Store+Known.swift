import Interactions
import Units

/// What somebody who calls about a case or a notice names: whether we know it.
extension Store {
    /// The last entry on the timeline of a case, as the sinks got it; nil when nothing was said on it.
    public func lastInteraction(of key: String) throws(StoreError) -> InteractionEntry? {
        try database.first(
            "SELECT id, key, stored_at, body FROM interaction WHERE key = ? ORDER BY row DESC LIMIT 1",
            [.text(key)]
        ) { row in
            InteractionEntry(
                id: row.text(0),
                key: row.text(1),
                storedAt: Moment(microseconds: row.integer(2)),
                body: row.blob(3)
            )
        }
    }

    /// Whether anything was decided under this key, said or held back.
    public func isKnown(key: String) throws(StoreError) -> Bool {
        try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM interaction WHERE key = ?1)
                OR EXISTS (SELECT 1 FROM notice WHERE key = ?1)
                OR EXISTS (SELECT 1 FROM held WHERE key = ?1)
            """,
            [.text(key)]
        ) { row in row.flag(0) } ?? false
    }

    /// Whether this person was told what a notice tells. One card in a chat is for all who are told the same.
    public func isTold(_ person: String, by notice: NoticeEntry) throws(StoreError) -> Bool {
        guard notice.recipient != person else { return true }
        guard notice.channel == .chat else { return false }
        return try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM notice WHERE key = ?1 AND phase = ?2 AND role = ?3 AND recipient = ?4)
            """,
            [.text(notice.key), .text(notice.phase), .text(notice.role), .text(person)]
        ) { row in row.flag(0) } ?? false
    }

    /// When the last entry of a partition came in; nil before the first.
    public func lastEntry(of partition: String) throws(StoreError) -> Moment? {
        try database.first("SELECT last_at FROM partition WHERE name = ?", [.text(partition)]) { row in
            Moment(microseconds: row.integer(0))
        }
    }
}
