import Interactions
import PipelineKit
import Telemetry
import Units

/// What people write to us. The first to take a case has it; whatever does not plainly say that all is well leads on.
extension Engine {
    /// An answer counts for a question for so long; after that it is a message like any other.
    static let answerTime = Duration.hours(24)

    func take(_ reply: Reply) {
        guard casebook.hears(of: "reply \(reply.id)") else {
            lose(.repeatedNews, subject: "reply \(reply.id)")
            return
        }
        let people = directory.people(withPhone: reply.from)
        guard !people.isEmpty else {
            quarantine(reply)
            return
        }
        let ids = people.map(\.id)
        let files = casebook.recent(of: ids)
        let answer = Answer(reply.text)
        let open = files.flatMap { file in
            file.asks.filter { ids.contains($0.person) && now.since($0.at) < Self.answerTime }
                .map { OpenAsk(file: file, ask: $0) }
        }
        let message = PersonMessage(reply: reply, answer: answer, sender: people[0])
        take(message, ids, files, open)
        for file in files { keep(file) }
    }

    private func take(_ message: PersonMessage, _ ids: [String], _ files: [CaseFile], _ open: [OpenAsk]) {
        let answer = message.answer
        let meant = answer.code.map { code in open.filter { $0.ask.code == code } } ?? open
        let calms = answer.saysAllIsWell || [.yes, .arrived, .done].contains(answer.meaning)
        if answer.meaning == .stop {
            unsubscribe(message, ids, files)
        } else if meant.isEmpty, !open.isEmpty {
            // A code that names none of their questions.
            askWhich(message, open)
        } else if meant.isEmpty {
            answer.meaning == .help ? passOnHelp(message, files) : takeUnasked(message, ids, files)
        } else if calms, meant.count > 1 {
            // One "1" for several open questions says nothing: all go on asking.
            askWhich(message, meant)
        } else {
            // Whatever does not plainly say yes leads on, for every question that it may be meant for.
            for question in meant { take(message, for: question) }
            if answer.meaning == .help { passOnHelp(message, meant.map(\.file)) }
        }
    }

    // MARK: - An answer to a question

    private func take(_ message: PersonMessage, for question: OpenAsk) {
        let (file, person) = (question.file, question.ask.person)
        if question.ask.question == .wellbeing {
            takeWellbeing(message, file, person)
            return
        }
        switch message.answer.meaning {
        case .yes: acknowledge(file, by: person, message)
        case .arrived: arrive(file, person, message)
        case .done: finishByPerson(file, person, message)
        case .no: decline(file, person, message)
        case .help: return
        case .other, .stop:
            noteWords(message, file, person)
            answer(message, file, StandardText.notUnderstood)
        }
        // A refusal with an explanation: the team reads it.
        if message.answer.saysMore, message.answer.meaning != .other { noteWords(message, file, person) }
    }

