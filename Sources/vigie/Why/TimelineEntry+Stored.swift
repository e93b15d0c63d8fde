import Interactions
import Store
import Telemetry
import Units

/// How what is stored reads in a timeline.
extension TimelineEntry {
    init(_ interaction: Interaction, storedAt: Moment, in zone: CivilZone) {
        let what = "\(interaction.pipeline), \(interaction.detector), \(interaction.subject)"
        let (verb, status) = (interaction.verb, interaction.status)
        let isCase = interaction.kind == .case
        var french = "\(what) : \(verb.french)\(isCase ? "" : " (\(interaction.kind.french))")"
        var english = "\(what): \(verb.english)\(isCase ? "" : " (\(interaction.kind.rawValue))")"
        if let by = interaction.by {
            french += verb == .noted ? " de \(by)" : " par \(by)"
            english += " by \(by)"
        }
        let isNew = verb == .opened
        let estimate = interaction.estimate.map(zone.words)
        let facts: [(french: (String, String?), english: (String, String?))] = [
            (("état", status.words.french), ("status", status.words.english)),
            (
                ("gravité", isNew ? interaction.severity.french : nil),
                ("severity", isNew ? interaction.severity.rawValue : nil)
            ),
            (("suivi par", interaction.assignee), ("assignee", interaction.assignee)),
            (("fin prévue", estimate), ("estimate", estimate)),
            (("cause", interaction.cause), ("cause", interaction.cause)),
            (("partie de", interaction.parent), ("part of", interaction.parent)),
        ]
        for fact in facts {
            if let value = fact.french.1 { french += ", \(fact.french.0) \(value)" }
            if let value = fact.english.1 { english += ", \(fact.english.0) \(value)" }
        }
        let members: [JSON.Member] = [
            .init("id", .string(interaction.id)), .init("key", .string(interaction.key)),
            .init("verb", .string(interaction.verb.rawValue)),
            .init("status", .string(interaction.status.rawValue)),
            .init("pipeline", .string(interaction.pipeline)),
            .init("detector", .string(interaction.detector)),
            .init("subject", .string(interaction.subject)),
        ]
        self.init(
            storedAt,
            .found,
            french: french,
            english: english,
            members + JSON.Member.some("by", interaction.by)
                + JSON.Member.some("assignee", interaction.assignee)
                + JSON.Member.some("estimate", interaction.estimate.map { "\($0)" })
                + JSON.Member.some("cause", interaction.cause)
                + JSON.Member.some("parent", interaction.parent)
        )
    }

    init(_ notice: NoticeEntry) {
        let why = notice.why
        let unsaid = notice.reason.isEmpty
        self.init(
            notice.storedAt,
            .told,
            french: "\(notice.id) à \(notice.recipient) (\(NoticeWords.french(role: notice.role)), "
                + "\(notice.channel.french), \(NoticeWords.french(phase: notice.phase))) : \(unsaid ? "raison non gardée" : why.french)",
            english: "\(notice.id) to \(notice.recipient) (\(notice.role), \(notice.channel.rawValue), "
                + "\(notice.phase)): \(unsaid ? "the reason was not kept" : why.english)",
            [
                .init("id", .string(notice.id)), .init("key", .string(notice.key)),
                .init("phase", .string(notice.phase)), .init("to", .string(notice.recipient)),
                .init("role", .string(notice.role)), .init("channel", .string(notice.channel.rawValue)),
                .init("urgency", .string(notice.urgency.rawValue)), .init("reason", .string(notice.reason)),
            ]
                + (notice.follows.isEmpty
                    ? [] : [.init("follows", .array(notice.follows.map { .string($0) }))])
        )
    }

    init(_ held: HeldEntry) {
        let what = "\(held.pipeline), \(held.detector), \(held.subject)"
        let french = held.recipient.map { "\($0) n'est pas prévenu" } ?? "rien n'est dit"
        let english = held.recipient.map { "\($0) is not told" } ?? "nothing is said"
        self.init(
            held.storedAt,
            .held,
            french: "\(what) : \(french) : \(held.why.french)",
            english: "\(what): \(english): \(held.why.english)",
            JSON.Member.some("key", held.key) + JSON.Member.some("to", held.recipient) + [
                .init("pipeline", .string(held.pipeline)), .init("detector", .string(held.detector)),
                .init("subject", .string(held.subject)), .init("reason", .string(held.reason)),
            ]
        )
    }

