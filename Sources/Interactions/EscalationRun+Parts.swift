import Units

/// The parts of a run that hold no times, as bytes. The numbers of their cases stand in snapshots: a new case takes
/// a new one.
extension EscalationRun.Order {
    func write(to writer: inout CompactWriter) {
        writer.write(number)
        writer.write(person)
        writer.write(contact.role)
        writer.write(channel.rawValue)
        writer.write(question.rawValue)
        writer.write(step)
        writer.write(handOver)
        reason.write(to: &writer)
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        self.init(
            number: try reader.count("the number of an order"),
            person: try reader.text(),
            contact: Contact(role: try reader.text()),
            channel: try reader.channel(),
            question: try reader.coded("a question"),
            step: try reader.count("a step"),
            handOver: try reader.count("a hand-over"),
            reason: try EscalationRun.Reason(from: &reader)
        )
    }
}

extension EscalationRun.Reason {
    func write(to writer: inout CompactWriter) {
        switch self {
        case .begins: writer.write(0)
        case .unanswered: writer.write(1)
        case .nobodyLeft: writer.write(2)
        case .noReceipt(let channel):
            writer.write(3)
            writer.write(channel.rawValue)
        case .notDelivered(let channel):
            writer.write(4)
            writer.write(channel.rawValue)
        case .interrupted(let interruption):
            writer.write(5)
            interruption.write(to: &writer)
        }
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        switch try reader.count("a reason") {
        case 0: self = .begins
        case 1: self = .unanswered
        case 2: self = .nobodyLeft
        case 3: self = .noReceipt(by: try reader.channel())
        case 4: self = .notDelivered(by: try reader.channel())
        case 5: self = .interrupted(try EscalationRun.Interruption(from: &reader))
        case let tag: throw .malformed("\(tag) as a reason", at: start)
        }
    }
}

extension EscalationRun.Interruption {
    func write(to writer: inout CompactWriter) {
        switch self {
        case .noArrival(let person):
            writer.write(0)
            writer.write(person)
        case .takenBack(let person):
            writer.write(1)
            writer.write(person)
        case .left(let person):
            writer.write(2)
            writer.write(person)
        }
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        switch try reader.count("an interruption") {
        case 0: self = .noArrival(of: try reader.text())
        case 1: self = .takenBack(by: try reader.text())
        case 2: self = .left(by: try reader.text())
        case let tag: throw .malformed("\(tag) as an interruption", at: start)
        }
    }
}

extension EscalationRun.Note {
    func write(to writer: inout CompactWriter) {
        switch self {
        case .nobodyOnDuty(let contact):
            writer.write(0)
            writer.write(contact.role)
        case .allDeclined(let contact):
            writer.write(1)
            writer.write(contact.role)
        case .leftOut(let contact, let people):
            writer.write(2)
            writer.write(contact.role)
            writer.write(people)
        case .handedToLastResort: writer.write(3)
        case .roundUnanswered(let round):
            writer.write(4)
            writer.write(round)
        case .nobodyToAsk: writer.write(5)
        case .taken(let person):
            writer.write(6)
            writer.write(person)
        case .answeredLate(let person):
            writer.write(7)
            writer.write(person)
        case .resumed(let interruption):
            writer.write(8)
            interruption.write(to: &writer)
        case .arrived(let person):
            writer.write(9)
            writer.write(person)
        case .resolved: writer.write(10)
        case .outsideSchedule(let step):
            writer.write(11)
            writer.write(step)
        }
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        switch try reader.count("a note") {
        case 0: self = .nobodyOnDuty(Contact(role: try reader.text()))
        case 1: self = .allDeclined(Contact(role: try reader.text()))
        case 2: self = .leftOut(Contact(role: try reader.text()), people: try reader.count("people"))
        case 3: self = .handedToLastResort
        case 4: self = .roundUnanswered(try reader.count("a round"))
        case 5: self = .nobodyToAsk
        case 6: self = .taken(by: try reader.text())
        case 7: self = .answeredLate(by: try reader.text())
        case 8: self = .resumed(after: try EscalationRun.Interruption(from: &reader))
        case 9: self = .arrived(by: try reader.text())
        case 10: self = .resolved
        case 11: self = .outsideSchedule(step: try reader.count("a step"))
        case let tag: throw .malformed("\(tag) as a note", at: start)
        }
    }
}

extension CompactReader {
    /// One of the cases of an enumeration that numbers them.
    mutating func coded<Case: RawRepresentable<Int>>(_ what: String) throws(CompactProblem) -> Case {
        let start = position
        let number = try count(what)
        guard let found = Case(rawValue: number) else { throw .malformed("\(number) as \(what)", at: start) }
        return found
    }
}
