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

    /// From a training file (TCX) or a track of satellites (GPX), packed or not. A point without a time or an
    /// altitude is left out; where no path is recorded it is that between the positions.
    init(_ data: RecordedData, _ path: String) throws {
        let isGPX = path.contains(".gpx")
        let text = try data.text(path)
        var points: [Point] = []
        var place: (latitude: Double, longitude: Double)?
        var walked = 0.0
        for part in text.components(separatedBy: isGPX ? "<trkpt " : "<Trackpoint>").dropFirst() {
            guard let time = Self.between("<\(isGPX ? "time" : "Time")>", "<", in: part),
                let moment = Moment(iso8601: time),
                let altitude = Self.number(isGPX ? "<ele>" : "<AltitudeMeters>", "<", in: part)
            else { continue }
            if let latitude = Self.number(
                isGPX ? "lat=\"" : "<LatitudeDegrees>",
                isGPX ? "\"" : "<",
                in: part
            ),
                let longitude = Self.number(
                    isGPX ? "lon=\"" : "<LongitudeDegrees>",
                    isGPX ? "\"" : "<",
                    in: part
                )
            {
                let here = (latitude, longitude)
                walked += Self.metres(from: place ?? here, to: here)
                place = here
            }
            let odometer = Self.number("<DistanceMeters>", "<", in: part)
            let at = Double(moment.microseconds) / 1e6
            points.append(Point(at: at, altitude: altitude, path: odometer ?? walked))
        }
        guard !points.isEmpty else { throw BenchmarkFailure("\(path) has no points with time and altitude") }
        self.points = points
    }

    private static func number(_ open: String, _ close: String, in text: String) -> Double? {
        between(open, close, in: text).flatMap { Double($0) }
    }

    private static func between(_ open: String, _ close: String, in text: String) -> String? {
        guard let start = text.range(of: open),
            let end = text.range(of: close, range: start.upperBound..<text.endIndex)
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }

    /// On the globe, near enough for points that lie close together.
    private static func metres(
        from one: (latitude: Double, longitude: Double),
        to other: (latitude: Double, longitude: Double)
    ) -> Double {
        let degree = 6_371_000 * Double.pi / 180
        let north = (other.latitude - one.latitude) * degree
        let east = (other.longitude - one.longitude) * degree * cos(one.latitude * .pi / 180)
        return (north * north + east * east).squareRoot()
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
    /// The files of a folder with one of some endings, in the order of their names; says so when there is none.
    func paths(in path: String, endings: [String]) throws -> [String] {
        let names =
            exists(path)
            ? try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path)
            : []
        let paths = names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().map {
            "\(path)/\($0)"
        }
        if paths.isEmpty {
            say("left out: no file of \(endings.joined(separator: ", ")) in \(folder.path)/\(path)")
        }
        for path in paths { say("from \(path)") }
        return paths
    }
}
