import Units

/// What a text says, in the languages of its readers, before it is known who reads it and when.
public struct Wording: Hashable, Sendable {
    public var french: Phrase
    /// Without it, readers of English get the French text.
    public var english: Phrase?

    public init(french: Phrase, english: Phrase? = nil) {
        self.french = french
        self.english = english
    }

    /// As its readers see it.
    ///
    /// - Parameters:
    ///   - zone: where their clocks stand.
    ///   - now: when it is written.
    public func rendered(in zone: CivilZone, at now: Moment) -> Bilingual {
        Bilingual(
            french: french.rendered(in: .french, zone: zone, at: now),
            english: english?.rendered(in: .english, zone: zone, at: now)
        )
    }
}

extension Wording {
    /// As its readers see it, with what was not yet known when it was worded.
    ///
    /// - Throws: `PhraseProblem.unknown` when it says something that neither `facts` nor a fallback of its own has.
    public func rendered(
        in zone: CivilZone,
        at now: Moment,
        knowing facts: WritingFacts
    ) throws(PhraseProblem) -> Bilingual {
        Bilingual(
            french: try french.rendered(in: .french, zone: zone, at: now, knowing: facts),
            english: try english?.rendered(in: .english, zone: zone, at: now, knowing: facts)
        )
    }

    /// The words of a language; nil when its readers get the French ones.
    public func phrase(in language: Language) -> Phrase? {
        switch language {
        case .french: french
        case .english: english
        }
    }

    /// What it says of things that are known only when it is written.
    public var pending: Set<Pending> { french.pending.union(english?.pending ?? []) }
}

/// The words for readers of French.
public struct French: Hashable, Sendable {
    public var phrase: Phrase

    public init(_ phrase: Phrase) {
        self.phrase = phrase
    }
}

/// The words for readers of English.
public struct English: Hashable, Sendable {
    public var phrase: Phrase

    public init(_ phrase: Phrase) {
        self.phrase = phrase
    }
}

/// Makes a `Wording` of one sentence for all readers, of `French(…)`, of `French(…)` and `English(…)`, or of one
/// made elsewhere.
@resultBuilder
public enum WordingBuilder {
    public static func buildExpression(_ phrase: Phrase) -> Phrase { phrase }
    public static func buildExpression(_ french: French) -> French { french }
    public static func buildExpression(_ english: English) -> English { english }
    public static func buildExpression(_ wording: Wording) -> Wording { wording }

    public static func buildBlock(_ phrase: Phrase) -> Wording {
        Wording(french: phrase, english: phrase)
    }

    public static func buildBlock(_ wording: Wording) -> Wording { wording }

    public static func buildBlock(_ french: French) -> Wording {
        Wording(french: french.phrase)
    }

    public static func buildBlock(_ french: French, _ english: English) -> Wording {
        Wording(french: french.phrase, english: english.phrase)
    }

    public static func buildBlock(_ english: English, _ french: French) -> Wording {
        Wording(french: french.phrase, english: english.phrase)
    }

    @available(*, unavailable, message: "a text needs words: \"…\", or French(\"…\") and English(\"…\")")
    public static func buildBlock() -> Wording { Wording(french: "") }

    @available(*, unavailable, message: "a text is always there in French: add French(\"…\")")
    public static func buildBlock(_ english: English) -> Wording { Wording(french: english.phrase) }

    @available(*, unavailable, message: "one sentence, or French(\"…\") and English(\"…\")")
    public static func buildBlock(_ first: Phrase, _ second: Phrase, _ rest: Phrase...) -> Wording {
        Wording(french: first)
    }
}
