import Units

/// What an operator or another program orders.
public struct Instruction: Equatable, Sendable {
    public enum Order: Equatable, Sendable {
        /// Nothing that can wait is said about these until then: planned work, a known fault. Without a begin it holds
        /// at once.
        case silence(Scope, from: Moment? = nil, until: Moment)
        /// Ends the silence with this id before its time.
        case endSilence(id: String)
        /// A command that the case's pipeline offers, by its name.
        case command(key: String, name: String)
    }

    /// What a silence covers: everything that agrees with each word given.
    public struct Scope: Equatable, Sendable {
        public var pipeline: String
        public var detector: String
        public var subject: String
        public var site: String

        public init(pipeline: String = "", detector: String = "", subject: String = "", site: String = "") {
            self.pipeline = pipeline
            self.detector = detector
            self.subject = subject
            self.site = site
        }
    }

    /// The same id twice is the same order.
    public var id: String
    public var order: Order
    /// Who orders it: a person's id or an account.
    public var by: String
    public var note: String
    public var at: Moment

    public init(id: String, order: Order, by: String, note: String = "", at: Moment) {
        self.id = id
        self.order = order
        self.by = by
        self.note = note
        self.at = at
    }
}

extension Instruction {
    /// As the journal keeps it: what every order has, its word, and what belongs to it.
    var texts: [String] {
        [id, by, note] + order.texts
    }

    init?(texts: [String], at: Moment) {
        guard texts.count >= 4 else { return nil }
        let words = Array(texts[4...])
        let order: Order
        switch (texts[3], words.count) {
        case ("silence", 5), ("silence", 6):
            guard let until = Moment(iso8601: words[0]) else { return nil }
            let scope = Scope(pipeline: words[1], detector: words[2], subject: words[3], site: words[4])
            // Journals from before silences could be planned have no sixth word.
            let begin = words.count == 6 ? Moment(iso8601: words[5]) : nil
            guard words.count == 5 || begin != nil else { return nil }
            order = .silence(scope, from: begin, until: until)
        case ("endSilence", 1): order = .endSilence(id: words[0])
        case ("command", 2): order = .command(key: words[0], name: words[1])
        default: return nil
        }
        self.init(id: texts[0], order: order, by: texts[1], note: texts[2], at: at)
    }
}

extension Instruction.Order {
    fileprivate var texts: [String] {
        switch self {
        case .silence(let scope, let begin, let until):
            ["silence", until.description, scope.pipeline, scope.detector, scope.subject, scope.site]
                + (begin.map { [$0.description] } ?? [])
        case .endSilence(let id): ["endSilence", id]
        case .command(let key, let name): ["command", key, name]
        }
    }
}
