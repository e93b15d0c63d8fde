import Units

/// Days in a row: once, or in every year.
struct DateSpan: Hashable, Sendable {
    /// Of the year 0 when it is for every year.
    let first: CivilDate
    let last: CivilDate
    let isYearly: Bool

    /// Of years 1 to 9999, as they are written with four digits; `first` is not after `last`.
    init(from first: CivilDate, through last: CivilDate) {
        precondition(first.isInCalendar && last.isInCalendar, "no calendar shows \(first) or \(last)")
        precondition(
            (1...9999).contains(first.year) && last.year <= 9999,
            "\(first) or \(last) is too far away"
        )
        precondition(first <= last, "from \(first) through \(last) is no day")
        self.first = first
        self.last = last
        isYearly = false
    }

    /// The first may be after the last: from October through April.
    init(from first: (month: Int, day: Int), through last: (month: Int, day: Int)) {
        // The year 0 was a leap year: 29 February is one of its days.
        self.first = CivilDate(year: 0, month: first.month, day: first.day)
        self.last = CivilDate(year: 0, month: last.month, day: last.day)
        precondition(self.first.isInCalendar && self.last.isInCalendar, "no year has \(first) or \(last)")
        isYearly = true
    }

    func contains(_ date: CivilDate) -> Bool {
        guard isYearly else { return first <= date && date <= last }
        let day = CivilDate(year: 0, month: Int(date.month), day: Int(date.day))
        return first <= last ? first <= day && day <= last : first <= day || day <= last
    }
}

extension DateSpan: Comparable {
    static func < (left: DateSpan, right: DateSpan) -> Bool {
        (left.first, left.last) < (right.first, right.last)
    }
}

extension CivilDate {
    /// Whether there is such a day: not on 31 February.
    var isInCalendar: Bool {
        CivilDate(daysSince1970: daysSince1970) == self
    }
}
