import Foundation
import Measuring
import Models
import Units

/// Which elevators will fail most: told from one part of the time, judged by the rest of it.
struct LiftRanking {
    private let report: LiftsReport
    private let failures: [LiftReplay.Failures]
    private let known: [[Span]]

    init(_ report: LiftsReport, _ failures: [LiftReplay.Failures]) {
        self.report = report
        self.failures = failures
        known = zip(report.inactive, report.history.spans(of: .active)).map { $0 + $1 }
    }

    func write() {
        guard let first = report.history.polls.first, let last = report.history.polls.last else { return }
        let whole = last.since(first).inSeconds
        judge("half of the time", learnedUntil: first + .seconds(whole / 2), end: last)
        judge("4 weeks", learnedUntil: first + .days(28), end: last)
        name(until: last)
    }

    /// What one way of forecasting says of each elevator.
    private struct Forecast {
        let name: String
        /// To sort by.
        let rates: [Double]
        /// ln P of what came.
        let likelihood: Double
    }

    private func judge(_ name: String, learnedUntil cut: Moment, end: Moment) {
        let begin = known.joined().map(\.from).min() ?? cut
        let past = counts(from: begin, to: cut)
        let future = counts(from: cut, to: end)
        var fleet = FailurePrior.Fleet()
        for lift in past.indices { fleet.add(failures: past[lift].count, over: past[lift].seconds) }
        guard let prior = fleet.prior else {
            say("no elevator failed before \(cut); no ranking")
            return
        }
        report.figure("failures per year, learned from \(name)", prior.perYear, "per lift-year")
        report.figure("shape of the fleet's rates, learned from \(name)", prior.shape, "")
        let judged = past.indices.filter { future[$0].seconds > 0 }
        let raw = raw(past, future, judged)
        let forecasts = [
            raw,
            shrunken("shrunken rate", prior, nil, begin...cut, past, future, judged),
            shrunken("shrunken rate, memory 60 days", prior, 60, begin...cut, past, future, judged),
            shrunken("shrunken rate, memory 30 days", prior, 30, begin...cut, past, future, judged),
        ]
        for forecast in forecasts {
            Figure(
                name: "\(report.name): \(forecast.name) of \(name), ln likelihood of the rest, a lift",
                value: forecast.likelihood / Double(judged.count),
                unit: "nats",
                baseline: raw.likelihood / Double(judged.count)
            ).report()
            Figure(
                name: "\(report.name): \(forecast.name) of \(name), failures of the rest in its worst tenth",
                value: 100 * capture(forecast.rates, future, judged),
                unit: "%",
                baseline: 100 * capture(raw.rates, future, judged)
            ).report()
        }
    }

    private struct Count {
        var count = 0.0
        var seconds = 0.0
    }

    private func counts(from: Moment, to: Moment) -> [Count] {
        let window = Span(from: from, to: to)
        return failures.indices.map { lift in
            Count(
                count: Double(failures[lift].begins.count { from < $0 && $0 <= to }),
                seconds: known[lift].reduce(0) { $0 + $1.overlap(with: window) }
            )
        }
    }

    /// The elevator's own count over its own time; half a failure where there was none, as a rate of nothing makes
    /// every failure impossible.
    private func raw(_ past: [Count], _ future: [Count], _ judged: [Int]) -> Forecast {
        let rates = past.map { $0.seconds > 0 ? $0.count / $0.seconds : 0 }
        let likelihood = judged.reduce(0.0) { sum, lift in
            let own = max(0.5, past[lift].count) / max(86_400, past[lift].seconds)
            let mean = own * future[lift].seconds
            return sum + future[lift].count * log(mean) - mean - lgamma(future[lift].count + 1)
        }
        return Forecast(name: "raw rate", rates: rates, likelihood: likelihood)
    }

    private func shrunken(
        _ name: String,
        _ prior: FailurePrior,
        _ memoryDays: Double?,
        _ learned: ClosedRange<Moment>,
        _ past: [Count],
        _ future: [Count],
        _ judged: [Int]
    ) -> Forecast {
        let models = failures.indices.map {
            model($0, prior, memoryDays: memoryDays, from: learned.lowerBound, to: learned.upperBound)
        }
        let likelihood = judged.reduce(0.0) {
            $0 + models[$1].logLikelihood(of: future[$1].count, within: future[$1].seconds)
        }
        return Forecast(name: name, rates: models.map(\.perYear), likelihood: likelihood)
    }

    /// The model of one elevator, fed hour by hour with what was known.
    private func model(
        _ lift: Int,
        _ prior: FailurePrior,
        memoryDays: Double?,
        from: Moment,
        to: Moment
    ) -> FailureRate {
        var model = FailureRate(prior: prior, memory: memoryDays.map { $0 * 86_400 })
        var failing = failures[lift].begins.filter { from < $0 && $0 <= to }[...]
        var known = 0.0
        for span in self.known[lift].sorted(by: { $0.from < $1.from }) where span.from < to {
            let begin = max(from, span.from)
            let end = min(to, span.to)
            guard begin < end else { continue }
            if known == 0 { model.learn(0, at: begin.seconds) }
            known += 1
            var count = 0.0
            while let next = failing.first, next <= end {
                count += 1
                failing.removeFirst()
            }
            model.learn(count, at: end.seconds)
        }
        return model
    }

    /// The share of all failures to come that the worst tenth by `rates` has.
    private func capture(_ rates: [Double], _ future: [Count], _ judged: [Int]) -> Double {
        let ordered = judged.sorted { (rates[$0], $1) > (rates[$1], $0) }
        let worst = ordered.prefix(max(1, judged.count / 10))
        return worst.reduce(0) { $0 + future[$1].count } / judged.reduce(0) { $0 + future[$1].count }
    }

    /// The worst elevators by name, a JSON object each.
    private func name(until last: Moment) {
        var fleet = FailurePrior.Fleet()
        for (lift, own) in failures.enumerated() {
            let seconds = report.years[lift] * FailurePrior.year
            fleet.add(failures: Double(own.begins.count), over: seconds)
        }
        guard let prior = fleet.prior, let first = known.joined().map(\.from).min() else { return }
        let models = failures.indices.map { model($0, prior, memoryDays: nil, from: first, to: last) }
        let worst = failures.indices.sorted { (models[$0].perYear, $1) > (models[$1].perYear, $0) }.prefix(20)
        for (rank, lift) in worst.enumerated() {
            let range = models[lift].range()
            print(
                String(
                    format: "{\"rank\":%d,\"lift\":\"%@\",\"failures\":%d,\"watchedDays\":%.1f,"
                        + "\"failuresPerYear\":%.1f,\"low\":%.1f,\"high\":%.1f,"
                        + "\"meanDaysBetweenFailures\":%.2f,\"repeatedFailures\":%d}",
                    rank + 1,
                    report.history.names[lift],
                    failures[lift].begins.count,
                    report.years[lift] * 365.25,
                    models[lift].perYear,
                    range.low,
                    range.high,
                    models[lift].meanTimeBetweenFailures / 86_400,
                    failures[lift].repeats
                )
            )
        }
    }
}

extension Moment {
    fileprivate var seconds: Double { Double(microseconds) / 1e6 }
}
