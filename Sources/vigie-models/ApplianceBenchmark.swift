import Foundation
import Measuring
import Models

extension Benchmark {
    /// False alarms and delays of the detectors of appliances, on simulated machines: no recording of them is
    /// at hand.
    static let appliances = Benchmark(
        name: "appliances",
        summary: "false alarms and delays of cold rooms and machine cycles, simulated"
    ) { _ in
        report((0..<40).map { SimulatedColdRoom(seed: $0) })
        report((0..<100).map { SimulatedPump(seed: $0) })
    }

    private static func report(_ rooms: [SimulatedColdRoom]) {
        let years = Double(rooms.count * SimulatedColdRoom.quietDays) / 365
        let alarms = rooms.reduce(0) { $0 + $1.falseAlarms }
        let told = rooms.compactMap(\.toldAfter).map(Double.init)
        let left = rooms.compactMap(\.left).map(Double.init)
        Figure(name: "cold room, false alarms", value: Double(alarms) / years, unit: "a year").report()
        Figure(name: "cold room, failure told after (median)", value: told.median, unit: "min").report()
        Figure(
            name: "cold room, then left until the goods are too warm (median)",
            value: left.median,
            unit: "min"
        )
        .report()
        Figure(
            name: "cold room, failures not told before",
            value: Double(rooms.count - left.filter { $0 > 0 }.count),
            unit: "of \(rooms.count)"
        ).report()
    }

    private static func report(_ pumps: [SimulatedPump]) {
        let runs = Double(pumps.count * SimulatedPump.quietRuns)
        let alarms = pumps.reduce(0) { $0 + $1.falseAlarms }
        Figure(name: "pump, false alarms", value: 1000 * Double(alarms) / runs, unit: "in 1000 runs").report()
        let stuck = pumps.compactMap(\.stuckToldAfter)
        Figure(
            name: "pump, a run that does not end told after (median)",
            value: stuck.median,
            unit: "usual runs"
        )
        .report()
        let drifts = pumps.map { $0.driftToldAfter.map(Double.init) ?? 999 }
        Figure(
            name: "pump, runs longer by 0.5 % each told after (median)",
            value: drifts.median,
            unit: "runs"
        )
        .report()
    }
}

/// A room at 4 °C with limits of 0 and 7, minute by minute: a compressor that toggles by 1 K, three defrosts
/// of 20 minutes to 8 °C a day, some twenty door openings of 1 to 6 minutes by 2 to 6 K, 0.1 K of noise; on
/// the 61st day the compressor fails, and the air goes towards 20 °C with a time constant of 10 hours.
private struct SimulatedColdRoom {
    static let quietDays = 60

    private(set) var falseAlarms = 0
    /// Minutes from the failure to the alarm, and from there until the goods were at the limit.
    private(set) var toldAfter: Int?
    private(set) var left: Int?

    init(seed: Int) {
        var noise = Noise(seed: UInt64(seed) + 100)
        var room = ColdRoom(limits: 0...7)
        var alarms = AlarmCount()
        var air = 4.0
        var door = (until: 0, warmth: 0.0)
        let failure = Self.quietDays * 1440 + seed * 37 % 480
        for minute in 0..<(failure + 1440) {
            if (480..<1200).contains(minute % 1440), noise.uniform() < 20.0 / 720 {
                door = (minute + 1 + Int(noise.uniform() * 6), 2 + 4 * noise.uniform())
            }
            let isFailing = minute >= failure
            air = isFailing ? air + (20 - air) / 600 : minute % 480 < 20 ? 8 : 4 + Double(minute / 8 % 2)
            let warmth = minute < door.until ? door.warmth : 0
            room.learn(air + warmth + 0.1 * noise.normal(), at: Double(minute) * 60)
            guard isFailing else {
                alarms.take(room.alarm.isRaised)
                continue
            }
            if toldAfter == nil, room.alarm.isRaised { toldAfter = minute - failure }
            if let told = toldAfter, left == nil, room.temperature >= 7 { left = minute - failure - told }
        }
        falseAlarms = alarms.count
    }
}

/// A pump that runs about 10 minutes with a deviation of 8 % and rests 50 with one of 15 %, read every 30
/// seconds; after 300 runs one does not end, or, in another life, each run is half a percent longer.
private struct SimulatedPump {
    static let quietRuns = 300

    private(set) var falseAlarms = 0
    /// In usual runs.
    private(set) var stuckToldAfter: Double?
    private(set) var driftToldAfter: Int?

    init(seed: Int) {
        var noise = Noise(seed: UInt64(seed) + 4000)
        var pump = MachineCycle(above: 50)
        var alarms = AlarmCount()
        var t = 0.0
        for _ in 0..<Self.quietRuns { Self.cycle(&pump, &t, longer: 1, &noise) { alarms.take($0) } }
        falseAlarms = alarms.count
        var (drifting, later) = (pump, t)
        for run in 0..<200 where driftToldAfter == nil {
            Self.cycle(&drifting, &later, longer: 1 + 0.005 * Double(run), &noise) { _ in }
            if drifting.alarm.cause == .driftUp { driftToldAfter = run }
        }
        for step in 0..<400 where stuckToldAfter == nil {
            pump.learn(400, at: t + Double(step) * 30)
            if pump.alarm.cause == .runsTooLong { stuckToldAfter = Double(step) * 30 / 600 }
        }
    }

    private static func cycle(
        _ pump: inout MachineCycle,
        _ t: inout Double,
        longer factor: Double,
        _ noise: inout Noise,
        _ see: (Bool) -> Void
    ) {
        let run = t + 600 * factor * exp(0.08 * noise.normal())
        let rest = run + 3000 * exp(0.15 * noise.normal())
        while t < rest {
            pump.learn(t < run ? 400 : 2, at: t)
            see(pump.alarm.isRaised)
            t += 30
        }
    }
}
