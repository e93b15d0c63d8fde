import Units

extension Schedule {
    /// What has to be true of date and clock.
    indirect enum Condition: Hashable, Sendable {
        /// One of these, or more; never, when there are none.
        case windows([Rule])
        case outside(Condition)
        case anyOf([Condition])
        case allOf([Condition])

        static let always = one(.wholeDays(.everyDay))
        static let never = Condition.windows([])

        /// - Parameter clock: the latest time that it has shown.
        func holds(at clock: CivilTime) -> Bool {
            switch self {
            case .windows(let rules): rules.contains { $0.holds(at: clock) }
            case .outside(let inner): !inner.holds(at: clock)
            case .anyOf(let parts): parts.contains { $0.holds(at: clock) }
            case .allOf(let parts): parts.allSatisfy { $0.holds(at: clock) }
            }
        }

        var depth: Int {
            switch self {
            case .windows: 0
            case .outside(let inner): 1 + inner.depth
            case .anyOf(let parts), .allOf(let parts): 1 + (parts.map(\.depth).max() ?? 0)
            }
        }

        /// Everything that can begin or end.
        var rules: [Rule] {
            switch self {
            case .windows(let rules): rules
            case .outside(let inner): inner.rules
            case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.rules)
            }
        }
    }
}

/// Conditions are made only by these, so that what is written the same way is equal.
extension Schedule.Condition {
    var inverted: Self {
        switch self {
        case .always: .never
        case .never: .always
        case .outside(let inner): inner
        case .windows, .anyOf, .allOf: .outside(self)
        }
    }

    static func one(_ rule: Schedule.Rule) -> Self {
        rule.isNever ? .never : .windows([rule])
    }

    static func any(_ parts: Self...) -> Self { any(parts) }

    /// Windows are put into one list, in which windows on the same days become one rule.
    static func any(_ parts: [Self]) -> Self {
        var rules: [Schedule.Rule] = []
        var others: [Self] = []
        for part in parts.flatMap(\.alternatives) {
            if case .windows(let more) = part {
                for rule in more { rule.join(&rules) }
            } else if !others.contains(part) {
                others.append(part)
            }
        }
        if others.isEmpty { return .windows(rules) }
        let all = rules.isEmpty ? others : [.windows(rules)] + others
        return all.count == 1 ? all[0] : .anyOf(all)
    }

    static func all(_ parts: Self...) -> Self { all(parts) }

    static func all(_ parts: [Self]) -> Self {
        var kept: [Self] = []
        for part in parts.flatMap(\.demands) where part != .always && !kept.contains(part) {
            kept.append(part)
        }
        if kept.contains(.never) { return .never }
        return kept.isEmpty ? .always : kept.count == 1 ? kept[0] : .allOf(kept)
    }

    private var alternatives: [Self] {
        if case .anyOf(let parts) = self { parts } else { [self] }
    }

    private var demands: [Self] {
        if case .allOf(let parts) = self { parts } else { [self] }
    }

    func except(_ days: Schedule.Days) -> Self {
        switch self {
        case .windows(let rules): .any(rules.map { .one($0.except(days)) })
        case .outside: .all(self, Self.one(.wholeDays(days)).inverted)
        case .anyOf(let parts): .any(parts.map { $0.except(days) })
        case .allOf(let parts): .all(parts.map { $0.except(days) })
        }
    }

    func during(_ days: Schedule.Days) -> Self {
        switch self {
        case .windows(let rules): .any(rules.map { .one($0.during(days)) })
        case .outside: .all(self, .one(.wholeDays(days)))
        case .anyOf(let parts): .any(parts.map { $0.during(days) })
        case .allOf(let parts): .all(parts.map { $0.during(days) })
        }
    }
}
