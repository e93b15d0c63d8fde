import Interactions
import Telemetry
import Units

extension Property {
    /// 6. The first taker has it, and everybody else who may think that it is theirs is told.
    static let takers = Property(name: "the first taker has it, the others stand down") { record in
        var violations: [Violation] = []
        var stands: [String: CaseStand] = [:]
        var people: [String: Directory.Person] = [:]
        /// Of each case, who may think that it is theirs, and by which asks; `""` stands for having taken it.
        var believers: [String: [String: Set<String>]] = [:]
        /// Of each case, who was ever asked to take it, and who of them was told that somebody has it.
        var everAsked: [String: Set<String>] = [:]
        var standing: [String: Set<String>] = [:]
        var fates = Fates()
        for batch in record.batches {
            var released: [(index: Int, stand: CaseStand)] = []
            var asked: Set<String> = []
            var taken: [(index: Int, stand: CaseStand)] = []
            var told: Set<String> = []
            var refused: Set<String> = []
            for index in batch {
                let event = record.events[index]
                people = record.people(at: event, before: people)
                fates.note(event.what, index)
                switch event.what {
                case .entry(.reply(let reply)) where Answer(reply.text).meaning == .no:
                    let ids = people.values.filter { $0.phone == reply.from }.map(\.id)
                    for key in believers.keys { for id in ids { believers[key]?[id] = nil } }
                    for key in standing.keys { standing[key]?.subtract(ids) }
                    refused.formUnion(ids)
                case .entry(.receipt(let receipt))
                where receipt.outcome == .failed || receipt.outcome == .expired:
                    for key in believers.keys {
                        for id in (believers[key] ?? [:]).keys { believers[key]?[id]?.remove(receipt.id) }
                    }
                case .effect(.notice(let notice)):
                    if notice.asksToTakeIt {
                        believers[notice.key, default: [:]][notice.recipient, default: []].insert(notice.id)
                        everAsked[notice.key, default: []].insert(notice.recipient)
                        standing[notice.key]?.remove(notice.recipient)
                        asked.insert("\(notice.key) \(notice.recipient)")
                    } else if notice.tellsToStandDown {
                        believers[notice.key]?[notice.recipient] = nil
                        told.insert("\(notice.key) \(notice.recipient)")
                    }
                case .effect(.held(let held)):
                    if let key = held.key, let person = held.recipient, held.reason.cannotBeTold {
                        believers[key]?[person] = nil
                        told.insert("\(key) \(person)")
                        asked.insert("\(key) \(person)")
                    }
                case .outbox(.left(let notice, _, _)):
                    // What follows an ask that failed is never sent.
                    if case .standDown = notice.reason,
                        everAsked[notice.key]?.contains(notice.recipient) ?? false
                    {
                        standing[notice.key, default: []].insert(notice.recipient)
                    }
                case .outbox(.ended(let notice, .withdrawn, _)) where notice.tellsToStandDown:
                    // Who was asked before has to hear of it.
                    let asked = fates.heard(notice.key, notice.recipient)
                    if asked, stands[notice.key]?.isSettled == false {
                        let text = "\(notice.recipient) was asked, and the word to stand down is taken back"
                        violations.append(
                            Violation(index: index, text: text, key: notice.key, person: notice.recipient)
                        )
                    }
                case .outbox(.ended(let notice, .withdrawn, _)), .outbox(.ended(let notice, .parked, _)),
                    .outbox(.ended(let notice, .expired, _)):
                    believers[notice.key]?[notice.recipient]?.remove(notice.id)
                case .stand(let stand):
                    let before = stands.updateValue(stand, forKey: stand.key)
                    if stand.isSettled {
                        believers[stand.key] = nil
                        standing[stand.key] = nil
                    }
                    // When somebody who had arrived goes again, a new chain begins, with all of its steps for all.
                    let hadArrived = before?.isAttended == true && before?.next == nil
                    if hadArrived, stand.takenBy == nil { standing[stand.key] = nil }
                    if stand.takenBy == nil, before?.takenBy != nil, !stand.isSettled, stand.next != nil,
                        !hadArrived
                    {
                        released.append((index, stand))
                    }
                    guard stand.takenBy != before?.takenBy, before?.isSettled != true else { continue }
                    if stand.takenBy != nil, !stand.isSettled { taken.append((index, stand)) }
                    if let last = before?.takenBy, !refused.contains(last) {
                        believers[stand.key, default: [:]][last] = [""]
                    }
                default: continue
                }
            }
            for (index, stand) in released {
                let forgotten = (standing[stand.key] ?? []).filter { id in
                    people[id] != nil && !asked.contains("\(stand.key) \(id)")
                }
                for person in forgotten.sorted() {
                    let text = "\(person) was told that somebody has it, and not that nobody came"
                    violations.append(Violation(index: index, text: text, key: stand.key, person: person))
                }
            }
            for (index, stand) in taken {
                let others = (believers[stand.key] ?? [:])
                    .filter { $0.key != stand.takenBy && !$0.value.isEmpty && people[$0.key] != nil }
                    .filter { !told.contains("\(stand.key) \($0.key)") }
                    // One telephone for two: they have read it.
                    .filter { people[$0.key]?.phone != people[stand.takenBy ?? ""]?.phone }
                for other in others.keys.sorted() {
                    let text = "\(stand.takenBy ?? "") has it, and \(other) is not told"
                    violations.append(Violation(index: index, text: text, key: stand.key, person: other))
                }
                believers[stand.key] = stand.takenBy.map { [$0: [""]] }
            }
        }
        return violations
    }
}

extension Notice {
    /// After this nobody thinks that it is theirs.
    fileprivate var tellsToStandDown: Bool {
        switch reason {
        case .standDown, .over, .cleared: true
        default: false
        }
    }
}

extension Held.Reason {
    fileprivate var cannotBeTold: Bool {
        switch self {
        case .noNumber, .notInDirectory, .unsubscribed: true
        default: false
        }
    }
}
