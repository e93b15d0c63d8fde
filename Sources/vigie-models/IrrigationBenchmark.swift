import Measuring
import Models
import Units

extension Benchmark {
    /// Homes with gardens that are watered by programme.
    static let irrigation = Benchmark(
        name: "irrigation",
        summary: "homes with watered gardens: labelled leaks that are found, and alarms about none of them"
    ) { options in
        let meters = try HouseholdMeters.karratha(RecordedData(options))
        let homes = MeterSeries.all(meters)
        let alarms = homes.flatMap(GardenHome.alarms)
        let years = homes.reduce(0) { $0 + max(0, $1.length - GardenHome.warmUp) } / 365 / 86_400
        for days in [1, 2, 3] { GardenHome.found(alarms, in: meters, homes: homes, days: days) }
        let outside = alarms.filter { alarm in
            !meters.leaks.contains { $0.household == alarm.household && alarm.meets($0.span) }
        }
        programmes(homes, years: years)
        let kind = MeterKind(name: "Karratha, added", resolution: 1, hours: 1, smallest: 200)
        LeakTrial(kind, homes: homes).reportBursts()
        Figure(name: "Karratha, years after the warm-up", value: years, unit: "").report()
        for (name, kind) in [("leak", Alarm.Cause.neverZero), ("burst", .burst)] {
            let some = outside.filter { ($0.cause == .burst) == (kind == .burst) }
            Figure(
                name: "Karratha, \(name) alarms about no labelled leak",
                value: Double(some.count) / years,
                unit: "a home and year",
                goal: kind == .burst ? nil : .atMost(2)
            ).report()
        }
    }
}

extension Benchmark {
    /// Which homes water by programme, and what is said about the programmes.
    private static func programmes(_ homes: [MeterSeries], years: Double) {
        var programmed = 0
        var alarms: [Alarm.Cause: Int] = [:]
        for home in homes {
            var garden = Irrigation()
            var counter = CounterUse()
            var isProgrammed = false
            var before = Alarm.Cause.none
            for reading in home.readings {
                garden.learn(counter.take(reading.total), at: reading.at)
                isProgrammed = isProgrammed || garden.isProgrammed(at: reading.at)
                if garden.alarm.cause != before { alarms[garden.alarm.cause, default: 0] += 1 }
                before = garden.alarm.cause
            }
            if isProgrammed { programmed += 1 }
        }
        Figure(
            name: "Karratha, homes that water by programme",
            value: Double(programmed),
            unit: "",
            baseline: Double(homes.count)
        ).report()
        for (name, cause) in [("missed", Alarm.Cause.missedWatering), ("too long", .longWatering)] {
            let count = Double(alarms[cause] ?? 0)
            Figure(name: "Karratha, watering \(name)", value: count / years, unit: "a home and year").report()
        }
    }
}

/// The alarms of one detector in a home, from raised to cleared.
struct GardenHome {
    static let warmUp = 28 * 86_400.0

    struct Episode {
        let household: String
        let cause: Alarm.Cause
        let from: Double
        let raisedAt: Double
        var to: Double

        func meets(_ span: Span) -> Bool {
            from <= Double(span.to.microseconds) / 1e6 && to >= Double(span.from.microseconds) / 1e6
        }
    }

    static func alarms(in home: MeterSeries) -> [Episode] {
        var watch = WaterWatch(.init(name: "", resolution: 1, hours: 1, smallest: 1))
        var episodes: [Episode] = []
        var open: [Bool: Int] = [:]
        for reading in home.readings {
            watch.take(reading)
            for alarm in [watch.leak.alarm, watch.burst.alarm] where alarm.isRaised {
                let isBurst = alarm.cause == .burst
                if open[isBurst] == nil {
                    open[isBurst] = episodes.count
                    episodes.append(
                        Episode(
                            household: home.household,
                            cause: alarm.cause,
                            from: alarm.since,
                            raisedAt: alarm.raisedAt,
                            to: reading.at
                        )
                    )
                }
                if let index = open[isBurst] { episodes[index].to = reading.at }
            }
            if !watch.leak.alarm.isRaised { open[false] = nil }
            if !watch.burst.alarm.isRaised { open[true] = nil }
        }
        return episodes
    }

    static func found(_ alarms: [Episode], in meters: HouseholdMeters, homes: [MeterSeries], days: Int) {
        let begins = Dictionary(uniqueKeysWithValues: homes.map { ($0.household, $0.begin) })
        let leaks = meters.leaks.filter { leak in
            let begin = begins[leak.household] ?? .infinity
            return leak.span.length >= .days(days)
                && Double(leak.span.from.microseconds) / 1e6 - begin >= warmUp
        }
        let delays = leaks.compactMap { leak -> Double? in
            alarms.filter { $0.household == leak.household && $0.meets(leak.span) }.map(\.raisedAt).min()
                .map { ($0 - Double(leak.span.from.microseconds) / 1e6) / 3600 }
        }
        Figure(
            name: "Karratha, labelled leaks of \(days) days and more that were found",
            value: Double(delays.count),
            unit: "",
            baseline: Double(leaks.count)
        ).report()
        Figure(
            name: "Karratha, until those of \(days) days and more were told, median",
            value: delays.median,
            unit: "h"
        ).report()
    }
}
