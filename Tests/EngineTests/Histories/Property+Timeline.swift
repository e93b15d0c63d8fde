import Interactions

extension Property {
    /// 9. What the CRM gets of a case counts up without a gap, and goes only ways that a case can go.
    static let timeline = Property(name: "a case counts up and goes only allowed ways") { record in
        var violations: [Violation] = []
        var last: [String: Interaction] = [:]
        var ids: Set<String> = []
        for (index, event) in record.events.enumerated() {
            guard case .effect(.interaction(let told)) = event.what else { continue }
            func violate(_ text: String) {
                violations.append(Violation(index: index, text: text, key: told.key))
            }
            let before = last.updateValue(told, forKey: told.key)
            if !ids.insert(told.id).inserted { violate("the id \(told.id) was given before") }
            if told.seq != (before?.seq ?? 0) + 1 { violate("\(told.seq) follows \(before?.seq ?? 0)") }
            guard told.kind == .case else { continue }
            if (told.verb == .opened) != (told.seq == 1) {
                violate("\(told.verb.rawValue) as number \(told.seq)")
            }
            if !told.verb.goes(with: told.status) {
                violate("\(told.verb.rawValue) leads to \(told.status.rawValue)")
            }
            if let before, !before.status.leads(to: told.status) {
                violate("from \(before.status.rawValue) to \(told.status.rawValue)")
            }
        }
        return violations
    }
}

extension Interaction.Status {
    private var isSettled: Bool { [.resolved, .closed, .cancelled].contains(self) }

    /// Closed and cancelled are final; who works on it takes it from there, and a new case cannot be older.
    fileprivate func leads(to next: Interaction.Status) -> Bool {
        switch self {
        case .closed, .cancelled: next == self
        case .resolved: next != .acknowledged
        case .inProgress, .pending: next != .acknowledged
        case .new, .acknowledged: true
        }
    }
}

extension Interaction.Verb {
    fileprivate func goes(with status: Interaction.Status) -> Bool {
        switch self {
        case .opened: status == .new
        case .acknowledged: status == .acknowledged
        case .resolved: status == .resolved
        case .closed: status == .closed
        case .cancelled: status == .cancelled
        case .reopened: [.new, .inProgress, .pending].contains(status)
        case .escalated: status == .new
        case .updated, .noted: true
        }
    }
}
