import Units

extension Schedule {
    /// How far ahead a change is looked for: ten years, so that a 29 February is found across a century.
    public static let horizon: Duration = .days(3653)

    /// The first moment after this one at which it begins or ceases to hold; nil when it is more than `horizon`
    /// away.
    public func nextChange(after moment: Moment) -> Moment? {
        if condition == .always { return nil }
        let rules = condition.rules
        let edges = Set(rules.flatMap { rule in rule.windows.flatMap { [$0.start, $0.end] } }).sorted()
        if edges.isEmpty { return nil }
        let holds = contains(moment)
        let today = clocks.latestTimeShown(by: moment).date.daysSince1970
        var hasBegunBefore = true
        for day in today...today + Self.horizon.inMicroseconds / TimeOfDay.perDay {
            let date = CivilDate(daysSince1970: day)
            let begins = rules.contains { $0.begins(on: date) }
            defer { hasBegunBefore = begins }
            // A day on which no window begins, after another such day, changes nothing.
            guard begins || hasBegunBefore else { continue }
            for edge in edges {
                let candidate = clocks.moment(of: CivilTime(date, edge))
                if candidate > moment, contains(candidate) != holds { return candidate }
            }
        }
        return nil
    }

    /// The first moment after this one at which it begins to hold.
    public func nextBegin(after moment: Moment) -> Moment? {
        next(holding: true, after: moment)
    }

    /// The first moment after this one at which it ceases to hold.
    public func nextEnd(after moment: Moment) -> Moment? {
        next(holding: false, after: moment)
    }

    /// The first moment, this one or later, at which it holds: when what has to wait may go.
    public func next(from moment: Moment) -> Moment? {
        contains(moment) ? moment : nextChange(after: moment)
    }

    private func next(holding: Bool, after moment: Moment) -> Moment? {
        guard let change = nextChange(after: moment) else { return nil }
        return contains(change) == holding ? change : nextChange(after: change)
    }
}
