import Interactions
import PipelineKit
import Telemetry
import Units

/// Messages to devices, and what they answer.
extension Engine {
    /// A command is not sent later than this.
    static let commandTime = Duration.minutes(5)
    /// So much of a device's answer is told.
    static let answerLength = 200

    func send(_ plan: CommandPlan, _ name: String, _ file: CaseFile, by person: String?) {
        guard file.commands.count < CaseFile.commandLimit else {
            lose(.tooManyCases(limit: CaseFile.commandLimit), file)
            return
        }
        let program = units[file.pipeline].program
        let facts = facts(file, at: now)
        let topic = withReading(file) { plan.topic($0, facts) }
        file.commandCount += 1
        let id = StableID("CMD", .text(file.key), .number(Int64(file.commandCount)), .text(topic)).description
        file.commands.append(.init(id: id, name: name, due: now + plan.answersWithin))
        casebook.note(command: id, of: file)
        effects.append(
            .command(
                Interactions.Command(
                    id: id,
                    key: file.key,
                    topic: topic,
                    payload: plan.payload,
                    pipeline: program.plan.name,
                    detector: program.detectorPlans[file.detector].name,
                    subject: file.subject,
                    at: now,
                    notAfter: now + Self.commandTime,
                    by: person
                )
            )
        )
    }

    /// Somebody wants a command of those that the case offers.
    func command(_ name: String, _ key: String, by person: String, id: String) {
        guard let file = casebook[key], !file.isSettled else {
            lose(.nothingOpen, subject: key)
            return
        }
        let offers = plan(of: file).reactions.compactMap { reaction -> ([Contact], CommandPlan)? in
            if case .offer(name, let contacts, let plan) = reaction { (contacts, plan) } else { nil }
        }
        guard let (contacts, plan) = offers.first else {
            lose(.unknownCommand(name), file)
            return
        }
        let isAllowed = contacts.contains { contact in
            peopleOnDuty(contact, file).contains { $0.id == person }
        }
        guard isAllowed else {
            lose(.notAllowed(by: person), file)
            tell(
                file,
                .noted,
                phase: "command \(id)",
                by: person,
                text: TimelineNote.commandRefused(name, by: person)
            )
            return
        }
        send(plan, name, file, by: person)
        tell(
            file,
            .updated,
            phase: "command \(id)",
            by: person,
            text: TimelineNote.commandSent(name, by: person)
        )
        keep(file)
    }

    /// A device answers on the response topic. False when the message is no such answer.
    func takeAnswer(_ message: EntryView) -> Bool {
        let prefix = Interactions.Command.responsePrefix
        guard message.topic.starts(with: prefix.utf8) else { return false }
        let id = String(decoding: message.topic.dropFirst(prefix.utf8.count), as: UTF8.self)
        let words = String(decoding: message.payload.prefix(Self.answerLength), as: UTF8.self)
        guard let file = casebook.file(waitingFor: id),
            let command = file.commands.first(where: { $0.id == id })
        else {
            lose(.nothingOpen, subject: id)
            return true
        }
        file.commands.removeAll { $0.id == id }
        casebook.settle(command: id)
        tell(
            file,
            .updated,
            phase: "answer \(id)",
            text: TimelineNote.commandAnswered(command.name, words: words)
        )
        keep(file)
        return true
    }

    func commandTimedOut(_ command: CaseFile.PendingCommand, _ file: CaseFile) {
        file.commands.removeAll { $0.id == command.id }
        casebook.settle(command: command.id)
        tell(
            file,
            .updated,
            phase: "no answer \(command.id)",
            text: TimelineNote.commandUnanswered(command.name)
        )
    }
}
