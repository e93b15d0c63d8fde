import Units

extension Effect {
    /// One line of `vigie replay` and of `expected.jsonl`: what would have gone out. Members in a fixed order, so
    /// that the same effect is always the same text.
    ///
    /// - Parameter zone: of the clock times in the reasons of what was held back.
    public func json(in zone: CivilZone) -> JSON {
        switch self {
        case .interaction(let interaction): interaction.line
        case .notice(let notice): notice.line
        case .command(let command): command.line
        case .query(let query):
            [
                "at": .string(query.at.description), "effect": "query", "topic": .string(query.topic),
                "bytes": .integer(Int64(query.payload.count)),
            ]
        case .deadLetter(let letter): letter.line
        case .dropped(let dropped):
            [
                "at": .string(dropped.at.description), "effect": "dropped", "reason": .string(dropped.reason),
                "pipeline": .string(dropped.pipeline), "subject": .string(dropped.subject),
            ]
        case .held(let held): held.line(in: zone)
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
        if let overAt { members.append(.init("over", .string(overAt.description))) }
        members.append(.init("title", title.json))
        if let text { members.append(.init("text", text.json)) }
        if let by { members.append(.init("by", .string(by))) }
        if let assignee { members.append(.init("assignee", .string(assignee))) }
        if let estimate { members.append(.init("estimate", .string(estimate.description))) }
        if let cause { members.append(.init("cause", .string(cause))) }
        if let parent { members.append(.init("parent", .string(parent))) }
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
        var members: [JSON.Member] = [
            .init("at", .string(at.description)), .init("effect", "notice"), .init("key", .string(key)),
            .init("id", .string(id)), .init("phase", .string(phase)), .init("pipeline", .string(pipeline)),
            .init("detector", .string(detector)), .init("subject", .string(subject)),
            .init("to", .string(recipient)), .init("role", .string(role)),
            .init("urgency", .string(urgency.rawValue)), .init("channel", .string(channel.rawValue)),
            .init("language", .string(language.rawValue)), .init("text", .string(text)),
            .init("expectsReply", .bool(expectsReply)), .init("reason", .string(reason.code)),
        ]
        if let notBefore { members.append(.init("notBefore", .string(notBefore.description))) }
        members.append(.init("notAfter", .string(notAfter.description)))
        if !follows.isEmpty { members.append(.init("follows", .array(follows.map { .string($0) }))) }
        if let watch { members.append(.init("watch", watch.json)) }
        return .object(members)
    }
}

extension Held {
    fileprivate func line(in zone: CivilZone) -> JSON {
        var members: [JSON.Member] = [.init("at", .string(at.description)), .init("effect", "held")]
        if let key { members.append(.init("key", .string(key))) }
        members.append(.init("reason", .string(reason.code)))
        members.append(
            .init("text", .string(reason.wording.rendered(in: zone, at: at).english))
        )
        if let recipient { members.append(.init("to", .string(recipient))) }
        members += [
            .init("pipeline", .string(pipeline)), .init("detector", .string(detector)),
            .init("subject", .string(subject)),
        ]
        return .object(members)
    }
}

extension Command {
    fileprivate var line: JSON {
        [
            "at": .string(at.description), "effect": "command", "key": .string(key), "id": .string(id),
            "phase": "begins", "pipeline": .string(pipeline), "detector": .string(detector),
            "subject": .string(subject), "topic": .string(topic), "payload": .string(payload),
            "by": by.map { .string($0) } ?? .null,
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
