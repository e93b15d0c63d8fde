import Units

/// `POST /hooks/command`, a signed JSON object: `{"id","key","command","by","note"?}`. Somebody wants a command of
/// those that the case offers.
public enum CommandHook {
    public static let path = "/hooks/command"

    public static func route(
        _ hooks: SignedHooks,
        take: @escaping @Sendable (InboundCommand) throws(HookRefusal) -> Void
    ) -> Route {
        hooks.route(path, read: read, take: take)
    }

    @Sendable
    private static func read(_ fields: HookFields, at now: Moment) throws(HookProblem) -> InboundCommand {
        InboundCommand(
            id: try fields.text("id"),
            key: try fields.text("key"),
            command: try fields.text("command"),
            by: try fields.text("by"),
            note: try fields.optionalText("note") ?? "",
            at: now
        )
    }
}
