/// Spans of time that somebody is there within: an hour at most.
extension AnswerWords {
    /// How many words `dans 10 min`, `5mn`, `deux minutes`, `1/4 d'heure`, `in half an hour`, `dans 1 h` take at the
    /// beginning; nil when there is no such time, or it is longer than an hour.
    static func soon(_ words: ArraySlice<PlainWords.Word>) -> Int? {
        let before = words.prefix { beforeSpans.contains($0.plain) }.count
        return span(words.dropFirst(before)).map { before + $0 }
    }

    /// The number that a word is, in digits or spelt out.
    static func number(_ word: String) -> Int? {
        word.allSatisfy(\.isNumber) ? Int(word) : numbers[word]
    }

    private static func span(_ words: ArraySlice<PlainWords.Word>) -> Int? {
        guard let word = words.first?.plain else { return nil }
        if let length = partsOfAnHour.first(where: { words.prefix($0.count).map(\.plain) == $0 })?.count {
            return length
        }
        let digits = word.prefix { $0.isNumber }
        let unit = String(word.dropFirst(digits.count))
        if !digits.isEmpty, !unit.isEmpty {
            return Int(digits).map { isSoon($0, unit) } ?? false ? 1 : nil
        }
        guard let count = number(word), let unit = words.dropFirst().first?.plain else { return nil }
        return isSoon(count, unit) ? 2 : nil
    }

    private static func isSoon(_ count: Int, _ unit: String) -> Bool {
        hourUnits.contains(unit) ? count == 1 : minuteUnits.contains(unit) && (1...60).contains(count)
    }

    private static let beforeSpans: Set<String> = [
        "dans", "d", "ici", "in", "within", "environ", "about", "max", "moins", "de",
    ]
    private static let minuteUnits: Set<String> = [
        "min", "mins", "mn", "mns", "minute", "minutes", "sec", "secs", "seconde", "secondes", "second",
        "seconds",
    ]
    private static let hourUnits: Set<String> = ["h", "heure", "hour"]

    private static let partsOfAnHour: [[String]] = """
        un quart d heure, 1 quart d heure, 1 4 d heure, 1 4 heure, 1 4h, quart d heure, trois quarts d heure
        3 quarts d heure, 3 4 d heure, 3 4 heure, une demi heure, 1 demi heure, une demie heure, demi heure, 1 2 heure
        1 2h, half an hour, a half hour, a quarter of an hour, quarter of an hour, an hour
        """
        .split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ").map(String.init) }

    private static let numbers: [String: Int] = [
        "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
        "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9,
        "dix": 10, "ten": 10, "quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20, "trente": 30,
        "thirty": 30, "quarante": 40, "forty": 40,
    ]
}
