import Interactions
import PipelineKit
import Units

/// Carries out what a detector's author wrote.
extension Engine {
    /// Carries out the reactions that belong to the begin, from a position on.
    ///
    /// - Parameter again: it was spoken of before: nobody is asked how they are.
    func react(_ file: CaseFile, from first: Int, at event: Moment, again: Bool = false) {
        let plan = plan(of: file)
        for position in plan.reactions.indices.dropFirst(first) {
            switch plan.reactions[position] {
            case .openCase(let queue, _, let title) where file.queue == nil:
                file.queue = queue.name
                file.title = words(title, file, at: event)
                let lines = file.why.map { $0.lines.rendered(in: zone, at: now) }
                tell(file, .opened, phase: "begins", text: lines)
            case .note(let kind, let queue, .begins, let title):
                note(file, kind, queue, words(title, file, at: event), phase: file.phase("begins"))
            case .text(let contact, .begins, let hours, let text):
                let text = words(text, file, at: event)
                for person in people(contact, file) {
                    write(
                        file,
                        to: person,
                        Writing(
                            phase: file.phase("begins"),
                            role: contact.role,
                            reason: .found,
                            question: file.isLifeSafety ? .take : nil,
                            hours: hours,
                            reaction: position
                        ),
                        at: event,
                        text
                    )
                }
            case .ask(let contact, let waiting, let known, let question) where !again:
                if let known, withReading(file, known.read) { continue }
                guard ask(contact, words(question, file, at: event), file, at: event) else { continue }
                file.continuation = .init(reaction: position + 1, due: askedAt(file) + waiting)
                return
            case .inform(let audience, let announcement):
                inform(file, position, audience, announcement, at: event)
            case .escalate(let policy, _, _) where file.needsSomebody:
                startEscalation(file, policy, at: event)
            case .command(let command):
                send(command, "begins", file, by: nil)
            case .openCase, .ask, .note, .text, .escalate, .offer, .watch: continue
            }
        }
    }

    /// The phase of the question how somebody is, by every channel.
    static let wellbeingPhase = "ask"

    /// Asks the person concerned how they are.
    ///
    /// - Returns: whether anybody could be asked.
    private func ask(_ contact: Contact, _ text: Bilingual, _ file: CaseFile, at event: Moment) -> Bool {
        var isAsked = false
        for person in people(contact, file) {
            let writing = Writing(
                phase: Self.wellbeingPhase,
                role: contact.role,
                reason: .wellbeing,
                question: .wellbeing
            )
            if write(file, to: person, writing, at: event, text) != nil { isAsked = true }
        }
        return isAsked
    }

    /// When a question about how somebody is reaches them: what can wait does not wake them up.
    private func askedAt(_ file: CaseFile) -> Moment {
        file.isLifeSafety || !discipline.quiet.contains(now)
            ? now : discipline.quiet.nextEnd(after: now) ?? now
    }

    /// Carries out the reactions that waited for an answer.
    func goOnUnanswered(_ file: CaseFile) {
        guard let continuation = file.continuation else { return }
        file.continuation = nil
        file.asks.removeAll { $0.question == .wellbeing }
        react(file, from: continuation.reaction, at: now)
    }

    /// Carries out the reactions of a later phase.
    ///
    /// - Parameter end: the position of the first reaction whose begin was never said.
    func say(
        _ file: CaseFile,
        _ phase: Phase,
        phase name: String,
        at event: Moment,
        before end: Int = .max
    ) {
        for (position, reaction) in plan(of: file).reactions.enumerated() where position < end {
            switch reaction {
            case .note(let kind, let queue, let when, let title) where when == phase:
                note(file, kind, queue, words(title, file, at: event), phase: name)
            case .text(let contact, let when, let hours, let text) where when == phase:
                let text = words(text, file, at: event)
                var writing = Writing(
                    phase: name,
                    role: contact.role,
                    reason: .goesOn,
                    hours: hours,
                    reaction: position
                )
                if phase == .cleared {
                    writing.reason = .cleared
                    sayOver(file, writing, at: event, text)
                } else {
                    for person in people(contact, file) { write(file, to: person, writing, at: event, text) }
                }
            default: continue
            }
        }
        if phase == .cleared { closeAudiences(file, at: event, because: .cleared) }
    }

    /// Whoever was told in a role that it began, or was asked, is told in the words of that role that it is over; nobody
    /// else, and once.
    private func sayOver(_ file: CaseFile, _ writing: Writing, at event: Moment, _ text: Bilingual) {
        var writing = writing
        writing.isOwed = true
        let told = file.told.filter { $0.role == writing.role }
        file.told.removeAll { $0.role == writing.role }
        for told in told {
            guard let person = directory.person(told.person) else {
                lose(.notInDirectory, file, to: told.person)
                continue
            }
            writing.follows = file.firsts(of: told)
            guard !writing.follows.isEmpty else {
                lose(.firstNotSent, file, to: person.id)
                continue
            }
            let isWritten = write(file, to: person, writing, at: event, text) != nil
            // Their own words say that it is over; what threatens a life is still to be closed.
            if isWritten, !file.isLifeSafety { file.asked.removeAll { $0.person == person.id } }
        }
    }

    /// Who was told by the texts of a case that knows only whom it asked.
    func noteThoseTold(_ file: CaseFile) {
        guard !file.isOver, file.continuation == nil else { return }
        for case .text(let contact, let phase, _, _) in plan(of: file).reactions {
            for person in peopleOnDuty(contact, file) {
                let asked = file.asked.first { $0.person == person.id }?.firsts.first
                let notice =
                    phase == .begins ? notice(file, file.phase("begins"), contact.role, person.id) : asked
                if let notice { file.noteTold(person.id, as: contact.role, by: notice) }
            }
        }
    }

    func plan(of file: CaseFile) -> DetectorPlan {
        units[file.pipeline].program.detectorPlans[file.detector]
    }
}
