import Measuring
import Models
import Units

extension Benchmark {
    /// Leaks added to real homes, and alarms in the same homes without any.
    static let water = Benchmark(
        name: "water",
        summary: "leaks of 1 to 600 L/h added to real homes: how soon they are told, and needless alarms"
    ) { options in
        let data = RecordedData(options)
        if let daiad = try HouseholdMeters.daiad(data) {
            let homes = MeterSeries.all(daiad).filter(LeakTrial.isUsable)
            for set in MeterKind.all { LeakTrial(set, homes: homes).report() }
        } else {
            say("there is no folder water-daiad: leaks added to homes are left out")
        }
    }
}

/// A way in which a meter is read.
struct MeterKind {
    let name: String
    let resolution: Double
    let hours: Int
    let smallest: Double
    var isDamaged = false

    static let all = [
        MeterKind(name: "1 L, hourly", resolution: 1, hours: 1, smallest: 1),
        MeterKind(name: "10 L, hourly", resolution: 10, hours: 1, smallest: 5),
        MeterKind(name: "1 L, every 6 hours", resolution: 1, hours: 6, smallest: 1),
        MeterKind(name: "1 L, daily", resolution: 1, hours: 24, smallest: 1),
        MeterKind(name: "1 L, hourly, damaged", resolution: 1, hours: 1, smallest: 1, isDamaged: true),
    ]
}

/// Both detectors of one meter.
struct WaterWatch {
    var leak: WaterLeak
    var burst: WaterBurst
    /// For a meter that is read once a day, when nothing is known of its hours.
    private var day: UnusualDay?
    private var counter = CounterUse()

    init(_ kind: MeterKind) {
        leak = WaterLeak(resolution: kind.resolution, readEvery: kind.hours)
        burst = WaterBurst(readEvery: kind.hours)
        if kind.hours == 24 { day = UnusualDay(floor: 5) }
    }

    /// What is said after a reading.
    mutating func take(_ reading: MeterSeries.Reading) {
        let used = counter.take(reading.total)
        leak.learn(used, at: reading.at)
        burst.learn(used, at: reading.at)
        // The reading of a morning is about the day before.
        day?.learn(used, at: reading.at - 86_400)
    }

    var isAlarmed: Bool { leak.alarm.isRaised || burst.alarm.isRaised || isDayTooHigh }

    var isDayTooHigh: Bool { day?.alarm.cause == .aboveUsual }
}

/// Leaks added at random times to the homes of a recording.
struct LeakTrial {
    /// Recordings shorter than this say little about alarms in a year.
    static let leastYear = 250 * 86_400.0
    private static let flows = [1.0, 2, 5, 10, 25, 100, 200, 400, 600]
    private static let drawn = 4
    private static let warmUp = 28 * 86_400.0
    private static let watched = 14 * 86_400.0

    /// Whether a home was watched for long enough and its meter was heard in most hours of that.
    static func isUsable(_ home: MeterSeries) -> Bool {
        home.length >= leastYear && Double(home.readings.count) >= leastHeard * home.length / 3600
    }

    private static let leastHeard = 0.6

    /// A home and what the detectors remember after each of its readings.
    private struct History {
        let home: MeterSeries
        var states: [WaterWatch] = []
    }

    private let kind: MeterKind
    private let histories: [History]

    init(_ kind: MeterKind, homes: [MeterSeries]) {
        self.kind = kind
        histories = homes.map { home in
            let home = kind.isDamaged ? home.damaged() : home.read(every: kind.hours)
            var watch = WaterWatch(kind)
            let states = home.rounded(to: kind.resolution).readings.map { reading in
                watch.take(reading)
                return watch
            }
            return History(home: home, states: states)
        }
    }

    func report() {
        alarmsWithoutLeak()
        let flows = Self.flows.filter { $0 >= kind.smallest }
        for flow in flows { leaks(of: flow) }
        let isHourly = kind.hours == 1
        let small = flows.filter { $0 <= 25 }.flatMap(delays).sorted()
        let share = Double(small.filter { $0 <= 72 }.count) / Double(small.count)
        figure(
            "all up to 25 L/h, median",
            small.median,
            "h",
            goal: isHourly ? .atMost(kind.resolution == 1 ? 26 : 38) : nil
        )
        figure("all up to 25 L/h, within 3 days", 100 * share, "%", goal: isHourly ? .atLeast(92) : nil)
    }

