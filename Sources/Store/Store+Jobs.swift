import Interactions
import Units

extension Store {
    /// A delivery with what is to be delivered.
    func job(_ row: Int64) throws(StoreError) -> DeliveryJob {
        let found = try database.first(
            """
            SELECT sink, lane, kind, content, attempts, outcome_unknown, not_after, as_entry FROM delivery
            WHERE row = ?
            """,
            [.integer(row)]
        ) { (columns) throws(StoreError) in
            DeliveryJob(
                row: row,
                sink: columns.text(0),
                key: columns.text(1),
                content: try content(try columns.word(2), columns.integer(3), asEntry: columns.flag(7)),
                attempts: columns.count(4),
                outcomeUnknown: columns.flag(5),
                notAfter: columns.isNull(6) ? nil : Moment(microseconds: columns.integer(6))
            )
        }
        guard let found else { throw .corrupt(path: path, detail: "delivery \(row) has disappeared") }
        return found
    }

    private func content(
        _ kind: OutboxEntry.Kind,
        _ row: Int64,
        asEntry isEntry: Bool
    ) throws(StoreError) -> DeliveryJob.Content {
        let content: DeliveryJob.Content? =
            switch kind {
            case .interaction: try interaction(row)
            case .notice:
                try notice(row).map { notice in
                    guard isEntry else { return .notice(notice) }
                    return .interaction(
                        id: notice.id,
                        cloudEvent: CloudEvent.bytes(of: Interaction(task: notice))
                    )
                }
            case .command: try command(row)
            }
        guard let content else {
            throw .corrupt(path: path, detail: "the text or body of the \(kind.rawValue) is no longer kept")
        }
        return content
    }

    private func interaction(_ row: Int64) throws(StoreError) -> DeliveryJob.Content? {
        try database.first("SELECT id, body FROM interaction WHERE row = ?", [.integer(row)]) { row in
            .interaction(id: row.text(0), cloudEvent: row.blob(1))
        }
    }

    private func notice(_ row: Int64) throws(StoreError) -> Notice? {
        try database.first(
            """
            SELECT id, key, phase, recipient, role, urgency, privacy, text, language, expects_reply, pipeline,
                detector, subject, at, not_after, channel, not_before, follows, reason, reason_value, watch
            FROM notice WHERE row = ? AND text IS NOT NULL
            """,
            [.integer(row)]
        ) { (row) throws(StoreError) in
            Notice(
                id: row.text(0),
                key: row.text(1),
                phase: row.text(2),
                recipient: row.text(3),
                role: row.text(4),
                urgency: try row.word(5),
                privacy: try row.word(6),
                text: row.text(7),
                language: try row.word(8),
                expectsReply: row.flag(9),
                pipeline: row.text(10),
                detector: row.text(11),
                subject: row.text(12),
                at: Moment(microseconds: row.integer(13)),
                notAfter: Moment(microseconds: row.integer(14)),
                channel: try row.word(15),
                notBefore: row.isNull(16) ? nil : Moment(microseconds: row.integer(16)),
                follows: row.follows(17),
                // Notices from before there were reasons have none.
                reason: Notice.Reason(code: row.text(18), value: row.text(19)) ?? .found,
                watch: row.textOrNil(20).flatMap(Self.watchForm)
            )
        }
    }

    /// Nil when it cannot be read: the text says it all, and goes out.
    private static func watchForm(_ text: String) -> WatchForm? {
        do { return WatchForm(json: try JSON(parsing: text)) } catch { return nil }
    }

    private func command(_ row: Int64) throws(StoreError) -> DeliveryJob.Content? {
        try database.first(
            """
            SELECT id, key, topic, payload, pipeline, detector, subject, at, not_after, wanted_by FROM command
            WHERE row = ?
            """,
            [.integer(row)]
        ) { row in
            .command(
                Command(
                    id: row.text(0),
                    key: row.text(1),
                    topic: row.text(2),
                    payload: row.text(3),
                    pipeline: row.text(4),
                    detector: row.text(5),
                    subject: row.text(6),
                    at: Moment(microseconds: row.integer(7)),
                    notAfter: Moment(microseconds: row.integer(8)),
                    by: row.textOrNil(9)
                )
            )
        }
    }
}
