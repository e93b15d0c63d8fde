/// What is wrong with a text, as `vigie check` says it.
public struct TextProblem: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        case error, warning
    }

    public enum Kind: Hashable, Sendable {
        /// Empty, for example.
        case cannotGoOut(SMSRefusal)
        /// - Parameter nameLength: the name in it had so many characters, and with a usual one it fits.
        case tooLong(parts: Int, units: Int, alphabet: SMSEncoding.Alphabet, allowed: Int, nameLength: Int?)
        /// These have no nearest form in the 7-bit alphabet: less than half as much fits a part.
        case forcesUCS2([Foreign])
        /// These are written in their nearest form.
        case folds([Foreign])
        case linkWhereReplyIsAsked(String)
        case shortener(String)
        case diagnosis(String)
        case address(String)
        case fullName
        /// Says when the next message comes, but names no `\(.nextWord)`.
        case unbackedPromise(String)
        case doesNotSayWhatToAnswer
        case noEmergencyNumber
        /// What a watch would show.
        ///
        /// - Parameter nameLength: the name in it had so many characters, and with a usual one it fits.
        case watch(WatchProblem, nameLength: Int?)
    }

    /// A character that the 7-bit alphabet does not have.
    public struct Foreign: Hashable, Sendable {
        public let character: Character
        /// In characters from the beginning: 1 for the first.
        public let position: Int
        public let fold: String?
    }

    public let language: Language
    public let kind: Kind

    public var severity: Severity {
        switch kind {
        case .folds, .watch(_, nameLength: .some): .warning
        default: .error
        }
    }

    /// Whether it says the same of the same language; how long a text is does not count.
    public func isAbout(the other: TextProblem) -> Bool {
        guard language == other.language else { return false }
        switch (kind, other.kind) {
        case (.tooLong, .tooLong): return true
        case (.watch(let problem, _), .watch(let known, _)): return problem.isAbout(the: known)
        default: return kind == other.kind
        }
    }
}

extension TextProblem: CustomStringConvertible {
    /// `French text: 2 parts (165 septets), …`
    public var description: String {
        "\(language == .french ? "French" : "English") text: \(sentence)"
    }

    private var sentence: String {
        switch kind {
        case .cannotGoOut(let refusal): "\(refusal); it cannot go out as a text message; word it otherwise"
        case .tooLong(let parts, let units, let alphabet, let allowed, let nameLength):
            "\(parts) parts (\(units) \(alphabet == .gsm7 ? "septets" : "UCS-2 units"))"
                + (nameLength.map { " with a name of \($0) characters" } ?? "")
                + ", expected at most \(allowed); it costs more and may arrive in pieces; word it shorter"
        case .forcesUCS2(let characters):
            "\(Self.list(characters)) would make the whole message UCS-2, of which 70 characters fit a part instead "
                + "of 160; write it otherwise"
        case .folds(let characters): "readers will see \(Self.list(characters))"
        case .linkWhereReplyIsAsked(let link):
            "the link \"\(link)\" stands in a text that asks for an answer; operators block such messages; "
                + "leave the link out"
        case .shortener(let domain):
            "\"\(domain)\" shortens links; operators take such messages for spam; write the whole address"
        case .diagnosis(let word):
            "\"\(word)\" says something about somebody's health; anybody reads it on a lock screen; leave it out"
        case .address(let words):
            "\"\(words)\" is an address, in a text about health; anybody reads it on a lock screen; leave it out"
        case .fullName:
            "it names the person in full, in a text about health; anybody reads it on a lock screen; "
                + "use the name of the asset, such as \"Mme D.\""
        case .unbackedPromise(let words):
            "\"\(words)\" promises a next message, but names no time at which a timer sends it; "
                + "say when with \\(.nextWord), or leave it out"
        case .doesNotSayWhatToAnswer:
            "it expects an answer, but does not say which; expected for example \"Répondez 1\" or \"Reply 1\""
        case .watch(let problem, let nameLength):
            "\(problem)" + (nameLength.map { " (with a name of \($0) characters)" } ?? "")
        case .noEmergencyNumber: "someone's life may depend on it; expected \"15/112\" in it"
        }
    }

    /// `"ê" (5, as "e")`
    private static func list(_ characters: [Foreign]) -> String {
        characters.map { foreign in
            let fold = foreign.fold.map { ", as \"\($0)\"" } ?? ""
            return "\"\(foreign.character)\" (character \(foreign.position)\(fold))"
        }.joined(separator: ", ")
    }
}