    init(_ delivery: OutboxEntry) {
        let reason = MaskedText.masked(delivery.reason)
        let tail = reason.isEmpty ? "" : " (\(reason))"
        self.init(
            delivery.changedAt,
            .delivery,
            french: "\(delivery.id) par \(delivery.sink) : \(Self.french(delivery.state))\(tail)",
            english: "\(delivery.id) by \(delivery.sink): \(Self.english(delivery.state))\(tail)",
            [
                .init("id", .string(delivery.id)), .init("sink", .string(delivery.sink)),
                .init("state", .string(delivery.state.rawValue)),
                .init("attempts", .integer(Int64(delivery.attempts))),
            ] + JSON.Member.some("reason", reason)
        )
    }

    init(_ receipt: Receipt) {
        let detail = MaskedText.masked(receipt.detail)
        let tail = detail.isEmpty ? "" : " (\(detail))"
        self.init(
            receipt.at,
            .receipt,
            french: "\(receipt.id), selon \(receipt.sink) : \(Self.french(receipt.outcome))\(tail)",
            english: "\(receipt.id), says \(receipt.sink): \(receipt.outcome.rawValue)\(tail)",
            [
                .init("id", .string(receipt.id)), .init("sink", .string(receipt.sink)),
                .init("outcome", .string(receipt.outcome.rawValue)),
            ] + JSON.Member.some("detail", detail)
        )
    }

    init(_ letter: DeadLetterEntry) {
        self.init(
            letter.at,
            .deadLetter,
            french: "message illisible sur \(letter.topic), \(letter.reason) : \(letter.shownDetail)",
            english: "unreadable message on \(letter.topic), \(letter.reason): \(letter.shownDetail)",
            [
                .init("row", .integer(letter.row)), .init("topic", .string(letter.topic)),
                .init("reason", .string(letter.reason)),
            ]
        )
    }

    init(_ drop: (cause: DropCount.Cause, count: Int), at moment: Moment) {
        let place = drop.cause.pipeline.isEmpty ? "" : "\(drop.cause.pipeline), "
        self.init(
            moment,
            .dropped,
            french: "\(place)\(drop.cause.reason) : \(drop.count) relevés laissés de côté dans ces minutes",
            english: "\(place)\(drop.cause.reason): \(drop.count) readings left out in these minutes",
            [
                .init("pipeline", .string(drop.cause.pipeline)), .init("reason", .string(drop.cause.reason)),
                .init("count", .integer(Int64(drop.count))),
            ]
        )
    }

    init(_ silence: Silence, in zone: CivilZone) {
        let (begin, end) = (zone.words(silence.from), zone.words(silence.until))
        self.init(
            silence.at,
            .silence,
            french:
                "silence \(silence.id) de \(silence.by) sur \(silence.scope.frenchWords), du \(begin) au \(end)",
            english:
                "silence \(silence.id) by \(silence.by) of \(silence.scope.words), from \(begin) until \(end)",
            silence.members
        )
    }

    private static func french(_ state: OutboxState) -> String {
        switch state {
        case .pending: "en attente"
        case .inFlight: "en cours d'envoi"
        case .done: "transmis"
        case .parked: "refusé, à traiter"
        case .expired: "jamais envoyé, trop tard"
        case .withdrawn: "retiré avant l'envoi"
        case .cancelled: "annulé par un opérateur"
        case .unknown: "peut-être envoyé"
        }
    }

    private static func english(_ state: OutboxState) -> String {
        switch state {
        case .pending: "waits"
        case .inFlight: "being sent"
        case .done: "handed over"
        case .parked: "refused, a person has to look"
        case .expired: "never sent, too late"
        case .withdrawn: "taken back before it was sent"
        case .cancelled: "cancelled by an operator"
        case .unknown: "perhaps sent"
        }
    }

    private static func french(_ outcome: Receipt.Outcome) -> String {
        switch outcome {
        case .accepted: "accepté"
        case .delivered: "remis"
        case .failed: "échec"
        case .expired: "expiré"
        case .unknown: "inconnu"
        }
    }
}
