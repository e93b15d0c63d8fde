import Foundation
import Measuring
import Models

extension Benchmark {
    /// False alarms and delays of the detectors of wearables, on simulated persons.
    static let wearables = Benchmark(
        name: "wearables",
        summary: "false alarms and delays of steps, pulse and blood pressure, simulated"
    ) { _ in
        let walkers = (0..<300).map { SimulatedWalker(seed: $0) }
        let walked = Double(walkers.count * SimulatedWalker.quietDays) / 365
        let alarms = walkers.reduce(0) { $0 + $1.falseAlarms }
        Figure(name: "steps, false alarms", value: Double(alarms) / walked, unit: "a year").report()
        let declines = walkers.map { $0.declineToldAfter.map(Double.init) ?? 999 }
        Figure(name: "steps, half as many told after (median)", value: declines.median, unit: "days").report()
        let days = 100 * Double(walkers.filter(\.badDayTold).count) / Double(walkers.count)
        Figure(name: "steps, a day with a tenth told", value: days, unit: "%").report()

        let patients = (0..<300).map { SimulatedPressure(seed: $0) }
        let watched = Double(patients.count * SimulatedPressure.quietDays) / 365
        let needless = patients.reduce(0) { $0 + $1.falseAlarms }
        Figure(name: "blood pressure, false alarms", value: Double(needless) / watched, unit: "a year")
            .report()
        let delays = patients.map { $0.riseToldAfter.map(Double.init) ?? 999 }
        Figure(name: "blood pressure, 30 mmHg more told after (median)", value: delays.median, unit: "days")
            .report()

        let pulses = (0..<20).map { SimulatedPulse(seed: $0) }
        let worn = Double(pulses.count * SimulatedPulse.quietDays) / 365
        let calls = pulses.reduce(0) { $0 + $1.falseAlarms }
        Figure(name: "pulse, false alarms", value: Double(calls) / worn, unit: "a year").report()
        let minutes = pulses.map { $0.feverToldAfter.map(Double.init) ?? 999 }
        Figure(name: "pulse, 115 at rest told after (median)", value: minutes.median, unit: "min").report()
    }
}

/// Three thousand to nine thousand steps a day, log-normal with a deviation of 0.35, two thirds of it on
/// Sundays, one day in twenty not worn; one day with a tenth, and five days later half as many for good.
private struct SimulatedWalker {
    static let quietDays = 195

    private(set) var falseAlarms = 0
    private(set) var badDayTold = false
    private(set) var declineToldAfter: Int?

    init(seed: Int) {
        var noise = Noise(seed: UInt64(seed) + 700)
        var steps = DailySteps()
        var alarms = AlarmCount()
        let level = 3000 + 6000 * noise.uniform()
        for day in 0..<260 {
            let t = Double(day) * 86_400
            let usual = level * (Weekday(of: t) == .sunday ? 2.0 / 3 : 1) * exp(0.35 * noise.normal())
            let isWorn = noise.uniform() >= 0.05 || day == Self.quietDays
            let total = !isWorn ? 0 : day == Self.quietDays ? level / 10 : day < 200 ? usual : usual / 2
            for hour in 0..<24 {
                steps.learn((8..<20).contains(hour) ? total / 12 : 0, at: t + Double(hour + 1) * 3600)
            }
            // A day is judged with the first reading of the next.
            if day < Self.quietDays { alarms.take(steps.alarm.isRaised) }
            if day == Self.quietDays + 1 { badDayTold = steps.alarm.isRaised }
            if day > 200, declineToldAfter == nil, steps.alarm.cause == .driftDown {
                declineToldAfter = day - 200
            }
        }
        falseAlarms = alarms.count
    }
}

/// Systolic pressure twice a day: 110 to 150, with a deviation of 7 from one to the next and a wild one in
/// fifty; 30 more after half a year.
private struct SimulatedPressure {
    static let quietDays = 180

    private(set) var falseAlarms = 0
    private(set) var riseToldAfter: Int?

    init(seed: Int) {
        var noise = Noise(seed: UInt64(seed) + 9000)
        var pressure = VitalSign.bloodPressure(limits: 90...190)
        var alarms = AlarmCount()
        let level = 110 + 40 * noise.uniform()
        for half in 0..<(2 * Self.quietDays + 60) {
            let isWild = noise.uniform() < 0.02
            let rise = half < 2 * Self.quietDays ? 0.0 : 30
            let value = level + rise + (isWild ? 60 : 7) * noise.normal()
            pressure.learn(value, at: Double(half) * 43_200)
            if rise == 0 {
                alarms.take(pressure.alarm.isRaised)
            } else if riseToldAfter == nil, pressure.alarm.isRaised {
                riseToldAfter = half / 2 - Self.quietDays
            }
        }
        falseAlarms = alarms.count
    }
}

/// A pulse every minute: 55 to 75 at rest, 8 lower in sleep, three walks of 8 to 30 minutes a day with 15 to
/// 40 more, a deviation of 3, one reading in a hundred wild; then 115 at rest.
private struct SimulatedPulse {
    static let quietDays = 60

    private(set) var falseAlarms = 0
    private(set) var feverToldAfter: Int?

    init(seed: Int) {
        var noise = Noise(seed: UInt64(seed) + 20_000)
        var pulse = VitalSign.heartRate(limits: 40...130)
        var alarms = AlarmCount()
        let level = 55 + 20 * noise.uniform()
        var walk = (until: 0, more: 0.0)
        let quiet = Self.quietDays * 1440
        for minute in 0..<(quiet + 120) {
            let isAsleep = minute % 1440 < 420
            if !isAsleep, noise.uniform() < 3.0 / 1020 {
                walk = (minute + 8 + Int(22 * noise.uniform()), 15 + 25 * noise.uniform())
            }
            let usual =
                level - (isAsleep ? 8 : 0) + (minute < walk.until ? walk.more : 0) + 3 * noise.normal()
            let isWild = noise.uniform() < 0.01
            let value =
                isWild ? 30 + 170 * noise.uniform() : minute < quiet ? usual : 115 + 3 * noise.normal()
            pulse.learn(value, at: Double(minute) * 60)
            if minute < quiet {
                alarms.take(pulse.alarm.isRaised)
            } else if feverToldAfter == nil, pulse.alarm.isRaised {
                feverToldAfter = minute - quiet
            }
        }
        falseAlarms = alarms.count
    }
}
