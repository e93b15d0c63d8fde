import Units

extension Phrase {
    /// The sentence as its reader sees it. What is not known yet has its fallback, or says so in words.
    ///
    /// - Parameters:
    ///   - zone: where the reader's clock stands.
    ///   - now: when it is written; it decides whether a clock time needs its day.
    public func rendered(in language: Language, zone: CivilZone, at now: Moment) -> String {
        rendered(ClockFace(language: language, zone: zone, now: now)) { pending, fallback in
            fallback ?? pending.unknownText(in: language)
        }
    }

    /// The sentence as its reader sees it, with what was not yet known when it was worded.
    ///
    /// - Throws: `PhraseProblem.unknown` when it says something that neither `facts` nor a fallback of its own has.
    public func rendered(
        in language: Language,
        zone: CivilZone,
        at now: Moment,
        knowing facts: WritingFacts
    ) throws(PhraseProblem) -> String {
        let face = ClockFace(language: language, zone: zone, now: now)
        return try rendered(face) { pending, fallback throws(PhraseProblem) in
            let known: String? =
                switch pending {
                case .nextWord: facts.nextWord.map(face.text(of:))
                case .taker: facts.taker?.text
                case .code: facts.code?.description ?? fallback ?? ""
                }
            guard let text = known ?? fallback else { throw .unknown(pending) }
            return text
        }
    }

    private func rendered<Failure: Error>(
        _ face: ClockFace,
        _ words: (Pending, _ fallback: String?) throws(Failure) -> String
    ) throws(Failure) -> String {
        var text = ""
        var leftOutFirst = false
        var hasBegin = false
        for segment in segments {
            switch segment {
            case .words(let words):
                let isDoubled = leftOutFirst && text.isEmpty && words.first == " "
                text += isDoubled ? String(words.dropFirst()) : words
            case .moment(let moment):
                Self.append(face.text(of: moment), to: &text, &hasBegin)
            case .clock(let time):
                text += ClockText.text(of: time, in: face.language)
            case .duration(let duration):
                text += DurationText(duration).text(in: face.language)
            case .measure(let value, let unit):
                text += NumberText(value, unit: unit).text(in: face.language)
            case .pending(let pending, let fallback):
                let found = try words(pending, fallback)
                if found.isEmpty {
                    // What is left out takes one of the two spaces around it along.
                    leftOutFirst = text.isEmpty
                    if text.last == " " { text.removeLast() }
                }
                Self.append(found, to: &text, &hasBegin)
            }
        }
        return text
    }

    /// Whose clock, when and in which language.
    private struct ClockFace {
        let language: Language
        let zone: CivilZone
        let now: Moment

        func text(of moment: Moment) -> String {
            ClockText(moment, in: zone, at: now).text(in: language)
        }
    }

    /// What French makes of a preposition and "le": the longer ones first.
    private static let contractions = [
        ("jusqu'à ", "jusqu'au "), ("Jusqu'à ", "Jusqu'au "), ("de ", "du "), ("De ", "Du "), ("à ", "le "),
        ("À ", "Le "),
    ]

    /// `jusqu'à 09h14`, but `jusqu'au 4 janv. à 22h30`; `pris à 09h14`, but `pris le 4 janv. à 22h30`; and
    /// `du 4 janv. à 22h30 au 5 janv. à 09h14`.
    ///
    /// - Parameter hasBegin: whether a span has begun, whose end comes after "à".
    private static func append(_ moment: String, to text: inout String, _ hasBegin: inout Bool) {
        let article = "le "
        guard moment.hasPrefix(article),
            let (preposition, contracted) = contractions.first(where: { endsIn($0.0, text) })
        else {
            text += moment
            return
        }
        text.removeLast(preposition.count)
        text += preposition == "à " && hasBegin ? "au " : contracted
        text += moment.dropFirst(article.count)
        hasBegin = contracted == "du " || contracted == "Du "
    }

    /// Whether a text ends in this word, not merely in a word that ends like it.
    private static func endsIn(_ word: String, _ text: String) -> Bool {
        guard text.hasSuffix(word) else { return false }
        return text.dropLast(word.count).last.map { !$0.isLetter } ?? true
    }
}
