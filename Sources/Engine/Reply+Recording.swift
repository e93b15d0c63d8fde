import Interactions
import Telemetry
import Units

extension Reply {
    /// `{"id","from","text"}`, or of an answer to a notice `{"id","notice","key","phase","recipient","action","text"}`.
    public var recorded: JSON {
        guard let answered else {
            return ["id": .string(id), "from": .string(from), "text": .string(text)]
        }
        return [
            "id": .string(id), "notice": .string(answered.notice), "key": .string(answered.key),
            "phase": .string(answered.phase), "recipient": .string(answered.recipient),
            "action": .string(answered.action.rawValue), "text": .string(text),
        ]
    }

    /// Without an id it is the only one of its sender at that time.
    public init(recorded json: JSON, at: Moment) throws(RecordingProblem) {
        func text(_ name: String) throws(RecordingProblem) -> String {
            guard let text = json[name]?.string else {
                throw RecordingProblem(text: "\"\(name)\" is missing")
            }
            return text
        }
        guard json["notice"] != nil else {
            let from = try text("from")
            self.init(id: json["id"]?.string ?? "\(from) \(at)", from: from, text: try text("text"), at: at)
            return
        }
        let word = try text("action")
        guard let action = Action(rawValue: word) else {
            let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
            throw RecordingProblem(text: "\"action\" is \"\(word)\"; known: \(known)")
        }
        let recipient = try text("recipient")
        self.init(
            id: json["id"]?.string ?? "\(recipient) \(at)",
            from: "",
            text: json["text"]?.string ?? action.words,
            answered: Answered(
                notice: try text("notice"),
                key: try text("key"),
                phase: try text("phase"),
                recipient: recipient,
                action: action
            ),
            at: at
        )
    }
}
