import Units

/// `POST /hooks/answer`, a signed JSON object: `{"id","notice","recipient","action","text"?,"at"?}`. Somebody to whom
/// a notice was sent, by whatever channel, answers it: by a tap on a watch, a key in a call, a button of a chat.
public enum AnswerHook {
    public static let path = "/hooks/answer"

    public static func route(
        _ hooks: SignedHooks,
        take: @escaping @Sendable (InboundAnswer) throws(HookRefusal) -> Void
    ) -> Route {
        hooks.route(path, read: read, take: take)
    }

    @Sendable
    private static func read(_ fields: HookFields, at now: Moment) throws(HookProblem) -> InboundAnswer {
        let action = try fields.word("action", of: InboundAnswer.Action.allCases)
        return InboundAnswer(
            id: try fields.text("id"),
            notice: try fields.text("notice"),
            recipient: try fields.text("recipient"),
            action: action,
            text: action == .text ? try fields.text("text") : try fields.optionalText("text") ?? "",
            at: try fields.time("at") ?? now
        )
    }
}
