import Interactions
import Units

/// Writes the effects of one commit, inside its transaction.
struct EffectWriter {
    let database: Database
    let routes: Routes
    /// Where the clocks stand that stored sentences speak of.
    let zone: CivilZone
    /// The arrival time of the newest entry of the batch.
    let now: Moment

    func write(_ effect: Effect, render: (Interaction) -> [UInt8]) throws(StoreError) {
        switch effect {
        case .interaction(let interaction): try write(interaction, body: render(interaction))
        case .notice(let notice): try write(notice)
        case .command(let command): try write(command)
        case .deadLetter(let letter): try write(letter)
        case .held(let held): try write(held)
        case .withdrawn(let withdrawn): try withdraw(withdrawn)
        // They are many: all those of a commit are added up, then written.
        case .dropped: break
        // Whoever has the connection asks at once, or not at all.
        case .query: break
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
        let sinks = routes.allowed(routes.interactions, interaction.privacy)
        try deliver(
            Delivery(.interaction, content: database.lastInsertedRow, lane: interaction.key),
            to: sinks
        )
    }

    private func write(_ command: Command) throws(StoreError) {
        let inserted = try database.run(
            """
            INSERT INTO command (id, key, topic, payload, pipeline, detector, subject, at, not_after, stored_at,
                wanted_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(command.id), .text(command.key), .text(command.topic), .text(command.payload),
                .text(command.pipeline), .text(command.detector), .text(command.subject),
                .integer(command.at.microseconds), .integer(command.notAfter.microseconds),
                .integer(now.microseconds), .text(orNull: command.by),
            ]
        )
        guard inserted == 1 else { return }
        var delivery = Delivery(.command, content: database.lastInsertedRow, lane: command.key)
        delivery.notAfter = command.notAfter
        try deliver(delivery, to: routes.commands)
    }

    /// What all deliveries of one thing have in common.
    struct Delivery {
        let kind: OutboxEntry.Kind
        /// The row of the thing.
        let content: Int64
        let lane: String
        var isUrgent = false
        var rank = Store.Rank.ordinary
        var isOnce = false
        var notBefore: Moment?
        var notAfter: Moment?
        var isEntry = false

        init(_ kind: OutboxEntry.Kind, content: Int64, lane: String) {
            self.kind = kind
            self.content = content
            self.lane = lane
        }
    }

    func deliver(_ delivery: Delivery, to sinks: [String]) throws(StoreError) {
        let due = max(now, delivery.notBefore ?? now)
        for sink in sinks {
            try database.run(
                """
                INSERT INTO delivery (sink, kind, content, lane, urgent, rank, once, as_entry, state,
                    next_at, not_after, stored_at, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pending', ?9, ?10, ?11, ?11)
                """,
                [
                    .text(sink), .text(delivery.kind.rawValue), .integer(delivery.content),
                    .text(delivery.lane), .flag(delivery.isUrgent), .integer(delivery.rank.rawValue),
                    .flag(delivery.isOnce && !routes.recognising.contains(sink)),
                    .flag(delivery.isEntry),
                    .integer(due.microseconds), .integer(orNull: delivery.notAfter?.microseconds),
                    .integer(now.microseconds),
                ]
            )
        }
    }

    private func write(_ letter: DeadLetter) throws(StoreError) {
        try database.run(
            """
            INSERT INTO dead_letter (topic, reason, detail, pipeline, at, stored_at, payload, properties)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(letter.topic), .text(letter.reason), .text(letter.detail),
                .text(orNull: letter.pipeline), .integer(letter.at.microseconds),
                .integer(now.microseconds), .blob(letter.payload),
                letter.properties.isEmpty ? .null : .blob(letter.properties),
            ]
        )
    }

    private func write(_ held: Held) throws(StoreError) {
        let why = held.reason.wording.rendered(in: zone, at: held.at)
        try database.run(
            """
            INSERT INTO held (at, key, recipient, pipeline, detector, subject, reason, why_french, why_english,
                stored_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(held.at.microseconds), .text(orNull: held.key), .text(orNull: held.recipient),
                .text(held.pipeline), .text(held.detector), .text(held.subject), .text(held.reason.code),
                .text(why.french), .text(why.english), .integer(now.microseconds),
            ]
        )
    }
}
