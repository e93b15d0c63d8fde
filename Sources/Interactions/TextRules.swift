import Units

/// What a text has to be like before it goes out to people: checked when a pipeline is, with the longest name that
/// may be shown, a code, and a promised time that needs its day.
public enum TextRules {
    /// Parts that a text for an audience may take; whoever is asked to act gets one.
    private static let mostParts = 3

    /// - Parameters:
    ///   - now: the moment at which the text is tried.
    ///   - wording: the text with a name in it; the name is one of the directory, or as long as may be shown.
    public static func problems(
        for use: TextUse,
        in zone: CivilZone,
        at now: Moment,
        _ wording: (_ name: String) -> Wording
    ) -> [TextProblem] {
        let longName = String(repeating: "W", count: FirstName.longest)
        return problems(
            for: use,
            in: zone,
            at: now,
            wording("Mme D."),
            longest: wording(longName),
            named: longName
        )
    }

    /// - Parameters:
    ///   - now: the moment at which the text is tried.
    ///   - usual: the text about a usual subject.
    ///   - long: the same about the subject that makes it longest.
    ///   - longName: what that one is called.
    public static func problems(
        for use: TextUse,
        in zone: CivilZone,
        at now: Moment,
        _ usual: Wording,
        longest long: Wording,
        named longName: String
    ) -> [TextProblem] {
        var problems: [TextProblem] = []
        for language in Language.allCases {
            guard let phrase = usual.phrase(in: language) else { continue }
            let trial = Trial(language: language, zone: zone, now: now)
            let text = trial.text(phrase, taker: "Paul")
            var kinds = self.kinds(of: text, for: use)
            if let promise = unbackedPromise(text, phrase, use.promise) {
                kinds.append(.unbackedPromise(promise))
            }
            if length(of: text, for: use) == nil, let phrase = long.phrase(in: language),
                let problem = length(
                    of: trial.text(phrase, taker: String(repeating: "W", count: FirstName.longest)),
                    for: use,
                    nameLength: longName.count
                )
            {
                kinds.append(problem)
            }
            problems += kinds.map { TextProblem(language: language, kind: $0) }
        }
        return problems
    }

    /// Of a text as it goes out. Promises cannot be checked here.
    public static func problems(in text: String, _ language: Language, for use: TextUse) -> [TextProblem] {
        kinds(of: text, for: use).map { TextProblem(language: language, kind: $0) }
    }

    /// Of what a watch shows: whether it fits, and may be seen by anybody.
    ///
    /// - Parameter nameLength: of the name in it, when that is the longest.
    public static func problems(
        inWatch title: String,
        line: String,
        _ language: Language,
        for use: TextUse,
        nameLength: Int? = nil
    ) -> [TextProblem] {
        var kinds = exposures(in: PlainWords("\(title) \(line)").words.map(\.plain), for: use)
        do throws(WatchProblems) {
            _ = try WatchForm(title: title, line: line, since: .distantPast, severity: use.severity)
        } catch {
            kinds += error.problems.map { .watch($0, nameLength: nameLength) }
        }
        return kinds.map { TextProblem(language: language, kind: $0) }
    }
}

extension TextRules {
    private static func kinds(of text: String, for use: TextUse) -> [TextProblem.Kind] {
        var kinds: [TextProblem.Kind] = []
        if let problem = length(of: text, for: use) { kinds.append(problem) }
        kinds += alphabet(of: text)
        let words = PlainWords(text).words.map(\.plain)
        kinds += links(in: text, for: use)
        kinds += exposures(in: words, for: use)
        if use.expectsReply, !saysWhatToAnswer(words) { kinds.append(.doesNotSayWhatToAnswer) }
        if use.isVital, !namesEmergencyNumber(words) { kinds.append(.noEmergencyNumber) }
        return kinds
    }

