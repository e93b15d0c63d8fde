import Interactions
import PipelineKit
import Units

/// Carries out what an escalation says is to be done.
extension Engine {
    /// More hand-overs than this at one moment mean that nobody at all can be asked; the rest waits for its time.
    private static let handOverLimit = 64

    /// Lets the escalation of a case go on, as far as it is due.
    func escalate(_ file: CaseFile) {
        for _ in 0..<Self.handOverLimit {
            guard let due = file.escalation?.due, due <= now else { return }
            let moves = file.escalation?.advance(at: now) { contact in
                peopleOnDuty(contact, file).map(\.id)
            }
            guard let moves else { return }
            for note in moves.notes { tell(note, file) }
            tell(moves.orders, file)
            for order in moves.orders { carryOut(order, file) }
        }
    }

    /// A new chain, with the policy as it is now.
    func startEscalation(_ file: CaseFile) {
        for case .escalate(let policy, _, _) in plan(of: file).reactions {
            startEscalation(file, policy, at: now)
        }
    }

    func startEscalation(_ file: CaseFile, _ policy: Escalation, at event: Moment) {
        guard file.isLifeSafety || now.since(event) <= Self.staleAfter else {
            lose(.tooLate, file)
            return
        }
        beginEscalation(file, policy)
        escalate(file)
    }

    /// A new chain that asks nobody yet: somebody goes there already.
    func beginEscalation(_ file: CaseFile) {
        for case .escalate(let policy, _, _) in plan(of: file).reactions { beginEscalation(file, policy) }
    }

    private func beginEscalation(_ file: CaseFile, _ policy: Escalation) {
        file.escalation = EscalationRun(policy.kept(in: zone), at: now)
        file.chains += 1
        file.chainResumesAt = nil
    }

    private func carryOut(_ order: EscalationRun.Order, _ file: CaseFile) {
        guard let run = file.escalation else { return }
        let phase = file.chainPhase("ask-\(order.number)")
        let writing = Writing(
            phase: phase,
            role: order.contact.role,
            reason: Notice.Reason(
                order,
                lastResortRounds: run.lastResortRounds,
                steps: run.policy.steps.count
            ),
            question: order.question == .areYouThere ? .arrival : .take,
            channel: order.channel
        )
        var notice: String?
        if let person = directory.person(order.person) {
            let text = question(order, file, nextAt: run.nextStepAt ?? now)
            notice = write(file, to: person, writing, at: now, text)
        } else {
            // They were asked before, and have left since.
            lose(.notInDirectory, file, to: order.person)
        }
        if let notice {
            replaceAsks(before: order, file)
            _ = file.escalation?.sent(notice, order: order.number, at: now)
        } else {
            // Nothing went out: they cannot answer, and the next are not kept waiting.
            let unsent = "\(phase) \(order.person)"
            _ = file.escalation?.sent(unsent, order: order.number, at: now)
            _ = file.escalation?.receipt(.failed, of: unsent, at: now)
        }
    }

    /// Who is asked now, in one line; the last resort has its own.
    private func tell(_ orders: [EscalationRun.Order], _ file: CaseFile) {
        guard let run = file.escalation else { return }
        let first = orders.filter { order in
            order.question == .canYouTakeIt && order.step <= run.policy.steps.count
                && !order.reason.isAnotherWay
        }
        guard let order = first.first else { return }
        var contacts: [Contact] = []
        for order in first where !contacts.contains(order.contact) { contacts.append(order.contact) }
        tell(
            file,
            order.handOver > 1 ? .escalated : .updated,
            phase: "hand-over",
            text: TimelineNote.asked(contacts, because: order.handOver > 1 ? order.reason.text : nil)
        )
    }

    private func question(_ order: EscalationRun.Order, _ file: CaseFile, nextAt: Moment) -> Wording {
        if order.question == .areYouThere {
            return StandardText.areYouThere(label(of: file), since: file.life.takenAt ?? now)
        }
        let isLastResort = order.step > (file.escalation?.policy.steps.count ?? 0)
        // A detector has one escalation at most.
        for case .escalate(_, let words, let lastResort) in plan(of: file).reactions {
            let rendering = isLastResort ? lastResort ?? words : words
            let facts = facts(file, at: file.begunAt)
            return withReading(file) { rendering.words($0, facts, AskFacts(nextAt: nextAt)) }
        }
        // The pipeline was edited since, and has no words for it any more.
        return StandardText.unanswered(title: title(of: file))
    }

