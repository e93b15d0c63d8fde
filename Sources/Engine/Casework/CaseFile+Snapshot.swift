import Interactions
import PipelineKit
import Units

extension CaseFile {
    func write(to writer: inout SnapshotWriter) {
        writer.write(key)
        writer.write(subject)
        writer.write(site)
        writer.write(severity.rawValue)
        writer.write(openedAt)
        writer.write(begunAt)
        writer.write(overAt)
        writer.write(reading)
        writer.write(why) { $1.write(to: &$0) }
        writer.write(returns) { $0.write($1) }
        writer.write(stableAt)
        writer.write(life)
        writer.write(UInt32(seq))
        writer.write(queue)
        writer.write(title) { $0.write($1) }
        writer.write(assignee)
        writer.write(estimate)
        writer.write(cause)
        writer.write(parent)
        writer.write(newParts) { $0.write($1) }
        writer.write(partsSaidAt)
        writer.write(hold) { $0.write($1) }
        writer.write(confirmBy)
        writer.write(proposedUntil)
        writer.write(asks) { $0.write($1) }
        writer.write(asked) { writer, asked in
            writer.write(asked.person)
            writer.write(asked.isOpen)
            writer.write(asked.sent) { writer, sent in
                writer.write(sent.notice)
                writer.write(sent.state.rawValue)
            }
        }
        writer.write(onTheirWay) { $0.write($1) }
        writer.write(audiences.sorted { $0.key < $1.key }) { writer, audience in
            writer.write(UInt32(audience.key))
            writer.write(audience.value)
        }
        writer.write(escalation) { $0.write($1.bytes) }
        writer.write(UInt32(chains))
        writer.write(chainResumesAt)
        writer.write(continuation) { writer, continuation in
            writer.write(UInt32(continuation.reaction))
            writer.write(continuation.due)
        }
        writer.write(lastReminder)
        writer.write(commands) { writer, command in
            writer.write(command.id)
            writer.write(command.name)
            writer.write(command.due)
        }
        writer.write(UInt32(commandCount))
        writer.write(newsHeard) { $0.write($1) }
        writer.write(quietPhase)
        writer.write(forgetAt)
        writer.write(armedAt)
        writer.write(everAsked) { $0.write($1) }
        writer.write(askedHow) { writer, asked in
            writer.write(asked.person)
            writer.write(asked.at)
        }
        writer.write(confirmedStatus?.rawValue)
        writer.write(told) { writer, told in
            writer.write(told.person)
            writer.write(told.role)
            writer.write(told.notice)
            writer.write(told.isUnreached)
        }
    }

    convenience init(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        let key = try reader.text()
        let subject = try reader.text()
        let site = try reader.textOrNil()
        let severity: Severity = try reader.word()
        let openedAt = try reader.moment()
        self.init(
            key: key,
            pipeline: 0,
            detector: 0,
            subject: subject,
            site: site,
            severity: severity,
            begunAt: try reader.moment(),
            openedAt: openedAt,
            reading: []
        )
        overAt = try reader.momentOrNil()
        reading = try reader.run()
        why = try reader.optional { reader throws(SnapshotProblem) in try Why(from: &reader) }
        returns = try reader.moments()
        stableAt = try reader.momentOrNil()
        life = try reader.life()
        seq = Int(try reader.read(UInt32.self))
        queue = try reader.textOrNil()
        title = try reader.optional { reader throws(SnapshotProblem) in try reader.bilingual() }
        assignee = try reader.textOrNil()
        estimate = try reader.momentOrNil()
        cause = try reader.textOrNil()
        parent = try reader.textOrNil()
        newParts = try reader.texts()
        partsSaidAt = try reader.momentOrNil()
        hold = try reader.optional { reader throws(SnapshotProblem) in try reader.hold() }
        confirmBy = try reader.momentOrNil()
        proposedUntil = try reader.momentOrNil()
        try readPeople(from: &reader)
        for item in try reader.texts() { _ = hears(of: item) }
        quietPhase = try reader.text()
        forgetAt = try reader.momentOrNil()
        armedAt = try reader.moment()
        try readEverAsked(from: &reader)
        if reader.format >= Engine.firstFormatWithConfirmedStatus {
            confirmedStatus = try reader.textOrNil().flatMap { Interaction.Status(rawValue: $0) }
        }
        guard reader.format >= Engine.firstFormatWithThoseTold else { return }
        told = try reader.array { reader throws(SnapshotProblem) in
            Told(
                person: try reader.text(),
                role: try reader.text(),
                notice: try reader.text(),
                isUnreached: try reader.flag()
            )
        }
    }

    private func readEverAsked(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        if reader.format < Engine.firstFormatWithEverAsked {
            everAsked = asked.map(\.person)
            for ask in asks where ask.question == .wellbeing { noteAskedHow(ask.person, at: ask.at) }
            return
        }
        everAsked = try reader.texts()
        askedHow = try reader.array { reader throws(SnapshotProblem) in
            AskedHow(person: try reader.text(), at: try reader.moment())
        }
    }

