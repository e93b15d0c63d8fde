import Interactions
import Units

extension EffectWriter {
    func write(_ notice: Notice) throws(StoreError) {
        let route = routes.route(notice.channel, notice.privacy)
        guard let row = try insert(notice, why: why(notice, route)) else { return }
        let firsts = try follow(notice, row)
        var delivery = Delivery(.notice, content: row, lane: "\(notice.key)/\(notice.recipient)")
        delivery.isUrgent = notice.urgency == .lifeSafety
        delivery.rank = notice.rank
        // A CRM recognises an entry that comes twice.
        delivery.isOnce = notice.urgency == .service && route.way != .asInteraction
        delivery.notBefore = notice.notBefore
        delivery.notAfter = notice.notAfter
        delivery.isEntry = route.way == .asInteraction
        try deliver(delivery, to: route.sinks)
        if let first = firsts.first { try Following(database).withdrawFollowers(of: first, at: now) }
    }

    /// Notes what a notice follows. One that is no longer kept holds nothing back, whatever the others are.
    private func follow(_ notice: Notice, _ row: Int64) throws(StoreError) -> [Int64] {
        var firsts: [Int64] = []
        for id in notice.follows {
            guard let first = try Self.row(of: id, in: database) else { return [] }
            firsts.append(first)
        }
        for first in firsts {
            try database.run(
                "INSERT OR IGNORE INTO follow (follower, first) VALUES (?, ?)",
                [.integer(row), .integer(first)]
            )
        }
        return firsts
    }

    /// Only what still waits: a notice in flight may be on a handset already, and one that is done is.
    func withdraw(_ withdrawn: Withdrawn) throws(StoreError) {
        let phases: [String?] = withdrawn.phases.isEmpty ? [nil] : withdrawn.phases
        for phase in phases {
            let notices = try database.all(
                """
                UPDATE delivery SET state = 'withdrawn', reason = ?1, changed_at = ?2
                WHERE kind = 'notice' AND state = 'pending' AND content IN
                    (SELECT row FROM notice WHERE key = ?3 AND (?4 IS NULL OR phase = ?4))
                RETURNING content
                """,
                [
                    .text(withdrawn.reason), .integer(now.microseconds), .text(withdrawn.key),
                    .text(orNull: phase),
                ]
            ) { row in row.integer(0) }
            for notice in Set(notices).sorted() {
                try Following(database).withdrawFollowers(of: notice, at: now)
            }
        }
    }

    /// - Returns: its row; nil when it is there already.
    private func insert(_ notice: Notice, why: Bilingual) throws(StoreError) -> Int64? {
        let inserted = try database.run(
            """
            INSERT INTO notice (id, key, phase, recipient, role, urgency, privacy, text, text_checksum, language,
                expects_reply, pipeline, detector, subject, at, not_after, stored_at, channel, not_before,
                follows, reason, reason_value, why_french, why_english, watch)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(notice.id), .text(notice.key), .text(notice.phase), .text(notice.recipient),
                .text(notice.role), .text(notice.urgency.rawValue), .text(notice.privacy.rawValue),
                .text(notice.text), .integer(Checksum.of(notice.text)), .text(notice.language.rawValue),
                .flag(notice.expectsReply), .text(notice.pipeline), .text(notice.detector),
                .text(notice.subject), .integer(notice.at.microseconds),
                .integer(notice.notAfter.microseconds), .integer(now.microseconds),
                .text(notice.channel.rawValue), .integer(orNull: notice.notBefore?.microseconds),
                .text(orNull: notice.followsColumn), .text(notice.reason.code),
                .text(notice.reason.storedValue),
                .text(why.french), .text(why.english), .text(orNull: notice.watch?.json.description),
            ]
        )
        return inserted == 1 ? database.lastInsertedRow : nil
    }

    /// The sentence of the reason, and what became of a channel that nobody offers.
    private func why(_ notice: Notice, _ route: Routes.NoticeRoute) -> Bilingual {
        let why = notice.reason.wording.rendered(in: zone, at: notice.at)
        let channel = notice.channel.rawValue
        let detour: Bilingual? =
            switch route.way {
            case .itsOwn: nil
            case .asInteraction:
                Bilingual(
                    french: "tâche déposée dans le CRM, faute d'autre voie",
                    english: "the task is an entry in the CRM, for no sink takes it"
                )
            case .asText:
                Bilingual(
                    french: "envoyé par SMS, faute de voie « \(channel) »",
                    english: "sent as a text, for no sink takes \"\(channel)\""
                )
            }
        guard let detour else { return why }
        return Bilingual(
            french: "\(why.french) ; \(detour.french)",
            english: "\(why.english); \(detour.english)"
        )
    }

    /// The row of a notice; nil when it is no longer kept.
    private static func row(of id: String, in database: Database) throws(StoreError) -> Int64? {
        try database.first("SELECT row FROM notice WHERE id = ?", [.text(id)]) { row in row.integer(0) }
    }
}

extension Notice {
    fileprivate var rank: Store.Rank {
        if urgency == .lifeSafety { return .lifeSafety }
        return expectsReply ? .question : .ordinary
    }
}
