import Units

/// The key figures of some cases.
public struct CaseFigures: Hashable, Sendable {
    public let cases: Int
    /// From the first decision to the first message that a gateway took, of the cases that had one.
    public let untilFirstNotice: Percentiles
    /// From the first decision to the first time somebody took it, of the cases that somebody took.
    public let untilAcknowledged: Percentiles
    /// From the first decision to the end that lasted, of the cases that have ended.
    public let untilEnded: Percentiles
    /// Texts that a gateway took, those of them whose gateway gives receipts, and those that reached a handset by one.
    public let textsSent: Int
    public let textsWithReceipts: Int
    public let textsDelivered: Int
    /// Ended cases that say what was the matter, and those of them that were false alarms.
    public let withCause: Int
    public let falseAlarms: Int

    public init(of histories: [CaseHistory], _ words: FalseAlarmWords) {
        func spans(_ end: (CaseHistory) -> Moment?) -> Percentiles {
            Percentiles(of: histories.compactMap { history in end(history)?.since(history.beganAt) })
        }
        cases = histories.count
        untilFirstNotice = spans { $0.messages.compactMap(\.sentAt).min() }
        untilAcknowledged = spans(\.acknowledgedAt)
        untilEnded = spans(\.endedAt)
        let texts = histories.flatMap(\.messages).filter {
            $0.sentAt != nil && ($0.channel == .text || $0.channel == .secondText)
        }
        textsSent = texts.count
        textsWithReceipts = texts.count(where: \.hasReceipts)
        textsDelivered = texts.count(where: \.isDelivered)
        let causes = histories.filter { $0.endedAt != nil }.compactMap(\.cause)
        withCause = causes.count
        falseAlarms = causes.count(where: words.areIn)
    }

    /// Of the cases, those that somebody took at any time; nil when there was no case.
    public var takenShare: Double? { Self.share(untilAcknowledged.count, of: cases) }

    /// Of the texts whose gateway gives receipts; nil when no such text was sent.
    public var deliveredShare: Double? { Self.share(textsDelivered, of: textsWithReceipts) }

    /// Nil when there was no case.
    public var textsPerCase: Double? { Self.share(textsSent, of: cases) }

    /// Of the ended cases that say a cause; nil when none does.
    public var falseAlarmRate: Double? { Self.share(falseAlarms, of: withCause) }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}

/// Some percentiles of spans of time, by nearest rank: of n values in order, the p-th percentile is the one at rank
/// ⌈p · n / 100⌉, so it is always a value that occurred (NIST/SEMATECH e-Handbook of Statistical Methods, §2.6.2,
/// and Hyndman and Fan 1996, definition 1).
public struct Percentiles: Hashable, Sendable {
    public let count: Int
    public let p50: Duration?
    /// Telecare is measured by these two: 97.5 % of calls answered within 60 s, 99 % within 180 s (TSA, EN 50134-7).
    public let p975: Duration?
    public let p99: Duration?

    public init(of spans: [Duration]) {
        let sorted = spans.sorted()
        func value(perMille share: Int) -> Duration? {
            guard !sorted.isEmpty else { return nil }
            return sorted[max(1, (share * sorted.count + 999) / 1000) - 1]
        }
        count = sorted.count
        p50 = value(perMille: 500)
        p975 = value(perMille: 975)
        p99 = value(perMille: 990)
    }
}

/// The words of a cause that say that nothing was the matter.
public struct FalseAlarmWords: Hashable, Sendable {
    public static let standard = [
        "fausse alerte", "fausse alarme", "fausse manipulation", "erreur de manipulation",
        "déclenchement involontaire", "false alarm", "false positive", "by mistake",
    ]

    /// They say it only at the beginning: `test mensuel`, and not `contacteur remplacé, test concluant`.
    public static let standardOpenings = ["essai", "test"]

    /// What may stand before an opening.
    private static let fillers: Set<String> = [
        "c", "ce", "était", "un", "simple", "juste", "seulement", "it", "was", "a", "just", "only", "the",
    ]

    /// Behind one of these, with nothing but an article between, it was none after all: `pas une fausse alerte`.
    private static let negations: Set<String> = ["pas", "aucune", "not", "no", "isn", "wasn"]
    private static let articles: Set<String> = ["un", "une", "de", "a", "the", "t"]

    private let phrases: [[String]]
    private static let openings = standardOpenings.map(words)

    /// - Parameter more: besides the standard ones; capitals make no difference.
    public init(and more: [String] = []) {
        phrases = (Self.standard + more).map(Self.words).filter { !$0.isEmpty }
    }

    /// Whether one of them stands in a text, as whole words in this order.
    public func areIn(_ text: String) -> Bool {
        let words = Self.words(text)
        let opening = words.drop { Self.fillers.contains($0) }
        if Self.openings.contains(where: { opening.starts(with: $0) }) { return true }
        return phrases.contains { phrase in
            words.indices.contains { place in
                words[place...].starts(with: phrase) && !Self.isNegated(words[..<place])
            }
        }
    }

    private static func isNegated(_ before: ArraySlice<String>) -> Bool {
        before.last { !articles.contains($0) }.map(negations.contains) ?? false
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