    /// Bursts only, for homes whose alarms are counted elsewhere.
    func reportBursts() {
        for flow in Self.flows where flow >= 200 { leaks(of: flow) }
    }

    private func alarmsWithoutLeak() {
        var years = 0.0
        var leaks = 0
        var bursts = 0
        var all = 0
        for history in histories {
            let leakTimes = times(of: history) { $0.leak.alarm.isRaised }
            let burstTimes = times(of: history) { $0.burst.alarm.isRaised }
            let dayTimes = times(of: history) { $0.isDayTooHigh }
            years += (history.home.length - Self.warmUp) / 365 / 86_400
            leaks += leakTimes.mergedCount
            bursts += burstTimes.mergedCount
            all += (leakTimes + burstTimes + dayTimes).sorted().mergedCount
        }
        figure("homes", Double(histories.count), "")
        figure("years after the warm-up", years, "")
        figure("leak alarms", Double(leaks) / years, "a home and year", goal: .atMost(0.9))
        figure("burst alarms", Double(bursts) / years, "a home and year", goal: .atMost(0.2))
        figure("alarms of all", Double(all) / years, "a home and year", goal: .atMost(0.9))
    }

    /// When something began to be said.
    private func times(of history: History, _ isRaised: (WaterWatch) -> Bool) -> [Double] {
        let said = history.states.map(isRaised)
        return said.indices.dropFirst().filter { said[$0] && !said[$0 - 1] }.map {
            history.home.readings[$0].at
        }
    }

    /// Hours until each leak of that flow is told.
    private func delays(of flow: Double) -> [Double] {
        var random = SplitMix(state: 20_161_231)
        return histories.flatMap { history in
            (0..<Self.drawn).compactMap { _ in delay(of: flow, in: history, &random) }
        }.map { $0 / 3600 }.sorted()
    }

    private func leaks(of flow: Double) {
        let delays = delays(of: flow)
        let name = "\(Int(flow)) L/h"
        let most: Double? =
            kind.hours > 1
            ? nil : flow >= 200 ? 3.0 : flow > 25 ? nil : kind.resolution == 1 ? 26 : flow >= 5 ? 38 : nil
        figure("\(name), median", delays.median, "h", goal: most.map { .atMost($0) })
        figure("\(name), nine of ten", delays.quantile(0.9), "h")
        for days in [3, 7] {
            let share = Double(delays.filter { $0 <= Double(days) * 24 }.count) / Double(delays.count)
            let goal: Figure.Goal? =
                days == 3 && kind.hours == 1 && kind.resolution == 1 && flow <= 25 ? .atLeast(92) : nil
            figure("\(name), within \(days) days", 100 * share, "%", goal: goal)
        }
    }

    /// Seconds from the beginning of a leak at a random quiet time until it is told; infinite when it is not within
    /// two weeks, nil when the home has no such time.
    private func delay(of flow: Double, in history: History, _ random: inout SplitMix) -> Double? {
        let readings = history.home.readings
        let earliest = history.home.begin + 2 * Self.warmUp
        let starts = readings.indices.filter {
            readings[$0].at > earliest && readings[$0].at < history.home.end - Self.watched
        }
        guard !starts.isEmpty else { return nil }
        for _ in 0..<20 {
            let first = starts[random.below(starts.count)]
            var watch = history.states[first]
            guard !watch.isAlarmed else { continue }
            let start = readings[first].at
            for reading in readings[(first + 1)...] {
                guard reading.at - start <= Self.watched else { return .infinity }
                let leaked = flow * (reading.at - start) / 3600
                let total = reading.total + leaked
                watch.take(
                    MeterSeries.Reading(
                        at: reading.at,
                        total: (total / kind.resolution).rounded(.down) * kind.resolution
                    )
                )
                if watch.isAlarmed { return reading.at - start }
            }
            return .infinity
        }
        return nil
    }

    private func figure(_ name: String, _ value: Double, _ unit: String, goal: Figure.Goal? = nil) {
        Figure(name: "\(kind.name), \(name)", value: value, unit: unit, goal: goal).report()
    }
}

extension [Double] {
    /// How many times there are when those within a week of the one before count once; the list is sorted.
    var mergedCount: Int {
        var count = 0
        var last = -Double.infinity
        for time in self {
            if time - last > 7 * 86_400 { count += 1 }
            last = time
        }
        return count
    }
}
