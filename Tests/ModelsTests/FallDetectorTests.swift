import Testing

@testable import Models

@Suite("Falls")
struct FallDetectorTests {
    private static let start = 1_700_000_000.0

    /// The detector after some seconds of a wearer.
    private func watched(
        _ wearer: Wearer,
        _ position: FallDetector.Position = .waist,
        seconds: Double = 20,
        rate: Double = 50,
        seed: UInt64 = 67,
        turn: (SIMD3<Double>) -> SIMD3<Double> = { $0 },
        turning: Double? = nil,
        each take: (FallDetector) -> Void = { _ in }
    ) -> FallDetector {
        var random = Seeded(seed)
        var detector = FallDetector(position)
        for index in 0..<Int(seconds * rate) {
            let t = Double(index) / rate
            let a = turn(wearer.sample(t, &random))
            if let turning { detector.learnTurning(x: 0, y: turning, z: 0) }
            detector.learn(x: a.x, y: a.y, z: a.z, at: Self.start + t)
            take(detector)
        }
        return detector
    }

    /// The alarms raised: when the impact was, and when it was told, in seconds from the start.
    private func alarms(
        _ deed: Wearer.Deed,
        _ position: FallDetector.Position,
        rate: Double
    ) -> [(since: Double, told: Double)] {
        var told: [(since: Double, told: Double)] = []
        var last = 0.0
        _ = watched(
            Wearer(deed: deed, at: 8),
            position,
            rate: rate,
            each: { detector in
                guard detector.alarm.isRaised, detector.alarm.raisedAt != last else { return }
                last = detector.alarm.raisedAt
                told.append((detector.alarm.since - Self.start, last - Self.start))
            }
        )
        return told
    }

    @Test(
        "A fall is told once, within 3.5 s of the impact, at every usual rate and place",
        arguments: [20.0, 25, 50, 100, 200],
        [FallDetector.Position.waist, .chest, .wrist]
    )
    func fall(rate: Double, position: FallDetector.Position) throws {
        let told = alarms(.fall, position, rate: rate)
        #expect(told.count == 1)
        let alarm = try #require(told.first)
        #expect(abs(alarm.since - 8) < 0.15)
        #expect(alarm.told - alarm.since <= 3.5)
    }

    @Test(
        "Standing, sitting down and jumping are not falls",
        arguments: [20.0, 50, 100, 200],
        [FallDetector.Position.waist, .chest, .wrist]
    )
    func daily(rate: Double, position: FallDetector.Position) {
        #expect(alarms(.nothing, position, rate: rate).isEmpty)
        #expect(alarms(.sitDown, position, rate: rate).isEmpty)
        #expect(alarms(.jump, position, rate: rate).isEmpty)
    }

    // Without posture a stiff jump and a stiff fall are nearly the same: no more is asked of the pocket.
    @Test("In the pocket a fall is told and sitting down is not", arguments: [25.0, 50, 100])
    func pocket(rate: Double) {
        #expect(alarms(.fall, .pocket, rate: rate).count == 1)
        #expect(alarms(.nothing, .pocket, rate: rate).isEmpty)
        #expect(alarms(.sitDown, .pocket, rate: rate).isEmpty)
    }

    @Test("The example of the documentation holds")
    func example() {
        var belt = FallDetector(.waist)
        for index in 0..<2000 {
            let t = Double(index) / 50
            switch t {
            case ..<5.2: belt.learn(x: 0, y: 1000, z: 0, at: t)
            case ..<6: belt.learn(x: 300, y: 250, z: 100, at: t)
            case ..<6.1: belt.learn(x: 3500, y: 1500, z: 900, at: t)
            default: belt.learn(x: 1000, y: 0, z: 0, at: t)
            }
        }
        #expect(belt.alarm.cause == .fall)
        #expect(abs(belt.alarm.since - 6) < 0.1)
        #expect(belt.confirmation.state == .confirmed)
        #expect(belt.explanation.reasons.map(\.share).reduce(0, +) == 100)
    }

    @Test("How the sensor is turned does not matter")
    func turned() {
        let wearer = Wearer(deed: .fall, at: 8)
        let straight = watched(wearer)
        let turned = watched(wearer, turn: { SIMD3(-$0.z, 0.6 * $0.x + 0.8 * $0.y, 0.8 * $0.x - 0.6 * $0.y) })
        #expect(abs(straight.certainty - turned.certainty) < 0.02)
        #expect(straight.alarm.isRaised && turned.alarm.isRaised)
    }

