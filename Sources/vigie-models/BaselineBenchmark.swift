import Foundation
import Measuring
import Models

extension Benchmark {
    /// Which baseline fits which kind of series: how near the value is to what was expected, and how often it
    /// is far off. Writes the scores in the layout that `nab_score.py` reads.
    static let baselines = Benchmark(
        name: "baselines",
        summary: "how well each baseline knows what comes next, and how often it finds it odd"
    ) { options in
        let series = try SeriesFile.all(in: RecordedData(options))
        guard !series.isEmpty else {
            say("the data has no series: the baselines are left out")
            return
        }
        let all = BaselineReport(series, folder: URL(fileURLWithPath: options.output))
        try all.add("moments", Moments())
        try all.add("fading-moments", FadingMoments(memory: 100))
        try all.add("robust-scale", RobustScale(memory: 200))
        try all.add("quantile-sketch", QuantileSketch(resolution: 0.1), odd: 9)
        try all.add("hour-of-day", HourOfDay())
        try all.add("hour-of-week", HourOfWeek())
        try all.add("holt-winters", HoltWinters())
        try all.add("holt-winters-weekly", HoltWinters(season: .week))
        try all.add("cusum", Cusum(), odd: 9)
        try all.add("adaptive-window", AdaptiveWindow())
        try all.add("half-space-trees", HalfSpaceTrees(), odd: 4)
        say(
            "scores in \(options.output)/baselines; python3 nab_score.py \(options.output)/baselines/NAME scores them"
        )
    }
}

/// Runs one model after the other over all series.
private struct BaselineReport {
    let series: [SeriesFile]
    let folder: URL

    init(_ series: [SeriesFile], folder: URL) {
        self.series = series
        self.folder = folder.appendingPathComponent("baselines")
    }

    /// - Parameter odd: the surprise from which on a value counts as odd.
    func add(_ name: String, _ fresh: some Model, odd: Double = 6) throws {
        var errors: [Double] = []
        var electricity: Double?
        var (oddValues, warmValues) = (0, 0)
        for file in series {
            var model = fresh
            var (error, step, count) = (0.0, 0.0, 0.0)
            var lines = ["timestamp,value,anomaly_score,label"]
            for (index, x) in file.values.enumerated() {
                let score = model.observe(x, at: file.times[index])
                lines.append("\(file.stamps[index]),\(x),\(score.surprise),0")
                guard index > 0, score.isWarm else { continue }
                error += abs(x - score.usual)
                step += abs(x - file.values[index - 1])
                count += 1
                warmValues += 1
                if score.surprise >= odd { oddValues += 1 }
            }
            if count > 0, step > 0 { errors.append(error / step) }
            if file.group == "electricity" { electricity = error / step }
            let path = folder.appendingPathComponent("\(name)/\(file.group)")
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            try Data(lines.joined(separator: "\n").utf8)
                .write(to: path.appendingPathComponent("\(name)_\(file.name)"))
        }
        // Against the value before: what costs nothing to expect.
        Figure(
            name: "\(name), error against the value before (median of series)",
            value: errors.median,
            unit: "×"
        )
        .report()
        if let electricity {
            Figure(name: "\(name), error of a home's electricity", value: electricity, unit: "×").report()
        }
        let share = 1000 * Double(oddValues) / Double(max(1, warmValues))
        Figure(name: "\(name), odd values", value: share, unit: "in 1000").report()
    }
}
