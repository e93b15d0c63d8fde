import Interactions
import Units

/// Writes the effects of one commit, inside its transaction.
struct EffectWriter {
    let database: Database
    let routes: Routes
    /// The arrival time of the newest entry of the batch.
    let now: Moment
    private var drops: [DropCount.Key: Int] = [:]

    init(database: Database, routes: Routes, now: Moment) {
        self.database = database
        self.routes = routes
        self.now = now
    }

    mutating func write(_ effect: Effect, render: (Interaction) -> [UInt8]) throws(StoreError) {
        switch effect {
        case .interaction(let interaction): try write(interaction, body: render(interaction))
        case .notice(let notice): try write(notice)
        case .command(let command): try write(command)
        case .deadLetter(let letter): try write(letter)
        case .held: break
        case .withdrawn(let withdrawn): try withdraw(withdrawn)
        case .dropped(let dropped):
            let day = CivilDate(daysSince1970: now.microseconds.dividedFloor(by: 86_400_000_000).quotient)
            let key = DropCount.Key(day: day, pipeline: dropped.pipeline, reason: dropped.reason)
            drops[key, default: 0] += 1
        }
    }

    /// Adds up the dropped readings: one update per reason and batch, not one per reading.
    func finish() throws(StoreError) {
        for (key, count) in drops {
            try database.run(
                """
                INSERT INTO drop_count (day, pipeline, reason, count) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET count = count + ?4
                """,
                [
                    .integer(key.day.daysSince1970), .text(key.pipeline), .text(key.reason), .count(count),
                ]
            )
        }
    }

    private func write(_ interaction: Interaction, body: [UInt8]) throws(StoreError) {
        let inserted = try database.run(
            """
            INSERT INTO interaction (id, key, kind, status, stored_at, body) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(interaction.id), .text(interaction.key), .text(interaction.kind.rawValue),
                .text(interaction.status.rawValue), .integer(now.microseconds), .blob(body),
            ]
        )
        guard inserted == 1 else { return }
        try deliver(
            .interaction,
            lane: interaction.key,
            to: routes.allowed(routes.interactions, interaction.privacy)
        )
    }

    private func write(_ notice: Notice) throws(StoreError) {
        let inserted = try database.run(
            """
            INSERT INTO notice (id, key, phase, recipient, role, urgency, privacy, text, text_checksum, language,
                expects_reply, pipeline, detector, subject, at, not_after, stored_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(notice.id), .text(notice.key), .text(notice.phase), .text(notice.recipient),
                .text(notice.role), .text(notice.urgency.rawValue), .text(notice.privacy.rawValue),
                .text(notice.text), .integer(Checksum.of(notice.text)), .text(notice.language.rawValue),
                .flag(notice.expectsReply), .text(notice.pipeline), .text(notice.detector),
                .text(notice.subject), .integer(notice.at.microseconds),
                .integer(notice.notAfter.microseconds), .integer(now.microseconds),
            ]
        )
        guard inserted == 1 else { return }
        try deliver(
            .notice,
            lane: "\(notice.key)/\(notice.recipient)",
            to: routes.allowed(routes.notices, notice.privacy),
            urgent: notice.urgency == .lifeSafety,
            notAfter: notice.notAfter
        )
    }

    private func write(_ command: Command) throws(StoreError) {
        let inserted = try database.run(
            """
            INSERT INTO command (id, key, topic, payload, pipeline, detector, subject, at, not_after, stored_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(command.id), .text(command.key), .text(command.topic), .text(command.payload),
                .text(command.pipeline), .text(command.detector), .text(command.subject),
                .integer(command.at.microseconds), .integer(command.notAfter.microseconds),
                .integer(now.microseconds),
            ]
        )
        guard inserted == 1 else { return }
        try deliver(.command, lane: command.key, to: routes.commands, notAfter: command.notAfter)
    }

    private func deliver(
        _ kind: OutboxEntry.Kind,
        lane: String,
        to sinks: [String],
        urgent: Bool = false,
        notAfter: Moment? = nil
    ) throws(StoreError) {
        let content = database.lastInsertedRow
        for sink in sinks {
            try database.run(
                """
                INSERT INTO delivery (sink, kind, content, lane, urgent, state, next_at, not_after, stored_at,
                    changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6, ?7, ?6, ?6)
                """,
                [
                    .text(sink), .text(kind.rawValue), .integer(content), .text(lane), .flag(urgent),
                    .integer(now.microseconds), .integer(orNull: notAfter?.microseconds),
                ]
            )
        }
    }

    private func write(_ letter: DeadLetter) throws(StoreError) {
        try database.run(
            """
            INSERT INTO dead_letter (topic, reason, detail, pipeline, at, stored_at, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(letter.topic), .text(letter.reason), .text(letter.detail),
                .text(orNull: letter.pipeline), .integer(letter.at.microseconds),
                .integer(now.microseconds), .blob(letter.payload),
            ]
        )
    }

    /// Only what still waits: a notice in flight may be on a handset already, and one that is done is.
    private func withdraw(_ withdrawn: Withdrawn) throws(StoreError) {
        let phases: [String?] = withdrawn.phases.isEmpty ? [nil] : withdrawn.phases
        for phase in phases {
            try database.run(
                """
                UPDATE delivery SET state = 'withdrawn', reason = ?1, changed_at = ?2
                WHERE kind = 'notice' AND state = 'pending' AND content IN
                    (SELECT row FROM notice WHERE key = ?3 AND (?4 IS NULL OR phase = ?4))
                """,
                [
                    .text(withdrawn.reason), .integer(now.microseconds), .text(withdrawn.key),
                    .text(orNull: phase),
                ]
            )
        }
    }
}
