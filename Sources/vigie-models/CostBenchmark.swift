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
        cost("calm fading moments", Beyond(FadingMoments(memory: 100), policy: .calm(limit: 6)))
        cost("own past", OwnPast())
        cost("quantile sketch", QuantileSketch(resolution: 1))
        cost("hour of day", HourOfDay(), goal: .atMost(100))
        cost("hour of week", HourOfWeek())
        cost("beyond an hour of day", Beyond(HourOfDay(), limit: 6), goal: .atMost(100))
        cost("Holt-Winters", HoltWinters())
        cost("CUSUM", Cusum())
        cost("Page-Hinkley", PageHinkley())
        cost("adaptive window", AdaptiveWindow(range: 60))
        cost("half-space trees", HalfSpaceTrees())
        cost("event rate", EventRate())
        cost("spell length", SpellLength())
        cost("cadence", Cadence())
        cost("slow drift", SlowDrift())
        cost("water leak", WaterLeak(resolution: 1))
        cost("water burst", WaterBurst())
        cost("unusual day", UnusualDay(floor: 5))
        cost("inactivity", Inactivity())
        cost("outage clusters", OutageClusters())
        cost("repeated outages", RepeatedOutages())
        cost("failure rate", FailureRate(prior: FailurePrior(perYear: 10, shape: 0.5)))
        cost("standstill", Standstill())
        cost("trip counts", TripCounts(per: .hour))
        cost("directional drift", DirectionalDrift())
        cost("silence", Silence())
        cost("altitude track", AltitudeTrack())
        cost("runs and lifts", RunsAndLifts())
        fallCost()
        cost("vital sign", VitalSign.heartRate(limits: 0...100))
        cost("daily steps", DailySteps())
        cost("cold room", ColdRoom(limits: 0...40))
        cost("machine cycle", MachineCycle(above: 20))
        cost("backwards meter", BackwardsMeter())
        cost("equal hours", EqualHours())
        cost("unusual hour", UnusualHour())
        cost("away", Away())
        cost("active hours", ActiveHours(.night))
        cost("first use", FirstUse())
        cost("irrigation", Irrigation())
        cost("small draws", SmallDraws(longestInterval: 3600))
        cost("standby", Standby())
        cost("inactivity above standby", AboveStandby(Inactivity()))
    }

    private static func cost<Kind: Model>(_ name: String, _ fresh: Kind, goal: Figure.Goal? = nil) {
        let seconds = OrdinaryHours.cost(of: fresh)
        Figure(name: "\(name), a sample", value: seconds * 1e9, unit: "ns", goal: goal).report()
        Figure(name: "\(name), state", value: Double(MemoryLayout<Kind>.size), unit: "bytes").report()
    }
}

/// Hourly values with a daily rhythm and noise, on which models are timed.
enum OrdinaryHours {
    static let values: [Double] = {
        var random = SplitMix(state: 1)
        return (0..<50_000).map { hour in
            let isDay = (7...22).contains(hour % 24)
            return isDay ? Double(random.below(60)) : 0
        }
    }()

    /// Seconds that scoring and learning one of them takes; the least of five rounds.
    static func cost<Kind: Model>(of fresh: Kind) -> Double {
        let values = values
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
        return least / Double(values.count)
    }
}
