import Measuring
import Models

extension Benchmark {
    /// What the general detector deserves on kinds of series that nobody tuned it on.
    static let nabLeaveOneOut = Benchmark(
        name: "nab-loco",
        summary:
            "the same with features, limit and threshold chosen on all categories but the one scored; a minute"
    ) { options in
        guard let corpus = try NABCorpus.find(options) else { return }
        let groups = Set(corpus.series.map(\.group)).sorted()
        guard groups.count > 1 else { return say("one category of series only: nothing to leave out") }
        let selection = NABSelection(corpus)
        var sum = NABScore.Result()
        for group in groups {
            let isTraining = corpus.series.map { $0.group != group }
            let choice = selection.choose(isTraining)
            let result = selection.score(choice, isTraining.map { !$0 })
            sum.gain += result.gain
            sum.windows += result.windows
            let names = choice.features.sorted().map { NABCandidates.names[$0] }.joined(separator: ", ")
            say("without \(group): \(names); limit \(choice.limit)")
            guard result.windows > 0 else { continue }
            Figure(name: "NAB, \(group) left out", value: result.normalised(.standard), unit: "points")
                .report()
        }
        Figure(
            name: "NAB, each category left out, standard",
            value: sum.normalised(.standard),
            unit: "points",
            goal: corpus.series.count == 58 ? .atLeast(72) : nil
        ).report()
    }
}

/// Chooses features and policy on some series of a corpus and scores them on others. Not chosen anew are what lies in
/// the features themselves (their windows and rates) and how surprises are made and added up.
struct NABSelection {
    struct Choice {
        var features: Set<Int>
        var limit = 0.0
        var habituation = 0.3
        var threshold = 0.0
        var points = -Double.infinity
    }

    private let corpus: NABCorpus
    private let judge: NABScore
    private let candidates: [NABCandidates]

    private struct Surprise {
        let index: Int
        let value: Double
    }

    private static let limits = (0..<12).map { 0.65 * (1 + 0.05 * Double($0)) }
    private static let refractories = [50, 60, 70]
    /// A feature must be worth this many points to be taken up, or to be kept.
    private static let leastGain = 0.15

    init(_ corpus: NABCorpus) {
        self.corpus = corpus
        judge = NABScore(corpus.series)
        candidates = corpus.series.map(NABCandidates.init)
    }

    func choose(_ isTraining: [Bool]) -> Choice {
        var best = Choice(features: [])
        for start in [Set(0..<2), Set(0..<16)] {
            let found = climb(from: start, isTraining)
            if found.points > best.points { best = found }
        }
        for habituation in [0.2, 0.25, 0.35] {
            let other = weigh(best.features, sums(best.features, isTraining), habituation, isTraining)
            if other.points > best.points { best = other }
        }
        let training = alarms(surprises(sums(best.features, isTraining)), best)
        best.threshold = judge.best(training, .standard, counts: isTraining).threshold
        return best
    }

    func score(_ choice: Choice, _ counts: [Bool]) -> NABScore.Result {
        let alarms = alarms(surprises(sums(choice.features, counts)), choice)
        return judge.result(alarms, .standard, threshold: choice.threshold, counts: counts)
    }

    /// Takes up or drops the feature that gains most, until none gains enough.
    private func climb(from start: Set<Int>, _ counts: [Bool]) -> Choice {
        var sum = sums(start, counts)
        var now = weigh(start, sum, 0.3, counts)
        while true {
            var best: (choice: Choice, feature: Int)?
            var most = now.points + Self.leastGain
            for feature in 0..<2 * NABCandidates.streams {
                let isTaken = now.features.contains(feature)
                if isTaken, now.features.count == 1 { continue }
                let other = weigh(
                    now.features.symmetricDifference([feature]),
                    changed(sum, by: feature, isTaken ? -1 : 1),
                    0.3,
                    counts
                )
                let points = other.points + (isTaken ? Self.leastGain : 0)
                if points > most {
                    most = points
                    best = (other, feature)
                }
            }
            guard let best else { return now }
            sum = changed(sum, by: best.feature, now.features.contains(best.feature) ? -1 : 1)
            now = best.choice
        }
    }

    /// The limit with the best mean over its neighbours: a peak that its neighbours do not share is chance.
    private func weigh(_ features: Set<Int>, _ sums: [[Float]], _ habituation: Double, _ counts: [Bool])
        -> Choice
    {
        var choice = Choice(features: features, habituation: habituation)
        let surprises = surprises(sums)
        let points = Self.limits.map { limit in
            choice.limit = limit
            let points = Self.refractories.map { refractory in
                let alarms = alarms(surprises, choice, refractory: refractory)
                return judge.best(alarms, .standard, counts: counts).normalised(.standard)
            }
            return points.reduce(0, +) / Double(points.count)
        }
        for middle in 2..<points.count - 2 {
            let mean = points[middle - 2...middle + 2].reduce(0, +) / 5
            if mean > choice.points { (choice.points, choice.limit) = (mean, Self.limits[middle]) }
        }
        return choice
    }

    private func sums(_ features: Set<Int>, _ counts: [Bool]) -> [[Float]] {
        let none = corpus.series.indices.map { index in
            [Float](repeating: 0, count: counts[index] ? corpus.series[index].values.count : 0)
        }
        return features.sorted().reduce(none) { changed($0, by: $1, 1) }
    }

    private func changed(_ sums: [[Float]], by feature: Int, _ sign: Float) -> [[Float]] {
        zip(sums, candidates).map { sum, candidate in
            zip(sum, candidate.squares[feature]).map { $0 + sign * $1 }
        }
    }

    /// The values that can matter at all, by series: most lie far below any limit.
    private func surprises(_ sums: [[Float]]) -> [[Surprise]] {
        let least = Float(Self.limits[0] * Self.limits[0])
        return sums.map { sum in
            var surprises: [Surprise] = []
            for (index, square) in sum.enumerated() where index >= 225 && square >= least {
                surprises.append(Surprise(index: index, value: Double(square.squareRoot())))
            }
            return surprises
        }
    }

    private func alarms(_ surprises: [[Surprise]], _ choice: Choice, refractory: Int = 60) -> [[NABScore
        .Alarm]]
    {
        zip(surprises, corpus.series).map { surprises, series in
            var policy = AlarmPolicy(
                limit: choice.limit,
                refractory: Lapse(samples: refractory, seconds: 3600),
                memory: Lapse(samples: 2000, seconds: 86_400),
                habituation: choice.habituation
            )
            var alarms: [NABScore.Alarm] = []
            var next = 225
            for surprise in surprises {
                policy.pass(surprise.index - next)
                next = surprise.index + 1
                let verdict = policy.judge(surprise.value, at: series.times[surprise.index])
                guard case .raised(let limit) = verdict else { continue }
                alarms.append(NABScore.Alarm(index: surprise.index, score: 1 - 0.5 * limit / surprise.value))
            }
            return alarms
        }
    }
}
