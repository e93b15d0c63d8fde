import Testing

@testable import Models

/// The wearer's acceleration in milli-g: upright, with what happens at a second of its own.
private struct Wearer {
    enum Deed { case nothing, fall, sitDown, jump }

    let deed: Deed
    /// When it happens, in seconds after the start.
    let at: Double

    func sample(_ t: Double, _ random: inout Seeded) -> (Double, Double, Double) {
        let noise = (random.bell(15), random.bell(15), random.bell(15))
        let after = t - at
        let base: (Double, Double, Double) =
            switch deed {
            case .nothing: (0, 1000, 0)
            case .fall:
                switch after {
                case ..<(-0.4): (0, 1000, 0)
                case ..<0: (50, 250, 50)
                case ..<0.1: (2600, 1400, 600)
                case ..<0.4: (1300, 300, -300)
                default: (980, 100, 100)
                }
            case .sitDown:
                switch after {
                case ..<0: (0, 1000, 0)
                case ..<0.1: (0, 1900, 300)
                default: (150, 980, 50)
                }
            case .jump:
                switch after {
                case ..<(-0.4): (0, 1000, 0)
                case ..<0: (0, 200, 0)
                case ..<0.1: (300, 3500, 100)
                default: (0, 1000, 0)
                }
            }
        return (base.0 + noise.0, base.1 + noise.1, base.2 + noise.2)
    }
}

@Suite("Falls by thresholds")
struct FallThresholdsTests {
    /// The alarms raised in twenty seconds: when the impact was, and when it was told.
    private func alarms(_ deed: Wearer.Deed, rate: Double, seed: UInt64 = 67) -> [(
        since: Double, told: Double
    )] {
        var random = Seeded(seed)
        var detector = FallThresholds(.waist)
        let wearer = Wearer(deed: deed, at: 8)
        var told: [(since: Double, told: Double)] = []
        var wasRaised = false
        for index in 0..<Int(20 * rate) {
            let t = Double(index) / rate
            let (x, y, z) = wearer.sample(t, &random)
            detector.learn(x: x, y: y, z: z, at: 1_700_000_000 + t)
            if detector.alarm.isRaised, !wasRaised {
                let alarm = detector.alarm
                told.append((alarm.since - 1_700_000_000, alarm.raisedAt - 1_700_000_000))
            }
            wasRaised = detector.alarm.isRaised
        }
        return told
    }

    @Test(
        "A fall is told once, within 3.5 s of the impact, at every usual rate",
        arguments: [
            20.0, 25, 50, 100, 200,
        ]
    )
    func fall(rate: Double) throws {
        let told = alarms(.fall, rate: rate)
        #expect(told.count == 1)
        let alarm = try #require(told.first)
        #expect(abs(alarm.since - 8) < 0.15)
        #expect(alarm.told - alarm.since <= 3.5)
    }

    @Test("The example of the documentation holds")
    func example() {
        var belt = FallThresholds(.waist)
        for index in 0..<600 {
            let t = Double(index) / 50
            switch t {
            case ..<5.6: belt.learn(x: 0, y: 1000, z: 0, at: t)
            case ..<6: belt.learn(x: 0, y: 200, z: 0, at: t)
            case ..<6.2: belt.learn(x: 2500, y: 1500, z: 0, at: t)
            default: belt.learn(x: 1000, y: 0, z: 0, at: t)
            }
        }
        #expect(belt.alarm.cause == .fall)
        #expect(abs(belt.alarm.since - 6) < 0.1)
    }

    @Test("Standing, sitting down and jumping are not falls", arguments: [20.0, 50, 100, 200])
    func daily(rate: Double) {
        #expect(alarms(.nothing, rate: rate).isEmpty)
        #expect(alarms(.sitDown, rate: rate).isEmpty)
        #expect(alarms(.jump, rate: rate).isEmpty)
    }

    @Test("Samples around a gap do not make a fall together")
    func gap() {
        var detector = FallThresholds(.waist)
        var random = Seeded(71)
        let wearer = Wearer(deed: .fall, at: 8)
        for index in 0..<1000 {
            let t = Double(index) / 50
            // Half a second is missing, two seconds after the impact.
            if (10..<10.5).contains(t) { continue }
            let (x, y, z) = wearer.sample(t, &random)
            detector.learn(x: x, y: y, z: z, at: t)
            #expect(!detector.alarm.isRaised)
        }
    }

    @Test("It stays finite and quiet under wild samples and times")
    func hostile() {
        var detector = FallThresholds(.wrist)
        var random = Seeded(73)
        let odd: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, 0, 32_768, -40_000]
        for index in 0..<20_000 {
            let t = Double(index) / 50
            let x = odd.randomElement(using: &random) ?? 0
            let time = random.number() < 0.05 ? (odd.randomElement(using: &random) ?? 0) : t
            detector.learn(x: x, y: random.bell(3000), z: 1000, at: time)
            for number in [detector.alarm.seen, detector.alarm.since, detector.alarm.raisedAt] {
                #expect(number.isFinite)
            }
        }
    }

    @Test("It goes on from a copy of its bytes bit for bit, and has no hidden bytes")
    func snapshot() {
        #expect(MemoryLayout<FallThresholds>.size == 2064)
        #expect(stateBytes(FallThresholds(.waist)) == 2064)
        var random = Seeded(79)
        let wearer = Wearer(deed: .fall, at: 8)
        let samples = (0..<800).map { wearer.sample(Double($0) / 50, &random) }
        for cut in [0, 1, 390, 410, 545] {
            var through = FallThresholds(.waist)
            var copied = through
            for (index, sample) in samples.enumerated() {
                if index == cut { copied = restored(bytes(through), as: FallThresholds.self) }
                through.learn(x: sample.0, y: sample.1, z: sample.2, at: Double(index) / 50)
                guard index >= cut else { continue }
                copied.learn(x: sample.0, y: sample.1, z: sample.2, at: Double(index) / 50)
                #expect(through.alarm == copied.alarm)
            }
            #expect(bytes(through) == bytes(copied))
        }
    }
}
