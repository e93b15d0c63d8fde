import Measuring
import Models

/// Years made of days of one home drawn by lot: how often ordinary days are hinted at, and how soon fewer draws are.
/// Days that follow each other are more alike in life than by lot, so life is harder than this.
struct DrawnDays {
    private let days: [Int]
    private let ordinary: [Int: [Double]]
    private let halved: [Int: [Double]]
    private let gone: [Int: [Double]]
    private let interval: Double

    private static let years = 20
    private static let warmUp = 60
    private static let longest = 60

    init(_ home: EndUses, days: [Int], step: Double, interval: Double) {
        self.days = days
        self.interval = interval
        func byDay(leaving share: Double) -> [Int: [Double]] {
            var random = SplitMix(state: 3)
            let uses = home.all(leaving: share, of: DrawTrial.taps, &random)
            var litres: [Int: [Double]] = [:]
            home.read(uses, every: interval, step: step) { reading in
                litres[Int(((reading.at - interval / 2) / 86_400).rounded(.down)), default: []]
                    .append(reading.litres)
            }
            return litres
        }
        ordinary = byDay(leaving: 1)
        halved = byDay(leaving: 0.5)
        gone = byDay(leaving: 0)
    }

    func report(_ name: String) {
        var random = SplitMix(state: 9)
        var hints = 0
        var delays: [[Double]] = [[], []]
        for _ in 0..<Self.years {
            var glass = SmallDraws()
            for day in 0..<(365 + Self.warmUp) {
                let wasRaised = glass.alarm.isRaised
                live(day, ordinary, &glass, &random)
                if glass.alarm.isRaised, !wasRaised { hints += 1 }
                guard day >= Self.warmUp, day % 60 == 0, !glass.alarm.isRaised else { continue }
                for (index, fewer) in [gone, halved].enumerated() {
                    delays[index].append(delay(from: day + 1, fewer, glass, &random))
                }
            }
        }
        let rate = Double(hints) / Double(Self.years)
        figure(name, "needless hints", rate, "a year")
        for (part, delays) in zip(["none of the kitchen and washbasin", "half of them"], delays) {
            figure(name, "\(part) left, told after", delays.median, "days (median)")
            let share = 100 * Double(delays.filter { $0 <= 14 }.count) / Double(delays.count)
            figure(name, "\(part) left, within 14 days", share, "%")
        }
    }

    private func live(
        _ day: Int,
        _ source: [Int: [Double]],
        _ glass: inout SmallDraws,
        _ random: inout SplitMix
    ) {
        guard !days.isEmpty else { return }
        let readings = source[days[random.below(days.count)]] ?? []
        for (index, litres) in readings.enumerated() {
            glass.learn(litres, at: Double(day) * 86_400 + Double(index + 1) * interval)
        }
    }

    private func delay(
        from day: Int,
        _ source: [Int: [Double]],
        _ state: SmallDraws,
        _ random: inout SplitMix
    ) -> Double {
        var glass = state
        for length in 0..<Self.longest {
            live(day + length, source, &glass, &random)
            // Judged with the first reading of the day after.
            if glass.alarm.isRaised { return Double(length) }
        }
        return .infinity
    }

    private func figure(_ meter: String, _ what: String, _ value: Double, _ unit: String) {
        Figure(name: "days by lot, \(meter), \(what)", value: value, unit: unit).report()
    }
}
