import Foundation
import Measuring
import Models

extension Benchmark {
    /// Counts the runs and lifts of a track, as it is and with trouble, and prints its events.
    static func recordedDay(_ track: SkiTrack) {
        let legs = track.legs(hysteresis: 10)
        let runs = legs.filter(\.isRun).count
        let truth = (runs: runs, lifts: legs.count - runs)
        for event in events(of: track.points) { print(line(event, from: track.points[0].at)) }
        report("as recorded", track.points, truth)

        var random = SplitMix(state: 13)
        let start = track.points[0].at
        report("altitude with 3 m of noise", track.points.map { $0.higher(by: 3 * bell(&random)) }, truth)
        let jump = track.points.map { $0.higher(by: $0.at - start > 1800 ? 60 : 0) }
        report("altitude that jumps by 60 m on a run", jump, truth)
        let fancy = track.points.map { $0.higher(by: Int($0.at - start) % 120 < 3 ? 150 : 0) }
        report("150 m too high for 3 s every two minutes", fancy, truth)
        let drift = track.points.map { $0.higher(by: ($0.at - start) / 3600 * 20) }
        report("barometer that drifts by 20 m an hour", drift, truth)
        let seldom = track.points.enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
        report("one point in ten seconds", seldom, truth)
        let gaps = track.points.filter { ($0.at - start).truncatingRemainder(dividingBy: 300) > 45 }
        report("45 s lost in five minutes", gaps, truth)
        let least = least(of: 5) { Cost.of { precondition(!events(of: track.points).isEmpty) }.processor }
        let cost = least / Double(track.points.count) * 1e9
        Figure(name: "runs and lifts, a point", value: cost, unit: "ns").report()
    }

    private static func events(of points: [SkiTrack.Point]) -> [SkiEvent] {
        var day = RunsAndLifts()
        var events: [SkiEvent] = []
        for point in points {
            day.learn(altitude: point.altitude, odometer: point.path, at: point.at)
            while let event = day.next() { events.append(event) }
        }
        return events
    }

    /// How many runs and lifts begin, against the extremes of the altitude; and which colours the runs have.
    private static func report(
        _ name: String,
        _ points: [SkiTrack.Point],
        _ truth: (runs: Int, lifts: Int)
    ) {
        let events = events(of: points)
        let slopes = events.filter { $0.kind == .runEnds }.map { "\($0.slope) \(Int($0.grade))" }
        say("\(name), the runs that ended: \(slopes.joined(separator: ", "))")
        for (kind, word, all) in [
            (SkiEvent.Kind.runBegins, "runs", truth.runs), (.liftBegins, "lifts", truth.lifts),
        ] {
            Figure(
                name: "\(word), \(name)",
                value: Double(events.filter { $0.kind == kind }.count),
                unit: word,
                baseline: Double(all)
            ).report()
        }
    }

    private static func line(_ event: SkiEvent, from start: Double) -> String {
        var line = "{\"event\":\"\(event.kind)\",\"number\":\(event.number)"
        line += String(format: ",\"from_s\":%.0f,\"to_s\":%.0f", event.since - start, event.until - start)
        if event.kind == .runEnds || event.kind == .liftEnds {
            line += String(format: ",\"climb_m\":%.0f,\"path_m\":%.0f", event.climb, event.length)
        }
        if event.slope != .unknown {
            line += String(format: ",\"grade_percent\":%.0f,\"slope\":\"\(event.slope)\"", event.grade)
        }
        return line + "}"
    }
}
