import Interactions
import Units

/// A time as a person at the command line writes it: `2026-01-05T03:12:00Z`, `2026-01-05 03:12`, `03:12`, `3h12`.
/// Without an offset it is what the clocks of the installation show.
struct WrittenTime: Hashable {
    private enum Form: Hashable {
        case moment(Moment)
        case civil(CivilTime)
        case clock(TimeOfDay)
    }

    private let form: Form

    /// Reads the first time among the words of a sentence; nil when there is none.
    init?(in words: String) {
        var date: CivilDate?
        var time: TimeOfDay?
        for word in words.split(separator: " ") {
            var word = word
            while let last = word.last, ".,;!?".contains(last) { word.removeLast() }
            if let moment = Moment(iso8601: String(word)) {
                form = .moment(moment)
                return
            }
            let parts = word.split(separator: "T", maxSplits: 1)
            if date == nil, let day = parts.first.flatMap({ CivilDate(written: $0) }) {
                date = day
                if parts.count == 2 { time = time ?? TimeOfDay(written: parts[1]) }
            } else {
                time = time ?? TimeOfDay(written: word)
            }
        }
        switch (date, time) {
        case (let date?, let time): form = .civil(CivilTime(date, time ?? .midnight))
        case (nil, let time?): form = .clock(time)
        case (nil, nil): return nil
        }
    }

    /// When that was: of a clock alone, the last time before now. Two moments where clocks went back over it.
    func past(in zone: CivilZone, before now: Moment) -> [Moment] {
        switch form {
        case .moment(let moment): return [moment]
        case .civil(let civil): return Self.moments(of: civil, in: zone)
        case .clock(let time):
            let today = zone.civilTime(at: now).date
            let moments = Self.moments(of: CivilTime(today, time), in: zone).filter { $0 <= now }
            guard moments.isEmpty else { return moments }
            return Self.moments(
                of: CivilTime(CivilDate(daysSince1970: today.daysSince1970 - 1), time),
                in: zone
            )
        }
    }

    /// When that will be: of a clock alone, the next time.
    func future(in zone: CivilZone, after now: Moment) -> Moment {
        switch form {
        case .moment(let moment): moment
        case .civil(let civil): zone.moment(of: civil)
        case .clock(let time): zone.next(time, from: now)
        }
    }

    private static func moments(of civil: CivilTime, in zone: CivilZone) -> [Moment] {
        switch zone.occurrences(of: civil) {
        case .once(let moment), .never(let moment): [moment]
        case .twice(let first, let second): [first, second]
        }
    }
}

extension CivilDate {
    /// `2026-01-05`, a day that there is.
    init?(written text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
        // 31 February would be a day of March.
        guard CivilDate(daysSince1970: daysSince1970) == self else { return nil }
    }
}

extension TimeOfDay {
    /// `03:12`, `3:12:05`, `3h12`, `3h`.
    init?(written text: some StringProtocol) {
        let parts = text.split(whereSeparator: { $0 == ":" || $0 == "h" }).map { Int($0) }
        let separators = text.filter { $0 == ":" || $0 == "h" }
        let endsOpen = parts.count == 1 && text.hasSuffix("h")
        guard (1...3).contains(parts.count), separators.count == parts.count - (endsOpen ? 0 : 1),
            endsOpen || parts.count > 1, let hour = parts[0], (0..<24).contains(hour)
        else { return nil }
        let rest = parts.dropFirst().map { $0 ?? 60 } + [0, 0]
        guard (0..<60).contains(rest[0]), (0..<60).contains(rest[1]) else { return nil }
        self.init(hour: hour, minute: rest[0], second: rest[1])
    }
}

extension CivilZone {
    /// `2026-01-05 18:00:00`, as the clocks of the zone show it.
    func words(_ moment: Moment) -> String {
        let local = civilTime(at: moment)
        return "\(local.date) \(local.time)"
    }
}
