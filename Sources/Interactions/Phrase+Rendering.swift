import Units

extension Phrase {
    /// The sentence as its reader sees it.
    ///
    /// - Parameters:
    ///   - zone: where the reader's clock stands.
    ///   - now: when it is written; it decides whether a clock time needs its day.
    public func rendered(in language: Language, zone: CivilZone, at now: Moment) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .words(let words):
                text += words
            case .moment(let moment):
                Self.append(ClockText(moment, in: zone, at: now).text(in: language), to: &text)
            case .clock(let time):
                text += ClockText.text(of: time, in: language)
            case .duration(let duration):
                text += DurationText(duration).text(in: language)
            case .measure(let value, let unit):
                text += NumberText(value, unit: unit).text(in: language)
            }
        }
        return text
    }

    private static let contractions = [("à ", "au "), ("de ", "du "), ("À ", "Au "), ("De ", "Du ")]

    /// French contracts "à le" and "de le": `jusqu'à 09h14`, but `jusqu'au 4 janv. 22h30`.
    private static func append(_ moment: String, to text: inout String) {
        let article = "le "
        if moment.hasPrefix(article) {
            for (preposition, contracted) in contractions where endsIn(preposition, text) {
                text.removeLast(preposition.count)
                text += contracted + moment.dropFirst(article.count)
                return
            }
        }
        text += moment
    }

    /// Whether a text ends in this word, not merely in a word that ends like it.
    private static func endsIn(_ word: String, _ text: String) -> Bool {
        guard text.hasSuffix(word) else { return false }
        return text.dropLast(word.count).last.map { !$0.isLetter } ?? true
    }
}
