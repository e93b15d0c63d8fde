import Foundation
import Measuring
import Models
import Units

extension Benchmark {
    /// What real elevators did over months, through the models of outages; JSON lines name those that fail most.
    static let lifts = Benchmark(
        name: "lifts",
        summary:
            "real elevators: outages, clusters, repeated failures, ranking, and what is the network's fault"
    ) { options in
        let data = RecordedData(options)
        let history = try ElevatorHistory(data)
        try LiftsReport(history, name: "lifts").write(stations: Stations(data))
        if let sample = try ElevatorHistory.sample(data) {
            try LiftsReport(sample, name: "58 lifts").write(stations: nil)
        } else {
            say("the 58 elevators of sixteen months are not there; left out")
        }
        try recordedRide(data)
    }

    /// Rides in the acceleration that a telephone on the floor of a cabin recorded.
    private static func recordedRide(_ data: RecordedData) throws {
        let path = "redistributable/elevator_ride/pabrod_skyscraper_up_apache2.csv"
        guard data.exists(path) else {
            say("the recorded ride is not there; left out")
            return
        }
        var cabin = RideRecognition()
        for row in try data.rows(path) where row.count == 5 && !row[2...4].contains("") {
            let ended = cabin.learn(
                x: try RecordedData.number(row[2]),
                y: try RecordedData.number(row[3]),
                z: try RecordedData.number(row[4]),
                at: try RecordedData.number(row[0]) / 1000
            )
            guard ended else { continue }
            let ride = cabin.ride
            print(
                String(
                    format: "{\"ride\":\"%@\",\"start\":%.2f,\"seconds\":%.2f,\"metres\":%.1f,"
                        + "\"peakSpeed\":%.2f,\"vibration\":%.4f}",
                    ride.direction == .up ? "up" : "down",
                    ride.start,
                    ride.duration,
                    ride.travel,
                    ride.peakSpeed,
                    ride.vibration
                )
            )
        }
        Figure(name: "rides in the recorded acceleration", value: Double(cabin.rides), unit: "").report()
    }
}

/// Everything that is told of one history.
struct LiftsReport {
    let history: ElevatorHistory
    let name: String
    /// The spans of known and of broken times, by elevator.
    let inactive: [[Span]]
    let years: [Double]

    init(_ history: ElevatorHistory, name: String) throws {
        self.history = history
        self.name = name
        inactive = history.spans(of: .inactive)
        years = zip(inactive, history.spans(of: .active)).map { out, running in
            (out + running).reduce(0) { $0 + $1.length.inSeconds } / FailurePrior.year
        }
        guard years.contains(where: { $0 > 0 }) else {
            throw BenchmarkFailure("the recorded elevators were never seen in a known state")
        }
    }

    var liftYears: Double { years.reduce(0, +) }

    func write(stations: Stations?) throws {
        figure("elevators", Double(history.names.count), "")
        figure("watched", liftYears, "lift-years")
        let replay = LiftReplay(history)
        outages(replay)
        repeats(replay)
        recurrence()
        LiftRanking(self, replay.failures).write()
        if let stations { LiftNetwork(history, stations).write(name: name) }
    }

    func figure(_ text: String, _ value: Double, _ unit: String, goal: Figure.Goal? = nil) {
        Figure(name: "\(name): \(text)", value: value, unit: unit, goal: goal).report()
    }

