import Foundation
import Measuring
import Models

extension Benchmark {
    /// Activity of people read from electricity: with a standby that is learned, beside ones that are given.
    static let electricity = Benchmark(
        name: "electricity",
        summary: "activity at home from hourly electricity: needless alarms, and how soon a silence is told"
    ) { options in
        let homes = try SeriesFile.all(in: RecordedData(options)).filter { $0.group == "electricity" }
        if homes.isEmpty { say("there is no folder electricity: it is left out") }
        for home in homes { ElectricityTrial(home).report() }
    }
}

/// One home's hourly electricity.
struct ElectricityTrial {
    private let name: String
    private let readings: [ActivityReplay.Reading]

    /// Standbys to compare with, in multiples of the quietest tenth of the hours of the whole recording.
    private static let given = [1.25, 1.5, 2]
    private static let warmUp = 35 * 24
    private static let drawn = 400
    private static let longest = 72

    /// Hours end with their time, and the last of a day is called midnight of that day.
    init(_ file: SeriesFile) {
        name = file.name
        var last = -Double.infinity
        readings = zip(file.times, file.values).map { time, value in
            let at = time <= last ? time + 86_400 : time
            last = at
            return ActivityReplay.Reading(at: at, amount: max(0, value))
        }
    }

    func report() {
        let days = Double(readings.count) / 24
        Figure(name: "\(name), recorded", value: days, unit: "days").report()
        reportLevel()
        ActivityReplay.report(
            "\(name), learned standby",
            readings,
            inactivity: AboveStandby(Inactivity()),
            firstUse: AboveStandby(FirstUse()),
            day: AboveStandby(ActiveHours(.day)),
            night: AboveStandby(ActiveHours(.night))
        )
        reportDelays("learned standby", AboveStandby(Inactivity()))
        let quietest = readings.map(\.amount).sorted().quantile(0.1)
        for factor in Self.given {
            let level = factor * quietest
            let label = "given standby of \(factor) quiet hours"
            ActivityReplay.report(
                "\(name), \(label)",
                readings,
                inactivity: Inactivity(leastFlow: level),
                firstUse: FirstUse(leastFlow: level),
                day: ActiveHours(.day, leastFlow: level),
                night: ActiveHours(.night, leastFlow: level)
            )
            reportDelays(label, Inactivity(leastFlow: level))
        }
        let fixed = Inactivity(least: 1e6, hardLimit: 18 * 3600)
        ActivityReplay(AboveStandby(fixed), readings).reportSilences("\(name), learned standby, fixed 18 h")
        reportDelays("learned standby, fixed 18 h", AboveStandby(fixed))
    }

    /// What is learned as the standby, and in how many hours of the night and of the day something lies above it.
    private func reportLevel() {
        var standby = Standby()
        var levels: [Double] = []
        var (nights, days) = ([Bool](), [Bool]())
        for reading in readings {
            let hour = (reading.at - 1800).truncatingRemainder(dividingBy: 86_400) / 3600
            if standby.isWarm {
                levels.append(standby.level)
                let isUse = reading.amount > standby.level
                if (1..<6).contains(hour) { nights.append(isUse) }
                if (8..<22).contains(hour) { days.append(isUse) }
            }
            standby.learn(reading.amount, at: reading.at)
        }
        levels.sort()
        let low = levels.first ?? .nan
        Figure(name: "\(name), learned standby, lowest", value: low, unit: "kWh/h").report()
        Figure(name: "\(name), learned standby, highest", value: levels.last ?? .nan, unit: "kWh/h").report()
        for (part, uses) in [("1 to 6", nights), ("8 to 22", days)] {
            let share = 100 * Double(uses.filter { $0 }.count) / Double(uses.count)
            Figure(name: "\(name), learned standby, hours above it from \(part)", value: share, unit: "%")
                .report()
        }
    }

    /// From a waking hour on nobody does anything any more: the home uses what it used in nights of the weeks before.
    private func reportDelays(_ label: String, _ fresh: some Model & Detector) {
        var model = fresh
        var states: [Int: [Int]] = [:]
        var random = SplitMix(state: 5)
        for _ in 0..<Self.drawn where readings.count > Self.warmUp + Self.longest {
            let index = Self.warmUp + random.below(readings.count - Self.warmUp - Self.longest)
            states[index, default: []].append(random.below(1 << 30))
        }
        var delays: [Double] = []
        for (index, reading) in readings.enumerated() {
            model.learn(reading.amount, at: reading.at)
            let hour = (reading.at / 3600).truncatingRemainder(dividingBy: 24)
            guard hour >= 7, hour < 23, !model.alarm.isRaised else { continue }
            for seed in states[index] ?? [] {
                delays.append(delay(after: index, model, SplitMix(state: UInt64(seed))))
            }
        }
        delays.sort()
        let told = delays.filter { $0.isFinite }
        Figure(name: "\(name), \(label), a silence is told after", value: delays.median, unit: "h (median)")
            .report()
        for hours in [12.0, 24, 36] {
            let share = 100 * Double(told.filter { $0 <= hours }.count) / Double(delays.count)
            Figure(name: "\(name), \(label), within \(Int(hours)) h", value: share, unit: "%").report()
        }
    }

    private func delay(after index: Int, _ state: some Model & Detector, _ seed: SplitMix) -> Double {
        var random = seed
        var model = state
        let start = readings[index].at
        for hour in 1...Self.longest {
            let night = index - 24 * (1 + random.below(14))
            // The hours from two to five, of that night.
            let past = night - Int((readings[night].at / 3600).truncatingRemainder(dividingBy: 24))
            let rest = readings[max(0, past + 3 + random.below(3))].amount
            model.learn(rest, at: start + Double(hour) * 3600)
            if model.alarm.isRaised { return Double(hour) }
        }
        return .infinity
    }
}
