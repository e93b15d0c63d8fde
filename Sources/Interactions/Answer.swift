/// What a person's text says to a question of ours: its meaning, and the code of the question if one is named.
///
/// A positive meaning is only read where every word of the text belongs to it: "oui" is yes, "oui mais" is not,
/// nor is any text with a negation, a condition or a question mark. What calms an alert must be said plainly; all
/// else leads on. A refusal or a call for help is also heard among other words.
public struct Answer: Hashable, Sendable {
    public let meaning: ReplyMeaning
    /// The person who was asked "are you well?" says so: `1`, `oui`, `ok`, `tout va bien`. Neither `vu`, nor
    /// `j'arrive`, nor 👍, nor `d'accord` says that, though each is a yes to who is asked to go there. Who says
    /// "please" or "quick" wants somebody to come.
    public let saysAllIsWell: Bool
    /// Thanks and greetings, and nothing else: `merci`, `bonne nuit`.
    public let isCourtesy: Bool
    /// The question that is meant: `1 7K`, `7K 1`, `17K`. Nil when none or more than one is named.
    public let code: ReplyCode?
    /// There are words beyond the meaning: the team reads the text, whatever the meaning.
    public let saysMore: Bool

    public init(_ text: String) {
        let words = PlainWords(text, hearsQuotations: false)
        var reader = AnswerReader(words.words)
        reader.read()
        code = reader.codes.count == 1 ? reader.codes.first : nil
        let isPlain = !reader.hasOtherWords && !words.isCutOff && reader.codes.count <= 1
        let senses = reader.senses.subtracting([.courtesy])
        meaning = Self.meaning(
            senses.subtracting([.addition]),
            isPlain: isPlain,
            asks: words.asks,
            opening: reader.opening
        )
        // "Sorry" goes with a false alarm, but not with a mere yes.
        let calming: Set<AnswerSense> =
            senses.contains(.isWell) ? [.agrees, .isWell, .regrets] : [.agrees]
        saysAllIsWell = isPlain && !words.asks && !senses.isEmpty && senses.isSubset(of: calming)
        isCourtesy = isPlain && !words.asks && reader.senses == [.courtesy] && reader.codes.isEmpty
        saysMore = !isPlain || meaning == .other || !senses.isDisjoint(with: AnswerSense.howSomebodyIs)
    }

    /// An answer by a tap or a key, and what was written besides. A call for help among the words is heard, and
    /// whoever writes more than "all is well" has not plainly said so.
    public init(_ words: String, meaning: ReplyMeaning) {
        let written = Answer(words)
        self.meaning = written.meaning == .help ? .help : meaning
        saysMore = written.saysMore || written.meaning != meaning
        saysAllIsWell = meaning == .yes && written.saysAllIsWell
        isCourtesy = false
        code = nil
    }

    private static func meaning(
        _ senses: Set<AnswerSense>,
        isPlain: Bool,
        asks: Bool,
        opening: AnswerSense?
    ) -> ReplyMeaning {
        if senses.contains(.needsHelp) { return .help }
        if asks || senses.isEmpty { return .other }
        let said = senses.subtracting([.regrets])
        let refuses = !said.isDisjoint(with: isPlain ? [.declines, .saysNo] : [.declines])
        if refuses || (!isPlain && opening == .saysNo) {
            return said.isSubset(of: [.declines, .saysNo, .hasSeen]) ? .no : .other
        }
        guard isPlain else { return .other }
        if said == [.unsubscribes] { return .stop }
        if said == [.subscribes] { return .resume }
        // "On site in ten minutes" is a promise, and no arrival.
        let isPromise = said.contains(.comesSoon)
        if !isPromise, let report = AnswerSense.reports.first(where: { said.contains($0.sense) }) {
            return said.isSubset(of: report.goesWith) ? report.meaning : .other
        }
        let promise = said.subtracting(isPromise ? [.comesSoon, .isThere] : [])
        guard promise.isSubset(of: [.agrees, .consents, .goes, .hasSeen]), said != [.comesSoon] else {
            return .other
        }
        // "OK, sorry" is no yes; "sorry, on my way" is one.
        return senses.contains(.regrets) && !said.contains(.goes) ? .other : .yes
    }
}

