import Interactions
import Telemetry
import Units

/// Something that must hold in every history.
struct Property: Sendable {
    /// Where it does not hold.
    struct Violation {
        let index: Int
        let text: String
        var key: String?
        var person: String?
    }

    let name: String
    let check: @Sendable (Record) -> [Violation]
}

extension Record {
    /// The events of one entry at a time: the entry, what was decided, and what became of it until the next.
    var batches: [Range<Int>] {
        var starts = events.indices.filter { index in
            switch events[index].what {
            case .entry, .action: true
            default: false
            }
        }
        starts.append(events.count)
        return zip(starts, starts.dropFirst()).map { $0..<$1 }
    }

    /// The directory as it stands after each entry that changes it.
    func people(at event: Event, before: [String: Directory.Person]) -> [String: Directory.Person] {
        guard case .entry(.directory(_, let json)) = event.what else { return before }
        do {
            return Dictionary(try Directory(json: json).people.map { ($0.id, $0) }) { first, _ in first }
        } catch {
            return before
        }
    }
}

extension Notice {
    /// It speaks to those whom the thing concerns, not to those who work on it.
    var isForAudience: Bool { role == "tenant" || role == "digest" }

    /// Says that it began, or still lasts.
    var saysItLasts: Bool {
        switch reason {
        case .found, .goesOn, .promised, .news, .catchUp: true
        default: false
        }
    }

    var saysItIsOver: Bool {
        switch reason {
        case .cleared, .over: true
        default: false
        }
    }

    /// Asks its reader to take it.
    var asksToTakeIt: Bool { expectsReply && reason != .wellbeing }
}
