import Engine
import Interactions
import Store
import Telemetry
import Units

/// An answer of somebody who was in no directory when it came, as a dead letter keeps it: topic `reply`, and the
/// payload as in a recording.
struct QuarantinedReply {
    static let topic = "reply"
    /// An answer belongs to what was asked within this time; later a "1" may be taken for another case.
    static let longestAge = Duration.hours(24)

    /// Its id stays when it comes again: it was not taken before.
    private let reply: Reply

    /// Nil when the letter is something else.
    init?(_ letter: DeadLetter) {
        guard letter.topic == Self.topic else { return nil }
        do {
            reply = try Reply(recorded: JSON(parsing: letter.payload), at: letter.at)
        } catch {
            return nil
        }
    }

    /// The same answer, as one that comes now.
    func entry(at now: Moment) -> Entry {
        var again = reply
        again.at = now
        return .reply(again)
    }

    /// Why it is left where it is; nil when it can be taken now.
    func obstacle(in store: Store, at now: Moment) throws -> String? {
        if now.since(reply.at) > Self.longestAge { return "older than \(SpanText.exact(Self.longestAge))" }
        // A directory that waits is taken before the answers that are posted after it.
        if try store.isDirectoryWaiting() { return nil }
        if let person = reply.answered?.recipient {
            return try store.contact(of: person) == nil ? "of somebody whom no directory knows" : nil
        }
        return try store.people(withPhone: reply.from).isEmpty ? "from a number that no directory knows" : nil
    }

    /// As a line that `vigie replay` reads.
    func recorded(isClear: Bool) -> JSON {
        var shown = reply
        if !isClear { shown.from = PhoneNumber(reply.from)?.masked ?? MaskedText.masked(reply.from) }
        return ["at": .string("\(reply.at)"), "reply": shown.recorded]
    }
}

extension DeadLetterEntry {
    /// What is wrong with it, without the number of whoever wrote.
    var shownDetail: String { topic == QuarantinedReply.topic ? MaskedText.masked(detail) : detail }
}
