import Interactions
import Telemetry
import Units

extension Property {
    /// 1. What threatens a life is taken, settled by a person, or somebody is asked in time.
    static let asking = Property(name: "an ask never ends unanswered") { record in
        var violations: [Violation] = []
        var stands: [String: CaseStand] = [:]
        var isPerson = false
        for (index, event) in record.events.enumerated() {
            if case .entry(let entry) = event.what {
                isPerson = entry.isFromAPerson
            }
            if case .forgotten(let key) = event.what, let stand = stands.removeValue(forKey: key),
                !stand.isSettled,
                stand.isInTheCRM || stand.next == nil
            {
                violations.append(Violation(index: index, text: "it is forgotten and open", key: key))
            }
            guard case .stand(let stand) = event.what, stand.isCritical else { continue }
            func violate(_ text: String) {
                violations.append(Violation(index: index, text: text, key: stand.key))
            }
            let before = stands.updateValue(stand, forKey: stand.key)
            if let due = before?.next, before?.isSettled == false, due < event.at - .hours(9) {
                violate("somebody was to be asked at \(due), and only now something happens")
            }
            if stand.isSettled {
                if before?.isSettled == false, stand.isInTheCRM, !isPerson {
                    violate("it was settled, and not by a person")
                }
                continue
            }
            if stand.isAttended, stand.next == nil {
                if before?.isAttended == false || before?.next != nil, !isPerson {
                    violate("nobody is asked any more, and no person said that they are there")
                }
                continue
            }
            guard let next = stand.next else {
                violate("it is open and \(stand.status.rawValue), and nobody will be asked")
                continue
            }
            if next > event.at + stand.bound { violate("the next is asked only at \(next)") }
            if next <= event.at { violate("the next was to be asked at \(next) and was not") }
            if !stand.isArmed { violate("no timer is set for \(next)") }
        }
        let end = record.events.last?.at ?? .distantPast
        for stand in stands.values where !stand.isSettled && (stand.next ?? end) < end {
            violations.append(
                Violation(
                    index: record.events.count - 1,
                    text: "it is open at the end, and late",
                    key: stand.key
                )
            )
        }
        return violations
    }

    /// 1, seen from outside: the time from one ask to the next.
    static let repeating = Property(name: "while nobody has taken it, somebody is asked again and again") {
        record in
        var violations: [Violation] = []
        var open: [String: (stand: CaseStand, asked: Moment)] = [:]
        for (index, event) in record.events.enumerated() {
            func asked(_ key: String, _ at: Moment) {
                guard let (stand, last) = open[key] else { return }
                open[key]?.asked = at
                guard stand.status == .new, at.since(last) > max(stand.bound, .minutes(31)) else { return }
                violations.append(
                    Violation(index: index, text: "nobody was asked from \(last) to \(at)", key: key)
                )
            }
            switch event.what {
            case .stand(let stand) where stand.isCritical:
                if stand.isSettled {
                    open[stand.key] = nil
                } else {
                    let last = open[stand.key]
                    let isFresh = last.map { $0.stand.status != .new } ?? true
                    open[stand.key] = (stand, isFresh ? event.at : last?.asked ?? event.at)
                }
            case .effect(.notice(let notice)) where notice.expectsReply: asked(notice.key, notice.at)
            case .effect(.held(let held)):
                // Nobody could be asked, which is said each time.
                if let key = held.key,
                    [.noNumber, .notInDirectory].contains(held.reason) || held.reason.isNobody
                {
                    asked(key, held.at)
                }
            default: continue
            }
        }
        return violations
    }

    /// 5. No cap, no quiet hour, no silence, no outage and no coming and going keeps a life-safety notice back.
    static let undelayed = Property(name: "nothing delays what threatens a life") { record in
        var violations: [Violation] = []
        var critical: Set<String> = []
        for batch in record.batches {
            var cases: [CaseStand] = []
            for index in batch {
                switch record.events[index].what {
                case .stand(let stand) where stand.isCritical:
                    critical.insert(stand.key)
                    cases.append(stand)
                case .effect(.notice(let notice)) where notice.urgency == .lifeSafety:
                    if notice.notBefore != nil || notice.notAfter < notice.at + .hours(12) {
                        violations.append(
                            Violation(index: index, text: "it waits or expires", key: notice.key)
                        )
                    }
                case .effect(.notice(let notice))
                where critical.contains(notice.key) && notice.role != "digest":
                    violations.append(
                        Violation(index: index, text: "it is sent as a service", key: notice.key)
                    )
                case .effect(.held(let held)):
                    if let key = held.key, critical.contains(key), held.reason.isLimit {
                        violations.append(Violation(index: index, text: "a limit holds it", key: key))
                    }
                default: continue
                }
            }
        }
        return violations + unheard(record)
    }

    /// Who presses is heard: whatever was before, afterwards somebody is being asked.
    private static func unheard(_ record: Record) -> [Violation] {
        var violations: [Violation] = []
        var stands: [String: CaseStand] = [:]
        for batch in record.batches {
            for index in batch {
                if case .stand(let stand) = record.events[index].what { stands[stand.key] = stand }
            }
            guard case .entry(.message(let message)) = record.events[batch.lowerBound].what else { continue }
            let parts = message.topic.split(separator: "/").map(String.init)
            let words = String(decoding: message.payload, as: UTF8.self)
            guard parts.count == 2, ["stuck", "fall", "pressed"].contains(where: words.contains) else {
                continue
            }
            let isHeard = stands.values.contains { stand in
                stand.subject == parts[1] && stand.isCritical && !stand.isSettled && stand.next != nil
            }
            // A second press in the same microsecond is the first one.
            let isTheSame = batch.contains { index in
                if case .effect(.held(let held)) = record.events[index].what {
                    held.reason == .sameMoment
                } else {
                    false
                }
            }
            if !isHeard, !isTheSame {
                violations.append(Violation(index: batch.lowerBound, text: "nobody is asked after this"))
            }
        }
        return violations
    }
}

extension Entry {
    fileprivate var isFromAPerson: Bool {
        switch self {
        case .reply: true
        case .caseUpdate(let update): update.isByAPerson
        default: false
        }
    }
}

extension Held.Reason {
    fileprivate var isNobody: Bool {
        switch self {
        case .nobody, .nobodyOnDuty: true
        default: false
        }
    }

    fileprivate var isLimit: Bool {
        switch self {
        case .capped, .grouped, .quietHours, .silenced, .partOf, .flapping, .tooLate, .unsubscribed: true
        default: false
        }
    }
}