    private func tell(_ note: EscalationRun.Note, _ file: CaseFile) {
        switch note {
        case .nobodyOnDuty(let contact): lose(.nobodyOnDuty(role: contact.role), file)
        case .nobodyToAsk: lose(.nobody(role: file.escalation?.policy.name ?? ""), file)
        case .resumed(.noArrival(let person)): _ = file.life.take(.release, by: person, at: now)
        // The answer itself has said so.
        case .taken, .answeredLate, .arrived, .resolved: return
        case .resumed(.takenBack), .resumed(.left), .allDeclined, .leftOut, .outsideSchedule,
            .handedToLastResort, .roundUnanswered:
            break
        }
        tell(file, note.isEscalation ? .escalated : .updated, phase: "chain", text: note.text)
    }

    // MARK: - Taken, and over

    /// Somebody took it: everybody else who was asked may go back to sleep.
    func standDown(_ file: CaseFile, takenBy taker: String) {
        let firsts = Dictionary(file.asked.map { ($0.person, $0.firsts) }) { first, _ in first }
        let asked = file.asked.filter(\.isOpen).map(\.person)
        let others = asked + file.onTheirWay.filter { !asked.contains($0) }
        for place in file.asked.indices { file.asked[place].isOpen = false }
        file.asks = []
        file.onTheirWay = directory.person(taker).map { [$0.id] } ?? []
        withdrawAsks(of: file, "taken")
        let name = directory.person(taker).flatMap { FirstName(of: $0.name) }
        let text = StandardText.standDown(label(of: file), by: name, at: now)
        // Nobody is stood down twice without having been asked in between.
        let phase = file.chainPhase("stand-down-\(file.escalation?.asks.last?.order.number ?? 0)")
        for id in others where id != taker {
            guard let person = directory.person(id) else {
                lose(.notInDirectory, file, to: id)
                continue
            }
            if firsts[id]?.isEmpty ?? false {
                lose(.firstNotSent, file, to: id)
                continue
            }
            let writing = Writing(
                phase: phase,
                role: "asked",
                reason: .standDown(taker: taker),
                hours: .anyHour,
                follows: firsts[id] ?? [],
                isOwed: true
            )
            write(file, to: person, writing, at: now, text)
        }
    }

    /// It is over, or a person says so: nobody is asked any more, and whoever was asked learns that it is over.
    func end(_ file: CaseFile, at over: Moment, because reason: Notice.Reason, except person: String = "") {
        _ = file.escalation?.end(at: now)
        file.escalation = nil
        file.continuation = nil
        let awake = Set(file.asks.map(\.person))
        file.asks = []
        let text = StandardText.endOfAlert(label(of: file), at: over)
        for asked in file.asked where asked.person != person {
            let id = asked.person
            guard let person = directory.person(id) else {
                lose(.notInDirectory, file, to: id)
                continue
            }
            // Who was asked and never reached has nothing to hear the end of.
            guard !asked.firsts.isEmpty else {
                lose(.firstNotSent, file, to: id)
                continue
            }
            let writing = Writing(
                phase: file.phase("over"),
                role: "asked",
                reason: reason,
                hours: awake.contains(id) ? .anyHour : .waking,
                follows: asked.firsts,
                isOwed: true
            )
            write(file, to: person, writing, at: over, text)
        }
        let heard = Set(file.asked.map(\.person))
        file.told.removeAll { heard.contains($0.person) }
        (file.asked, file.onTheirWay) = ([], [])
    }

    /// The phases of the questions that may still be on their way.
    func openAsks(of file: CaseFile) -> [String] {
        (file.escalation?.asks ?? []).map { file.chainPhase("ask-\($0.order.number)") }
    }

    /// How the case is called in a text to those who were asked; nothing for what may not be said.
    func label(of file: CaseFile) -> CaseLabel? {
        CaseLabel(asset(of: file)?.name ?? file.subject)
    }

    func title(of file: CaseFile) -> Bilingual {
        file.title ?? Bilingual(french: asset(of: file)?.name ?? file.subject)
    }
}

extension Notice.Reason {
    init(_ order: EscalationRun.Order, lastResortRounds: Int, steps: Int) {
        switch order.reason {
        case .noReceipt, .notDelivered: self = .secondWay(order.channel)
        case .interrupted where order.question == .areYouThere: self = .arrivalDue
        case .begins, .unanswered, .nobodyLeft, .interrupted:
            self = order.step > steps ? .lastResort(round: lastResortRounds) : .asked(step: order.step)
        }
    }
}

extension EscalationRun.Reason {
    /// The same question to the same person, otherwise.
    fileprivate var isAnotherWay: Bool {
        switch self {
        case .noReceipt, .notDelivered: true
        case .begins, .unanswered, .nobodyLeft, .interrupted: false
        }
    }
}

extension EscalationRun.Note {
    /// Others are asked than before.
    fileprivate var isEscalation: Bool {
        switch self {
        case .handedToLastResort, .roundUnanswered: true
        default: false
        }
    }
}
