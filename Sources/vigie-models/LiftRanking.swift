import Foundation
import Measuring
import Models
import Units

/// Which elevators will fail most: told from one part of the time, judged by the rest of it.
struct LiftRanking {
    private let report: LiftsReport
    private let failures: [LiftReplay.Failures]
    private let known: [[Span]]
    /// When the outages of half an hour began, and those of five minutes, which tell of the others.
    private let confirmed: [[Moment]]
    private let spells: [[Moment]]

    init(_ report: LiftsReport, _ failures: [LiftReplay.Failures]) {
        self.report = report
        self.failures = failures
        known = zip(report.inactive, report.history.spans(of: .active)).map {
            ($0 + $1).sorted { $0.from < $1.from }
        }
        confirmed = failures.map(\.begins)
        spells = report.inactive.map { $0.filter { $0.length.inSeconds >= 300 }.map(\.from) }
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
        let likelihood: Double?
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
        let learned = begin...cut
        let memories: [Double?] = [nil, 60, 30, 15]
        var forecasts = [raw]
        for memory in memories {
            let models = confirmed.indices.map { model($0, confirmed[$0], prior, memory, within: learned) }
            forecasts.append(
                Forecast(
                    name: "shrunken rate\(memory.map { ", memory \(Int($0)) days," } ?? "")",
                    rates: models.map(\.perYear),
                    likelihood: judged.reduce(0.0) {
                        $0 + models[$1].logLikelihood(of: future[$1].count, within: future[$1].seconds)
                    }
                )
            )
        }
        let early = spells.indices.map { model($0, spells[$0], prior, 15, within: learned) }
        forecasts.append(
            Forecast(
                name: "the same of outages of 5 min and more",
                rates: early.map(\.perYear),
                likelihood: nil
            )
        )
        for forecast in forecasts {
            if let likelihood = forecast.likelihood {
                Figure(
                    name: "\(report.name): \(forecast.name) of \(name), ln likelihood of the rest, a lift",
                    value: likelihood / Double(judged.count),
                    unit: "nats"
                ).report()
            }
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

    /// The model of one elevator, fed with what was known, a day at a time.
    private func model(
        _ lift: Int,
        _ begins: [Moment],
        _ prior: FailurePrior,
        _ memoryDays: Double?,
        within window: ClosedRange<Moment>
    ) -> FailureRate {
        var model = FailureRate(prior: prior, memory: memoryDays.map { $0 * 86_400 })
        var failing = begins.drop { $0 <= window.lowerBound }
        for span in known[lift] where span.from < window.upperBound {
            var at = max(window.lowerBound, span.from)
            let end = min(window.upperBound, span.to)
            guard at < end else { continue }
            model.skip(until: at.seconds)
            // The first reading only starts the time.
            model.learn(0, at: at.seconds)
            while at < end {
                at = min(end, at + .days(1))
                let count = failing.prefix { $0 <= at }.count
                failing = failing.dropFirst(count)
                model.learn(Double(count), at: at.seconds)
            }
        }
        model.skip(until: window.upperBound.seconds)
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
        let models = confirmed.indices.map { model($0, confirmed[$0], prior, nil, within: first...last) }
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
