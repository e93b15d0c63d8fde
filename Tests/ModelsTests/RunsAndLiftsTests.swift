import Glibc
import Testing

@testable import Models

/// A day of lifts and runs, a point a second: up by 2 m a second, down at 10 m a second on slopes of given grades.
struct SkiMountain {
    var drop = 200.0
    /// Grades of the runs, in percent.
    var runs: [Double] = [20, 35, 50]
    /// Seconds of waiting at the top and at the foot.
    var wait = 60.0

    static let start = 1_700_000_000.0

    struct Point {
        var t: Double
        var altitude: Double
        var path: Double
    }

    var points: [Point] {
        var points: [Point] = []
        var now = Point(t: Self.start, altitude: 1500, path: 0)
        func go(_ seconds: Double, climb: Double, speed: Double) {
            for _ in 0..<Int(seconds.rounded()) {
                now.t += 1
                now.altitude += climb
                now.path += speed
                points.append(now)
            }
        }
        go(wait, climb: 0, speed: 0)
        for grade in runs {
            go(drop / 2, climb: 2, speed: 3)
            go(wait, climb: 0, speed: 0)
            go(drop / (grade / 10), climb: -grade / 10, speed: 10)
            go(wait, climb: 0, speed: 0)
        }
        return points
    }

    func events(
        _ scale: SlopeScale = .din32912,
        _ change: (Point) -> Point? = { $0 }
    ) -> (events: [SkiEvent], model: RunsAndLifts) {
        var model = RunsAndLifts(scale)
        var events: [SkiEvent] = []
        for point in points {
            guard let point = change(point) else { continue }
            model.learn(altitude: point.altitude, odometer: point.path, at: point.t)
            while let event = model.next() { events.append(event) }
        }
        return (events, model)
    }
}

