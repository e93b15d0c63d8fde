import Foundation
import Measuring
import Models

extension Benchmark {
    /// What no record has: lifts that wear, stand still and go quiet at a known time. Noise as stated with each.
    static let liftSimulations = Benchmark(
        name: "lift-simulations",
        summary: "simulated lifts: delays and false alarms of drift, standstill, trip counts and silence"
    ) { _ in
        for noise in DoorNoise.all { noise.report() }
        for perDay in [120.0, 400, 1200] { StandstillTrial(noise: .days, perDay: perDay).report() }
        for noise in [LiftDemand.Noise.hours, .groups, .harsh] {
            StandstillTrial(noise: noise, perDay: 1200).report()
        }
        for noise in LiftDemand.Noise.allCases { TripCountTrial(noise: noise, perDay: 400).report() }
        for loss in SilenceTrial.all { loss.report() }
    }
}

/// Door cycles of a year and more: each cycle lognormal, some with a foot in the door, days that differ a little from
/// each other and follow each other, a season, days on which something was in the way.
struct DoorNoise {
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
        DoorNoise(name: "calm", days: 0.006, follows: 0, odd: 0, season: 0, cycle: 0.08, cyclesPerDay: 120),
        DoorNoise(
            name: "usual",
            days: 0.01,
            follows: 0.3,
            odd: 0.01,
            season: 0.01,
            cycle: 0.08,
            cyclesPerDay: 120
        ),
        DoorNoise(
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

/// A lift that stands still while people want to ride; read every two minutes, in quiet years every four.
struct StandstillTrial {
    let noise: LiftDemand.Noise
    let perDay: Double

    private static let step = 120.0
    private var hasGoal: Bool { noise == .hours || noise == .days }

    private static let warmHours = 24 * 7 * 4

    func report() {
        let years = 200
        var alarms = 0
        for lift in 0..<years { alarms += quietYear(UInt64(lift)) }
        let text = "standstill, noise of \(noise), \(Int(perDay)) trips a day"
        Figure(
            name: "\(text): false alarms of \(years) lift-years",
            value: Double(alarms) / Double(years),
            unit: "per lift-year",
            goal: hasGoal ? .atMost(0.1) : nil
        ).report()
        let goals: [Double: Double] = hasGoal ? [400: 110, 1200: 40] : [:]
        for withCalls in [false, true] {
            var delays = (0..<300).map { stuck(UInt64(50_000 + $0), withCalls: withCalls) }
            delays.sort()
            let told = withCalls ? "with calls, told after" : "told after"
            Figure(
                name: "\(text): \(told), half",
                value: delays.quantile(0.5),
                unit: "min",
                goal: withCalls ? nil : goals[perDay].map { .atMost($0) }
            ).report()
            Figure(name: "\(text): \(told), nine tenths", value: delays.quantile(0.9), unit: "min").report()
        }
    }

    private func quietYear(_ seed: UInt64) -> Int {
        var demand = LiftDemand(noise, perDay: perDay, seed: seed)
        var model = Standstill()
        var alarms = 0
        for hour in 0..<(Self.warmHours + 8766) {
            let rate = demand.rate(hour: hour)
            for step in 1...15 {
                let wasRaised = model.alarm.isRaised
                model.learn(
                    Double(demand.trips(rate / 15)),
                    at: LiftDemand.time(hour: hour) + Double(step) * 2 * Self.step
                )
                if hour >= Self.warmHours, model.alarm.isRaised, !wasRaised { alarms += 1 }
            }
        }
        return alarms
    }

    /// It stops with a trip, as lifts do, so in the hours in which there are many. Minutes until it is told.
    private func stuck(_ seed: UInt64, withCalls: Bool) -> Double {
        var demand = LiftDemand(noise, perDay: perDay, seed: seed)
        var model = Standstill()
        var choice = LiftNoise(seed + 77)
        let wanted = choice.below(Int(perDay * 6))
        var trips = 0
        var stuckAt: Double?
        for hour in 0..<(Self.warmHours + 24 * 60) {
            let rate = demand.rate(hour: hour)
            for step in 1...30 {
                let at = LiftDemand.time(hour: hour) + Double(step) * Self.step
                let asked = demand.trips(rate / 30)
                if let stuckAt {
                    if withCalls, asked > 0 { model.learnCall(at: at - 60) }
                    if !model.alarm.isRaised { model.learn(0, at: at) }
                    if model.alarm.isRaised { return (model.alarm.raisedAt - stuckAt) / 60 }
                    continue
                }
                model.learn(Double(asked), at: at)
                guard hour >= Self.warmHours else { continue }
                trips += asked
                if trips > wanted, asked > 0 { stuckAt = at }
            }
        }
        return .infinity
    }
}

/// Hours and days with far more or fewer trips than usual.
struct TripCountTrial {
    let noise: LiftDemand.Noise
    let perDay: Double

    private static let years = 200

    func report() {
        let text = "trip counts, noise of \(noise), \(Int(perDay)) trips a day"
        for period in [TripCounts.Period.hour, .day] {
            var alarms = 0
            var holidays = 0
            for lift in 0..<Self.years {
                let told = run(UInt64(lift), period, factor: 1)
                alarms += told.alarms
                holidays += told.holidays
            }
            Figure(
                name: "\(text), by \(period): told in \(Self.years) lift-years, public holidays apart",
                value: Double(alarms) / Double(Self.years),
                unit: "per lift-year"
            ).report()
            Figure(
                name: "\(text), by \(period): told on public holidays",
                value: Double(holidays) / Double(Self.years),
                unit: "per lift-year"
            ).report()
            for factor in [0.25, 0.5, 2, 3] {
                let found = (0..<200).count { run(UInt64(9000 + $0), period, factor: factor).isFound }
                Figure(
                    name: "\(text), by \(period): a day with \(factor) times the trips, found",
                    value: Double(found) / 2,
                    unit: "%"
                ).report()
            }
        }
    }

    private func run(
        _ seed: UInt64,
        _ period: TripCounts.Period,
        factor: Double
    ) -> (alarms: Int, holidays: Int, isFound: Bool) {
        var demand = LiftDemand(noise, perDay: perDay, seed: seed)
        var model = TripCounts(per: period)
        let warm = 24 * 60
        // With a change, a weekday after two months and more.
        let changed = 70 + Int(seed % 5)
        let end = factor == 1 ? warm + 8766 : (changed + 1) * 24 + 2
        var alarms = 0
        var holidays = 0
        for hour in 0..<end {
            let wasHoliday = demand.isHoliday
            let rate = demand.rate(hour: hour) * (hour / 24 == changed ? factor : 1)
            model.learn(Double(demand.trips(rate)), at: LiftDemand.time(hour: hour + 1))
            // Told with the first hour after the period.
            guard model.alarm.isRaised, model.alarm.raisedAt == LiftDemand.time(hour: hour + 1) else {
                continue
            }
            if hour >= warm, wasHoliday { holidays += 1 } else if hour >= warm { alarms += 1 }
            if factor != 1, model.alarm.since >= LiftDemand.time(hour: changed * 24) {
                return (alarms, holidays, true)
            }
        }
        return (alarms, holidays, false)
    }
}

/// Messages that are lost one by one, or in bursts (E. N. Gilbert, 1960), and a device that dies.
struct SilenceTrial {
    let name: String
    let interval: Double
    /// Chance that a loss begins, and that the message after a lost one is lost too.
    let begins: Double
    let goesOn: Double

    static let all = [
        SilenceTrial(name: "1 % lost one by one", interval: 60, begins: 0.01, goesOn: 0.01),
        SilenceTrial(name: "1 % lost one by one", interval: 900, begins: 0.01, goesOn: 0.01),
        SilenceTrial(name: "1 % lost in bursts of 5", interval: 300, begins: 0.002, goesOn: 0.8),
        SilenceTrial(name: "5 % lost in bursts of 10", interval: 300, begins: 0.005, goesOn: 0.9),
    ]

    private static let years = 200
    private static let warmUp = 30 * 86_400.0

    func report() {
        var alarms = 0
        var byFactor = 0
        var delays: [Double] = []
        for device in 0..<Self.years {
            let outcome = run(UInt64(device))
            alarms += outcome.alarms
            byFactor += outcome.byFactor
            delays.append(outcome.delay)
        }
        delays.sort()
        let text = "silence, every \(Int(interval)) s, \(name)"
        Figure(
            name: "\(text): false alarms of \(Self.years) device-years, beside twice the longest usual pause",
            value: Double(alarms) / Double(Self.years),
            unit: "per device-year",
            baseline: Double(byFactor) / Double(Self.years)
        ).report()
        Figure(name: "\(text): told after, half", value: delays.quantile(0.5), unit: "intervals").report()
    }

    private func run(_ seed: UInt64) -> (alarms: Int, byFactor: Int, delay: Double) {
        var random = LiftNoise(seed)
        var model = Silence(falseAlarmsPerYear: 0.1)
        var plain = Cadence()
        var isLost = false
        var alarms = 0
        var byFactor = 0
        var at = 0.0
        let end = Self.warmUp + 365.25 * 86_400
        while at < end {
            at += interval
            isLost = random.isTrue(isLost ? goesOn : begins)
            guard !isLost else { continue }
            let arrived = at + random.normal(0.02 * interval)
            // As late as silence can be looked for.
            if at > Self.warmUp {
                model.learn(0, at: arrived - 1e-3)
                alarms += model.alarm.isRaised ? 1 : 0
                byFactor += plain.isSilent(at: arrived - 1e-3) ? 1 : 0
            }
            model.learn(1, at: arrived)
            plain.learn(1, at: arrived)
        }
        return (alarms, byFactor, model.limit / interval)
    }
}
