import Foundation
import Measuring
import Models

extension Benchmark {
    /// Small draws in homes whose meter is read every hour: needless hints, and how soon fewer draws are told.
    static let hydration = Benchmark(
        name: "hydration",
        summary:
            "fewer small draws of water in real homes, hourly 1 L: how soon they are hinted at, needless hints"
    ) { options in
        let data = RecordedData(options)
        guard let daiad = try HouseholdMeters.daiad(data) else {
            say("there is no folder water-daiad: the hint of few small draws is left out")
            return
        }
        let members = try HouseholdMeters.daiadMembers(data)
        let homes = MeterSeries.all(daiad).filter(LeakTrial.isUsable)
        for group in SilenceTrial.Group.allCases {
            DryTrial(homes.filter { group.holds(members[$0.household] ?? 0) }, name: group.rawValue).report()
        }
    }
}

/// Homes, and the same homes of which small draws are taken out from some day on.
struct DryTrial {
    private let homes: [[ActivityReplay.Reading]]
    private let name: String

    private static let fresh = SmallDraws(longestInterval: 7200)
    private static let starts = 6
    private static let watched = 28.0 * 86_400
    /// What a draw can be that is taken out.
    private static let largest = 2.0

    init(_ homes: [MeterSeries], name: String) {
        self.name = name
        self.homes = homes.map { home in
            var counter = CounterUse()
            return home.readings.map { .init(at: $0.at, amount: counter.take($0.total)) }
        }
    }

    func report() {
        let replays = homes.map { ActivityReplay(Self.fresh, $0) }
        let years = replays.map(\.judged).reduce(0, +) / 365 / 86_400
        let hints = replays.map(\.told.count).reduce(0, +)
        figure("homes", Double(homes.count), "")
        figure("needless hints", Double(hints) / years, "a home and year")
        for left in [0.0, 0.5] {
            let told = homes.indices.flatMap { delays(in: homes[$0], left: left, seed: $0) }.sorted()
            let name = left == 0 ? "no small draws" : "half of the small draws"
            figure("\(name), told after", told.median, "days (median)")
            for days in [7.0, 14, 28] {
                let share = 100 * Double(told.filter { $0 <= days }.count) / Double(told.count)
                figure("\(name), within \(Int(days)) days", share, "%")
            }
        }
    }

    /// Days until it is told that only a share of the small draws is left, from some days of a home on.
    private func delays(in readings: [ActivityReplay.Reading], left: Double, seed: Int) -> [Double] {
        guard let first = readings.first?.at, let last = readings.last?.at else { return [] }
        var random = SplitMix(state: UInt64(seed) + 1)
        let span = last - first - 3 * Self.watched
        guard span > 0 else { return [] }
        var delays: [Double] = []
        let starts = (0..<Self.starts).map { _ in
            first + 2 * Self.watched + Double(random.below(Int(span)))
        }.sorted()
        var model = Self.fresh
        var next = 0
        for (index, reading) in readings.enumerated() {
            while next < starts.count, reading.at > starts[next] {
                if model.isWarm, !model.alarm.isRaised {
                    delays.append(delay(from: index, model, readings, left: left, &random))
                }
                next += 1
            }
            model.learn(reading.amount, at: reading.at)
        }
        return delays
    }

    private func delay(
        from index: Int,
        _ state: SmallDraws,
        _ readings: [ActivityReplay.Reading],
        left: Double,
        _ random: inout SplitMix
    ) -> Double {
        var model = state
        let start = readings[index].at
        for reading in readings[index...] where reading.at - start <= Self.watched {
            let isSmall = reading.amount > 0 && reading.amount <= Self.largest
            let isLeft = !isSmall || Double.random(in: 0..<1, using: &random) < left
            model.learn(isLeft ? reading.amount : 0, at: reading.at)
            if model.alarm.isRaised { return (reading.at - start) / 86_400 }
        }
        return .infinity
    }

    private func figure(_ what: String, _ value: Double, _ unit: String) {
        Figure(name: "small draws, hourly 1 L, \(name), \(what)", value: value, unit: unit).report()
    }
}
