import Units

/// A policy as bytes: part of those of a run, which goes on with the policy it was started with.
extension Escalation {
    func write(to writer: inout CompactWriter) {
        writer.write(name)
        writer.write(arrivalWithin)
        writer.write(receiptWithin)
        writer.write(otherChannels) { $0.write($1.rawValue) }
        writer.write(steps) { $1.write(to: &$0) }
        writer.write(lastResort.contacts) { $0.write($1.role) }
        writer.write(lastResort.every)
        writer.write(lastResort.channel.rawValue)
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        self.init(
            name: try reader.text(),
            arrivalWithin: try reader.span(),
            receiptWithin: try reader.span(),
            otherChannels: try reader.array(of: "channels") { reader throws(CompactProblem) in
                try reader.channel()
            },
            steps: try reader.array(of: "steps") { reader throws(CompactProblem) in
                try Step(from: &reader)
            },
            lastResort: LastResort(
                contacts: try reader.contacts(),
                every: try reader.span(),
                channel: try reader.channel()
            )
        )
    }
}

extension Escalation.Step {
    // These numbers stand in snapshots.
    private static let tags = (ask: 0, wait: 1, inTurn: 2, only: 3)

    func write(to writer: inout CompactWriter) {
        switch self {
        case .ask(let contacts, let onlyFirst, let channel):
            writer.write(Self.tags.ask)
            writer.write(contacts) { $0.write($1.role) }
            writer.write(onlyFirst)
            writer.write(channel.rawValue)
        case .wait(let span):
            writer.write(Self.tags.wait)
            writer.write(span)
        case .inTurn(let contact, let span, let rounds, let channel):
            writer.write(Self.tags.inTurn)
            writer.write(contact.role)
            writer.write(span)
            writer.write(rounds)
            writer.write(channel.rawValue)
        case .only(let schedule, let count):
            writer.write(Self.tags.only)
            writer.write(schedule.description)
            writer.write(count)
        }
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        switch try reader.count("a kind of step") {
        case Self.tags.ask:
            self = .ask(
                try reader.contacts(),
                onlyFirst: try reader.flag(),
                by: try reader.channel()
            )
        case Self.tags.wait:
            self = .wait(try reader.span())
        case Self.tags.inTurn:
            self = .inTurn(
                Contact(role: try reader.text()),
                every: try reader.span(),
                rounds: try reader.count("a number of rounds", in: .min ... .max),
                by: try reader.channel()
            )
        case Self.tags.only:
            self = .only(
                during: try reader.schedule(),
                steps: try reader.count("a number of steps", in: 0...Int(Int32.max))
            )
        case let tag: throw .malformed("\(tag) as a kind of step", at: start)
        }
    }
}

extension CompactReader {
    mutating func channel() throws(CompactProblem) -> Channel {
        let start = position
        let word = try text()
        guard let channel = Channel(rawValue: word) else {
            throw .malformed("\"\(word)\" as a channel", at: start)
        }
        return channel
    }

    mutating func schedule() throws(CompactProblem) -> Schedule {
        let start = position
        let written = try text()
        do {
            let schedule = try Schedule(written)
            if schedule.description == written { return schedule }
        } catch {
            throw .malformed("a text that cannot be read: \(error)", at: start)
        }
        throw .malformed("a schedule not written as schedules are", at: start)
    }

    mutating func contacts() throws(CompactProblem) -> [Contact] {
        try array(of: "contacts") { reader throws(CompactProblem) in Contact(role: try reader.text()) }
    }
}