    private func outages(_ replay: LiftReplay) {
        figure("spells out of service", Double(inactive.joined().count) / liftYears, "per lift-year")
        for (row, told) in zip(LiftReplay.rows, replay.told) {
            figure(
                "interactions, told after \(row.delay) min, merged within \(row.merging) h",
                Double(told.count) / liftYears,
                "per lift-year"
            )
        }
        let told = replay.told[LiftReplay.standard]
        // As the published rates count: by the calendar, whether anything was known or not.
        let unknown = history.spans(of: .unknown).joined().reduce(0) { $0 + $1.length.inSeconds }
        figure(
            "interactions, told after 30 min, merged within 24 h, unknown time counted too",
            Double(told.count) / (liftYears + unknown / FailurePrior.year),
            "per lift-year",
            goal: .atMost(10.5)
        )
        let onlyUnknown = told.count { alarm in
            !inactive[alarm.lift].contains { $0.meets(Span(from: alarm.since, to: alarm.at)) }
        }
        figure("interactions for a state that was only unknown", Double(onlyUnknown), "", goal: .atMost(0))
        let mostly = told.count { alarm in
            let whole = Span(from: alarm.since, to: alarm.at)
            let known = inactive[alarm.lift].reduce(0) { $0 + $1.overlap(with: whole) }
            return known < 0.5 * whole.length.inSeconds
        }
        figure("interactions after two known spells with the unknown between them", Double(mostly), "")
        let clusters = zip(inactive, history.spans(of: .active)).map { out, running in
            let seen = outages(out, seenRunning: running).filter { history.sees($0, for: 1800) }
            // Not known to run is not known to be repaired: an outage lasts until it was seen to run.
            return Self.clusters(
                seen.map { outage in
                    Span(from: outage.from, to: running.first { $0.from >= outage.to }?.from ?? outage.to)
                },
                merging: 86_400
            )
        }
        var opened = [[Moment]](repeating: [], count: clusters.count)
        for alarm in told { opened[alarm.lift].append(alarm.at) }
        var without = 0
        var twice = 0
        for (lift, own) in clusters.enumerated() {
            for cluster in own {
                let count = opened[lift].count { cluster.from <= $0 && $0 <= cluster.to }
                without += count == 0 ? 1 : 0
                twice += max(0, count - 1)
            }
        }
        figure("clusters in the record", Double(clusters.joined().count), "")
        figure("interactions", Double(told.count), "")
        figure("clusters without an interaction", Double(without), "", goal: .atMost(0))
        figure("clusters with more than one", Double(twice), "", goal: .atMost(0))
    }

    /// Spells without a known running time between them are one outage, when they are less than a day apart or the
    /// first was long enough to be told.
    private func outages(_ spells: [Span], seenRunning: [Span]) -> [Span] {
        var outages: [Span] = []
        var running = seenRunning[...]
        for spell in spells {
            running = running.drop { $0.to <= (outages.last?.to ?? .distantPast) }
            if let last = outages.last, !(running.first.map { $0.from < spell.from } ?? false),
                spell.from.since(last.to).inSeconds <= 86_400 || history.sees(last, for: 1800)
            {
                outages[outages.count - 1] = Span(from: last.from, to: spell.to)
            } else {
                outages.append(spell)
            }
        }
        return outages
    }

    /// Clusters from the record, with all of the past and the future at hand.
    private static func clusters(_ spells: [Span], merging: Double) -> [Span] {
        var clusters: [Span] = []
        for spell in spells {
            if let last = clusters.last, spell.from.since(last.to).inSeconds < merging {
                clusters[clusters.count - 1].to = spell.to
            } else {
                clusters.append(spell)
            }
        }
        return clusters
    }

    private func repeats(_ replay: LiftReplay) {
        figure("third outage in 7 days, told", Double(replay.repeats.count) / liftYears, "per lift-year")
        let again = replay.repeats.count { alarm in
            inactive[alarm.lift].contains {
                $0.length.inSeconds >= 1800 && $0.from > alarm.at
                    && $0.from.since(alarm.at).inSeconds < 7 * 86_400
            }
        }
        figure(
            "of those, failed again within 7 days",
            100 * Double(again) / Double(replay.repeats.count),
            "%"
        )
    }

    /// After an outage, how soon the next one begins; beside what this elevator's own rate would give by chance.
    private func recurrence() {
        for delay: Double in [0, 1800] {
            let long = inactive.map { $0.filter { $0.length.inSeconds >= delay } }
            for hours: Double in [1, 24, 24 * 7, 24 * 30] {
                var again = 0.0
                var chance = 0.0
                var all = 0.0
                for (lift, spells) in long.enumerated() where years[lift] > 0 {
                    let rate = Double(spells.count) / years[lift] / FailurePrior.year
                    for (spell, next) in zip(spells, spells.dropFirst()) {
                        all += 1
                        again += next.from.since(spell.to).inSeconds <= hours * 3600 ? 1 : 0
                        chance += 1 - exp(-rate * hours * 3600)
                    }
                    all += spells.isEmpty ? 0 : 1
                }
                let kind = delay > 0 ? "outages of 30 min and more" : "all outages"
                Figure(
                    name: "\(name): \(kind), the next within \(Int(hours)) h",
                    value: 100 * again / all,
                    unit: "%",
                    baseline: 100 * chance / all
                ).report()
            }
        }
    }
}

extension Span {
    /// Seconds that two spans have in common.
    func overlap(with other: Span) -> Double {
        max(0, min(to, other.to).since(max(from, other.from)).inSeconds)
    }
}
