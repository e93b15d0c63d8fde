import Units

/// What a watch shows of a case: a title, a line, since when, and at most two things to do. One live line per case:
/// a newer form replaces the one before it (collapse id: the key of the case).
///
/// What does not fit is refused, never cut, and there is no automatic shortening: which words can go without
/// changing what is said ("plus d'eau", "pas de blessure") only the author knows.
public struct WatchForm: Hashable, Sendable {
    /// What its reader can do with one tap.
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// "I take it."
        case ack
        /// "I cannot": the next one is asked.
        case decline
        case call
        case arrived
        case done
    }

    /// Characters as a reader counts them, and taps.
    public enum Limits {
        public static let title = 20
        public static let line = 40
        public static let state = 20
        public static let actions = 2
    }

    public let title: String
    public let line: String
    /// When what it tells of began.
    public let since: Moment
    public let severity: Severity
    /// What is going on, `ETA 11:30`; empty when there is nothing to say.
    public let state: String
    public let actions: [Action]

    /// - Parameters:
    ///   - title: what and where, as its reader reads it: `Ascenseur A HS`.
    ///   - line: `12 rue des Lilas`; may be empty.
    /// - Throws: everything that does not fit.
    public init(
        title: String,
        line: String,
        since: Moment,
        severity: Severity,
        state: String = "",
        actions: [Action] = []
    ) throws(WatchProblems) {
        var problems: [WatchProblem] = []
        func check(_ text: String, _ field: WatchProblem.Field, _ limit: Int) {
            if text.count > limit { problems.append(.tooLong(field, found: text.count, limit: limit)) }
            if text.contains(where: \.isNewline) { problems.append(.severalLines(field)) }
        }
        if title.allSatisfy(\.isWhitespace) { problems.append(.noTitle) }
        check(title, .title, Limits.title)
        check(line, .line, Limits.line)
        check(state, .state, Limits.state)
        if actions.count > Limits.actions { problems.append(.tooManyActions(actions.count)) }
        for (index, action) in actions.enumerated() where actions[..<index].contains(action) {
            problems.append(.twice(action))
        }
        guard problems.isEmpty else { throw WatchProblems(problems) }
        (self.title, self.line, self.since, self.severity) = (title, line, since, severity)
        (self.state, self.actions) = (state, actions)
    }

    /// The same for whom it is enough that it does not fit: nil then.
    public init?(
        fitting title: String,
        line: String,
        since: Moment,
        severity: Severity,
        state: String = "",
        actions: [Action] = []
    ) {
        do throws(WatchProblems) {
            try self.init(
                title: title,
                line: line,
                since: since,
                severity: severity,
                state: state,
                actions: actions
            )
        } catch {
            return nil
        }
    }

    /// `{"t":"Ascenseur A HS","l":"12 rue des Lilas","since":"2026-01-05T08:14:00Z","st":"ETA 11h30",`
    /// `"sev":"warning","act":["ack","call"]}`: the watch knows its clock, and how old the form is when it is seen.
    public var json: JSON {
        [
            "t": .string(title), "l": .string(line), "since": .string(since.description),
            "st": .string(state), "sev": .string(severity.rawValue),
            "act": .array(actions.map { .string($0.rawValue) }),
        ]
    }

    /// The form of a JSON value that `json` wrote; nil for any other.
    public init?(json: JSON) {
        guard let title = json["t"]?.string, let line = json["l"]?.string, let state = json["st"]?.string,
            let since = json["since"]?.string.flatMap({ Moment(iso8601: $0) }),
            let severity = json["sev"]?.string.flatMap(Severity.init(rawValue:)),
            let words = json["act"]?.array
        else { return nil }
        let actions = words.compactMap { $0.string.flatMap(Action.init(rawValue:)) }
        guard actions.count == words.count else { return nil }
        self.init(
            fitting: title,
            line: line,
            since: since,
            severity: severity,
            state: state,
            actions: actions
        )
    }
}

/// Why a form does not fit a watch. It never shows the text.
public enum WatchProblem: Hashable, Sendable {
    public enum Field: String, Hashable, Sendable {
        case title, line, state
    }

    case noTitle
    case tooLong(Field, found: Int, limit: Int)
    case severalLines(Field)
    case tooManyActions(Int)
    case twice(WatchForm.Action)
}

extension WatchProblem {
    /// Whether it says the same of the same words; how long they are does not count.
    func isAbout(the other: WatchProblem) -> Bool {
        if case .tooLong(let field, _, _) = self, case .tooLong(field, _, _) = other { return true }
        return self == other
    }
}

extension WatchProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noTitle: "the watch form has no title; expected what and where, such as \"Ascenseur A HS\""
        case .tooLong(let field, let found, let limit):
            "the \(field) of the watch form has \(found) characters, at most \(limit) fit; word it shorter, "
                + "nothing is cut"
        case .severalLines(let field): "the \(field) of the watch form has a line break; expected one line"
        case .tooManyActions(let count):
            "the watch form offers \(count) actions, at most \(WatchForm.Limits.actions) fit; leave out the others"
        case .twice(let action): "the watch form offers \"\(action.rawValue)\" twice; expected it once"
        }
    }
}

/// All that does not fit, at once.
public struct WatchProblems: Error, Hashable, Sendable, CustomStringConvertible {
    public let problems: [WatchProblem]

    init(_ problems: [WatchProblem]) {
        self.problems = problems
    }

    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