    /// What a text about health says to whoever sees the screen.
    private static func exposures(in words: [String], for use: TextUse) -> [TextProblem.Kind] {
        guard use.privacy == .health else { return [] }
        var kinds: [TextProblem.Kind] = HealthWords.diagnoses(in: words).map { .diagnosis($0) }
        if let address = HealthWords.address(in: words, of: use.address) { kinds.append(.address(address)) }
        if let name = use.person?.name, HealthWords.isNamed(name, in: words) { kinds.append(.fullName) }
        return kinds
    }

    /// When and for whom a text is tried.
    private struct Trial {
        let language: Language
        let zone: CivilZone
        let now: Moment

        func text(_ phrase: Phrase, taker: String) -> String {
            let facts = WritingFacts(
                nextWord: now + .days(1),
                code: ReplyCode.all.first,
                taker: FirstName(of: taker)
            )
            do {
                return try phrase.rendered(in: language, zone: zone, at: now, knowing: facts)
            } catch {
                // Not with all facts given; the words for what is not known are as good a trial.
                return phrase.rendered(in: language, zone: zone, at: now)
            }
        }
    }

    private static func length(
        of text: String,
        for use: TextUse,
        nameLength: Int? = nil
    ) -> TextProblem.Kind? {
        let allowed = use.purpose == .service ? mostParts : 1
        do throws(SMSRefusal) {
            let encoding = try SMSEncoding(text, maxParts: .max)
            guard encoding.parts.count > allowed else { return nil }
            return .tooLong(
                parts: encoding.parts.count,
                units: encoding.units,
                alphabet: encoding.alphabet,
                allowed: allowed,
                nameLength: nameLength
            )
        } catch {
            return .cannotGoOut(error)
        }
    }

    private static func alphabet(of text: String) -> [TextProblem.Kind] {
        let foreign = text.enumerated().compactMap { index, character in
            GSMAlphabet.septets(of: character) != nil
                ? nil
                : TextProblem.Foreign(
                    character: character,
                    position: index + 1,
                    fold: GSMAlphabet.folded(character)
                )
        }
        let lost = foreign.filter { $0.fold == nil }
        if !lost.isEmpty { return [.forcesUCS2(lost)] }
        return foreign.isEmpty ? [] : [.folds(foreign)]
    }

    private static func links(in text: String, for use: TextUse) -> [TextProblem.Kind] {
        var kinds: [TextProblem.Kind] = []
        for link in Link.all(in: text) {
            if link.isShortened { kinds.append(.shortener(link.host)) }
            if use.expectsReply { kinds.append(.linkWhereReplyIsAsked(link.text)) }
        }
        return kinds
    }

    private static let asking: Set<String> = [
        "repondez", "reponds", "repondre", "envoyez", "tapez", "reply", "answer", "text", "send",
    ]

    /// Whether words that ask for an answer are followed by one that Vigie understands.
    private static func saysWhatToAnswer(_ words: [String]) -> Bool {
        words.indices.contains { index in
            guard asking.contains(words[index]) else { return false }
            let rest = words[(index + 1)...].prefix(3)
            return (1...3).contains { count in
                let answer = Answer(rest.prefix(count).joined(separator: " "))
                return answer.meaning != .other || answer.saysAllIsWell
            }
        }
    }

    private static func namesEmergencyNumber(_ words: [String]) -> Bool {
        words.contains("112")
            || zip(words, words.dropFirst()).contains { ["le", "call"].contains($0) && $1 == "15" }
    }

    private static let promises = [
        "prochain point", "prochain message", "prochaine information", "prochaines nouvelles",
        "nouveau point", "contact suivant à", "vous rappelle avant", "next word", "next update",
        "next message", "next news", "next contact at", "will call you before",
    ]

    /// The words that promise a next message, where no time of a timer stands.
    private static func unbackedPromise(_ text: String, _ phrase: Phrase, _ promise: Moment?) -> String? {
        if phrase.pending.contains(.nextWord) { return nil }
        if let promise, phrase.names(promise) { return nil }
        let text = text.lowercased()
        return promises.first { text.contains($0) }
    }
}
