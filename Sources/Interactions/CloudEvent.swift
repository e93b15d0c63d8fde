import Units

/// What goes out, as CloudEvents 1.0 in structured JSON: one envelope for every sink that speaks JSON.
///
/// The same value always gives the same bytes, so a receiver may compare them.
public enum CloudEvent {
    public static let contentType = "application/cloudevents+json; charset=utf-8"
    /// What the sources of our events begin with; the name of the pipeline follows.
    static let sources = "/pipelines/"

    /// An entry on the customer's timeline, for a CRM.
    public static func bytes(of interaction: Interaction) -> [UInt8] {
        let kind = interaction.kind.rawValue
        return envelope(
            id: interaction.id,
            pipeline: interaction.pipeline,
            type: "interaction.\(kind).\(interaction.verb.rawValue)",
            subject: "\(kind)/\(interaction.key)",
            at: interaction.at,
            data: data(of: interaction)
        )
    }

    /// A message to a person. It carries the text and the recipient's id, never a number or a name of ours.
    public static func bytes(of notice: Notice) -> [UInt8] {
        envelope(
            id: notice.id,
            pipeline: notice.pipeline,
            type: "notice",
            subject: "notice/\(notice.key)",
            at: notice.at,
            data: [
                "key": .string(notice.key),
                "phase": .string(notice.phase),
                "recipient": .string(notice.recipient),
                "role": .string(notice.role),
                "urgency": .string(notice.urgency.rawValue),
                "channel": .string(notice.channel.rawValue),
                "reason": .string(notice.reason.code),
                "text": .string(notice.text),
                "language": .string(notice.language.rawValue),
                "expectsReply": .bool(notice.expectsReply),
                "detector": .string(notice.detector),
                "subject": .string(notice.subject),
                "notAfter": .string(notice.notAfter.description),
                "privacy": .string(notice.privacy.rawValue),
                "watch": notice.watch?.json ?? .null,
            ]
        )
    }

    /// A message to a device.
    public static func bytes(of command: Command) -> [UInt8] {
        envelope(
            id: command.id,
            pipeline: command.pipeline,
            type: "command",
            subject: "command/\(command.key)",
            at: command.at,
            data: [
                "key": .string(command.key),
                "topic": .string(command.topic),
                "payload": .string(command.payload),
                "detector": .string(command.detector),
                "subject": .string(command.subject),
                "notAfter": .string(command.notAfter.description),
                "by": command.by.map { .string($0) } ?? .null,
            ]
        )
    }

    private static func envelope(
        id: String,
        pipeline: String,
        type: String,
        subject: String,
        at: Moment,
        data: JSON
    ) -> [UInt8] {
        let event: JSON = [
            "specversion": "1.0",
            "id": .string(id),
            // A URI reference, and names of pipelines have spaces.
            "source": .string(sources + URIText.escaped(pipeline)),
            "type": .string("io.vigie.\(type).v1"),
            "subject": .string(subject),
            "time": .string(at.description),
            "datacontenttype": "application/json",
            "data": data,
        ]
        return event.bytes
    }

    private static func data(of interaction: Interaction) -> JSON {
        var members: [JSON.Member] = [
            .init(
                "interaction",
                [
                    "kind": .string(interaction.kind.rawValue),
                    "verb": .string(interaction.verb.rawValue),
                    "key": .string(interaction.key),
                    "seq": .integer(Int64(interaction.seq)),
                ]
            ),
            .init("status", .string(interaction.status.rawValue)),
            .init("severity", .string(interaction.severity.rawValue)),
            .init("queue", .string(interaction.queue)),
            .init("detector", .string(interaction.detector)),
            .init("title", texts(interaction.title)),
        ]
        if let text = interaction.text {
            members.append(.init("text", texts(text)))
        }
        members.append(.init("subject", ["id": .string(interaction.subject)]))
        if let site = interaction.site {
            members.append(.init("site", ["id": .string(site)]))
        }
        members += [
            .init("times", times(interaction)),
            .init("channel", "iot"),
            .init("direction", "inbound"),
            .init("evidence", .array(interaction.evidence.map(fact))),
            .init("privacy", ["class": .string(interaction.privacy.rawValue)]),
        ]
        if let by = interaction.by { members.append(.init("by", .string(by))) }
        if let assignee = interaction.assignee { members.append(.init("assignee", .string(assignee))) }
        if let estimate = interaction.estimate {
            members.append(.init("estimate", .string(estimate.description)))
        }
        if let cause = interaction.cause { members.append(.init("cause", .string(cause))) }
        if let parent = interaction.parent { members.append(.init("parent", .string(parent))) }
        return .object(members)
    }

    private static func times(_ interaction: Interaction) -> JSON {
        var members: [JSON.Member] = [.init("opened", .string(interaction.openedAt.description))]
        if let overAt = interaction.overAt { members.append(.init("over", .string(overAt.description))) }
        return .object(members)
    }

    private static func texts(_ text: Bilingual) -> JSON {
        ["fr": .string(text.french), "en": .string(text.english)]
    }

    private static func fact(_ evidence: Evidence) -> JSON {
        var members: [JSON.Member] = [
            .init("metric", .string(evidence.name)), .init("value", .string(evidence.value)),
        ]
        if !evidence.unit.isEmpty { members.append(.init("unit", .string(evidence.unit))) }
        return .object(members)
    }
}
