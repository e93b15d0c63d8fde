import Units

/// `POST /hooks/receipt`, a signed JSON object: `{"notice","outcome","reason"?,"at"?}`; `id` says the same as `notice`.
/// What became of a notice that a webhook got: a gateway of calls has rung, a watch has shown it. Each outcome of a
/// notice counts once.
public enum ReceiptHook {
    public static let path = "/hooks/receipt"

    public static func route(
        _ hooks: SignedHooks,
        take: @escaping @Sendable (InboundReceipt) throws(HookRefusal) -> Void
    ) -> Route {
        hooks.route(path, read: read, take: take)
    }

    @Sendable
    private static func read(_ fields: HookFields, at now: Moment) throws(HookProblem) -> InboundReceipt {
        let hasNotice = try fields.optionalText("notice") != nil
        let notice = try fields.text(hasNotice ? "notice" : "id")
        return InboundReceipt(
            id: notice,
            outcome: try fields.word("outcome", of: InboundReceipt.Outcome.allCases),
            detail: try fields.optionalText("reason") ?? "",
            at: try fields.time("at") ?? now
        )
    }
}
