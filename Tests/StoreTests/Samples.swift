import Interactions
import Units

func interaction(
    _ id: String,
    key: String = "CASE_1",
    kind: Interaction.Kind = .case,
    status: Interaction.Status = .new
) -> Effect {
    .interaction(
        Interaction(
            id: id,
            key: key,
            seq: 1,
            kind: kind,
            verb: .opened,
            status: status,
            severity: .warning,
            privacy: .technical,
            pipeline: "elevators",
            detector: "out of service",
            queue: "maintenance",
            subject: "A7",
            site: "S1",
            title: Bilingual(french: "Ascenseur A en panne"),
            at: Moment(),
            openedAt: Moment()
        )
    )
}

func notice(
    _ id: String,
    key: String = "CASE_1",
    phase: String = "begins",
    to recipient: String = "P_1",
    urgency: Notice.Urgency = .service,
    expectsReply: Bool = false,
    notAfter seconds: Int64 = 1_000_000,
    channel: Channel = .text,
    privacy: PrivacyClass = .technical,
    notBefore: Int64? = nil,
    follows firsts: [String] = [],
    because reason: Notice.Reason = .found
) -> Effect {
    .notice(
        Notice(
            id: id,
            key: key,
            phase: phase,
            recipient: recipient,
            role: "tenant",
            urgency: urgency,
            privacy: privacy,
            text: "Ascenseur A en panne",
            language: .french,
            expectsReply: expectsReply,
            pipeline: "elevators",
            detector: "out of service",
            subject: "A7",
            at: Moment(),
            notAfter: Moment(seconds: seconds),
            channel: channel,
            notBefore: notBefore.map { Moment(seconds: $0) },
            follows: firsts,
            reason: reason
        )
    )
}

func command(_ id: String, key: String = "CASE_1") -> Effect {
    .command(
        Command(
            id: id,
            key: key,
            topic: "valve/set",
            payload: "closed",
            pipeline: "water meters",
            detector: "burst",
            subject: "W1",
            at: Moment(),
            notAfter: Moment(seconds: 1_000_000)
        )
    )
}

func withdrawn(_ key: String, phases: [String] = []) -> Effect {
    .withdrawn(Withdrawn(key: key, phases: phases, reason: "cleared", at: Moment()))
}

func dropped(_ reason: String) -> Effect {
    .dropped(Dropped(reason: reason, pipeline: "elevators", subject: "A7", at: Moment()))
}

func deadLetter(_ payload: String, reason: String = "malformed") -> Effect {
    .deadLetter(
        DeadLetter(
            topic: "t",
            payload: Array(payload.utf8),
            reason: reason,
            detail: "\"speed\" is missing",
            pipeline: "elevators",
            at: Moment(seconds: 7)
        )
    )
}

func held(
    _ reason: Held.Reason,
    key: String? = "CASE_1",
    to recipient: String? = "P_1",
    subject: String = "A7",
    at seconds: Int64 = 0
) -> Effect {
    .held(
        Held(
            reason: reason,
            key: key,
            recipient: recipient,
            pipeline: "elevators",
            detector: "out of service",
            subject: subject,
            at: Moment(seconds: seconds)
        )
    )
}
