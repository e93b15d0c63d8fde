import Interactions
import Telemetry
import Units

@testable import Engine

/// Everything that happened in a history, in order.
struct Record {
    enum What {
        case action(String)
        case entry(Entry)
        case effect(Effect)
        case outbox(Outbox.News)
        /// A case stands elsewhere than before.
        case stand(CaseStand)
        /// Nothing is known of a case any more.
        case forgotten(key: String)
        /// Somebody is owed the end from this message on.
        case told(key: String, person: String, notice: String)
        /// Somebody was to be asked and no message was written.
        case unasked(key: String, person: String)
        case unsubscribed(person: String)
    }

    struct Event {
        let step: Int
        let at: Moment
        let what: What
    }

    let seed: UInt64
    var events: [Event] = []
    var entries: [Entry] { events.compactMap { if case .entry(let entry) = $0.what { entry } else { nil } } }
    var effects: [Effect] {
        events.compactMap { if case .effect(let effect) = $0.what { effect } else { nil } }
    }

    mutating func note(_ what: What, step: Int, at: Moment) {
        events.append(Event(step: step, at: at, what: what))
    }
}

/// Where a case stands, and when it goes on by itself.
struct CaseStand: Hashable {
    var key: String
    var detector: String
    var subject: String
    var isCritical: Bool
    var status: Interaction.Status
    var takenBy: String?
    var isSettled: Bool
    var isInTheCRM: Bool
    /// Somebody arrived, or works on it.
    var isAttended: Bool
    /// When somebody is asked next.
    var next: Moment?
    /// No later than so long after now.
    var bound: Duration
    /// A timer is set for it.
    var isArmed: Bool

    init(_ file: CaseFile, detector: String) {
        key = file.key
        self.detector = detector
        subject = file.subject
        isCritical = file.isLifeSafety
        status = file.life.status
        takenBy = file.life.takenBy
        // What was over before the CRM heard of it needs nobody.
        isSettled = file.life.isSettled || (file.queue == nil && file.isSettled)
        isInTheCRM = file.queue != nil
        isAttended = file.life.isWorkedOn && file.life.takenBy != nil
        let due = [file.escalation?.due, file.continuation?.due].compactMap { $0 }.min()
        next = due
        bound = file.escalation?.policy.longestWait ?? .minutes(5)
        isArmed = due.map { file.armedAt <= $0 } ?? true
    }
}

extension Escalation {
    /// Nobody waits longer for the next ask while nobody has taken it, nor for an arrival.
    fileprivate var longestWait: Duration {
        let spans = steps.map { step -> Duration in
            switch step {
            case .ask, .only: .zero
            case .wait(let span): span
            case .inTurn(_, let span, _, _): span
            }
        }
        return max(spans.max() ?? .zero, arrivalWithin, max(lastResort.every, Limits.shortestRepeat))
    }
}

extension Record {
    /// What happened around an event, as far as it concerns a case or a person.
    func story(of key: String?, _ person: String?, around index: Int, lines: Int = 40) -> String {
        let told = events.indices.filter { concerns(events[$0].what, key, person) }
        let before = told.filter { $0 <= index }.suffix(lines)
        let after = told.filter { $0 > index }.prefix(lines / 2)
        return (before + after).map { place in
            let mark = place == index ? "!" : " "
            return "\(mark) \(events[place].step) \(events[place].at) \(events[place].what.line.prefix(220))"
        }.joined(separator: "\n")
    }

    private func known(_ notice: String, _ key: String?, _ person: String?) -> Bool {
        events.contains { event in
            guard case .effect(.notice(let written)) = event.what, written.id == notice else { return false }
            return (key == nil || written.key == key) && (person == nil || written.recipient == person)
        }
    }

    private func concerns(_ what: What, _ key: String?, _ person: String?) -> Bool {
        let line = what.line
        if case .action = what { return true }
        if let key, !line.contains(key) { return false }
        if let person, case .effect(.notice(let notice)) = what, notice.recipient != person { return false }
        if let person, case .outbox(.left(let notice, _, _)) = what, notice.recipient != person {
            return false
        }
        if let person, case .outbox(.ended(let notice, _, _)) = what, notice.recipient != person {
            return false
        }
        if case .entry(.receipt(let receipt)) = what {
            return person != nil && known(receipt.id, key, person)
        }
        if case .outbox(.receipt) = what { return false }
        if let person, case .told(_, let other, _) = what, other != person { return false }
        return key != nil || person.map(line.contains) ?? true
    }
}

extension Record.What {
    var line: String {
        switch self {
        case .action(let words): "— \(words)"
        case .entry(let entry):
            switch entry {
            case .receipt(let receipt): "receipt \(receipt.outcome.rawValue) of \(receipt.id)"
            case .caseUpdate(let update): "update \(update.status.rawValue) by \(update.by) of \(update.key)"
            case .reply(let reply): "reply \"\(reply.text)\" from \(reply.from)"
            case .directory: "directory"
            case .tick: "tick"
            case .message(let message):
                "\(message.topic) \(String(decoding: message.payload, as: UTF8.self))"
            case .instruction(let instruction): "instruction \(instruction.order)"
            }
        case .effect(let effect): Self.line(effect)
        case .outbox(let news):
            switch news {
            case .left(let notice, _, _):
                "  left: \(notice.phase) to \(notice.recipient) \(notice.id) of \(notice.key)"
            case .ended(let notice, let state, _):
                "  \(state.rawValue): \(notice.phase) to \(notice.recipient) \(notice.id) of \(notice.key)"
            case .receipt(let receipt): "  receipt \(receipt.outcome.rawValue) of \(receipt.id)"
            }
        case .stand(let stand):
            "  stands \(stand.status.rawValue), taken by \(stand.takenBy ?? "nobody"), next \(stand.next.map(\.description) ?? "never") \(stand.key)"
        case .forgotten(let key): "  forgotten: \(key)"
        case .unasked(let key, let person): "  not asked: \(person) of \(key)"
        case .unsubscribed(let person): "  unsubscribed: \(person)"
        case .told(let key, let person, let notice): "  owed: \(person) since \(notice) of \(key)"
        }
    }

    private static func line(_ effect: Effect) -> String {
        switch effect {
        case .interaction(let told):
            "> \(told.seq) \(told.verb.rawValue) (\(told.status.rawValue)) \(told.detector) \(told.subject) \(told.text?.english ?? "") \(told.key)"
        case .notice(let notice):
            "> \(notice.phase) to \(notice.recipient) (\(notice.role), \(notice.reason.code), \(notice.channel.rawValue)\(notice.notBefore.map { ", not before \($0)" } ?? "")\(notice.follows.isEmpty ? "" : ", follows \(notice.follows)")) \(notice.id) of \(notice.key): \(notice.text)"
        case .held(let held):
            "> held: \(held.reason) for \(held.recipient ?? "all") of \(held.key ?? "-") \(held.detector)"
        case .withdrawn(let withdrawn):
            "> withdrawn \(withdrawn.phases) of \(withdrawn.key): \(withdrawn.reason)"
        case .command(let command): "> command \(command.payload) of \(command.key)"
        case .query(let query): "> query on \(query.topic)"
        case .deadLetter(let letter): "> dead: \(letter.reason)"
        case .dropped(let dropped): "> dropped: \(dropped.reason)"
        }
    }
}
