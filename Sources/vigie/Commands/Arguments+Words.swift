import Units

extension Arguments {
    /// A time in ISO 8601; nil where the option is not given.
    func moment(_ name: String) throws -> Moment? {
        guard let text = value(name) else { return nil }
        guard let moment = Moment(iso8601: text) else {
            throw CommandFailure(
                .usage,
                "--\(name) is \"\(text)\"; expected a time like 2026-01-05T07:31:02Z"
            )
        }
        return moment
    }

    /// A span like `90s`, `5min`, `2h`; nil where the option is not given.
    func span(_ name: String) throws -> Duration? {
        guard let text = value(name) else { return nil }
        let units: [(word: String, seconds: Int)] = [("s", 1), ("min", 60), ("h", 3600)]
        let digits = text.prefix { $0.isNumber }
        let word = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int(digits), (1...1_000_000).contains(count),
            let unit = units.first(where: { $0.word == word })
        else {
            throw CommandFailure(.usage, "--\(name) is \"\(text)\"; expected a span like 90s, 5min or 2h")
        }
        return .seconds(count * unit.seconds)
    }

    /// A whole number above zero.
    func count(_ name: String, standard: Int) throws -> Int {
        guard let text = value(name) else { return standard }
        guard let count = Int(text), count > 0 else {
            throw CommandFailure(.usage, "--\(name) is \"\(text)\"; expected a whole number above zero")
        }
        return count
    }

    /// The row of an outbox or a list of dead letters that stands at a place of the words.
    func row(at index: Int) throws -> Int64 {
        guard rest.count == index + 1, let row = Int64(rest[index]) else {
            let found = rest.dropFirst(index).joined(separator: " ")
            throw CommandFailure(.usage, "expected one ROW, a number from the list; found \"\(found)\"")
        }
        return row
    }

    /// The first word; one of those that the command knows.
    func action(of known: [String]) throws -> String {
        guard let word = rest.first, known.contains(word) else {
            let found = rest.first.map { "found \"\($0)\"" } ?? "found none"
            throw CommandFailure(.usage, "expected one of \(known.joined(separator: ", ")); \(found)")
        }
        return word
    }
}