    @Test("Acceleration in g is the same as in milli-g")
    func units() {
        var random = Seeded(5)
        var inG = FallDetector(.waist)
        let wearer = Wearer(deed: .fall, at: 8)
        for index in 0..<800 {
            inG.learn(g: wearer.sample(Double(index) / 50, &random) / 1000, at: Double(index) / 50)
        }
        #expect(inG.alarm.cause == .fall)
        #expect((3...5).contains(inG.alarm.seen))
    }

    @Test("The reasons of a fall add up, and say that it was one")
    func reasons() {
        let explanation = watched(Wearer(deed: .fall, at: 8)).explanation
        #expect(explanation.reasons.map(\.share).reduce(0, +) == 100)
        let parts: [Alarm.Cause] = [.impact, .weightless, .postureChange, .stillAfter, .movementBefore]
        #expect(explanation.reasons.allSatisfy { parts.contains($0.cause) })
        #expect(explanation.reasons.count > 1)
        #expect(explanation.seen > explanation.high)
        #expect((18...20).contains(explanation.past))
        #expect(explanation.percentile == nil)
        #expect(watched(Wearer(deed: .nothing, at: 8)).explanation.reasons.isEmpty)
    }

    @Test("After many weaker impacts a hard one is known as rare")
    func percentile() throws {
        var record = ImpactRecord()
        #expect(record.percentile(of: 3) == nil)
        for _ in 0..<99 { record.take(1.6) }
        record.take(9)
        #expect(record.percentile(of: 4) == 99)
        #expect(record.percentile(of: 1.7) == 49.5)
        for _ in 0..<70_000 { record.take(1.6) }
        let rare = try #require(record.percentile(of: 4))
        #expect(rare > 99)
    }

    @Test(
        "A sensor that falls silent a second and a half after the impact is believed, half a second after it not"
    )
    func gap() {
        for (silentAfter, isTold) in [(0.5, false), (1.5, true)] {
            var detector = FallDetector(.waist)
            var random = Seeded(71)
            let wearer = Wearer(deed: .fall, at: 8)
            for index in 0..<1000 {
                let t = Double(index) / 50
                if t >= 8 + silentAfter, t < 12 { continue }
                let a = wearer.sample(t, &random)
                detector.learn(x: a.x, y: a.y, z: a.z, at: t)
            }
            #expect(detector.alarm.isRaised == isTold)
        }
    }

    @Test("A sensor that comes back hours after an impact tells the fall then")
    func longGap() {
        var detector = FallDetector(.waist)
        var random = Seeded(71)
        let wearer = Wearer(deed: .fall, at: 8)
        for index in 0..<600 {
            let t = Double(index) / 50
            let a = wearer.sample(t, &random)
            detector.learn(x: a.x, y: a.y, z: a.z, at: t < 9.5 ? t : t + 3 * 3600)
        }
        #expect(detector.alarm.isRaised)
        #expect(abs(detector.alarm.since - 8) < 0.15)
        #expect(detector.alarm.duration > 3 * 3600)
        #expect(detector.confirmation.state == .possible)
    }

    @Test("Who lies still is confirmed half a minute after the impact, and the alarm stands")
    func confirmed() {
        let detector = watched(Wearer(deed: .fall, at: 8), seconds: 45)
        #expect(detector.confirmation.state == .confirmed)
        #expect(detector.alarm.isRaised)
        #expect(detector.alarm.since == detector.confirmation.since)
        #expect(watched(Wearer(deed: .fall, at: 8), seconds: 30).confirmation.state == .possible)
    }

    @Test("Where a gyroscope says that the person rolls on the floor, it is not certain that they lie still")
    func rolling() {
        let wearer = Wearer(deed: .fall, at: 8)
        #expect(watched(wearer, seconds: 45, turning: 3).confirmation.state == .confirmed)
        let rolling = watched(wearer, seconds: 45, turning: 25)
        #expect(rolling.confirmation.state == .possible)
        #expect(rolling.alarm.isRaised)
    }

    @Test("A gyroscope that sends no numbers changes nothing")
    func hostileTurning() {
        var detector = FallDetector(.wrist)
        let before = bytes(detector)
        for odd in [Double.nan, .infinity, 1e300] {
            let wasLearned = detector.learnTurning(x: odd, y: 0, z: 0)
            #expect(!wasLearned)
        }
        #expect(bytes(detector) == before)
    }

