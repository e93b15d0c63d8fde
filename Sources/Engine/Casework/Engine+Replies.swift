import Interactions
import PipelineKit
import Telemetry
import Units

/// What people write to us: which of their questions it answers. The first to take a case has it; whatever does not
/// plainly say that all is well leads on.
extension Engine {
    /// An answer counts for a question for so long; after that it is a message like any other.
    static let answerTime = Duration.hours(24)

    func take(_ reply: Reply) {
        let people = senders(of: reply)
        guard !people.isEmpty else {
            quarantine(reply)
            return
        }
        // One that was kept aside may come again, once the directory knows its number.
        guard casebook.hears(of: "reply \(reply.id)") else {
            lose(.repeatedNews, subject: "reply \(reply.id)")
            return
        }
        let message = PersonMessage(reply: reply, answer: Answer(reply), people: people)
        let files = casebook.recent(of: message.ids)
        take(message, files)
        for file in files { keep(file) }
        // A notice of a case that has not spoken to them of late.
        if let key = reply.answered?.key, let file = casebook[key], !files.contains(where: { $0 === file }) {
            keep(file)
        }
    }

    private func senders(of reply: Reply) -> [Directory.Person] {
        guard let answered = reply.answered else { return directory.people(withPhone: reply.from) }
        return directory.person(answered.recipient).map { [$0] } ?? []
    }

    private func take(_ message: PersonMessage, _ recent: [CaseFile]) {
        let answer = message.answer
        if answer.meaning == .stop {
            unsubscribe(message, recent)
            return
        }
        if answer.meaning == .resume, subscribeAgain(message, recent) { return }
        // Who answers a notice speaks of its case and of no other, so that no code is needed.
        let files = message.reply.answered.map { casebook[$0.key].map { [$0] } ?? [] } ?? recent
        let questions = questions(before: message, files)
        let named = questions.filter { $0.code == message.code && message.code != nil }
        let meant = named.isEmpty ? Self.fitting(answer.meaning, questions) : named
        // A code that names none of their questions: a yes may be meant for another, and a no for any of several.
        let isUnsure = message.code != nil && named.isEmpty
        let isOneOfSeveral = meant.count > 1
        let ends = meant.contains { $0.isEnded(by: answer) }
        if ends && (isUnsure || isOneOfSeveral) || answer.meaning == .no && isUnsure && isOneOfSeveral {
            // One "1" for several open questions says nothing: all go on asking.
            askWhich(message, isUnsure ? questions : meant)
            return
        }
        // Whatever does not plainly say yes leads on, for every question that it may be meant for.
        for question in meant { take(message, for: question) }
        if answer.meaning == .help {
            passOnHelp(message, meant.map(\.file), files)
        } else if meant.isEmpty {
            takeUnasked(message, files)
        }
    }

    /// What these people may be speaking of, each case once: a question before them, what one of them has taken, and
    /// what they were asked and nobody has taken since, or they are there all the same.
    private func questions(before message: PersonMessage, _ files: [CaseFile]) -> [OpenQuestionOfCase] {
        files.filter { !$0.isSettled }.compactMap { file in
            let open = file.asks.last { ask in
                message.ids.contains(ask.person) && now.since(ask.at) < Self.answerTime
                    && message.isAbout(ask.question)
            }
            if let open { return .init(file, open.person, .asked(open.question), open.code) }
            if let taker = file.life.takenBy, message.ids.contains(taker) {
                return .init(file, taker, .taken, code(for: file, taker))
            }
            // Who was asked and is there is heard, also when somebody else has taken it.
            guard file.life.takenBy == nil || [.arrived, .done].contains(message.answer.meaning),
                let person = message.ids.first(where: file.wasAsked)
            else { return nil }
            return .init(file, person, .askedBefore, code(for: file, person))
        }
    }

    /// Which questions an answer without a code may be meant for.
    private static func fitting(
        _ meaning: ReplyMeaning,
        _ questions: [OpenQuestionOfCase]
    ) -> [OpenQuestionOfCase] {
        let new = questions.filter { [.asked(.wellbeing), .asked(.take)].contains($0.standing) }
        let theirs = questions.filter { [.asked(.arrival), .taken].contains($0.standing) }
        let before = questions.filter { $0.standing == .askedBefore }
        let inOrder: [[OpenQuestionOfCase]] =
            switch meaning {
            // Who has taken one and is asked about another speaks of the other.
            case .yes, .no: [new, theirs, before]
            case .arrived, .done: [theirs, new, before]
            case .help: [new + theirs]
            case .other, .stop, .resume:
                [questions.filter { $0.standing != .taken && $0.standing != .askedBefore }]
            }
        return inOrder.first { !$0.isEmpty } ?? []
    }

