import Units

/// The two forms of `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
    /// Nil when it is neither; zero when the date has passed.
    static func duration(of value: String, now: Moment) -> Duration? {
        let text = value.drop { $0 == " " }.prefix { $0 != "\r" && $0 != "\n" }
        if let seconds = Int64(text) {
            // A number beyond a year is a mistake; the caller has its own limit below that anyway.
            return seconds < 0 ? nil : .seconds(min(seconds, 31_536_000))
        }
        return moment(ofHTTPDate: String(text)).map { max($0.since(now), .zero) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may still be generated (RFC 9110 §5.6.7).
    private static func moment(ofHTTPDate text: String) -> Moment? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", words[0].hasSuffix(","),
            let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false).compactMap { Int64($0) }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        let days = CivilDate(year: year, month: month + 1, day: day).daysSince1970
        return Moment(seconds: days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
