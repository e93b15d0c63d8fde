import Foundation
import Measuring
import Models

extension Benchmark {
    /// The general detector on the Numenta Anomaly Benchmark.
    static let nab = Benchmark(
        name: "nab",
        summary:
            "score of the general detector on labelled series (Numenta Anomaly Benchmark), its time and state"
    ) { options in
        guard let corpus = try NABCorpus.find(options) else { return }
        let judge = NABScore(corpus.series)
        let alarms = corpus.series.map { nabAlarms(OwnPast(), $0) }
        let isWhole = corpus.series.count == 58
        let goals = [78.0, 69, 83]
        for (profile, goal) in zip(NABScore.Profile.all, goals) {
            let best = judge.best(alarms, profile)
            Figure(
                name: "NAB, \(corpus.series.count) series, \(profile.name)",
                value: best.normalised(profile),
                unit: "points",
                goal: isWhole ? .atLeast(goal) : nil
            ).report()
        }
        let best = judge.best(alarms, .standard)
        Figure(name: "NAB, windows found", value: Double(best.found), unit: "of \(best.windows)").report()
        Figure(name: "NAB, false alarms", value: Double(best.falseAlarms), unit: "alarms").report()
        Figure(
            name: "general detector, a sample",
            value: least(of: 7) { nabCost(OwnPast(), corpus) } * 1e9,
            unit: "ns",
            goal: .atMost(700)
        ).report()
        Figure(
            name: "general detector, state",
            value: Double(MemoryLayout<OwnPast>.size),
            unit: "bytes",
            goal: .atMost(3072)
        ).report()
        let output = URL(fileURLWithPath: options.output).appendingPathComponent("nab")
        try corpus.write(alarms, detector: "vigie", to: output)
        say("the scores of each value are in \(output.path)")
    }

    /// Seconds of processor time a value, over all series.
    static func nabCost<Kind: Model>(_ fresh: Kind, _ corpus: NABCorpus) -> Double {
        var sum = 0.0
        let cost = Cost.of {
            for series in corpus.series {
                var model = fresh
                for (index, value) in series.values.enumerated() {
                    sum += model.observe(value, at: series.times[index]).surprise
                }
            }
        }
        // The sum is looked at, so that the work is not left out.
        precondition(sum.isFinite)
        return cost.processor / Double(corpus.series.reduce(0) { $0 + $1.values.count })
    }

    /// What a detector says of a series, as scores from 0 to 1: how far its surprise was above its limit when it spoke.
    static func nabAlarms<Kind: Model & Detector>(_ fresh: Kind, _ series: NABCorpus.Series) -> [NABScore
        .Alarm]
    {
        var detector = fresh
        var alarms: [NABScore.Alarm] = []
        for (index, value) in series.values.enumerated() {
            let before = detector.alarm
            let score = detector.observe(value, at: series.times[index])
            let alarm = detector.alarm
            guard alarm.isRaised, alarm != before else { continue }
            alarms.append(NABScore.Alarm(index: index, score: 1 - 0.5 * alarm.limit / score.surprise))
        }
        return alarms
    }
}
