import Interactions
import Telemetry

/// How often each kind of thing happened: a history that never comes to a case shows nothing about it.
struct Richness {
    private(set) var counts: [String: Int] = [:]

    /// What a few short histories come to.
    static let expected = [
        "notice: found, service", "notice: asked, lifeSafety", "notice: last resort, lifeSafety",
        "notice: second way, lifeSafety", "notice: wellbeing, lifeSafety", "notice: stand down, lifeSafety",
        "notice: cleared, service", "notice: over, service", "notice: catch-up, service",
        "notice: news, service",
        "notice: promised, service", "notice: goes on, service", "notice: digest, service", "held: capped",
        "held: quiet hours", "held: silenced", "held: part of another case", "held: flapping",
        "held: no number",
        "held: not in the directory", "held: over before told", "held: stale news", "held: repeated news",
        "fall: acknowledged", "fall: closed", "out of service: resolved", "out of service: reopened",
        "outbox: unknown", "outbox: expired", "outbox: withdrawn", "outbox: parked",
        "dead letter: unknown sender",
    ]

    mutating func add(_ record: Record) {
        for event in record.events { count(event.what) }
    }

    private mutating func count(_ what: Record.What) {
        switch what {
        case .action(let words): note("step: \(words.hasPrefix("starts again") ? "start" : Self.kind(words))")
        case .entry(let entry): note("in: \(Self.word(entry))")
        case .outbox(let news):
            switch news {
            case .left(_, _, let mayArrive): note(mayArrive ? "outbox: left" : "outbox: refused for now")
            case .ended(_, let state, _): note("outbox: \(state.rawValue)")
            case .receipt: return
            }
        case .effect(let effect): count(effect)
        case .stand, .told, .unasked, .unsubscribed, .forgotten: return
        }
    }

    private mutating func count(_ effect: Effect) {
        switch effect {
        case .interaction(let told): note("\(told.detector): \(told.verb.rawValue)")
        case .notice(let notice):
            note("notice: \(notice.reason.code), \(notice.urgency.rawValue)")
            if notice.channel != .text { note("notice by \(notice.channel.rawValue)") }
            if notice.notBefore != nil { note("notice that waits for the morning") }
        case .held(let held): note("held: \(held.reason.code)")
        case .withdrawn(let withdrawn): note("withdrawn: \(withdrawn.reason)")
        case .command: note("command")
        case .query: note("query")
        case .deadLetter(let letter): note("dead letter: \(letter.reason)")
        case .dropped: note("dropped")
        }
    }

    private mutating func note(_ word: String) { counts[word, default: 0] += 1 }

    private static func word(_ entry: Entry) -> String {
        switch entry {
        case .message: "message"
        case .tick: "tick"
        case .reply(let reply): "reply, \(Answer(reply.text).meaning.rawValue)"
        case .receipt(let receipt): "receipt, \(receipt.outcome.rawValue)"
        case .caseUpdate(let update): "update, \(update.status.rawValue)"
        case .instruction(let instruction):
            switch instruction.order {
            case .silence: "silence"
            case .endSilence: "end of a silence"
            case .command: "order of a command"
            }
        case .directory: "directory"
        }
    }

    /// Without the names in it.
    private static func kind(_ words: String) -> String {
        String(words.drop { $0 != " " }.dropFirst().prefix(24))
    }
}
