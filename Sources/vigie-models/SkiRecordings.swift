import Foundation
import Measuring
import Models
import Units

/// Rotations of both skis, 50 a second, with the turns that a person saw in them.
struct LabelledTurns {
    struct Turn: Equatable {
        let since: Double
        let until: Double
        let isLeft: Bool

        func overlap(_ other: Turn) -> Double {
            max(0, min(until, other.until) - max(since, other.since))
        }

        var duration: Double { until - since }
    }

    static let rate = 50.0

    /// Six numbers a sample in degrees a second: x, y and z of the left ski, then of the right one.
    let samples: [[Double]]
    let turns: [Turn]

    init(_ data: RecordedData, _ path: String) throws {
        let rows = try data.rows(path)
        samples = try rows.map { row in
            try row[1...6].map { (try RecordedData.number($0) as Double) * 180 / .pi }
        }
        var turns: [Turn] = []
        var start = 0
        for index in 1...rows.count where index == rows.count || rows[index][7] != rows[start][7] {
            if rows[start][7] != "none" {
                turns.append(
                    Turn(
                        since: Double(start) / Self.rate,
                        until: Double(index) / Self.rate,
                        isLeft: rows[start][7] == "left"
                    )
                )
            }
            start = index
        }
        self.turns = turns
    }

    /// Degrees by which the z axes of both skis turned, to the left, from the label's begin to its end.
    func heading(of turn: Turn) -> (left: Double, right: Double) {
        let span = Int(turn.since * Self.rate)..<Int(turn.until * Self.rate)
        return (
            samples[span].reduce(0) { $0 + $1[2] } / Self.rate,
            samples[span].reduce(0) { $0 + $1[5] } / Self.rate
        )
    }
}

/// The track of a watch: time, altitude and path.
struct SkiTrack {
    struct Point {
        let at: Double
        let altitude: Double
        let path: Double

        func higher(by metres: Double) -> Point {
            Point(at: at, altitude: altitude + metres, path: path)
        }
    }

    let points: [Point]

    /// From a Garmin training file (TCX), packed or not.
    init(_ data: RecordedData, _ path: String) throws {
        points = try data.text(path).components(separatedBy: "<Trackpoint>").dropFirst().compactMap { point in
            guard let time = Self.value("Time", in: point), let moment = Moment(iso8601: time),
                let altitude = Self.value("AltitudeMeters", in: point),
                let metres = Self.value("DistanceMeters", in: point)
            else { return nil }
            return Point(
                at: Double(moment.microseconds) / 1e6,
                altitude: try RecordedData.number(altitude[...]),
                path: try RecordedData.number(metres[...])
            )
        }
    }

    private static func value(_ name: String, in text: String) -> String? {
        guard let open = text.range(of: "<\(name)>"),
            let close = text.range(of: "</\(name)>", range: open.upperBound..<text.endIndex)
        else { return nil }
        return String(text[open.upperBound..<close.lowerBound])
    }

    /// Climbs and descents of at least `hysteresis` metres between the extremes of the altitudes as they were
    /// recorded, the plain way: what the model is compared with.
    func legs(hysteresis: Double) -> [(isRun: Bool, climb: Double)] {
        var extremes: [Double] = []
        var low = points.first?.altitude ?? 0
        var high = low
        var side = 0
        for point in points {
            low = min(low, point.altitude)
            high = max(high, point.altitude)
            if side >= 0, high - point.altitude >= hysteresis {
                extremes.append(high)
                (side, low) = (-1, point.altitude)
            } else if side <= 0, point.altitude - low >= hysteresis {
                extremes.append(low)
                (side, high) = (1, point.altitude)
            }
        }
        if side != 0 { extremes.append(side > 0 ? high : low) }
        return zip(extremes, extremes.dropFirst()).map { ($1 < $0, $1 - $0) }
    }
}

extension RecordedData {
    /// The files of a folder with an ending, in the order of their names; says so when there is none.
    func paths(in path: String, ending: String) throws -> [String] {
        let names =
            exists(path)
            ? try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
            : []
        let paths = names.filter { $0.hasSuffix(ending) }.sorted().map { "\(path)/\($0)" }
        if paths.isEmpty { say("left out: no *\(ending) in \(folder.path)/\(path)") }
        for path in paths { say("from \(path)") }
        return paths
    }
}