@Suite("Runs and lifts")
struct RunsAndLiftsTests {
    @Test("The example of the documentation holds")
    func example() {
        var day = RunsAndLifts(.din32912)
        for second in 0..<400 {
            let t = Double(second)
            let altitude = t < 200 ? 1000 + t : max(1200 - 2 * max(0, t - 240), 1070)
            day.learn(altitude: altitude, odometer: 5 * t, at: t)
            if t == 290 { #expect(day.slope == .red) }
        }
        #expect(day.alarm.cause == .run)
        #expect(abs(day.alarm.since - 240) < 5)
        #expect(day.explanation.reasons.map(\.share) == [100])
    }

    @Test("Each run and lift is told once, with its times, drop and path; waiting belongs to neither")
    func legs() {
        let (events, _) = SkiMountain().events()
        let runs = events.filter { $0.kind == .runEnds }
        #expect(events.filter { $0.kind == .runBegins }.map(\.number) == [1, 2, 3])
        #expect(events.filter { $0.kind == .liftBegins }.map(\.number) == [1, 2, 3])
        // The third run ends with the day.
        #expect(runs.map(\.number) == [1, 2])
        for (run, grade) in zip(runs, [20.0, 35]) {
            #expect(abs(run.climb + 200) < 4)
            #expect(abs(Double(run.length) - 200 / grade * 100) < 60, "\(run.length)")
            #expect(abs(run.duration - 200 / grade * 10) < 16, "\(run.duration)")
        }
        for lift in events.filter({ $0.kind == .liftEnds }) {
            #expect(abs(lift.climb - 200) < 4)
            #expect(abs(lift.duration - 100) < 16)
        }
    }

    @Test("Runs have the colour of the country's scale")
    func colours() {
        let mountain = SkiMountain(runs: [12, 20, 35, 50, 20])
        let expected: [(SlopeScale, [SlopeClass])] = [
            (.din32912, [.blue, .blue, .red, .black]),
            (.france, [.green, .blue, .red, .black]),
            (.northAmerica, [.green, .green, .blue, .black]),
        ]
        for (scale, slopes) in expected {
            let runs = mountain.events(scale).events.filter { $0.kind == .runEnds }
            #expect(runs.map(\.slope) == slopes)
            for (run, grade) in zip(runs, mountain.runs) {
                #expect(abs(Double(run.grade) - grade) < 2.5, "\(run.grade) for \(grade)")
            }
        }
    }

    @Test("A short steep stretch is told when it comes and does not make the run black")
    func steepStretch() {
        var model = RunsAndLifts()
        var events: [SkiEvent] = []
        var altitude = 2000.0
        for second in 0..<500 {
            let isSteep = (100..<106).contains(second)
            altitude += second < 200 ? (isSteep ? -5 : -2) : 1
            model.learn(altitude: altitude, odometer: 10 * Double(second), at: Double(second))
            while let event = model.next() { events.append(event) }
        }
        #expect(events.contains { $0.kind == .slopeChanges && $0.slope >= .red })
        #expect(events.first { $0.kind == .runEnds }?.slope == .blue)
    }

    @Test("Less than ten metres is no run, and noise of two metres makes none")
    func small() {
        var random = Seeded(3)
        var model = RunsAndLifts()
        for second in 0..<7200 {
            let altitude = 1500 + 3 * sin(Double(second) / 300) + random.bell(2)
            model.learn(altitude: altitude, odometer: Double(second), at: Double(second))
            let event = model.next()
            #expect(event == nil, "second \(second)")
        }
    }

    @Test("Jumps and fancies of the sensor are not climbs")
    func jumps() {
        let begin = SkiMountain.start
        let plain = SkiMountain().events().events.filter { $0.kind != .slopeChanges }.map(\.kind)
        let jumped = SkiMountain().events { point in
            var point = point
            point.altitude += point.t - begin > 90 ? 80 : 0
            return point
        }
        #expect(jumped.events.filter { $0.kind != .slopeChanges }.map(\.kind) == plain)
        let fancied = SkiMountain().events { point in
            var point = point
            point.altitude += Int(point.t - begin) % 50 < 3 ? 400 : 0
            return point
        }
        #expect(fancied.events.filter { $0.kind != .slopeChanges }.map(\.kind) == plain)
    }

    @Test("After a quarter of an hour at the foot the run is over, and after a gap too")
    func rest() {
        var model = RunsAndLifts()
        var kinds: [SkiEvent.Kind] = []
        for second in 0..<1200 {
            model.learn(max(2000 - 2 * Double(second), 1800), at: Double(second))
            while let event = model.next() { kinds.append(event.kind) }
        }
        #expect(kinds == [.runBegins, .runEnds])
        #expect(model.alarm == .quiet)
        let (events, day) = SkiMountain(runs: [35]).events()
        var later = day
        #expect(!events.contains { $0.kind == .runEnds })
        later.learn(1500, at: SkiMountain.start + 100_000)
        let event = later.next()
        #expect(event?.kind == .runEnds)
    }

    @Test("Without a path there are runs without a slope; with speeds there is one")
    func paths() {
        let points = SkiMountain(runs: [35, 35]).points
        var plain = RunsAndLifts()
        var fast = RunsAndLifts()
        var before = 0.0
        var ended: [SkiEvent] = []
        for point in points {
            plain.learn(point.altitude, at: point.t)
            fast.learn(altitude: point.altitude, speed: point.path - before, at: point.t)
            before = point.path
            while let event = plain.next() { if event.kind == .runEnds { ended.append(event) } }
            while let event = fast.next() { if event.kind == .runEnds { ended.append(event) } }
        }
        #expect(ended.map(\.slope) == [.unknown, .red])
        #expect(ended.first?.length == 0)
    }

    @Test("Nonsense paths are not believed")
    func nonsense() {
        let runs = SkiMountain(runs: [35, 35]).events { point in
            var point = point
            let second = Int(point.t - SkiMountain.start)
            if second % 40 == 0 { point.path = [.nan, .infinity, -5, 1e300, 0][second / 40 % 5] }
            return point
        }.events.filter { $0.kind == .runEnds }
        #expect(runs.count == 1)
        #expect(runs.allSatisfy { $0.length.isFinite && $0.length < 700 })
    }

    @Test("The colours: limits are put in order, hysteresis holds, what is no grade has none")
    func scale() {
        #expect(SlopeScale.din32912.slope(ofGrade: 38) == .red)
        #expect(SlopeScale.din32912.slope(ofGrade: 41, after: .red) == .red)
        #expect(SlopeScale.din32912.slope(ofGrade: 42.5, after: .red) == .black)
        #expect(SlopeScale.din32912.slope(ofGrade: 38.5, after: .black) == .black)
        #expect(SlopeScale.din32912.slope(ofGrade: 10, after: .black) == .blue)
        #expect(SlopeScale.din32912.slope(ofGrade: -3) == .blue)
        #expect(SlopeScale.france.slope(ofGrade: 15) == .green)
        #expect(SlopeScale.northAmerica.slope(ofGrade: 40.1) == .black)
        #expect(SlopeScale.france.slope(ofGrade: .nan, after: .red) == .unknown)
        let odd = SlopeScale(green: .nan, blue: 30, red: 20)
        #expect(odd.slope(ofGrade: 25) == .blue)
        #expect(odd.slope(ofGrade: 31) == .black)
    }

    @Test("The example of the altitude's documentation holds; pressures become altitudes")
    func track() {
        var track = AltitudeTrack()
        for second in 0..<60 { track.learn(2000 - 3 * Double(second), at: Double(second)) }
        #expect(abs(track.climbRate + 3) < 0.1)
        let wasLearned = track.learn(2500, at: 60)
        #expect(!wasLearned)
        #expect(abs(track.level - 1823) < 3)
        #expect(abs(AltitudeTrack.altitude(ofPressure: 1013.25)) < 0.1)
        #expect(abs(AltitudeTrack.altitude(ofPressure: 795) - 1999) < 5)
        #expect(AltitudeTrack.altitude(ofPressure: -.infinity) == 0)
        #expect(AltitudeTrack.altitude(ofPressure: .leastNonzeroMagnitude).isFinite)
    }
}
