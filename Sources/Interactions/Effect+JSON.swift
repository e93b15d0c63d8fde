import Units

extension Effect {
    /// One line of `vigie replay` and of `expected.jsonl`: what would have gone out. Members in a fixed order, so
    /// that the same effect is always the same text.
    public var json: JSON {
        switch self {
        case .interaction(let interaction): interaction.line
        case .notice(let notice): notice.line
        case .command(let command): command.line
        case .deadLetter(let letter): letter.line
        case .dropped(let dropped):
            [
                "at": .string(dropped.at.description), "effect": "dropped", "reason": .string(dropped.reason),
                "pipeline": .string(dropped.pipeline), "subject": .string(dropped.subject),
            ]
        case .withdrawn(let withdrawn):
            [
                "at": .string(withdrawn.at.description), "effect": "withdrawn", "key": .string(withdrawn.key),
                "phases": .array(withdrawn.phases.map { .string($0) }), "reason": .string(withdrawn.reason),
            ]
        }
    }
}

extension Interaction {
    fileprivate var line: JSON {
        var members: [JSON.Member] = [
            .init("at", .string(at.description)), .init("effect", kind == .case ? "case" : "interaction"),
            .init("key", .string(key)), .init("seq", .integer(Int64(seq))),
            .init("phase", .string(verb.rawValue)), .init("kind", .string(kind.rawValue)),
            .init("status", .string(status.rawValue)), .init("severity", .string(severity.rawValue)),
            .init("pipeline", .string(pipeline)), .init("detector", .string(detector)),
            .init("queue", .string(queue)), .init("subject", .string(subject)),
        ]
        if let site { members.append(.init("site", .string(site))) }
        members.append(.init("since", .string(openedAt.description)))
        members.append(.init("title", title.json))
        if let text { members.append(.init("text", text.json)) }
        if !evidence.isEmpty {
            let facts = evidence.map { fact -> JSON in
                ["name": .string(fact.name), "value": .string(fact.value), "unit": .string(fact.unit)]
            }
            members.append(.init("evidence", .array(facts)))
        }
        return .object(members)
    }
}

extension Bilingual {
    /// `{"fr": …, "en": …}`
    public var json: JSON {
        ["fr": .string(french), "en": .string(english)]
    }
}

extension Notice {
    fileprivate var line: JSON {
        [
            "at": .string(at.description), "effect": "notice", "key": .string(key), "id": .string(id),
            "phase": .string(phase), "pipeline": .string(pipeline), "detector": .string(detector),
            "subject": .string(subject), "to": .string(recipient), "role": .string(role),
            "urgency": .string(urgency.rawValue), "language": .string(language.rawValue),
            "text": .string(text), "expectsReply": .bool(expectsReply),
            "notAfter": .string(notAfter.description),
        ]
    }
}

extension Command {
    fileprivate var line: JSON {
        [
            "at": .string(at.description), "effect": "command", "key": .string(key), "id": .string(id),
            "phase": "begins", "pipeline": .string(pipeline), "detector": .string(detector),
            "subject": .string(subject), "topic": .string(topic), "payload": .string(payload),
        ]
    }
}

extension DeadLetter {
    fileprivate var line: JSON {
        [
            "at": .string(at.description), "effect": "deadLetter", "reason": .string(reason),
            "pipeline": pipeline.map { .string($0) } ?? .null, "topic": .string(topic),
            "detail": .string(detail), "bytes": .integer(Int64(payload.count)),
        ]
    }
}
