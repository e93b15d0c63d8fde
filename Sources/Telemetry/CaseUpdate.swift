import Units

/// News about a case from outside: somebody takes it, it waits, it is done.
public struct CaseUpdate: Equatable, Sendable {
    public enum Status: String, Sendable, CaseIterable {
        case acknowledged, inProgress, pending, resolved, closed, cancelled
        /// Nothing changes but what is said besides: a note, an estimate, who works on it.
        case noted
    }

    /// The id of this piece of news: the same id twice is the same news.
    public var id: String
    /// The key of the case.
    public var key: String
    public var status: Status
    /// Who says so: a person's id in the directory or their name, or `crm` when nobody is behind it.
    public var by: String
    public var note: String
    /// When it is expected to be over.
    public var estimate: Moment?
    /// Who works on it; empty when nothing is said of it.
    public var assignee: String
    /// What was the matter, said when it is closed; empty when nothing is said of it.
    public var cause: String
    public var at: Moment

    public init(
        id: String,
        key: String,
        status: Status,
        by: String,
        note: String = "",
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

extension CaseUpdate {
    /// Who it is by when a CRM does something by itself: a rule, a robot that sorts tickets.
    public static let crm = "crm"

    /// Whether a person is behind it, as far as it says.
    public var isByAPerson: Bool { !by.isEmpty && by.lowercased() != Self.crm }

    /// As the journal keeps it.
    var texts: [String] {
        [id, key, status.rawValue, by, note, estimate.map(\.description) ?? "", assignee, cause]
    }

    /// Journals written before cases had estimates hold the first five texts only.
    init?(texts: [String], at: Moment) {
        guard texts.count == 5 || texts.count == 8, let status = Status(rawValue: texts[2]) else {
            return nil
        }
        self.init(id: texts[0], key: texts[1], status: status, by: texts[3], note: texts[4], at: at)
        guard texts.count == 8 else { return }
        if !texts[5].isEmpty {
            guard let moment = Moment(iso8601: texts[5]) else { return nil }
            estimate = moment
        }
        assignee = texts[6]
        cause = texts[7]
    }
}
