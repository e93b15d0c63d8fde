import Interactions
import Telemetry
import Units

extension Property {
    /// 2. Whoever was told that it began is told once that it is over; who was not is not.
    static let closure = Property(name: "who was told that it began is told the end, once") { record in
        var told: [Told] = []
        var ends: [String: [(index: Int, notice: Notice)]] = [:]
        var reasons: [String: [Int]] = [:]
        var unsubscribed: Set<String> = []
        var fates = Fates()
        for (index, event) in record.events.enumerated() {
            fates.note(event.what, index)
            switch event.what {
            case .told(let key, let person, let notice):
                told.append(Told(index: index, key: key, person: person, notice: notice))
            case .effect(.notice(let notice)) where notice.isForAudience && notice.saysItIsOver:
                ends["\(notice.key) \(notice.recipient) \(notice.follows.first ?? "")", default: []].append(
                    (index, notice)
                )
            case .unsubscribed(let person): unsubscribed.insert(person)
            case .effect(.held(let held)):
                guard let key = held.key, let person = held.recipient, held.reason.endsTheDebt else {
                    continue
                }
                reasons["\(key) \(person)", default: []].append(index)
            default: continue
            }
        }
        var violations: [Violation] = []
        for told in told {
            let word = "\(told.key) \(told.person) \(told.notice)"
            let theirs = ends[word] ?? []
            func violate(_ text: String, _ index: Int? = nil) {
                violations.append(
                    Violation(index: index ?? told.index, text: text, key: told.key, person: told.person)
                )
            }
            if theirs.count > 1 { violate("the end is told \(theirs.count) times", theirs[1].index) }
            guard fates.mayHaveArrived(told.notice) else { continue }
            guard let end = theirs.first else {
                let isSaid = reasons["\(told.key) \(told.person)"]?.contains { $0 > told.index } ?? false
                let hasFailed = fates.failed[told.notice] != nil
                if !isSaid, !hasFailed, !unsubscribed.contains(told.person) {
                    violate("the end is never told; the first: \(told.notice)")
                }
                continue
            }
            // What a gateway refuses, or may have when the process died, is not sent a second time.
            let state = fates.ended[end.notice.id]
            if ![.done, .unknown, .parked].contains(state) {
                violate("the end is \(state?.rawValue ?? "not sent")", end.index)
            }
        }
        return violations + strangers(record, fates) + asked(record, fates, reasons)
    }

    /// Whoever was asked to come hears how it ends, unless they ended it themselves.
    private static func asked(_ record: Record, _ fates: Fates, _ reasons: [String: [Int]]) -> [Violation] {
        var asks: [String: (index: Int, notice: Notice)] = [:]
        var answered: Set<String> = []
        var people: [String: Directory.Person] = [:]
        var speakers: [String] = []
        for (index, event) in record.events.enumerated() {
            people = record.people(at: event, before: people)
            switch event.what {
            case .entry(.reply(let reply)):
                speakers = people.values.filter { $0.phone == reply.from }.map(\.id)
            case .entry(.caseUpdate(let update)): speakers = [update.by]
            case .entry: speakers = []
            case .effect(.interaction(let told)) where [.closed, .resolved, .cancelled].contains(told.verb):
                answered.formUnion(speakers.map { "\(told.key) \($0)" })
            default: break
            }
            guard case .effect(.notice(let notice)) = event.what else { continue }
            let word = "\(notice.key) \(notice.recipient)"
            if notice.asksToTakeIt, fates.mayHaveArrived(notice.id), fates.failed[notice.id] == nil {
                if asks[word] == nil { asks[word] = (index, notice) }
            } else if notice.endsAnAsk, asks[word] != nil {
                answered.insert(word)
            }
        }
        let open = asks.filter { word, ask in
            !answered.contains(word) && !(reasons[word]?.contains { $0 > ask.index } ?? false)
        }
        return open.values.sorted { $0.index < $1.index }.map { index, notice in
            let text = "\(notice.recipient) was asked by \(notice.id) and never hears how it ends"
            let end = record.events.lastIndex { event in
                if case .effect(.interaction(let told)) = event.what { told.key == notice.key } else { false }
            }
            return Violation(index: end ?? index, text: text, key: notice.key, person: notice.recipient)
        }
    }

