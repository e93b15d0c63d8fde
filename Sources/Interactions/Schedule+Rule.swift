import Units

extension Schedule {
    /// Between two times of the clock: on one day, or from one to the next.
    struct Window: Hashable, Sendable {
        let start: TimeOfDay
        /// The next day's when it is not after the start: `00:00` is the end of the day.
        let end: TimeOfDay

        static let allDay = Window(from: .midnight, to: .midnight)

        /// Less than a second is cut off: nobody writes it.
        init(from start: TimeOfDay, to end: TimeOfDay) {
            self.start = start.wholeSeconds
            self.end = end.wholeSeconds
        }

        var endsNextDay: Bool { end <= start }
    }

    /// Windows on the same days.
    struct Rule: Hashable, Sendable {
        private(set) var on: Days
        /// Of those, only days that are in each of these.
        private(set) var within: [Days] = []
        private(set) var except: Days = .none
        /// By their start; never empty.
        private(set) var windows: [Window]

        static func wholeDays(_ days: Days) -> Rule {
            Rule(on: days, windows: [.allDay])
        }

        init(on days: Days, windows: [Window]) {
            on = days
            self.windows = Self.inOrder(windows)
        }

        /// Whether it is for no kind of days at all.
        var isNever: Bool { on == .none || within.contains(.none) }

        /// Whether windows begin on a day.
        func begins(on date: CivilDate) -> Bool {
            on.contains(date) && within.allSatisfy { $0.contains(date) } && !except.contains(date)
        }

        /// - Parameter clock: the latest time that it has shown.
        func holds(at clock: CivilTime) -> Bool {
            let time = clock.time
            let begunToday = windows.contains { $0.start <= time && ($0.endsNextDay || time < $0.end) }
            if begunToday, begins(on: clock.date) { return true }
            let begunYesterday = windows.contains { $0.endsNextDay && time < $0.end }
            return begunYesterday && begins(on: CivilDate(daysSince1970: clock.date.daysSince1970 - 1))
        }

        func except(_ days: Days) -> Rule {
            var rule = self
            rule.except = except.union(days)
            return rule
        }

        func during(_ days: Days) -> Rule {
            var rule = self
            if days != .everyDay, !within.contains(days) { rule.within.append(days) }
            return rule
        }

        /// Adds its windows to the rule that has the same days, or itself to the end.
        func join(_ rules: inout [Rule]) {
            if let index = rules.firstIndex(where: hasDays) {
                rules[index].windows = Self.inOrder(rules[index].windows + windows)
            } else {
                rules.append(self)
            }
        }

        private func hasDays(of other: Rule) -> Bool {
            on == other.on && within == other.within && except == other.except
        }

        private static func inOrder(_ windows: [Window]) -> [Window] {
            Set(windows).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        }
    }
}

extension TimeOfDay {
    fileprivate var wholeSeconds: TimeOfDay {
        TimeOfDay(microseconds: microseconds - microseconds % 1_000_000)
    }
}
