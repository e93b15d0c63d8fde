import Foundation
import Measuring
import Models

extension Benchmark {
    /// What a meter lets guess of the taps behind it, for a home in which each tap was measured.
    static let endUses = Benchmark(
        name: "end-uses",
        summary:
            "small draws counted from the sum of all taps beside those of the taps; one person's activity"
    ) { options in
        guard let home = try EndUses.read(RecordedData(options)) else {
            say("there is no folder redistributable/water_weusedto: end uses are left out")
            return
        }
        if DrawTrial.taps.isDisjoint(with: home.taps.keys) {
            let names = DrawTrial.taps.sorted().joined(separator: " or ")
            say("none of the taps is called \(names): there is nothing to compare with")
        }
        let trial = DrawTrial(home)
        trial.report()
        for (step, interval, name) in [(0.1, 10.0, "0.1 L every 10 s"), (1, 300, "1 L every 5 min")] {
            DrawnDays(home, days: trial.livedIn, step: step, interval: interval).report(name)
        }
        var hourly: [ActivityReplay.Reading] = []
        home.read(home.all, every: 3600, step: 1) { hourly.append(.init(at: $0.at, amount: $0.litres)) }
        reportSilences(hourly)
        ActivityReplay.report(
            "one person, water, hourly 1 L",
            hourly,
            inactivity: Inactivity.livingAlone,
            firstUse: FirstUse(),
            day: ActiveHours(.day),
            night: ActiveHours(.night)
        )
    }

    /// What any rule of a fixed number of hours would have said.
    private static func reportSilences(_ readings: [ActivityReplay.Reading]) {
        for hours in [12.0, 18, 24] {
            let rule = Inactivity(least: 1e6, hardLimit: hours * 3600)
            ActivityReplay(rule, readings).reportSilences(
                "one person, water, hourly 1 L, fixed \(Int(hours)) h"
            )
        }
    }
}

/// Small draws by day: what the taps of kitchen and washbasin say, and what a meter of all taps lets guess.
struct DrawTrial {
    /// The taps that people drink, cook and wash their hands at.
    static let taps: Set = [kitchenTap, washbasinTap]
    private static let kitchenTap = "Kitchenfaucet"
    private static let washbasinTap = "Washbasin"

    private let home: EndUses
    /// Whole days, and of those the ones on which somebody was at home early and late.
    private let days: [Int]
    let livedIn: [Int]
    private let kitchen: [Int: Int]
    private let drawn: [Int: Int]

    private static let intervals = [
        (1.0, "1 s"), (10, "10 s"), (60, "1 min"), (300, "5 min"), (900, "15 min"), (3600, "1 h"),
    ]

    init(_ home: EndUses) {
        self.home = home
        days = home.days.filter(home.isWhole)
        let hours = home.all.map { $0.at / 3600 }
        func isUsed(_ day: Int, _ part: Range<Double>) -> Bool {
            hours.contains { part.contains($0 - Double(day) * 24) }
        }
        livedIn = days.filter { isUsed($0, 6..<14.5) && isUsed($0, 14.5..<23) }
        let counts = home.taps.mapValues { Self.counted($0, home, every: 1, step: 0.001) }
        kitchen = counts[Self.kitchenTap] ?? [:]
        drawn = kitchen.merging(counts[Self.washbasinTap] ?? [:], uniquingKeysWith: +)
    }

    /// Small draws of each day.
    private static func counted(
        _ uses: [EndUses.Use],
        _ home: EndUses,
        every interval: Double,
        step: Double
    ) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        var glass = SmallDraws(longestInterval: 3600)
        home.read(uses, every: interval, step: step) { reading in
            glass.learn(reading.litres, at: reading.at)
            // The count of the day in which the reading begins.
            let day = Int(((reading.at - interval / 2) / 86_400).rounded(.down))
            counts[day] = glass.today
        }
        return counts
    }

    func report() {
        Figure(name: "end uses, taps recorded", value: Double(home.taps.count), unit: "").report()
        Figure(name: "end uses, whole days recorded", value: Double(days.count), unit: "days").report()
        Figure(name: "end uses, days lived in", value: Double(livedIn.count), unit: "days").report()
        for step in [0.1, 1] {
            for (interval, name) in Self.intervals {
                let guessed = Self.counted(home.all, home, every: interval, step: step)
                compare(guessed, name: "\(step == 1 ? "1" : "0.1") L every \(name)")
            }
        }
        let hourly = Self.counted(home.all, home, every: 3600, step: 1)
        let fine = Self.counted(home.all, home, every: 10, step: 0.1)
        for day in days {
            print(
                "{\"day\":\(day),\"livedIn\":\(livedIn.contains(day)),\"kitchen\":\(kitchen[day] ?? 0),"
                    + "\"kitchenAndWashbasin\":\(drawn[day] ?? 0),\"every10s\":\(fine[day] ?? 0),"
                    + "\"hourly\":\(hourly[day] ?? 0)}"
            )
        }
    }

    private func compare(_ guessed: [Int: Int], name: String) {
        let pairs = livedIn.map { (truth: Double(drawn[$0] ?? 0), guess: Double(guessed[$0] ?? 0)) }
        let truth = pairs.map(\.truth)
        let guess = pairs.map(\.guess)
        figure(name, "correlation, days lived in", Self.correlation(truth, guess), "")
        let ofKitchen = Self.correlation(livedIn.map { Double(kitchen[$0] ?? 0) }, guess)
        figure(name, "correlation with the kitchen alone", ofKitchen, "")
        let all = Self.correlation(
            days.map { Double(drawn[$0] ?? 0) },
            days.map { Double(guessed[$0] ?? 0) }
        )
        figure(name, "correlation, with days away", all, "")
        let errors = pairs.map { abs($0.guess - $0.truth) }
        figure(name, "mean absolute error", Self.mean(errors), "draws a day", of: Self.mean(truth))
        figure(name, "counted a day", Self.mean(guess), "draws a day", of: Self.mean(truth))
    }

    private func figure(
        _ meter: String,
        _ name: String,
        _ value: Double,
        _ unit: String,
        of whole: Double? = nil
    ) {
        Figure(name: "small draws, \(meter), \(name)", value: value, unit: unit, baseline: whole).report()
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let (meanA, meanB) = (mean(a), mean(b))
        let products = zip(a, b).map { ($0 - meanA) * ($1 - meanB) }.reduce(0, +)
        let squares = a.map { ($0 - meanA) * ($0 - meanA) }.reduce(0, +)
        let others = b.map { ($0 - meanB) * ($0 - meanB) }.reduce(0, +)
        return products / (squares * others).squareRoot()
    }
}