    private func readPeople(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        asks = try reader.array { reader throws(SnapshotProblem) in try reader.ask() }
        asked = try reader.array { reader throws(SnapshotProblem) in try reader.asked() }
        onTheirWay = try reader.texts()
        let records = try reader.array { reader throws(SnapshotProblem) in
            (Int(try reader.read(UInt32.self)), try reader.audience())
        }
        audiences = Dictionary(records) { first, _ in first }
        escalation = try reader.optional { reader throws(SnapshotProblem) in try reader.escalation() }
        chains = Int(try reader.read(UInt32.self))
        chainResumesAt = try reader.momentOrNil()
        continuation = try reader.optional { reader throws(SnapshotProblem) in
            Continuation(reaction: Int(try reader.read(UInt32.self)), due: try reader.moment())
        }
        lastReminder = try reader.textOrNil()
        commands = try reader.array { reader throws(SnapshotProblem) in
            PendingCommand(id: try reader.text(), name: try reader.text(), due: try reader.moment())
        }
        commandCount = Int(try reader.read(UInt32.self))
    }
}

extension SnapshotWriter {
    fileprivate mutating func write(_ life: CaseLife) {
        write(life.status.rawValue)
        write(life.takenBy)
        write(life.takenAt)
        write(life.settledAt)
        write(life.settledBy)
        write(UInt32(life.reopenings))
    }

    fileprivate mutating func write(_ hold: CaseFile.Hold) {
        switch hold.cause {
        case .partOf(let key):
            write(UInt8(0))
            write(key)
        case .silence(let id):
            write(UInt8(1))
            write(id)
        }
        write(hold.until)
    }

    fileprivate mutating func write(_ ask: CaseFile.Ask) {
        write(ask.person)
        write(ask.notice)
        write(ask.question.rawValue)
        write(ask.code?.description)
        write(ask.at)
    }

    fileprivate mutating func write(_ record: AudienceRecord) {
        write(record.members) { writer, member in
            writer.write(member.person)
            writer.write(member.notice)
            writer.write(member.isUnreached)
        }
        write(record.isClosed)
        write(record.nextWord)
        write(UInt32(record.newsCount))
    }
}

extension SnapshotReader {
    fileprivate mutating func life() throws(SnapshotProblem) -> CaseLife {
        CaseLife(
            status: try word(),
            takenBy: try textOrNil(),
            takenAt: try momentOrNil(),
            settledAt: try momentOrNil(),
            settledBy: try textOrNil(),
            reopenings: Int(try read(UInt32.self))
        )
    }

    fileprivate mutating func hold() throws(SnapshotProblem) -> CaseFile.Hold {
        let kind = try read(UInt8.self)
        let word = try text()
        guard kind <= 1 else { throw .malformed("an unknown reason for holding a case back") }
        return .init(cause: kind == 0 ? .partOf(word) : .silence(word), until: try momentOrNil())
    }

    fileprivate mutating func ask() throws(SnapshotProblem) -> CaseFile.Ask {
        let person = try text()
        let notice = try text()
        guard let question = CaseFile.Ask.Question(rawValue: try read(UInt8.self)) else {
            throw .malformed("an unknown question")
        }
        let code = try textOrNil()
        return .init(
            person: person,
            notice: notice,
            question: question,
            code: code.flatMap { ReplyCode($0) },
            at: try moment()
        )
    }

    fileprivate mutating func asked() throws(SnapshotProblem) -> CaseFile.Asked {
        let person = try text()
        let isOpen = try flag()
        let sent = try array { reader throws(SnapshotProblem) -> CaseFile.Asked.Sent in
            let notice = try reader.text()
            guard let state = CaseFile.Asked.State(rawValue: try reader.read(UInt8.self)) else {
                throw .malformed("an unknown state of a question")
            }
            return .init(notice: notice, state: state)
        }
        return .init(person: person, isOpen: isOpen, sent: sent)
    }

    fileprivate mutating func audience() throws(SnapshotProblem) -> AudienceRecord {
        let members = try array { reader throws(SnapshotProblem) -> AudienceRecord.Member in
            let member = AudienceRecord.Member(
                person: try reader.text(),
                notice: try reader.text(),
                isUnreached: try reader.flag()
            )
            // That they had written STOP, which is looked at when they are told something.
            if reader.format < Engine.firstFormatWithoutThoseWhoLeft { _ = try reader.flag() }
            return member
        }
        return AudienceRecord(
            members: members,
            isClosed: try flag(),
            nextWord: try momentOrNil(),
            newsCount: Int(try read(UInt32.self))
        )
    }

    fileprivate mutating func escalation() throws(SnapshotProblem) -> EscalationRun {
        let bytes = try run()
        do {
            return try EscalationRun(bytes: bytes)
        } catch {
            throw .malformed("an escalation that cannot be read: \(error)")
        }
    }
}