    /// Somebody whom no directory knows: kept whole, for people to look at.
    private func quarantine(_ reply: Reply) {
        counts.deadLetters["unknown sender", default: 0] += 1
        effects.append(
            .deadLetter(
                DeadLetter(
                    topic: "reply",
                    payload: reply.recorded.bytes,
                    reason: "unknown sender",
                    detail: reply.answered == nil
                        ? "a text from a number that the directory does not have"
                        : "an answer of somebody whom the directory does not have",
                    pipeline: nil,
                    at: now
                )
            )
        )
    }

    // MARK: - Codes

    /// The code by which a person tells this question from others: theirs to type only when they have several.
    func code(for file: CaseFile, _ person: String) -> ReplyCode? {
        if let code = file.asks.last(where: { $0.person == person })?.code { return code }
        let taken = casebook.recent(of: [person]).filter { $0.key != file.key }
            .flatMap { $0.asks.filter { $0.person == person }.compactMap(\.code) }
        return ReplyCode(for: file.key, avoiding: Set(taken))
    }

    /// Whether this person has other questions open, so that an answer needs the code.
    func hasOtherQuestions(_ person: String, than file: CaseFile) -> Bool {
        casebook.recent(of: [person]).contains { other in
            other.key != file.key && !other.isSettled && other.concerns(person)
        }
    }
}

extension CaseFile {
    /// Whether something of it is up to this person: they are asked, or have taken it.
    func concerns(_ person: String) -> Bool {
        life.takenBy == person || asks.contains { $0.person == person }
    }
}

/// A message from a person, read.
struct PersonMessage {
    let reply: Reply
    let answer: Answer
    /// Who may have sent it: those who share the number.
    let people: [Directory.Person]

    var ids: [String] { people.map(\.id) }
    /// The first of those who share the number.
    var sender: Directory.Person { people[0] }
    var phase: String { "reply \(reply.id)" }

    /// The key of an entry about it that belongs to no case.
    func entryKey(_ kind: Interaction.Kind) -> String {
        StableID("NOTE", .text("reply"), .text(reply.id), .text(kind.rawValue)).description
    }

    /// The code that tells which question is meant; who answers a notice has said so already.
    var code: ReplyCode? { reply.answered == nil ? answer.code : nil }

    /// Whether it may answer such a question: who taps "OK" below other news has not said that all is well.
    func isAbout(_ question: CaseFile.Ask.Question) -> Bool {
        guard let answered = reply.answered, question == .wellbeing, answer.saysAllIsWell else { return true }
        return answered.phase == Engine.wellbeingPhase
    }
}

extension Answer {
    /// What a reply says: by its words, or by what was tapped.
    init(_ reply: Reply) {
        guard let meaning = reply.answered?.action.meaning else {
            self.init(reply.text)
            return
        }
        self.init(reply.text, meaning: meaning)
    }
}

extension Reply.Action {
    /// Nil when the words say it.
    fileprivate var meaning: ReplyMeaning? {
        switch self {
        case .ack: .yes
        case .decline: .no
        case .arrived: .arrived
        case .done: .done
        case .help: .help
        case .text: nil
        }
    }
}

/// A case of which a person may be speaking.
struct OpenQuestionOfCase {
    enum Standing: Hashable {
        case asked(CaseFile.Ask.Question)
        case taken
        /// They said no, or were not reached, or somebody else has taken it.
        case askedBefore
    }

    let file: CaseFile
    let person: String
    let standing: Standing
    let code: ReplyCode?

    init(_ file: CaseFile, _ person: String, _ standing: Standing, _ code: ReplyCode?) {
        self.file = file
        self.person = person
        self.standing = standing
        self.code = code
    }

    /// Whether an answer ends the question: of who is asked how they are, only that all is well.
    func isEnded(by answer: Answer) -> Bool {
        if standing == .asked(.wellbeing) { return answer.saysAllIsWell }
        return [.yes, .arrived, .done].contains(answer.meaning)
    }
}
