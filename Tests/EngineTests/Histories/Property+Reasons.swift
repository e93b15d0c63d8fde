import Interactions
import Telemetry
import Units

extension Property {
    /// 7. Who is not told has a reason, and what a limit held back comes up again.
    static let reasons = Property(name: "whatever is not said has a reason, and limits come up again") {
        record in
        var violations: [Violation] = []
        var people: [String: Directory.Person] = [:]
        for batch in record.batches {
            var opened: [(index: Int, told: Interaction)] = []
            var unasked: [(index: Int, key: String, person: String)] = []
            var said: Set<String> = []
            var isHeldBack: Set<String> = []
            for index in batch {
                people = record.people(at: record.events[index], before: people)
                switch record.events[index].what {
                case .effect(.interaction(let told)) where told.kind == .case && told.verb == .opened:
                    opened.append((index, told))
                case .effect(.notice(let notice)): said.insert("\(notice.key) \(notice.recipient)")
                case .effect(.held(let held)):
                    if let person = held.recipient {
                        said.insert("\(held.key ?? "") \(person)")
                    } else {
                        isHeldBack.insert(held.key ?? "")
                    }
                case .unasked(let key, let person): unasked.append((index, key, person))
                default: continue
                }
            }
            for (index, told) in opened where ["out of service", "smoke"].contains(told.detector) {
                for tenant in people.values
                where tenant.site == "lilas" && !said.contains("\(told.key) \(tenant.id)") {
                    let text = "\(tenant.id) is not told that it began, and nobody says why"
                    violations.append(Violation(index: index, text: text, key: told.key, person: tenant.id))
                }
            }
            for (index, key, person) in unasked where !said.contains("\(key) \(person)") {
                let text = "\(person) is not asked, and nobody says why"
                violations.append(Violation(index: index, text: text, key: key, person: person))
            }
        }
        return violations + forgotten(record) + disturbed(record)
    }

    /// What a cap held back is in a digest, or is said in its own words, or was over before it could be told.
    private static func forgotten(_ record: Record) -> [Violation] {
        var waiting: [String: (index: Int, key: String, person: String)] = [:]
        var told: Set<String> = []
        for (index, event) in record.events.enumerated() {
            switch event.what {
            // They heard of it otherwise, and are owed the end of it.
            case .told(let key, let person, _):
                waiting["\(person) \(key)"] = nil
                told.insert("\(person) \(key)")
            case .effect(.held(let held)):
                guard let person = held.recipient, let key = held.key else { continue }
                if held.reason == .toldAlready, told.contains("\(person) \(key)") {
                    waiting["\(person) \(key)"] = nil
                }
                if held.reason.waitsForADigest { waiting["\(person) \(key)"] = (index, key, person) }
                // Over, or known by another message of the same case.
                let isSettled = [.overBeforeTold, .toldAlready].contains(held.reason)
                if isSettled || held.reason.isOfThePerson {
                    waiting["\(person) \(key)"] = nil
                }
            case .effect(.notice(let notice)):
                waiting["\(notice.recipient) \(notice.key)"] = nil
                if case .digest = notice.reason {
                    waiting = waiting.filter { $0.value.person != notice.recipient }
                }
            default: continue
            }
        }
        return waiting.values.sorted { $0.index < $1.index }.map { index, key, person in
            Violation(index: index, text: "\(person) never hears of it", key: key, person: person)
        }
    }

    /// Who wants to hear no more hears no more of it, unless it is their work or they are asked.
    private static func disturbed(_ record: Record) -> [Violation] {
        var left: Set<String> = []
        var people: [String: Directory.Person] = [:]
        var violations: [Violation] = []
        for (index, event) in record.events.enumerated() {
            people = record.people(at: event, before: people)
            switch event.what {
            case .effect(.notice(let notice)) where notice.detector == "loud" && notice.role == "tenant":
                if people[notice.recipient]?.consents.contains("news") ?? true { continue }
                let text = "\(notice.recipient) agrees to no news"
                violations.append(
                    Violation(index: index, text: text, key: notice.key, person: notice.recipient)
                )
            case .unsubscribed(let person): left.insert(person)
            case .effect(.notice(let notice)):
                let isOptional = Contact(role: notice.role).isPrivate && !notice.expectsReply
                guard notice.urgency == .service, notice.reason != .answer, isOptional,
                    left.contains(notice.recipient)
                else { continue }
                let text = "\(notice.recipient) wants to hear no more"
                violations.append(
                    Violation(index: index, text: text, key: notice.key, person: notice.recipient)
                )
            default: continue
            }
        }
        return violations
    }

    /// 4. Services at most once, what threatens a life at least once.
    static let often = Property(name: "services leave at most once, what threatens a life at least once") {
        record in
        var violations: [Violation] = []
        var written: [String: Int] = [:]
        var arrivals: [String: Int] = [:]
        var statuses: [String: Interaction.Status] = [:]
        var critical: Set<String> = []
        var fates = Fates()
        for (index, event) in record.events.enumerated() {
            fates.note(event.what, index)
            func violate(_ text: String, _ notice: Notice) {
                violations.append(
                    Violation(index: index, text: text, key: notice.key, person: notice.recipient)
                )
            }
            switch event.what {
            case .effect(.notice(let notice)):
                if notice.urgency == .lifeSafety { critical.insert(notice.key) }
                if written.updateValue(index, forKey: notice.id) != nil {
                    violate("its id was given before", notice)
                }
            case .outbox(.left(let notice, _, true)):
                arrivals[notice.id, default: 0] += 1
                if notice.urgency == .service, arrivals[notice.id, default: 0] > 1 {
                    violate("a service leaves twice", notice)
                }
            case .effect(.interaction(let told)): statuses[told.key] = told.status
            case .effect(.withdrawn(let withdrawn)) where withdrawn.phases.contains { $0.hasPrefix("ask-") }:
                guard critical.contains(withdrawn.key), statuses[withdrawn.key] == .new,
                    withdrawn.reason != "declined", !isAskedAgain(record, withdrawn, index)
                else { continue }
                let text = "the ask is taken back, and nobody has taken it"
                violations.append(Violation(index: index, text: text, key: withdrawn.key))
            default: continue
            }
        }
        for case .effect(.notice(let notice)) in record.events.map(\.what) where notice.urgency == .lifeSafety
        {
            let state = fates.ended[notice.id]
            if state == nil || (state == .done && fates.left[notice.id] == nil) {
                violations.append(
                    Violation(index: written[notice.id] ?? 0, text: "it never left", key: notice.key)
                )
            }
        }
        return violations
    }
}

extension Property {
    /// The same is asked anew at once.
    private static func isAskedAgain(_ record: Record, _ withdrawn: Withdrawn, _ index: Int) -> Bool {
        record.events[max(0, index - 3)..<index].contains { event in
            if case .effect(.notice(let notice)) = event.what {
                notice.key == withdrawn.key && notice.asksToTakeIt
            } else {
                false
            }
        }
    }
}

extension Held.Reason {
    fileprivate var waitsForADigest: Bool {
        switch self {
        case .capped, .grouped: true
        default: false
        }
    }

    /// This person cannot be told, or wants nothing more.
    fileprivate var isOfThePerson: Bool {
        switch self {
        case .noNumber, .notInDirectory, .unsubscribed, .noConsent: true
        default: false
        }
    }
}
