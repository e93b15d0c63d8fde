import Units

/// What a sentence may say of things that are known only when it is written.
public enum Pending: Int, Hashable, Sendable, CaseIterable {
    /// The moment before which the next message comes. A timer keeps that promise.
    case nextWord = 1
    /// The code of the question: only where its reader has several open ones; else it is left out, with the
    /// space before it.
    case code = 2
    /// The first name of who took it.
    case taker = 3
}

/// What is known when a text is written.
public struct WritingFacts: Hashable, Sendable {
    public var nextWord: Moment?
    /// Nil: its reader needs none.
    public var code: ReplyCode?
    public var taker: FirstName?

    public init(nextWord: Moment? = nil, code: ReplyCode? = nil, taker: FirstName? = nil) {
        self.nextWord = nextWord
        self.code = code
        self.taker = taker
    }
}

/// Why a phrase cannot be written or kept.
public enum PhraseProblem: Error, Hashable, Sendable {
    /// It says something that is not known, and has no other words for that case.
    case unknown(Pending)
    /// It takes more bytes than are kept with a case.
    case tooLarge(found: Int, limit: Int)
}

extension PhraseProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let pending):
            "the text says \\(.\(pending)), which is not known; expected \(pending.expected); the text is not "
                + "written; give it, or other words in its place: \\(.\(pending), or: \"…\")"
        case .tooLarge(let found, let limit):
            "the text takes \(found) bytes, at most \(limit) are kept with a case; the case is not opened with it; "
                + "word it shorter"
        }
    }
}

extension Pending {
    fileprivate var expected: String {
        switch self {
        case .nextWord: "the time of the timer that sends the next message"
        case .code: "a code"
        case .taker: "the first name of who took it"
        }
    }

    /// What stands for it in the rendering that cannot fail.
    func unknownText(in language: Language) -> String {
        switch (self, language) {
        case (.nextWord, .french): "une heure à préciser"
        case (.nextWord, .english): "a time to be announced"
        case (.taker, .french): "quelqu'un"
        case (.taker, .english): "somebody"
        case (.code, _): ""
        }
    }
}
