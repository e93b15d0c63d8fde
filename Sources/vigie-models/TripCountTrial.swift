import Measuring
import Models

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
