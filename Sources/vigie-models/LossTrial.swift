import Measuring
import Models

/// Messages that are lost one by one, or in bursts (E. N. Gilbert, 1960), and a device that dies.
struct LossTrial {
    let name: String
    let interval: Double
    /// Chance that a loss begins, and that the message after a lost one is lost too.
    let begins: Double
    let goesOn: Double

    static let all = [
        LossTrial(name: "1 % lost one by one", interval: 60, begins: 0.01, goesOn: 0.01),
        LossTrial(name: "1 % lost one by one", interval: 900, begins: 0.01, goesOn: 0.01),
        LossTrial(name: "1 % lost in bursts of 5", interval: 300, begins: 0.002, goesOn: 0.8),
        LossTrial(name: "5 % lost in bursts of 10", interval: 300, begins: 0.005, goesOn: 0.9),
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
