import Foundation
import Measuring
import Models

/// Door cycles of a year and more: each cycle lognormal, some with a foot in the door, days that differ a little from
/// each other and follow each other, a season, days on which something was in the way.
struct DoorDriftTrial {
    let name: String
    /// From day to day, in parts of the whole.
    let days: Double
    /// How much of a day's deviation is left the day after.
    let follows: Double
    /// Share of days that take 3 to 15 % longer.
    let odd: Double
    let season: Double
    let cycle: Double
    let cyclesPerDay: Double

    static let all = [
        DoorDriftTrial(
            name: "calm",
            days: 0.006,
            follows: 0,
            odd: 0,
            season: 0,
            cycle: 0.08,
            cyclesPerDay: 120
        ),
        DoorDriftTrial(
            name: "usual",
            days: 0.01,
            follows: 0.3,
            odd: 0.01,
            season: 0.01,
            cycle: 0.08,
            cyclesPerDay: 120
        ),
        DoorDriftTrial(
            name: "rough",
            days: 0.02,
            follows: 0.3,
            odd: 0.02,
            season: 0.01,
            cycle: 0.1,
            cyclesPerDay: 60
        ),
    ]

    private static let lifts = 200
    private static let warmUp = 14

    func report() {
        var alarms = 0
        for lift in 0..<Self.lifts {
            alarms += run(UInt64(lift), days: Self.warmUp + 365, rate: 0, onset: .max).alarms
        }
        let goal: Figure.Goal? = name == "usual" ? .atMost(0.1) : nil
        Figure(
            name: "doors, \(name) noise: false alarms of \(Self.lifts) lift-years",
            value: Double(alarms) / Double(Self.lifts),
            unit: "per lift-year",
            goal: goal
        ).report()
        for rate in [0.002, 0.005, 0.01] {
            var delays = (0..<Self.lifts).map { lift -> Double in
                let onset = Self.warmUp + 30 + lift * 7 % 200
                return run(UInt64(10_000 + lift), days: onset + 80, rate: rate, onset: onset).delay ?? 99
            }
            delays.sort()
            let text = "doors, \(name) noise: \(rate * 100) % a day, told after"
            let isGoal = name == "usual" && rate == 0.005
            Figure(
                name: "\(text), half",
                value: delays.quantile(0.5),
                unit: "days",
                goal: isGoal ? .atMost(10) : nil
            ).report()
            Figure(name: "\(text), nine tenths", value: delays.quantile(0.9), unit: "days").report()
        }
    }

    /// - Returns: how many alarms there were, and the days from the onset to the first one at or after it.
    private func run(_ seed: UInt64, days: Int, rate: Double, onset: Int) -> (alarms: Int, delay: Double?) {
        var random = LiftNoise(seed)
        var model = SlowDrift()
        var alarms = 0
        var isRaised = false
        var level = 0.0
        let phase = random.uniform() * 2 * Double.pi
        for day in 0..<days {
            level = follows * level + (1 - follows * follows).squareRoot() * random.normal(self.days)
            let isWeekend = day % 7 >= 5
            var middle = 2.4 + level + season * sin(2 * Double.pi * Double(day) / 365 + phase)
            if isWeekend { middle += 0.004 }
            if random.isTrue(odd) { middle += 0.03 + 0.12 * random.uniform() }
            if day >= onset { middle += log(1 + rate * Double(day - onset + 1)) }
            let cycles = max(5, random.poisson(cyclesPerDay * (isWeekend ? 0.35 : 1)))
            for index in 0..<cycles {
                let foot = random.isTrue(0.05) ? 0.3 + 0.8 * random.uniform() : 0
                let at = Double(day) * 86_400 + 86_400 * Double(index) / Double(cycles)
                model.learn(exp(middle + random.normal(cycle) + foot), at: at)
                // The day before is judged with the first cycle of a day.
                guard index == 0 else { continue }
                if model.alarm.isRaised, !isRaised {
                    alarms += 1
                    if day > onset { return (alarms, Double(day - onset)) }
                }
                isRaised = model.alarm.isRaised
            }
        }
        return (alarms, nil)
    }
}
