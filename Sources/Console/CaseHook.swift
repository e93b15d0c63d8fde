import Interactions
import Units

/// `POST /hooks/case`, a signed JSON object:
/// `{"id","key","status","by","note"?,"estimate"?,"assignee"?,"cause"?,"at"?}`. The status is one of those of a
/// case, or `noted` when only the rest is news; `by` is `crm` when no person is behind it.
public enum CaseHook {
    public static let path = "/hooks/case"

    public static func route(
        _ hooks: SignedHooks,
        take: @escaping @Sendable (InboundCaseUpdate) throws(HookRefusal) -> Void
    ) -> Route {
        hooks.route(path, read: read, take: take)
    }

    @Sendable
    private static func read(_ fields: HookFields, at now: Moment) throws(HookProblem) -> InboundCaseUpdate {
        InboundCaseUpdate(
            id: try fields.text("id"),
            key: try fields.text("key"),
            status: try status(of: fields),
            by: try fields.text("by"),
            note: try fields.optionalText("note") ?? "",
            estimate: try fields.time("estimate"),
            assignee: try fields.optionalText("assignee") ?? "",
            cause: try fields.optionalText("cause") ?? "",
            at: try fields.time("at") ?? now
        )
    }

    private static let noted = "noted"

    private static func status(of fields: HookFields) throws(HookProblem) -> Interaction.Status? {
        let word = try fields.text("status")
        if word == noted { return nil }
        guard let status = Interaction.Status(rawValue: word), status != .new else {
            let known = Interaction.Status.allCases.filter { $0 != .new }.map(\.rawValue) + [noted]
            throw HookProblem.unknownWord("status", known)
        }
        return status
    }
}
