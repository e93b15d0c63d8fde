import Glibc
import Testing

@testable import Models

@Suite("A day on skis")
struct SkiDayTests {
    /// Up for 100 s and down for 40 s at 50 %, turning all the way, 20 samples a second.
    private func ride(_ change: (Ski, Double) -> Bool = { _, _ in true }) -> [SkiEvent] {
        var day = SkiDay(.din32912)
        var events: [SkiEvent] = []
        let points = SkiMountain(runs: [50, 50]).points
        var before = points[0]
        for point in points {
            let isMoving = point.altitude != before.altitude
            before = point
            day.learn(altitude: point.altitude, odometer: point.path, at: point.t)
            for tick in 0..<20 {
                let t = point.t + Double(tick) / 20
                let rate = isMoving ? 40 * sin(2 * .pi * (t - SkiMountain.start) / 4) : 0
                for ski in Ski.allCases where change(ski, t - SkiMountain.start) {
                    day.learn(ski, x: 0, y: 1, z: rate, at: t)
                }
            }
            while let event = day.next() { events.append(event) }
        }
        #expect(day.lost == 0)
        return events
    }

    @Test("The example of the documentation holds")
    func example() {
        var day = SkiDay(.din32912)
        var events: [SkiEvent] = []
        for tick in 0..<1200 {
            let t = Double(tick) / 20
            if tick % 20 == 0 { day.learn(altitude: 2000 - 4.5 * t, odometer: 10 * t, at: t) }
            let rate = 40 * sin(2 * .pi * t / 5)
            for ski in Ski.allCases { day.learn(ski, x: 0, y: 0, z: rate, at: t) }
            while let event = day.next() { events.append(event) }
        }
        #expect(events.contains { $0.kind == .runBegins })
        #expect(events.contains { $0.kind == .slopeChanges && $0.slope == .black })
        let turn = events.last { $0.kind == .turn }
        #expect(turn?.slope == .black)
        // 10 m/s through 63 degrees in 2.3 s.
        #expect(abs((turn?.radius ?? 0) - 21) < 2)
        #expect(turn?.radiusClass == .long)
        #expect(day.explanation.reasons.map(\.share) == [100])
    }

    @Test("Turns on the slope are told and counted, those on the lift are not")
    func counted() throws {
        let events = ride()
        let run = try #require(events.first { $0.kind == .runEnds })
        let lifts = events.filter { $0.kind == .liftEnds }
        #expect(run.slope == .black)
        #expect((18...21).contains(run.turns), "\(run.turns)")
        for turn in events where turn.kind == .turn {
            #expect(!lifts.contains { turn.since > $0.since + 12 && turn.until < $0.until - 2 })
        }
    }

    @Test("A sensor that drops out and comes back is named once each")
    func dropped() {
        let events = ride { ski, t in ski == .left || !(200..<260).contains(t) }
            .filter { [.sensorSilent, .sensorStuck, .sensorBack].contains($0.kind) }
        #expect(events.map(\.kind) == [.sensorSilent, .sensorBack])
        #expect(events.allSatisfy { $0.ski == .right })
        #expect(abs((events.first?.since ?? 0) - SkiMountain.start - 200) < 0.1)
    }

    @Test("A full queue loses the oldest and counts it")
    func full() {
        var queue = FixedQueue<3, Int32>(of: 0)
        for number in 1...5 { queue.append(Int32(number)) }
        #expect(queue.lost == 2)
        let left = (1...4).map { _ in queue.popFirst() }
        #expect(left == [3, 4, 5, nil])
    }

    @Test("It goes on from a copy of its bytes bit for bit, and has no hidden bytes")
    func snapshot() {
        #expect(MemoryLayout<SkiDay>.size == 2416)
        #expect(stateBytes(SkiDay()) == 2416)
        var through = SkiDay(.france)
        var copied = through
        for (index, point) in SkiMountain().points.enumerated() {
            if index == 130 { copied = restored(bytes(through), as: SkiDay.self) }
            through.learn(altitude: point.altitude, odometer: point.path, at: point.t)
            through.learn(.left, x: 1, y: 1, z: 9, at: point.t)
            guard index >= 130 else { continue }
            copied.learn(altitude: point.altitude, odometer: point.path, at: point.t)
            copied.learn(.left, x: 1, y: 1, z: 9, at: point.t)
        }
        #expect(bytes(through) == bytes(copied))
    }
}
