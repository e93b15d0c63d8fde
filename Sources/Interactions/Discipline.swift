import Units

/// How much people are told, and when they are left in peace. Life safety knows no such limits.
///
/// The number of messages is limited for those whom something concerns, not for those whose work it is, nor for what
/// cannot wait. What a limit holds back is not lost: it comes when the quiet hours end if it still holds then, or in
/// one digest when the limit allows a message again.
public struct Discipline: Hashable, Sendable {
    /// When nobody is disturbed about a service.
    public var quiet: Schedule
    /// Messages about services to one person within an hour and within a day. The end of what somebody was told
    /// always comes, and so does the answer to what they wrote.
    public var hourly: Int
    public var daily: Int

    public init(quiet: Schedule, hourly: Int, daily: Int) {
        self.quiet = quiet
        self.hourly = hourly
        self.daily = daily
    }

    /// By the clocks of where the people live, unless it names others.
    public func kept(in zone: CivilZone) -> Discipline {
        Discipline(quiet: quiet.kept(in: zone), hourly: hourly, daily: daily)
    }

    /// Nothing between 22:00 and 08:00, four an hour, ten a day.
    public static let standard = Discipline(
        quiet: .daily(TimeOfDay(hour: 22), to: TimeOfDay(hour: 8)),
        hourly: 4,
        daily: 10
    )

    /// A person is remembered with at most so many messages held back; older ones are counted only.
    public static let heldLimit = 100
}

/// What one person was told of late, and what waits for them.
public struct ContactLedger: Hashable, Sendable {
    /// A message that waits for a digest.
    public struct Waiting: Hashable, Sendable {
        /// The case or episode.
        public var key: String
        public var title: Bilingual
        public var at: Moment
        /// By its position the reaction that said it; nil when that is not known.
        public var reaction: Int?

        public init(key: String, title: Bilingual, at: Moment, reaction: Int?) {
            self.key = key
            self.title = title
            self.at = at
            self.reaction = reaction
        }
    }

    /// When the last messages about services went out, or will at the end of the night: at most a day's limit of them.
    public private(set) var sent: [Moment]
    public private(set) var waiting: [Waiting]
    /// Messages that waited and were more than are remembered.
    public private(set) var uncounted: Int
    /// When the digest is due.
    public private(set) var digestAt: Moment?

    public init(sent: [Moment] = [], waiting: [Waiting] = [], uncounted: Int = 0, digestAt: Moment? = nil) {
        self.sent = sent
        self.waiting = waiting
        self.uncounted = uncounted
        self.digestAt = digestAt
    }

    public enum Verdict: Hashable, Sendable {
        case now
        /// More than `limit` in `span`: not before `until`.
        case capped(limit: Int, per: Duration, until: Moment)
    }

    /// Whether one more message may go out at `now`.
    public func verdict(at now: Moment, _ discipline: Discipline) -> Verdict {
        if let verdict = verdict(at: now, discipline.daily, .hours(24)) { return verdict }
        return verdict(at: now, discipline.hourly, .hours(1)) ?? .now
    }

    private func verdict(at now: Moment, _ limit: Int, _ span: Duration) -> Verdict? {
        let recent = sent.filter { now.since($0) < span }
        guard recent.count >= limit else { return nil }
        let first = limit > 0 ? recent[recent.count - limit] : now
        return .capped(limit: limit, per: span, until: first + span)
    }

    public mutating func note(sentAt moment: Moment, _ discipline: Discipline) {
        sent.append(moment)
        if sent.count > max(discipline.daily, discipline.hourly, 1) { sent.removeFirst() }
    }

    /// What waits already is told once.
    public mutating func hold(_ message: Waiting, until moment: Moment) {
        digestAt = digestAt.map { min($0, moment) } ?? moment
        guard !waiting.contains(where: { $0.key == message.key && $0.reaction == message.reaction }) else {
            return
        }
        if waiting.count == Discipline.heldLimit {
            waiting.removeFirst()
            uncounted += 1
        }
        waiting.append(message)
    }

    /// Nobody is disturbed now: the digest waits.
    public mutating func postpone(until moment: Moment) {
        digestAt = moment
    }

    /// What waited, for the digest that goes out now.
    public mutating func takeWaiting() -> (messages: [Waiting], more: Int) {
        defer {
            waiting = []
            uncounted = 0
            digestAt = nil
        }
        return (waiting, uncounted)
    }

    /// Nothing in it still matters at `now`.
    public func isForgotten(at now: Moment) -> Bool {
        waiting.isEmpty && sent.allSatisfy { now.since($0) >= .hours(24) }
    }
}
