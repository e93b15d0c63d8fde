import Units

/// A word of a written schedule, or one of `, ( ) & |`.
struct ScheduleToken: CustomStringConvertible {
    let text: String
    /// From 1, for people.
    let number: Int

    var description: String { "\"\(text)\" as word \(number)" }
    var lowercased: String { text.lowercased() }
    var word: ScheduleWord? { ScheduleWord(lowercased) }

    /// Dashes may be long and have spaces around them: `08:00 – 12:00` is one word.
    static func tokens(of text: String) -> [ScheduleToken] {
        var words: [String] = []
        var word = ""
        var isBroken = false
        func end() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in text {
            switch character {
            case ",", "(", ")", "&", "|":
                end()
                words.append(String(character))
            case " ", "\t", "\u{A0}", "\u{202F}":
                isBroken = true
                continue
            case "-", "–", "—":
                word.append("-")
            default:
                if isBroken, word.last != "-" { end() }
                word.append(character)
            }
            isBroken = false
        }
        end()
        return words.enumerated().map { ScheduleToken(text: $0.element, number: $0.offset + 1) }
    }
}

/// What one word can be.
extension ScheduleToken {
    /// `08:00-18:00`, `8h-12h30`, `22:00:30-24:00`; nil when it does not look like times.
    func window() throws(ScheduleProblem) -> Schedule.Window? {
        guard isNumeric, lowercased.contains(where: { $0 == ":" || $0 == "h" }) else { return nil }
        let times = lowercased.split(separator: "-", omittingEmptySubsequences: false)
        guard times.count == 2, let start = Self.time(times[0]), start < TimeOfDay.perDay,
            let end = Self.time(times[1])
        else { throw .times(self) }
        return Schedule.Window(
            from: TimeOfDay(microseconds: start),
            to: TimeOfDay(microseconds: end % TimeOfDay.perDay)
        )
    }

    /// `2026-12-24`, `2026-07-01..2026-08-31`, `12-24`, `10-15..04-15`; nil when it does not look like dates.
    func dates() throws(ScheduleProblem) -> DateSpan? {
        guard isNumeric else { return nil }
        let ends = text.split(separator: "..", omittingEmptySubsequences: false).map(Self.numbers)
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1],
            first.count == last.count,
            Self.date(first).isInCalendar, Self.date(last).isInCalendar
        else { throw .dates(self) }
        if first.count == 2 { return DateSpan(from: (first[0], first[1]), through: (last[0], last[1])) }
        let (from, through) = (Self.date(first), Self.date(last))
        guard from.year > 0, from <= through else { throw .dates(self) }
        return DateSpan(from: from, through: through)
    }

    /// `mon`, `mon-fri`, `ven-lun`; nil when it is no day of the week.
    var weekdays: Schedule.Days? {
        let names = lowercased.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= 2, let first = ScheduleWord.weekday(names[0]),
            let last = ScheduleWord.weekday(names[names.count - 1])
        else { return nil }
        let count = (last - first + 7) % 7 + 1
        let bits = (0..<count).reduce(UInt8(0)) { $0 | 1 << UInt8((first + $1) % 7) }
        return Schedule.Days(weekdays: bits)
    }

    private var isNumeric: Bool { text.first?.isASCII == true && text.first?.isNumber == true }

    /// In microseconds, up to and with 24:00.
    private static func time(_ text: Substring) -> Int64? {
        let parts = text.split(whereSeparator: { $0 == ":" || $0 == "h" })
        let separators = text.count { $0 == ":" || $0 == "h" }
        guard (1...3).contains(parts.count), separators >= 1, text.first != ":", text.first != "h",
            separators == parts.count - 1 || (parts.count == 1 && text.last == "h")
        else { return nil }
        var values = parts.map { $0.count <= 2 ? natural($0) : nil }
        while values.count < 3 { values.append(0) }
        guard let hour = values[0], let minute = values[1], let second = values[2], minute < 60, second < 60
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        return seconds <= 86_400 ? seconds * 1_000_000 : nil
    }

    /// Month and day, or year, month and day.
    private static func numbers(_ date: Substring) -> [Int]? {
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        let widths = parts.map(\.count)
        guard widths == [2, 2] || widths == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap(natural)
        return numbers.count == parts.count ? numbers : nil
    }

    /// In the year 0 when there is none, as `DateSpan` has it.
    private static func date(_ numbers: [Int]) -> CivilDate {
        CivilDate(
            year: numbers.count == 3 ? numbers[0] : 0,
            month: numbers[numbers.count - 2],
            day: numbers[numbers.count - 1]
        )
    }

    /// Digits only: `Int` would take a sign.
    private static func natural(_ digits: Substring) -> Int? {
        digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
    }
}
