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
        let points = NABScore.Profile.all.map { judge.best(alarms, $0).normalised($0) }
        for (index, profile) in NABScore.Profile.all.enumerated() {
            Figure(
                name: "NAB, \(corpus.series.count) series, \(profile.name)",
                value: points[index],
                unit: "points",
                goal: isWhole ? .atLeast(goals[index]) : nil
            ).report()
        }
        let best = judge.best(alarms, .standard)
        Figure(name: "NAB, windows found", value: Double(best.found), unit: "of \(best.windows)").report()
        Figure(name: "NAB, false alarms", value: Double(best.falseAlarms), unit: "alarms").report()
        let cost = least(of: 7) { nabCost(OwnPast(), corpus) }
        Figure(name: "general detector, a sample", value: cost * 1e9, unit: "ns", goal: .atMost(700)).report()
        Figure(
            name: "general detector, state",
            value: Double(MemoryLayout<OwnPast>.size),
            unit: "bytes",
            goal: .atMost(3072)
        ).report()
        let output = URL(fileURLWithPath: options.output).appendingPathComponent("nab")
        try corpus.write(alarms, detector: "vigie", to: output)
        say("the scores of each value are in \(output.path)")
        guard let python = options.python else { return }
        try compareScorer(python, corpus, output, expected: points)
        try compareRiver(python, corpus, cost, options)
    }

    /// The scorer that came with the series must see the same in the files.
    private static func compareScorer(
        _ python: String,
        _ corpus: NABCorpus,
        _ output: URL,
        expected ours: [Double]
    ) throws {
        let scorer = corpus.folder.appendingPathComponent("nab_score.py").path
        let labels = corpus.folder.appendingPathComponent("labels/combined_windows.json").path
        guard [scorer, labels].allSatisfy(FileManager.default.fileExists) else {
            return say("no nab_score.py with labels in \(corpus.folder.path): the files are not scored again")
        }
        let printed = String(decoding: try Child.output(of: python, [scorer, output.path]), as: UTF8.self)
        let theirs = try printed.split(separator: "\n").filter { $0.contains("normalized") }.map { line in
            try RecordedData.number(line.split(separator: " ").last ?? "") as Double
        }
        guard theirs.count == ours.count, zip(theirs, ours).allSatisfy({ abs($0 - $1) < 0.001 }) else {
            throw BenchmarkFailure("\(scorer) sees \(theirs) in \(output.path), expected \(ours)")
        }
        say("\(scorer) sees the same in the files: \(theirs)")
    }

    /// What River's detectors take for a value, on a part of the longest series.
    private static func compareRiver(
        _ python: String,
        _ corpus: NABCorpus,
        _ cost: Double,
        _ options: Options
    ) throws {
        guard let longest = corpus.series.max(by: { $0.values.count < $1.values.count }) else { return }
        let file = URL(fileURLWithPath: options.output).appendingPathComponent("river.txt")
        let lines = longest.values.prefix(5000).map { "\($0)\n" }.joined()
        try lines.write(to: file, atomically: true, encoding: .utf8)
        let peer = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .appendingPathComponent("../../../deploy/peers/river_anomaly.py")
        let printed = try Child.output(of: python, [peer.standardized.path, file.path])
        for line in String(decoding: printed, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2 else { throw BenchmarkFailure("the peer printed \"\(line)\"") }
            let seconds: Double = try RecordedData.number(words[1])
            Figure(
                name: "River \(words[0]), a sample",
                value: seconds * 1e9,
                unit: "ns",
                baseline: cost * 1e9,
                goal: words[0] == "half_space_trees" ? .ratioAtLeast(20) : nil
            ).report()
        }
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
