import Interactions
import PipelineKit

/// What is done about a finding, in words and in facts.
struct ReactionDescription {
    let does: String
    let text: String
    /// The role that is spoken to.
    let role: String?
    /// The list that a case or an entry stands in.
    let queue: String?

    init(_ plan: ReactionPlan) {
        role = plan.role
        switch plan {
        case .openCase(let queue, _):
            self.queue = queue.name
            does = "openCase"
            text = "opens a case in \(queue.name)"
        case .note(let kind, let queue, let phase, _):
            self.queue = queue.name
            does = kind == .callback ? "requestCallback" : "note"
            let what = kind == .callback ? "asks for a callback by" : "notes in"
            text = "\(what) \(queue.name)\(phase.words)"
        case .text(let contact, let phase, _):
            queue = nil
            does = "text"
            text = "texts \(contact.role)\(phase.words)"
        case .ask(let contact, let span, let known, _):
            queue = nil
            does = "ask"
            let unless = known == nil ? "" : ", unless a condition tells the answer"
            text =
                "asks \(contact.role) and waits \(SpanText.exact(span)) for an answer before what follows\(unless)"
        case .inform(let audience, _):
            queue = nil
            does = "inform"
            let purpose = audience.purpose.map { " who agreed to \($0)" } ?? ""
            text = "informs every \(audience.role)\(purpose), at the beginning and at the end"
        case .escalate(let contact, let span, let every, _):
            queue = nil
            does = "escalate"
            text =
                "texts \(contact.role) when nobody has answered within \(SpanText.exact(span)), "
                + "and again every \(SpanText.exact(every))"
        case .command(_, let payload):
            queue = nil
            does = "command"
            text = "sends \(payload) to the device"
        }
    }
}

extension ReactionPlan {
    /// The role that is spoken to, as the directory calls it.
    var role: String? {
        switch self {
        case .text(let contact, _, _), .ask(let contact, _, _, _), .escalate(let contact, _, _, _):
            contact.role
        case .inform(let audience, _): audience.role
        case .openCase, .note, .command: nil
        }
    }
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