    private func noteWords(_ message: PersonMessage, _ file: CaseFile, _ person: String) {
        tell(
            file,
            .noted,
            phase: "words \(message.reply.id)",
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
        file.asks = []
        lose(.reassured(by: person), file, to: nil)
        if case .changed(let verb) = file.life.take(.cancel, by: person, at: now) {
            tell(file, verb, phase: message.phase, text: TimelineNote.saidWell(person))
        }
        end(file, at: now, because: .over(by: person))
    }

    private func acknowledge(_ file: CaseFile, by person: String, _ message: PersonMessage) {
        let result = file.escalation?.acknowledged(by: person, at: now)
        if case .alreadyTaken(let taker, let since) = result, taker != person {
            answerLate(message, file, takenBy: taker, at: since)
            return
        }
        file.asks.removeAll { $0.person == person }
        guard case .changed(let verb) = file.life.take(.acknowledge, by: person, at: now) else {
            answer(message, file, StandardText.takenByYou(label(of: file)))
            return
        }
        tell(file, verb, phase: message.phase, text: TimelineNote.taken(by: person))
        answer(message, file, StandardText.takenByYou(label(of: file)))
        standDown(file, takenBy: person)
    }

    private func answerLate(
        _ message: PersonMessage,
        _ file: CaseFile,
        takenBy taker: String,
        at since: Moment
    ) {
        file.asks.removeAll { $0.person == message.sender.id }
        let name = directory.person(taker).flatMap { FirstName(of: $0.name) }
        tell(
            file,
            .noted,
            phase: message.phase,
            text: TimelineNote.answeredLate(message.sender.id, takenBy: taker)
        )
        answer(message, file, StandardText.alreadyTaken(label(of: file), by: name, at: since))
    }

    private func arrive(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        file.asks.removeAll { $0.person == person }
        let wasTaken = file.life.takenBy == person
        _ = file.escalation?.arrived(by: person, at: now)
        if case .changed(let verb) = file.life.take(.start, by: person, at: now) {
            tell(file, verb, phase: message.phase, text: TimelineNote.arrived(person))
        }
        if !wasTaken { standDown(file, takenBy: person) }
    }

    private func decline(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        file.asks.removeAll { $0.person == person }
        if file.life.takenBy == person, case .changed = file.life.take(.release, by: person, at: now) {
            _ = file.escalation?.takenBack(by: person, at: now)
        } else {
            tell(file, .noted, phase: message.phase, text: TimelineNote.declined(by: person))
            _ = file.escalation?.declined(by: person, at: now)
        }
        escalate(file)
    }

    /// Who is at it says that it is done.
    private func finishByPerson(_ file: CaseFile, _ person: String, _ message: PersonMessage) {
        file.asks.removeAll { $0.person == person }
        tell(file, .noted, phase: message.phase, text: TimelineNote.saidOver(person))
        settle(file, file.isLifeSafety ? .close : .resolve, by: person, phase: "done \(message.reply.id)")
    }

    private func askWhich(_ message: PersonMessage, _ questions: [OpenAsk]) {
        let choices = questions.compactMap { question in
            question.ask.code.map { OpenQuestion($0, label(of: question.file)) }
        }
        for question in questions {
            tell(
                question.file,
                .noted,
                phase: message.phase,
                text: TimelineNote.unclearWhich(from: message.sender.id)
            )
        }
        answer(message, questions[0].file, StandardText.whichOf(choices))
    }

    // MARK: - Messages that answer no open question

    private func takeUnasked(_ message: PersonMessage, _ ids: [String], _ files: [CaseFile]) {
        // Who has taken a case goes on speaking of it without being asked.
        let theirs = files.filter { file in
            !file.isSettled && file.life.takenBy.map(ids.contains) ?? false
        }
        if theirs.count == 1, [.yes, .no, .arrived, .done].contains(message.answer.meaning) {
            let ask = CaseFile.Ask(person: message.sender.id, notice: "", question: .arrival, at: now)
            take(message, for: OpenAsk(file: theirs[0], ask: ask))
            return
        }
        let late = files.last { file in
            file.asked.contains { ids.contains($0) } || file.life.isSettled
        }
        if let late, message.answer.meaning == .yes || message.answer.meaning == .no {
            if let settledAt = late.life.settledAt {
                tellLate(message, late, StandardText.over(label(of: late), since: settledAt))
                return
            }
            if let taker = late.life.takenBy {
                let name = directory.person(taker).flatMap { FirstName(of: $0.name) }
                let takenAt = late.life.takenAt ?? now
                tellLate(message, late, StandardText.alreadyTaken(label(of: late), by: name, at: takenAt))
                return
            }
        }
        passToTeam(message, files.last, StandardText.passedToTeam)
    }

    private func tellLate(_ message: PersonMessage, _ file: CaseFile, _ text: Wording) {
        noteWords(message, file, message.sender.id)
        answer(message, file, text)
    }

    /// Nothing that somebody writes is lost: the team reads it, on the case or on its own list.
    private func passToTeam(_ message: PersonMessage, _ file: CaseFile?, _ text: Wording) {
        let words = TimelineNote.wrote(message.sender.id, words: message.reply.text)
        if let file, file.queue != nil {
            tell(file, .noted, phase: message.phase, text: words)
            answer(message, file, text)
        } else {
            request(message, .activity, words, severity: .info)
        }
    }

    private func passOnHelp(_ message: PersonMessage, _ files: [CaseFile]) {
        let words = TimelineNote.askedForHelp(message.sender.id, words: message.reply.text)
        if let file = files.last(where: { !$0.isSettled }) {
            tell(file, .noted, phase: message.phase, text: words)
            answer(message, file, StandardText.helpPassedOn)
        }
        request(message, .callback, words, severity: .warning)
    }

    private func unsubscribe(_ message: PersonMessage, _ ids: [String], _ files: [CaseFile]) {
        guard let file = files.last else {
            passToTeam(message, nil, StandardText.passedToTeam)
            return
        }
        let isContact = files.contains { file in
            file.isLifeSafety && (file.asked + file.asks.map(\.person)).contains { ids.contains($0) }
        }
        if isContact {
            request(message, .task, TimelineNote.wantsToUnsubscribe(message.sender.id), severity: .warning)
            answer(message, file, StandardText.onlyTheTeamUnsubscribes)
            return
        }
        answer(message, file, StandardText.unsubscribed)
        request(message, .activity, TimelineNote.unsubscribed(message.sender.id), severity: .info)
        for file in files where !file.isLifeSafety {
            let topic = units[file.pipeline].program.plan.name
            for id in ids {
                casebook.unsubscribed[id, default: []].insert(topic)
                for position in file.audiences.keys { file.audiences[position]?.left(id) }
            }
        }
    }

    func isUnsubscribed(_ person: String, from file: CaseFile) -> Bool {
        casebook.unsubscribed[person]?.contains(units[file.pipeline].program.plan.name) ?? false
    }

    /// A number that no directory knows: kept whole, for people to look at.
    private func quarantine(_ reply: Reply) {
        counts.deadLetters["unknown sender", default: 0] += 1
        let letter: JSON = [
            "reply": ["from": .string(reply.from), "text": .string(reply.text), "id": .string(reply.id)]
        ]
        effects.append(
            .deadLetter(
                DeadLetter(
                    topic: "reply",
                    payload: letter.bytes,
                    reason: "unknown sender",
                    detail: "a text from a number that the directory does not have",
                    pipeline: nil,
                    at: now
                )
            )
        )
    }

    // MARK: - Answering

    /// The code by which a person tells this question from others: theirs to type only when they have several.
    func code(for file: CaseFile, _ person: Directory.Person) -> ReplyCode? {
        if let code = file.asks.last(where: { $0.person == person.id })?.code { return code }
        let taken = casebook.recent(of: [person.id]).filter { $0.key != file.key }
            .flatMap { $0.asks.filter { $0.person == person.id }.compactMap(\.code) }
        return ReplyCode(for: file.key, avoiding: Set(taken))
    }

    /// Whether this person has other questions open, so that an answer needs the code.
    func hasOtherQuestions(_ person: String, than file: CaseFile) -> Bool {
        casebook.recent(of: [person]).contains { other in
            other.key != file.key && other.asks.contains { $0.person == person }
        }
    }

    private func answer(
        _ message: PersonMessage,
        _ file: CaseFile,
        _ text: Wording
    ) {
        let writing = Writing(phase: message.phase, role: "sender", reason: .answer, isOwed: true)
        write(file, to: message.sender, writing, at: now, text)
    }

    /// An entry for a team's list that belongs to no case.
    private func request(
        _ message: PersonMessage,
        _ kind: Interaction.Kind,
        _ title: Wording,
        severity: Severity
    ) {
        let key = StableID("NOTE", .text("reply"), .text(message.reply.id), .text(kind.rawValue)).description
        effects.append(
            .interaction(
                Interaction(
                    id: StableID("EVT", .text(key), .number(1)).description,
                    key: key,
                    seq: 1,
                    kind: kind,
                    verb: .noted,
                    status: .new,
                    severity: severity,
                    privacy: .personal,
                    pipeline: "",
                    detector: "reply",
                    queue: inbox.name,
                    subject: message.sender.id,
                    site: message.sender.site,
                    title: title.rendered(in: zone, at: now),
                    at: now,
                    openedAt: now
                )
            )
        )
    }
}

/// A message from a person, read.
struct PersonMessage {
    let reply: Reply
    let answer: Answer
    /// Who sent it: the first of those who share the number.
    let sender: Directory.Person

    var phase: String { "reply \(reply.id)" }
}

/// A question that waits for an answer, and its case.
struct OpenAsk {
    let file: CaseFile
    let ask: CaseFile.Ask
}
