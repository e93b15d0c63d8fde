import Interactions
import PipelineKit

/// What is done about a finding, in words and in facts.
struct ReactionDescription {
    let does: String
    let text: String
    /// The roles that are spoken to.
    let roles: [String]
    /// The list that a case or an entry stands in.
    let queue: String?

    init(_ plan: ReactionPlan) {
        roles = plan.roles
        switch plan {
        case .openCase(let queue, let asset, _):
            self.queue = queue.name
            does = "openCase"
            text = "opens a case in \(queue.name)\(asset == .outOfOrder ? ", the asset is out of order" : "")"
        case .note(let kind, let queue, let phase, _):
            self.queue = queue.name
            does = kind == .callback ? "requestCallback" : "note"
            let what = kind == .callback ? "asks for a callback by" : "notes in"
            text = "\(what) \(queue.name)\(phase.words)"
        case .text(let contact, let phase, let hours, _):
            queue = nil
            does = "text"
            text = "texts \(contact.role)\(phase.words)\(hours == .anyHour ? ", at any hour" : "")"
        case .ask(let contact, let span, let known, _):
            queue = nil
            does = "ask"
            let unless = known == nil ? "" : ", unless a condition tells the answer"
            text =
                "asks \(contact.role) and waits \(SpanText.exact(span)) for an answer before what follows\(unless)"
        case .inform(let audience, let announcement):
            queue = nil
            does = "inform"
            let purpose = audience.purpose.map { " who agreed to \($0)" } ?? ""
            let words = announcement.work.map { ", with word within \(SpanText.exact($0.wordWithin))," } ?? ""
            let everybody = audience.roles.joined(separator: " and ")
            text = "informs every \(everybody)\(purpose), at the beginning\(words) and at the end"
        case .escalate(let escalation, _, _):
            queue = nil
            does = "escalate"
            text = "escalation \"\(escalation.name)\": \(escalation.words)"
        case .command(let command):
            queue = nil
            does = "command"
            text = "sends \(command.payload) to the device"
        case .offer(let name, let contacts, let command):
            queue = nil
            does = "offer"
            let everybody = contacts.map(\.role).joined(separator: " and ")
            text = "lets \(everybody) send \(name) to the device: \(command.payload)"
        case .watch:
            queue = nil
            does = "watch"
            text = "shows watches words of its own"
        }
    }
}

extension ReactionPlan {
    /// The roles that are spoken to, as the directory calls them.
    var roles: [String] {
        switch self {
        case .text(let contact, _, _, _), .ask(let contact, _, _, _): [contact.role]
        case .inform(let audience, _): audience.roles
        case .escalate(let escalation, _, _): escalation.contacts.map(\.role)
        case .offer(_, let contacts, _): contacts.map(\.role)
        case .openCase, .note, .command, .watch: []
        }
    }
}

extension Escalation {
    /// Who is asked, in order.
    fileprivate var words: String {
        let last = lastResort.contacts.map(\.role).joined(separator: " and ")
        let end = "at last \(last), every \(SpanText.exact(lastResort.every)) until somebody takes it"
        return (steps.map(\.words) + [end]).joined(separator: "; ")
    }
}

extension Escalation.Step {
    fileprivate var words: String {
        switch self {
        case .ask(let contacts, let onlyFirst, let channel):
            let roles = contacts.map { (onlyFirst ? "first " : "every ") + $0.role }
            return "asks \(roles.joined(separator: " and "))\(channel.words)"
        case .wait(let span): return "waits \(SpanText.exact(span))"
        case .inTurn(let contact, let span, let rounds, let channel):
            let times = rounds > 1 ? ", \(rounds) rounds" : ""
            return "asks each \(contact.role) in turn, \(SpanText.exact(span)) each\(times)\(channel.words)"
        case .only(let schedule, let steps):
            return "only \(schedule) the next \(steps)"
        }
    }
}

extension Channel {
    fileprivate var words: String { self == .text ? "" : " by \(rawValue)" }
}

extension Phase {
    fileprivate var words: String {
        switch self {
        case .begins: ""
        case .goesOn: " while it goes on"
        case .cleared: " when it is over"
        }
    }
}
