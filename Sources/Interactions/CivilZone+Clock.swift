import Units

extension CivilZone {
    /// When a time on the clock happens.
    public enum Occurrences: Hashable, Sendable {
        case once(Moment)
        /// Clocks went back: first in summer time, an hour later again in winter time.
        case twice(first: Moment, second: Moment)
        /// Clocks went forward over it, at this moment.
        case never(skippedAt: Moment)
    }

    /// What calendar and clock show at a moment.
    public func civilTime(at moment: Moment) -> CivilTime {
        CivilTime(utc: Moment(microseconds: moment.microseconds + offsetInMicroseconds(at: moment)))
    }

    /// The latest time that the clock has shown up to a moment: what it shows, but in the hour that comes again
    /// in autumn the end of the first passage, because all its times have been there.
    ///
    /// `moment(of: time) <= moment` is the same as `time <= latestTimeShown(by: moment)`, and this is faster.
    func latestTimeShown(by moment: Moment) -> CivilTime {
        let shown = CivilTime(utc: Moment(microseconds: moment.microseconds + standardOffset))
        guard rule == .european else { return shown }
        // At New Year, where this and the year of UTC differ, there is no summer time in either.
        let (spring, autumn) = Self.changes(in: Int(shown.date.year))
        if moment < spring || moment >= autumn + .hours(1) { return shown }
        let summerTime = min(moment.microseconds, autumn.microseconds - 1) + summerOffset
        return CivilTime(utc: Moment(microseconds: summerTime))
    }

    public func occurrences(of civil: CivilTime) -> Occurrences {
        let clock = civil.asUTC.microseconds
        let winter = Moment(microseconds: clock - standardOffset)
        guard rule == .european else { return .once(winter) }
        let summer = Moment(microseconds: clock - summerOffset)
        let happensInSummer = offsetInMicroseconds(at: summer) == summerOffset
        let happensInWinter = offsetInMicroseconds(at: winter) == standardOffset
        switch (happensInSummer, happensInWinter) {
        case (true, true): return .twice(first: summer, second: winter)
        case (true, false): return .once(summer)
        case (false, true): return .once(winter)
        case (false, false): return .never(skippedAt: Self.lastSunday(of: 3, in: Int(civil.date.year)))
        }
    }

    /// The first moment at which the clock shows this time or a later one: the first of two, and the end of
    /// the gap for a time that clocks went over.
    public func moment(of civil: CivilTime) -> Moment {
        switch occurrences(of: civil) {
        case .once(let moment), .twice(let moment, _), .never(let moment): moment
        }
    }

    /// The first moment of a day; where clocks go forward at midnight (the Azores) it is 01:00 on the clock.
    public func startOfDay(_ date: CivilDate) -> Moment {
        moment(of: CivilTime(date))
    }

    /// 24 hours, or 23 and 25 on the days when clocks change.
    public func length(of date: CivilDate) -> Duration {
        startOfDay(CivilDate(daysSince1970: date.daysSince1970 + 1)).since(startOfDay(date))
    }

    /// The first moment, this one or later, at which the clock comes to show a time: once per calendar day.
    public func next(_ time: TimeOfDay, from moment: Moment) -> Moment {
        let today = civilTime(at: moment).date
        let candidate = self.moment(of: CivilTime(today, time))
        guard candidate < moment else { return candidate }
        return self.moment(of: CivilTime(CivilDate(daysSince1970: today.daysSince1970 + 1), time))
    }

    /// 0 for Monday 00:00–00:59 to 167 for Sunday 23:00–23:59, by the clock: a household's habits follow it.
    public func hourOfWeek(at moment: Moment) -> Int {
        let civil = civilTime(at: moment)
        return (civil.date.weekday - 1) * 24 + civil.time.hour
    }
}
