import Units

extension Schedule: CustomStringConvertible {
    /// `mon-fri 08:00-18:00, sat 09:00-12:00, not holidays in Europe/Paris`: in its one written form, which
    /// `init(_:zone:)` reads within its limits. What names no zone has none at its end.
    public var description: String { text(in: .english) }

    /// As people write it; `init(_:zone:)` reads both languages.
    public func text(in language: Language) -> String {
        let text = Writer(language: language, zone: clocks).text(of: condition)
        return zone.map { "\(text) \(ScheduleWord.inZone.text(in: language)) \($0.name)" } ?? text
    }
}

extension Schedule {
    private struct Writer {
        let language: Language
        let zone: CivilZone

        func text(of condition: Condition) -> String {
            switch condition {
            case .never: word(.never)
            case .windows(let rules): text(of: rules)
            case .outside(let inner): "\(word(.outside)) (\(text(of: inner)))"
            case .anyOf(let parts): parts.map { "(\(text(of: $0)))" }.joined(separator: " | ")
            case .allOf(let parts): parts.map { "(\(text(of: $0)))" }.joined(separator: " & ")
            }
        }

        /// Days that all rules leave out come once, at the end.
        private func text(of rules: [Rule]) -> String {
            let common = rules.dropFirst().allSatisfy { $0.except == rules.first?.except }
            var clauses = rules.map { text(of: $0, withExceptions: !common) }
            if common, let rule = rules.first, rule.except != .none {
                clauses.append("\(word(.not)) \(text(of: rule.except))")
            }
            return clauses.joined(separator: ", ")
        }

        private func text(of rule: Rule, withExceptions: Bool) -> String {
            var words: [String] = []
            if rule.on != .everyDay { words.append(text(of: rule.on)) }
            if rule.windows != [.allDay] { words += rule.windows.map(text) }
            if words.isEmpty { words.append(word(.always)) }
            for days in rule.within { words += [word(.during), text(of: days)] }
            if withExceptions, rule.except != .none { words += [word(.not), text(of: rule.except)] }
            return words.joined(separator: " ")
        }

        private func text(of window: Window) -> String {
            "\(text(of: window.start))-\(window.end == .midnight ? "24:00" : text(of: window.end))"
        }

        private func text(of time: TimeOfDay) -> String {
            let clock = "\(twoDigits(time.hour)):\(twoDigits(time.minute))"
            return time.second == 0 ? clock : "\(clock):\(twoDigits(time.second))"
        }

        private func text(of days: Days) -> String {
            let holidays = days.holidays.map { holidays in
                let isUsual = holidays == FrenchHolidays(keptIn: zone)
                return isUsual ? word(.holidays) : "\(word(.holidays)) \(holidays.rawValue)"
            }
            return (weekdays(of: days) + holidays + days.spans.map(text)).joined(separator: " ")
        }

        /// Three days in a row or more are a range: `mon-fri sun`.
        private func weekdays(of days: Days) -> [String] {
            let names = ScheduleWord.weekdays(in: language)
            var words: [String] = []
            var first = 0
            while first < names.count {
                let last = (first..<names.count).prefix { days.weekdays & 1 << UInt8($0) != 0 }.last
                if let last, last - first >= 2 {
                    words.append("\(names[first])-\(names[last])")
                } else if let last {
                    words += names[first...last]
                }
                first = (last ?? first) + 1
            }
            return words
        }

        private func text(of span: DateSpan) -> String {
            let (first, last) = (text(of: span.first, in: span), text(of: span.last, in: span))
            return first == last ? first : "\(first)..\(last)"
        }

        private func text(of date: CivilDate, in span: DateSpan) -> String {
            span.isYearly ? "\(twoDigits(Int(date.month)))-\(twoDigits(Int(date.day)))" : "\(date)"
        }

        private func word(_ word: ScheduleWord) -> String { word.text(in: language) }
    }
}