    /// Nobody hears that it is over, or that they are not needed, who heard nothing before.
    private static func strangers(_ record: Record, _ fates: Fates) -> [Violation] {
        var violations: [Violation] = []
        var reached: Set<String> = []
        for (index, event) in record.events.enumerated() {
            switch event.what {
            case .stand(let stand):
                // Who took it in the CRM knows of it.
                if let taker = stand.takenBy { reached.insert("\(stand.key) \(taker)") }
            case .told(let key, let person, let notice) where fates.left[notice].map({ $0 < index }) ?? false:
                reached.insert("\(key) \(person)")
            case .outbox(.left(let notice, _, true)):
                let word = "\(notice.key) \(notice.recipient)"
                let isEnd = notice.saysItIsOver || notice.reason.code == "stand down"
                let isToAsked = notice.role == "asked" || notice.isForAudience
                if isEnd, isToAsked, !reached.contains(word), !notice.isOfDigest(record) {
                    violations.append(
                        Violation(
                            index: index,
                            text: "they heard nothing of it before",
                            key: notice.key,
                            person: notice.recipient
                        )
                    )
                }
                if !isEnd { reached.insert(word) }
            // It may have been on its way when the process died.
            case .outbox(.ended(let notice, .unknown, _)):
                reached.insert("\(notice.key) \(notice.recipient)")
            case .outbox(.left(let notice, _, false))
            where notice.urgency == .lifeSafety && !notice.saysItIsOver:
                reached.insert("\(notice.key) \(notice.recipient)")
            default: continue
            }
        }
        return violations
    }

    /// 3. Nothing leaves before or after its time, and nothing that says that it lasts once the end is decided.
    static let timely = Property(name: "nothing leaves too early, too late, or after the end") { record in
        var violations: [Violation] = []
        var over: Set<String> = []
        for (index, event) in record.events.enumerated() {
            switch event.what {
            case .effect(.withdrawn(let withdrawn)) where ["cleared", "over"].contains(withdrawn.reason):
                over.insert(withdrawn.key)
            case .effect(.interaction(let told)) where told.verb == .reopened || told.saysItIsBack:
                over.remove(told.key)
            case .effect(.notice(let notice)):
                if notice.saysItIsOver, notice.isForAudience { over.insert(notice.key) }
                if notice.reason == .found || notice.reason == .catchUp { over.remove(notice.key) }
                if notice.notAfter <= max(notice.at, notice.notBefore ?? notice.at) {
                    violations.append(Violation(index: index, text: "it can never leave", key: notice.key))
                }
            case .outbox(.left(let notice, let at, _)):
                func violate(_ text: String) {
                    violations.append(
                        Violation(index: index, text: text, key: notice.key, person: notice.recipient)
                    )
                }
                if at > notice.notAfter { violate("it leaves after its time") }
                if let notBefore = notice.notBefore, at < notBefore { violate("it leaves before its time") }
                if notice.urgency == .service, notice.saysItLasts, over.contains(notice.key) {
                    violate("it says that it lasts, and the end is decided")
                }
            default: continue
            }
        }
        return violations
    }

    private struct Told {
        let index: Int
        let key: String
        let person: String
        let notice: String
    }
}

/// What became of every notice.
struct Fates {
    private(set) var ended: [String: Outbox.State] = [:]
    /// When it left for the first time, as the index of the event.
    private(set) var left: [String: Int] = [:]
    /// The handset says that it never arrived.
    private(set) var failed: [String: Int] = [:]

    /// The asks that left, by case and person.
    private var asks: [String: Set<String>] = [:]

    mutating func note(_ what: Record.What, _ index: Int) {
        switch what {
        case .outbox(.left(let notice, _, true)) where left[notice.id] == nil:
            left[notice.id] = index
            if notice.asksToTakeIt {
                asks["\(notice.key) \(notice.recipient)", default: []].insert(notice.id)
            }
        case .outbox(.ended(let notice, let state, _)): ended[notice.id] = state
        case .outbox(.receipt(let receipt)) where receipt.outcome == .failed && ended[receipt.id] == .done:
            failed[receipt.id] = index
        default: return
        }
    }

    /// Whether an ask of this case may have reached this person.
    func heard(_ key: String, _ person: String) -> Bool {
        asks["\(key) \(person)"]?.contains { mayHaveArrived($0) && failed[$0] == nil } ?? false
    }

    func mayHaveArrived(_ notice: String) -> Bool {
        guard left[notice] != nil else { return false }
        return ended[notice] == .done || ended[notice] == .unknown
    }
}

extension Held.Reason {
    /// Nothing more is owed to this person.
    fileprivate var endsTheDebt: Bool {
        switch self {
        case .noNumber, .notInDirectory, .unsubscribed, .noConsent: true
        default: false
        }
    }
}

extension Interaction {
    /// Somebody works on it, and it is there again.
    fileprivate var saysItIsBack: Bool { text?.english.hasPrefix("Again since") ?? false }
}

extension Notice {
    fileprivate var endsAnAsk: Bool {
        switch reason {
        case .cleared, .over, .standDown, .answer: true
        default: false
        }
    }

    /// It ends what a digest told.
    fileprivate func isOfDigest(_ record: Record) -> Bool {
        record.effects.contains { effect in
            if case .notice(let first) = effect {
                follows.contains(first.id) && first.role == "digest"
            } else {
                false
            }
        }
    }
}