    @Test(
        "Who gets up and walks has recovered, and the alarm ends",
        arguments: FallDetector.Position.allCases
    )
    func recovered(position: FallDetector.Position) {
        let wearer = Wearer(deed: .fall, at: 8, afterwards: .getsUpAndWalks)
        var wasRaised = false
        let detector = watched(
            wearer,
            position,
            seconds: 38,
            each: { wasRaised = wasRaised || $0.alarm.isRaised }
        )
        #expect(wasRaised)
        #expect(detector.confirmation.state == .recovered)
        #expect(!detector.alarm.isRaised)
    }

    @Test("Who moves on the floor is in doubt: the alarm stands", arguments: FallDetector.Position.allCases)
    func doubtful(position: FallDetector.Position) {
        let wearer = Wearer(deed: .fall, at: 8, afterwards: .movesOnTheFloor)
        let detector = watched(wearer, position, seconds: 60)
        #expect(detector.confirmation.state == .possible)
        #expect(detector.alarm.isRaised)
    }

    @Test("The wearer can take it back")
    func cancelled() {
        var detector = watched(Wearer(deed: .fall, at: 8))
        detector.cancel()
        #expect(detector.confirmation.state == .recovered)
        #expect(!detector.alarm.isRaised)
        var fresh = FallDetector(.waist)
        fresh.cancel()
        #expect(fresh.confirmation.state == .none)
    }

    @Test("It stays finite under wild samples and times", arguments: FallDetector.Position.allCases)
    func hostile(position: FallDetector.Position) {
        var detector = FallDetector(position)
        var random = Seeded(73)
        let odd: [Double] = [
            .nan, .infinity, -.infinity, 1e300, -1e300, 0, 32_768, -40_000, 1e-300, 1e10, -9.9e10,
        ]
        for index in 0..<20_000 {
            let t = Double(index) / 50
            let x = random.number() < 0.5 ? random.bell(3000) : odd.randomElement(using: &random) ?? 0
            let time = random.number() < 0.01 ? (odd.randomElement(using: &random) ?? 0) : t
            detector.learn(x: x, y: random.bell(3000), z: 1000, at: time)
            let explanation = detector.explanation
            let numbers = [
                detector.alarm.seen, detector.alarm.since, detector.alarm.raisedAt, detector.certainty,
                detector.judgedAt, explanation.seen, explanation.past, explanation.percentile ?? 0,
            ]
            #expect(numbers.allSatisfy { $0.isFinite })
        }
        #expect(detector.isWarm && detector.judgedAt != 0)
    }

    @Test("What is no number or no time is not used and changes nothing")
    func unusable() {
        var detector = watched(Wearer(deed: .nothing, at: 8))
        let before = bytes(detector)
        let later = Self.start + 20
        for (x, t) in [(Double.nan, later), (.infinity, later), (0, .nan), (0, .infinity), (0, later - 0.5)] {
            let isUsed = detector.learn(x: x, y: 0, z: 0, at: t)
            #expect(!isUsed)
            #expect(bytes(detector) == before)
        }
    }

    @Test("It goes on from a copy of its bytes bit for bit, and has no hidden bytes")
    func snapshot() {
        #expect(MemoryLayout<FallDetector>.size == 1324)
        #expect(stateBytes(FallDetector(.waist)) == 1324)
        #expect(bytes(FallDetector(.waist)) != bytes(FallDetector(.wrist)))
        var random = Seeded(79)
        let wearer = Wearer(deed: .fall, at: 8)
        let samples = (0..<800).map { wearer.sample(Double($0) / 50, &random) }
        for cut in [0, 1, 390, 410, 560, 575] {
            var through = FallDetector(.waist)
            var copied = through
            for (index, a) in samples.enumerated() {
                if index == cut { copied = restored(bytes(through), as: FallDetector.self) }
                through.learn(x: a.x, y: a.y, z: a.z, at: Double(index) / 50)
                guard index >= cut else { continue }
                copied.learn(x: a.x, y: a.y, z: a.z, at: Double(index) / 50)
                #expect(through.alarm == copied.alarm)
            }
            #expect(bytes(through) == bytes(copied))
        }
    }
}
