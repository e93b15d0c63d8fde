import Measuring
import Models

/// A lift that stands still while people want to ride; in quiet years it is read half as often.
struct StandstillTrial {
    let noise: LiftDemand.Noise
    let perDay: Double

    /// Seconds between two readings.
    var step = 120.0

    private var hasGoal: Bool { noise == .hours || noise == .days }

    private static let warmHours = 24 * 7 * 4

    func report() {
        let years = 200
        var alarms = 0
        for lift in 0..<years { alarms += quietYear(UInt64(lift)) }
        let text =
            "standstill, noise of \(noise), \(Int(perDay)) trips a day"
            + (step == 120 ? "" : ", read every \(Int(step / 60)) minutes")
        Figure(
            name: "\(text): false alarms of \(years) lift-years",
            value: Double(alarms) / Double(years),
            unit: "per lift-year",
            goal: hasGoal ? .atMost(0.1) : nil
        ).report()
        let goals: [Double: Double] = hasGoal && step == 120 ? [400: 110, 1200: 40] : [:]
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
            for reading in 1...Int(1800 / step) {
                let wasRaised = model.alarm.isRaised
                model.learn(
                    Double(demand.trips(rate * step / 1800)),
                    at: LiftDemand.time(hour: hour) + Double(reading) * 2 * step
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
            for reading in 1...Int(3600 / step) {
                let at = LiftDemand.time(hour: hour) + Double(reading) * step
                let asked = demand.trips(rate * step / 3600)
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
