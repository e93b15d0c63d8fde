import Measuring
import Models
import Units

extension Benchmark {
    /// Nobody uses water any more, beside rules of a fixed number of hours.
    static let inactivity = Benchmark(
        name: "inactivity",
        summary: "a person stops using water: how soon it is told, and needless alarms, beside fixed hours"
    ) { options in
        let data = RecordedData(options)
        guard let daiad = try HouseholdMeters.daiad(data) else {
            say("there is no folder water-daiad: inactivity is left out")
            return
        }
        let members = try HouseholdMeters.daiadMembers(data)
        let homes = MeterSeries.all(daiad).filter(LeakTrial.isUsable)
        for group in SilenceTrial.Group.allCases {
            let some = homes.filter { group.holds(members[$0.household] ?? 0) }
            for rule in SilenceRule.all(for: group) { SilenceTrial(rule, group: group, homes: some).report() }
        }
    }
}

/// What decides that a home has been silent for too long.
struct SilenceRule {
    let name: String
    let make: () -> Inactivity

    static func all(for group: SilenceTrial.Group) -> [SilenceRule] {
        let fixed = [14, 18, 20, 24].map { hours in
            SilenceRule(name: "fixed \(hours) h") {
                Inactivity(least: 1e6, overRecord: 1, hardLimit: Double(hours) * 3600)
            }
        }
        return [SilenceRule(name: "survival") { group == .single ? .livingAlone : Inactivity() }] + fixed
    }
}

/// Incidents added at random waking hours to the homes of a recording.
struct SilenceTrial {
    enum Group: String, CaseIterable {
        case families
        case single = "single-person homes"

        func holds(_ members: Int) -> Bool {
            switch self {
            case .families: members > 1
            case .single: members == 1
            }
        }
    }

    private struct History {
        let home: MeterSeries
        var used: [Double] = []
        var states: [Inactivity] = []

        /// Whether anything was used in the last hours: an incident needs a person.
        func isLivedIn(at index: Int) -> Bool {
            let readings = home.readings[...index]
            return readings.indices.reversed().lazy
                .prefix { home.readings[index].at - readings[$0].at <= SilenceTrial.recent }
                .contains { used[$0] > 0 }
        }
    }

    private let rule: SilenceRule
    private let group: Group
    private let histories: [History]

    private static let warmUp = 28 * 86_400.0
    private static let drawn = 40
    private static let recent = 6 * 3600.0
    /// A silence that lasts longer is an absence that nobody declared.
    private static let absence = 30 * 3600.0

    init(_ rule: SilenceRule, group: Group, homes: [MeterSeries]) {
        self.rule = rule
        self.group = group
        histories = homes.map { home in
            var person = rule.make()
            var counter = CounterUse()
            var history = History(home: home)
            for reading in home.readings {
                let used = counter.take(reading.total)
                person.learn(used, at: reading.at)
                history.used.append(used)
                history.states.append(person)
            }
            return history
        }
    }

    func report() {
        var needless = 0
        var absences = 0
        var years = 0.0
        var random = SplitMix(state: 7)
        var delays: [Double] = []
        for history in histories {
            years += (history.home.length - Self.warmUp) / 365 / 86_400
            count(history, &needless, &absences)
            for _ in 0..<Self.drawn {
                if let delay = delay(in: history, &random) { delays.append(delay / 3600) }
            }
        }
        delays.sort()
        let isOurs = rule.name == "survival"
        if isOurs {
            let said = histories.reduce(0) { $0 + alarmsWhileAway($1) }
            figure("alarms in declared absences", Double(said), "", goal: .atMost(0))
        }
        let isFamilies = group == .families
        figure("homes", Double(histories.count), "")
        figure(
            "needless alarms",
            Double(needless) / years,
            "a home and year",
            goal: isOurs ? .atMost(isFamilies ? 4 : 2.5) : nil
        )
        figure("absences of more than 30 h", Double(absences) / years, "a home and year")
        figure("median", delays.median, "h", goal: isOurs && isFamilies ? .atMost(13) : nil)
        for hours in [12, 24] {
            let share = 100 * Double(delays.filter { $0 <= Double(hours) }.count) / Double(delays.count)
            figure("within \(hours) h", share, "%", goal: isOurs && hours == 24 ? .atLeast(99) : nil)
        }
    }

    /// Alarms that a use of water within 30 hours of the one before ended, and those of longer silences.
    private func count(_ history: History, _ needless: inout Int, _ absences: inout Int) {
        let states = history.states
        for index in states.indices.dropFirst()
        where states[index].alarm.isRaised && !states[index - 1].alarm.isRaised {
            let begin = states[index].alarm.since
            guard history.home.readings[index].at - history.home.begin > Self.warmUp else { continue }
            let end = states[index...].firstIndex { !$0.alarm.isRaised } ?? states.count - 1
            if history.home.readings[end].at - begin < Self.absence { needless += 1 } else { absences += 1 }
        }
    }

    /// Alarms in silences of more than 30 hours, when each is declared in its first hour and until its end.
    private func alarmsWhileAway(_ history: History) -> Int {
        let readings = history.home.readings
        var person = rule.make()
        var alarms = 0
        var wasRaised = false
        var isAway = false
        for index in readings.indices {
            let isUsed = history.used[index] > 0
            if isUsed || index == 0 {
                let next =
                    readings.indices[(index + 1)...].first { history.used[$0] > 0 } ?? readings.count - 1
                isAway = readings[next].at - readings[index].at > Self.absence
                person.learn(history.used[index], at: readings[index].at)
                if isAway { person.leave(until: readings[next].at) }
            } else {
                person.learn(0, at: readings[index].at)
            }
            if person.alarm.isRaised, !wasRaised, isAway { alarms += 1 }
            wasRaised = person.alarm.isRaised
        }
        return alarms
    }

    /// Seconds from a waking hour of a home that is lived in, after which nobody uses anything any more, until it is told.
    private func delay(in history: History, _ random: inout SplitMix) -> Double? {
        let readings = history.home.readings
        for _ in 0..<1000 {
            let first = random.below(readings.count)
            let start = readings[first].at
            let hour = (start / 3600).rounded(.down).truncatingRemainder(dividingBy: 24)
            guard history.isLivedIn(at: first), hour >= 7, hour < 23,
                start - history.home.begin > 2 * Self.warmUp,
                history.home.end - start > 3 * 86_400
            else { continue }
            var person = history.states[first]
            for reading in readings[(first + 1)...] where reading.at - start <= 3 * 86_400 {
                person.learn(0, at: reading.at)
                if person.alarm.isRaised { return reading.at - start }
            }
            return .infinity
        }
        return nil
    }

    private func figure(_ name: String, _ value: Double, _ unit: String, goal: Figure.Goal? = nil) {
        Figure(name: "\(group.rawValue), \(rule.name), \(name)", value: value, unit: unit, goal: goal)
            .report()
    }
}
