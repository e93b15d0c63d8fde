import Interactions
import Store
import Telemetry
import Units

/// An answer from a number that was in no directory when it came, as a dead letter keeps it: topic `reply`, and the
/// payload as in a recording, `{"id","from","text"}`.
struct QuarantinedReply {
    static let topic = "reply"
    /// An answer belongs to what was asked within this time; later a "1" may be taken for another case.
    static let longestAge = Duration.hours(24)

    let id: String
    let from: String
    let text: String
    let at: Moment

    /// Nil when the letter is something else.
    init?(_ letter: DeadLetter) {
        guard letter.topic == Self.topic else { return nil }
        let json: JSON
        do throws(JSONProblem) {
            json = try JSON(parsing: letter.payload)
        } catch {
            return nil
        }
        guard let id = json["id"]?.string, let from = json["from"]?.string, let text = json["text"]?.string
        else { return nil }
        (self.id, self.from, self.text, at) = (id, from, text, letter.at)
    }

    /// The same answer, as one that comes now. Its id stays: it was not taken before.
    func entry(at now: Moment) -> Entry {
        .reply(Reply(id: id, from: from, text: text, at: now))
    }

    /// Why it is left where it is; nil when it can be taken now.
    func obstacle(in store: Store, at now: Moment) throws -> String? {
        if now.since(at) > Self.longestAge { return "older than \(SpanText.exact(Self.longestAge))" }
        // A directory that waits is taken before the answers that are posted after it.
        if try store.isDirectoryWaiting() { return nil }
        return try store.people(withPhone: from).isEmpty ? "from a number that no directory knows" : nil
    }

    /// As a line that `vigie replay` reads.
    func recorded(isClear: Bool) -> JSON {
        let shown = isClear ? from : PhoneNumber(from)?.masked ?? MaskedText.masked(from)
        return [
            "at": .string("\(at)"),
            "reply": ["id": .string(id), "from": .string(shown), "text": .string(text)],
        ]
    }
}

extension DeadLetterEntry {
    /// What is wrong with it, without the number of whoever wrote.
    var shownDetail: String { topic == QuarantinedReply.topic ? MaskedText.masked(detail) : detail }
}
