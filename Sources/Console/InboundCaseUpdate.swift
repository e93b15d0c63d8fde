import Interactions
import Units

/// News about a case from a CRM or a person's tool.
public struct InboundCaseUpdate: Hashable, Sendable {
    /// The id of this piece of news: the same id twice is the same news.
    public var id: String
    /// The key of the case.
    public var key: String
    /// Nil when it says something of the case and its status stays.
    public var status: Interaction.Status?
    /// Who says so: a person's id, a CRM's name.
    public var by: String
    public var note: String
    /// When it is expected to be over.
    public var estimate: Moment?
    /// Who works on it; empty when nothing is said of it.
    public var assignee: String
    /// What was the matter; empty when nothing is said of it.
    public var cause: String
    /// When it happened, or when it came in if the caller does not say.
    public var at: Moment

    public init(
        id: String,
        key: String,
        status: Interaction.Status?,
        by: String,
        note: String,
        estimate: Moment? = nil,
        assignee: String = "",
        cause: String = "",
        at: Moment
    ) {
        self.id = id
        self.key = key
        self.status = status
        self.by = by
        self.note = note
        self.estimate = estimate
        self.assignee = assignee
        self.cause = cause
        self.at = at
    }
}
