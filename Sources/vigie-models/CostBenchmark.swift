import Measuring
import Models

extension Benchmark {
    /// What each model costs: time of a sample, bytes of state.
    static let costs = Benchmark(
        name: "costs",
        summary: "nanoseconds a sample and bytes of state of each model"
    ) {
        _ in
        cost("moments", Moments())
        cost("fading moments", FadingMoments(memory: 100))
        cost("robust scale", RobustScale(memory: 200))
        cost("cadence", Cadence())
        cost("slow drift", SlowDrift())
        cost("water leak", WaterLeak(resolution: 1))
        cost("water burst", WaterBurst())
        cost("unusual day", UnusualDay(floor: 5))
        cost("inactivity", Inactivity())
        cost("backwards meter", BackwardsMeter())
        cost("equal hours", EqualHours())
        cost("unusual hour", UnusualHour())
        cost("away", Away())
        cost("active hours", ActiveHours(.night))
        cost("first use", FirstUse())
        cost("irrigation", Irrigation())
    }

    /// Hourly values with a daily rhythm and noise, scored and learned; the least of five rounds.
    private static func cost<Kind: Model>(_ name: String, _ fresh: Kind) {
        var random = SplitMix(state: 1)
        let count = 50_000
        let values = (0..<count).map { hour -> Double in
            let isDay = (7...22).contains(hour % 24)
            return isDay ? Double(random.below(60)) : 0
        }
        var sum = 0.0
        let least = least(of: 5) {
            var model = fresh
            return Cost.of {
                for (hour, value) in values.enumerated() {
                    sum += model.observe(value, at: 1_700_000_000 + Double(hour) * 3600).surprise
                }
            }.processor
        }
        // The sum is looked at, so that the work is not left out.
        precondition(sum.isFinite)
        Figure(name: "\(name), a sample", value: least / Double(count) * 1e9, unit: "ns").report()
        Figure(name: "\(name), state", value: Double(MemoryLayout<Kind>.size), unit: "bytes").report()
    }
}