/// What a text says to the question whether somebody goes there.
public enum ReplyMeaning: String, Hashable, Sendable, CaseIterable {
    /// Takes it: `1`, `OK`, `oui`, `j'y vais`.
    case yes
    /// Cannot: `2`, `non`, `je ne peux pas`. The next one is asked at once.
    case no
    /// `AIDE`, `au secours`: passed on at once.
    case help
    /// It is over: `FINI`, `réparé`.
    case done
    /// Is on the spot: `sur place`, `arrivé`.
    case arrived
    /// Wants no more texts: `STOP`.
    case stop
    /// Wants them again: `REPRISE`.
    case resume
    /// Whatever else: nothing is decided by it, and the team reads it.
    case other
}

/// What one word or group of words of an answer says.
enum AnswerSense: Hashable, Sendable, CaseIterable {
    case agrees, goes, hasSeen, isWell
    /// Yes to who asks for something, and no answer to "are you well?": `d'accord`, `volontiers`.
    case consents
    /// Of somebody else: `elle va bien`. Says nothing by itself.
    case theyAreWell
    /// A bare no counts where the text begins; a refusal wherever it is said.
    case saysNo, declines
    case needsHelp, isDone, isThere, unsubscribes, subscribes
    /// "In ten minutes": goes with a promise only.
    case comesSoon
    /// "Merci", "bonjour": says nothing by itself.
    case courtesy
    /// "Svp", "vite", "je peux": says nothing by itself either, and "all is well" is not said with it.
    case addition
    /// "Désolé": of a yes it leaves doubts.
    case regrets
    /// Contains words of a list, but does not say what they say: "no help needed".
    case saysNothing

    /// What a report of the place may tell besides; the team reads it.
    static let howSomebodyIs: Set<Self> = [.isWell, .theyAreWell]

    /// What reports from the place mean, and which other senses go with them.
    static let reports: [(sense: Self, meaning: ReplyMeaning, goesWith: Set<Self>)] = [
        (.isDone, .done, howSomebodyIs.union([.agrees, .consents, .isThere, .isDone])),
        (.isThere, .arrived, howSomebodyIs.union([.agrees, .consents, .isThere])),
    ]
}

/// Finds the groups of words of the list in a text, the longest first.
private struct AnswerReader {
    private let words: [PlainWords.Word]
    private(set) var senses: Set<AnswerSense> = []
    private(set) var codes: Set<ReplyCode> = []
    private(set) var hasOtherWords = false
    /// What the first words say, courtesies aside: nil when they are not in the list.
    private(set) var opening: AnswerSense?
    private var isOpen = true

    init(_ words: [PlainWords.Word]) {
        self.words = words
    }

    mutating func read() {
        var position = 0
        while position < words.count {
            let (sense, length) = group(at: position)
            position += length
            guard let sense else {
                isOpen = false
                continue
            }
            note(sense, before: position)
        }
    }

    private mutating func note(_ sense: AnswerSense, before next: Int) {
        if sense == .saysNothing { hasOtherWords = true } else { senses.insert(sense) }
        guard isOpen, ![.courtesy, .addition, .regrets].contains(sense) else { return }
        isOpen = false
        // "2 min", "deux secondes" and "2 rue des Lilas" begin with a number and are no refusal.
        let isNumber = AnswerWords.number(words[next - 1].plain) != nil
        let goesOn = next < words.count ? AnswerWords.beginnings.contains(words[next].plain) : true
        opening = isNumber && !goesOn ? nil : sense
    }

    /// What is said at a place, and in how many words; codes and words that are in no list are noted.
    private mutating func group(at position: Int) -> (AnswerSense?, length: Int) {
        let rest = words[position...]
        if let length = AnswerWords.soon(rest) { return (.comesSoon, length) }
        if let (sense, length) = AnswerWords.longest(rest) { return (sense, length) }
        let word = words[position].plain
        if let code = ReplyCode(word) {
            codes.insert(code)
            return (.courtesy, 1)
        }
        if let (digit, code) = Self.joined(word) {
            codes.insert(code)
            return (digit == "1" ? .agrees : .saysNo, 1)
        }
        hasOtherWords = true
        return (nil, 1)
    }

    /// `17K` or `7K1`; nil when it could be read both ways.
    private static func joined(_ word: String) -> (digit: Character, ReplyCode)? {
        guard word.count == 3, let first = word.first, let last = word.last else { return nil }
        let readings: [(Character, ReplyCode?)] = [
            (first, ReplyCode(String(word.dropFirst()))), (last, ReplyCode(String(word.dropLast()))),
        ]
        let sound = readings.compactMap { digit, code in
            digit == "1" || digit == "2" ? code.map { (digit, $0) } : nil
        }
        return sound.count == 1 ? sound[0] : nil
    }
}
