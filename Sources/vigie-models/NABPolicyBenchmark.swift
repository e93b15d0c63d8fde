import Measuring
import Models

extension Benchmark {
    /// What the alarm policy is worth, with other models than its own.
    static let nabPolicy = Benchmark(
        name: "nab-policy",
        summary: "scores of simple models on labelled series, each value for itself and with the calm policy"
    ) { options in
        guard let corpus = try NABCorpus.find(options) else { return }
        let judge = NABScore(corpus.series)
        let sigmas = [3.0, 4, 5, 6, 8, 10, 13, 17, 22, 30, 50, 100, 200, 400]
        comparePolicy("moments", Moments(), limits: sigmas, corpus, judge)
        comparePolicy("fading moments, 100 values", FadingMoments(memory: 100), limits: sigmas, corpus, judge)
        comparePolicy(
            "fading moments, 1000 values",
            FadingMoments(memory: 1000),
            limits: sigmas,
            corpus,
            judge
        )
        comparePolicy("robust scale, 500 values", RobustScale(memory: 500), limits: sigmas, corpus, judge)
        let own = (0..<10).map { 0.7 + 0.04 * Double($0) }
        comparePolicy("own past", OwnPast(policy: AlarmPolicy(limit: 1)), limits: own, corpus, judge)
    }

    /// Both with the limit that suits them best: the benchmark's own threshold for the bare model, the best of `limits`
    /// for the calm one.
    private static func comparePolicy<Kind: Model>(
        _ name: String,
        _ fresh: Kind,
        limits: [Double],
        _ corpus: NABCorpus,
        _ judge: NABScore
    ) {
        let bare = corpus.series.map { series -> [NABScore.Alarm] in
            var model = fresh
            return series.values.enumerated().map { index, value in
                let surprise = model.observe(value, at: series.times[index]).surprise
                return NABScore.Alarm(index: index, score: surprise / (1 + surprise))
            }
        }
        let calm = limits.map { limit in
            let detector = Beyond(fresh, policy: .calm(limit: limit))
            let alarms = corpus.series.map { nabAlarms(detector, $0) }
            return judge.best(alarms, .standard).normalised(.standard)
        }
        Figure(
            name: "NAB with the calm policy, \(name), standard",
            value: calm.max() ?? 0,
            unit: "points",
            baseline: judge.best(bare, .standard).normalised(.standard)
        ).report()
    }
}
