import Measuring
import Models
import Units

/// Which elevators hang on the same station: what connects them is likely to fail for all of them at once.
struct Stations {
    let ofLift: [String: Int]

    /// Nil where the data does not say.
    init?(_ data: RecordedData) throws {
        let path = "elevators/facilities.csv"
        guard data.exists(path) else { return nil }
        var ofLift: [String: Int] = [:]
        for row in try data.rows(path) {
            // Descriptions have commas in quotes; seen from behind there are none before the station.
            guard row.count >= 8 else { throw BenchmarkFailure("\(path) has a row of \(row.count) fields") }
            ofLift[String(row[0])] = try RecordedData.number(row[row.count - 5])
        }
        self.ofLift = ofLift
    }
}

/// Lost monitoring, told lift by lift and told with its cause.
struct LiftNetwork {
    private let history: ElevatorHistory
    private let stations: [Int]
    private let count: Int

    /// Unknown for as long makes a lift silent.
    private static let patience = 3600.0

    init(_ history: ElevatorHistory, _ stations: Stations) {
        self.history = history
        var numbers: [Int: Int] = [:]
        self.stations = history.names.map { name in
            let station = stations.ofLift[name] ?? -1
            let number = numbers[station] ?? numbers.count
            numbers[station] = number
            return number
        }
        count = numbers.count
    }

    func write(name: String) {
        let lifts = history.names.count
        var unknownSince = [Double?](repeating: nil, count: lifts)
        var isTold = [Bool](repeating: false, count: lifts)
        var isStationTold = [Bool](repeating: false, count: count)
        var isAllTold = false
        var alone = 0
        var single = 0
        var shared = 0
        var all = 0
        history.forEachPoll { states, at in
            let t = Double(at.microseconds) / 1e6
            var expected = [Int](repeating: 0, count: count)
            var silent = [Int](repeating: 0, count: count)
            for lift in 0..<lifts {
                guard let state = states[lift] else { continue }
                expected[stations[lift]] += 1
                guard state == .unknown else {
                    unknownSince[lift] = nil
                    isTold[lift] = false
                    continue
                }
                unknownSince[lift] = unknownSince[lift] ?? t
                if t - (unknownSince[lift] ?? t) >= Self.patience { silent[stations[lift]] += 1 }
            }
            let share = 0.01
            let platform = SharedSilence(
                silent: silent.reduce(0, +),
                of: expected.reduce(0, +),
                usualShare: share
            )
            if platform.verdict == .gateway, !isAllTold { all += 1 }
            isAllTold = platform.verdict == .gateway
            for station in 0..<count {
                let verdict = SharedSilence(
                    silent: silent[station],
                    of: expected[station],
                    usualShare: share
                ).verdict
                if verdict == .gateway, !isStationTold[station], !isAllTold { shared += 1 }
                isStationTold[station] = verdict == .gateway
            }
            for lift in 0..<lifts {
                guard let since = unknownSince[lift], t - since >= Self.patience, !isTold[lift] else {
                    continue
                }
                isTold[lift] = true
                alone += 1
                if !isStationTold[stations[lift]], !isAllTold { single += 1 }
            }
        }
        for (text, value) in [
            ("monitoring lost for an hour, told by lift", alone),
            ("the same told by cause: of the whole platform", all),
            ("the same told by cause: of a station", shared),
            ("the same told by cause: of a lift", single),
        ] {
            Figure(name: "\(name): \(text)", value: Double(value), unit: "").report()
        }
        Figure(
            name: "\(name): findings for lost monitoring, by cause against by lift",
            value: Double(all + shared + single),
            unit: "",
            baseline: Double(alone)
        ).report()
    }
}
