extension Schedule {
    /// Bytes of UTF-8 that a written schedule may have, both as it was given and as `description` writes it.
    public static let longestText = 500
    /// Schedules within `outside`, `&` and `|` within one another.
    public static let deepestNesting = 8

    /// Reads a schedule as people write it.
    ///
    ///     mon-fri 08:00-18:00, sat 09:00-12:00, not holidays
    ///     lun-ven 8h-12h 13h30-18h, sauf fériés alsace-moselle 08-01..08-15
    ///     22:00-08:00
    ///     sun holidays
    ///     outside (mon-fri 08:00-18:00, not holidays) in Indian/Reunion
    ///
    /// Parts with a comma between them hold beside each other. A part has days (several kinds: days that are one
    /// of them), times, or both; without days it is every day, without times all day. `during` keeps of its days
    /// those that are also of another kind, `not` leaves some out; a part that begins with `not` leaves them out
    /// of all parts. `outside` turns around what follows. `&` and `|` between parentheses are "both" and
    /// "either". Holidays are those of the zone, or of a region named after the word. The zone stands at the end.
    ///
    /// - Parameter zone: where it is meant when the text does not say; nil: where it is used.
    public init(_ text: String, zone: CivilZone? = nil) throws(ScheduleProblem) {
        guard text.utf8.count <= Self.longestText else { throw .tooLong(text) }
        var tokens = ScheduleToken.tokens(of: text)
        var zone = zone
        if tokens.dropLast().last?.word == .inZone, let last = tokens.last {
            do {
                zone = try CivilZone(named: last.text)
            } catch {
                let names = CivilZone.known.map(\.name).joined(separator: ", ")
                throw ScheduleProblem(found: "has the time zone \(last)", expected: "one of \(names)")
            }
            tokens.removeLast(2)
        }
        var parser = ScheduleParser(tokens: tokens, zone: zone ?? .paris)
        self.init(try parser.whole(), zone: zone)
        // What is kept has to be read again.
        guard condition.depth <= Self.deepestNesting else { throw .tooDeep }
        guard description.utf8.count <= Self.longestText else { throw .tooLong(description) }
    }
}

/// Reads the words of a schedule from left to right.
struct ScheduleParser {
    private let tokens: [ScheduleToken]
    private let zone: CivilZone
    private var position = 0
    private var depth = 0

    /// Each `outside ( … )` that is written takes three operands.
    private static let deepestOperand = 4 * Schedule.deepestNesting

    init(tokens: [ScheduleToken], zone: CivilZone) {
        self.tokens = tokens
        self.zone = zone
    }

    mutating func whole() throws(ScheduleProblem) -> Schedule.Condition {
        let condition = try sum()
        if let rest = next { throw .unknown(rest) }
        return condition
    }

    private var next: ScheduleToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ sign: String) -> Bool {
        guard next?.text == sign else { return false }
        position += 1
        return true
    }

    private mutating func take(_ word: ScheduleWord) -> Bool {
        guard next?.word == word else { return false }
        position += 1
        return true
    }

    /// Operands with the same sign between them, or one alone.
    private mutating func sum() throws(ScheduleProblem) -> Schedule.Condition {
        let first = try operand()
        guard let sign = next, sign.text == "&" || sign.text == "|" else { return first.condition }
        var parts = [first]
        while take(sign.text) { parts.append(try operand()) }
        if let other = next, other.text == "&" || other.text == "|" {
            throw ScheduleProblem(
                found: "has \(other) after \(sign)",
                expected: "parentheses that say which comes first"
            )
        }
        guard parts.allSatisfy(\.isClosed) else {
            throw ScheduleProblem(
                found: "has no parentheses around a side of \(sign)",
                expected: "( … ) \(sign.text) ( … )"
            )
        }
        let conditions = parts.map(\.condition)
        return sign.text == "&" ? .all(conditions) : .any(conditions)
    }

    /// Closed: in parentheses, so that it is clear how far it reaches.
    private mutating func operand() throws(ScheduleProblem) -> (condition: Schedule.Condition, isClosed: Bool)
    {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepestOperand else { throw .tooDeep }
        if next?.word == .outside {
            position += 1
            let turned = try operand()
            return (turned.condition.inverted, turned.isClosed)
        }
        guard let opening = next, take("(") else { return (try parts(), false) }
        let inner = try sum()
        guard take(")") else {
            throw ScheduleProblem(found: "has no end for \(opening)", expected: "one ) for each (")
        }
        return (inner, true)
    }

    /// Parts with commas between them.
    private mutating func parts() throws(ScheduleProblem) -> Schedule.Condition {
        var conditions: [Schedule.Condition] = []
        var leftOut = Schedule.Days.none
        repeat {
            if let token = next, take(.not) {
                leftOut = leftOut.union(try days(after: token))
            } else {
                conditions.append(try part())
            }
        } while take(",")
        return .any(conditions.isEmpty ? [.always] : conditions).except(leftOut)
    }

    /// Days and times, and what narrows them down.
    private mutating func part() throws(ScheduleProblem) -> Schedule.Condition {
        if take(.never) { return .never }
        var rule: Schedule.Rule
        if take(.always) {
            rule = .wholeDays(.everyDay)
        } else {
            let (days, windows) = try daysAndTimes()
            rule = Schedule.Rule(on: days ?? .everyDay, windows: windows.isEmpty ? [.allDay] : windows)
        }
        while let token = next {
            if take(.during) {
                rule = rule.during(try days(after: token))
            } else if take(.not) {
                rule = rule.except(try days(after: token))
            } else if [",", "(", ")", "&", "|"].contains(token.text) {
                break
            } else {
                throw .unknown(token)
            }
        }
        return .one(rule)
    }

    /// In any order; at least one of them.
    private mutating func daysAndTimes() throws(ScheduleProblem) -> (Schedule.Days?, [Schedule.Window]) {
        var days: Schedule.Days?
        var windows: [Schedule.Window] = []
        while let token = next {
            if let window = try token.window() {
                position += 1
                windows.append(window)
            } else if let more = try kind() {
                days = days?.union(more) ?? more
            } else {
                break
            }
        }
        if days == nil, windows.isEmpty {
            if let token = next { throw .unknown(token) }
            throw ScheduleProblem(
                found: tokens.isEmpty ? "has no word" : "ends after \(tokens[tokens.count - 1])",
                expected: "days, times or both, such as mon-fri 08:00-18:00"
            )
        }
        return (days, windows)
    }

    private mutating func days(after word: ScheduleToken) throws(ScheduleProblem) -> Schedule.Days {
        var days = Schedule.Days.none
        while let more = try kind() { days = days.union(more) }
        guard days != .none else { throw .noDays(after: word) }
        if let token = next, try token.window() != nil { throw .times(token, after: word) }
        return days
    }

    /// One kind of days, if there is one next.
    private mutating func kind() throws(ScheduleProblem) -> Schedule.Days? {
        guard let token = next else { return nil }
        if take(.holidays) { return .publicHolidays(try region(of: token)) }
        // Times look like dates until they are seen to have hours.
        if try token.window() != nil { return nil }
        var days = token.weekdays
        if let span = try token.dates() { days = Schedule.Days(span) }
        if days != nil { position += 1 }
        return days
    }

    private mutating func region(of word: ScheduleToken) throws(ScheduleProblem) -> FrenchHolidays {
        if let region = next.flatMap({ FrenchHolidays(rawValue: $0.lowercased) }) {
            position += 1
            return region
        }
        guard let usual = FrenchHolidays(keptIn: zone) else { throw .region(word, in: zone) }
        return usual
    }
}
