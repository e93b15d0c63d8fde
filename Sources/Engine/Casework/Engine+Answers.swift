import Interactions
import PipelineKit
import Telemetry
import Units

/// What an answer does to the case that it is for.
extension Engine {
    func take(_ message: PersonMessage, for question: OpenQuestionOfCase) {
        let (file, person) = (question.file, question.person)
        if question.standing == .asked(.wellbeing) {
            takeWellbeing(message, file, person)
            return
        }
        switch message.answer.meaning {
        case .yes: acknowledge(file, by: person, message)
        case .arrived: arrive(file, person, message)
        case .done: finishByPerson(file, person, message)
        case .no: decline(file, person, message)
        case .help: return
        case .other, .stop, .resume:
            noteWords(message, file, person)
            answer(message, file, StandardText.notUnderstood(aboutALife: file.isLifeSafety))
        }
        // A refusal with an explanation: the team reads it.
        if message.answer.saysMore, message.answer.meaning != .other { noteWords(message, file, person) }
    }

    func noteWords(_ message: PersonMessage, _ file: CaseFile, _ person: String) {
        tell(
            file,
            .noted,
            phase: "words \(message.reply.id)",
            by: person,
            text: TimelineNote.wrote(person, words: message.reply.text)
        )
    }

    private func takeWellbeing(_ message: PersonMessage, _ file: CaseFile, _ person: String) {
        file.asks.removeAll { $0.person == person && $0.question == .wellbeing }
        guard message.answer.saysAllIsWell else {
            // The case opens with it, so that the words have a place to stand.
            goOnUnanswered(file)
            noteWords(message, file, person)
            return
        }
        file.continuation = nil
        file.asks.removeAll { $0.question == .wellbeing }
        lose(.reassured(by: person), file, to: nil)
        if case .changed(let verb) = file.life.take(.cancel, by: person, at: now) {
            tell(file, verb, phase: message.phase, by: person, text: TimelineNote.saidWell(person))
        }
        withdraw(file, "all is well")
        end(file, at: now, because: .over(by: person))
        closeAudiences(file, at: now, because: .over(by: person))
    }

    private func acknowledge(_ file: CaseFile, by person: String, _ message: PersonMessage) {
        let result = file.escalation?.acknowledged(by: person, at: now)
        if case .alreadyTaken(let taker, let since) = result, taker != person {
            answerLate(message, file, takenBy: taker, at: since)
            return
        }
        guard case .changed(let verb) = file.life.take(.acknowledge, by: person, at: now) else {
            if let taker = file.life.takenBy, taker != person {
                answerLate(message, file, takenBy: taker, at: file.life.takenAt ?? now)
            } else {
                answer(message, file, takenByYou(file))
            }
            return
        }
        forgetAsks(of: message, file)
        tell(file, verb, phase: message.phase, by: person, text: TimelineNote.taken(by: person))
        answer(message, file, takenByYou(file))
        standDown(file, takenBy: person)
    }

    private func answerLate(
        _ message: PersonMessage,
        _ file: CaseFile,
        takenBy taker: String,
        at since: Moment
    ) {
        forgetAsks(of: message, file)
        let name = directory.person(taker).flatMap { FirstName(of: $0.name) }
        tell(
            file,
            .noted,
            phase: message.phase,
            by: message.sender.id,
            text: TimelineNote.answeredLate(message.sender.id, takenBy: taker)
        )
        answer(message, file, StandardText.alreadyTaken(label(of: file), by: name, at: since))
    }

    private func arrive(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        forgetAsks(of: message, file)
        let wasTaken = file.life.takenBy == person
        let isAttended = file.life.status == .inProgress && file.escalation?.isOver ?? true
        if isAttended, !wasTaken {
            // Somebody is there already, and keeps it.
            tell(file, .noted, phase: message.phase, by: person, text: TimelineNote.arrived(person))
            return
        }
        _ = file.escalation?.arrived(by: person, at: now)
        if case .changed(let verb) = file.life.arrive(by: person, at: now) {
            tell(file, verb, phase: message.phase, by: person, text: TimelineNote.arrived(person))
        }
        if !wasTaken { standDown(file, takenBy: person) }
    }

    private func decline(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        forgetAsks(of: message, file)
        file.onTheirWay.removeAll { message.ids.contains($0) }
        if file.life.takenBy == person, case .changed = file.life.take(.release, by: person, at: now) {
            if file.proposedUntil != nil {
                // The sensor says that it is over, and nobody is at it who could say otherwise.
                settleProposal(file)
            } else if file.needsSomebody {
                // They had arrived: the chain was over.
                if file.escalation?.left(by: person, at: now) != .recorded { startEscalation(file) }
            } else {
                _ = file.escalation?.takenBack(by: person, at: now)
            }
        } else {
            tell(file, .noted, phase: message.phase, by: person, text: TimelineNote.declined(by: person))
            for id in message.ids {
                withdrawAsks(to: id, file, "declined")
                _ = file.escalation?.declined(by: id, at: now)
            }
        }
        escalate(file)
    }

    /// Who is at it says that it is done.
    private func finishByPerson(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        forgetAsks(of: message, file)
        tell(file, .noted, phase: message.phase, by: person, text: TimelineNote.saidOver(person))
        settle(file, file.isLifeSafety ? .close : .resolve, by: person, phase: "done \(message.reply.id)")
    }

    /// Whoever shares the number has read it as well.
    private func forgetAsks(of message: PersonMessage, _ file: CaseFile) {
        let ids = message.ids
        file.asks.removeAll { ids.contains($0.person) }
        for place in file.asked.indices where ids.contains(file.asked[place].person) {
            file.asked[place].isOpen = false
        }
    }

    func askWhich(_ message: PersonMessage, _ questions: [OpenQuestionOfCase]) {
        let choices = questions.compactMap { question in
            question.code.map { OpenQuestion($0, label(of: question.file)) }
        }
        for question in questions {
            tell(
                question.file,
                .noted,
                phase: message.phase,
                by: question.person,
                text: TimelineNote.unclearWhich(from: question.person)
            )
        }
        answer(message, questions[0].file, StandardText.whichOf(choices))
    }

    private func takenByYou(_ file: CaseFile) -> Wording {
        StandardText.takenByYou(label(of: file), aboutALife: file.isLifeSafety)
    }

    /// - Parameter file: what they may be speaking of; nil when nothing is known of them.
    func answer(_ message: PersonMessage, _ file: CaseFile?, _ text: Wording) {
        guard let file else {
            answer(message, text.rendered(in: zone, at: now))
            return
        }
        let writing = Writing(
            phase: message.phase,
            role: "sender",
            reason: .answer,
            hours: .anyHour,
            isOwed: true
        )
        write(file, to: message.sender, writing, at: now, text)
    }

    /// An answer that belongs to no case.
    private func answer(_ message: PersonMessage, _ text: Bilingual) {
        let key = message.entryKey(.activity)
        let person = message.sender
        effects.append(
            .notice(
                Notice(
                    id: StableID("MSG", .text(key)).description,
                    key: key,
                    phase: message.phase,
                    recipient: person.id,
                    role: "sender",
                    urgency: .service,
                    privacy: .personal,
                    text: text.text(in: person.language),
                    language: person.language,
                    expectsReply: false,
                    pipeline: "",
                    detector: "reply",
                    subject: person.id,
                    at: now,
                    notAfter: now + Self.serviceTime,
                    reason: .answer
                )
            )
        )
    }
}
