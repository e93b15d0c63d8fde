import Glibc
import Testing

@testable import Models

/// Somebody who turns left and right on a slope, as the gyroscopes of both skis see it.
struct Slalom {
    /// Seconds from one turn to the left to the next.
    var period = 5.0
    /// The fastest rate, in degrees a second.
    var peak = 40.0
    /// Samples a second.
    var rate = 50.0
    var noise = 0.0
    var seconds = 63.0

    static let start = 1_700_000_000.0

    var count: Int { Int(seconds * rate) }

    func time(_ index: Int) -> Double { Double(index) / rate }

    /// The rate of turn; straight on for the first two seconds.
    func turning(_ t: Double) -> Double { t < 2 ? 0 : peak * sin(2 * .pi * (t - 2) / period) }

    /// The turns of a model that gets what `samples` lets through, and the model.
    func ride(
        _ model: SkiTurns = SkiTurns(),
        seed: UInt64 = 5,
        _ samples: (Ski, Double, Double) -> Double? = { _, _, rate in rate }
    ) -> (turns: [SkiTurn], model: SkiTurns) {
        var model = model
        var random = Seeded(seed)
        var turns: [SkiTurn] = []
        for index in 0..<count {
            let t = time(index)
            for ski in Ski.allCases {
                let z = turning(t) + random.bell(noise)
                guard let z = samples(ski, t, z) else { continue }
                model.learn(ski, x: random.bell(noise), y: 3, z: z, at: Self.start + t)
            }
            while let turn = model.next() { turns.append(turn) }
        }
        return (turns, model)
    }
}

@Suite("Turns on skis")
struct SkiTurnsTests {
    /// Turns from second 2 to second 62.
    private let whole = 24

    @Test("The example of the documentation holds")
    func example() throws {
        var turns = SkiTurns()
        var told: [SkiTurn] = []
        for index in 0..<1000 {
            let t = Double(index) / 50
            let rate = 40 * sin(2 * .pi * t / 5)
            turns.learn(.left, x: 0, y: 0, z: rate, at: t)
            turns.learn(.right, x: 0, y: 0, z: rate, at: t)
            while let turn = turns.next() { told.append(turn) }
        }
        let first = try #require(told.first)
        #expect(told.count == 7)
        #expect(first.direction == .left)
        #expect(abs(first.duration - 2.3) < 0.15)
        #expect(abs(first.heading - 62) < 2)
        #expect(turns.explanation.reasons.map(\.share) == [100])
    }

    @Test("A turn is told within 0.8 s of its end, with the band of this skier's turns")
    func told() {
        let slalom = Slalom()
        var model = SkiTurns()
        for index in 0..<slalom.count {
            let t = slalom.time(index)
            let before = model.alarm
            for ski in Ski.allCases {
                model.learn(ski, x: 0, y: 3, z: slalom.turning(t), at: Slalom.start + t)
            }
            let alarm = model.alarm
            guard alarm != before, let turn = model.next() else { continue }
            let delay = Slalom.start + t - turn.until
            #expect(delay > 0.25 && delay <= 0.8, "\(delay)")
            #expect(alarm.since == turn.since && alarm.seen == Double(abs(turn.heading)))
        }
        let explained = model.explanation
        #expect(explained.low > 50 && explained.low < 62 && explained.high > 61 && explained.high < 75)
        #expect(abs(explained.past - slalom.seconds) < 1)
    }

    @Test("Turns have their side, time and heading at every usual rate", arguments: [20.0, 25, 50, 100, 200])
    func rates(rate: Double) {
        let turns = Slalom(rate: rate).ride().turns
        #expect(turns.count == whole)
        for (index, turn) in turns.enumerated() {
            let middle = Slalom.start + 2 + 2.5 * Double(index) + 1.25
            #expect(turn.direction == (index % 2 == 0 ? .left : .right))
            #expect(abs((turn.since + turn.until) / 2 - middle) < 0.12, "\(index)")
            #expect(abs(abs(turn.heading) - 62) < 3, "\(index)")
            #expect(abs(turn.peak - 40) < 3)
            #expect(turn.skis == 2)
        }
    }

    @Test(
        "The short swings of a racer and the wide turns of a giant slalom are found",
        arguments: [1.4, 2, 8, 12]
    )
    func periods(period: Double) {
        let turns = Slalom(period: period, peak: period < 3 ? 90 : 25, seconds: 51).ride().turns
        #expect(abs(turns.count - Int(48 / period * 2)) <= 1)
        #expect(zip(turns, turns.dropFirst()).allSatisfy { $0.direction != $1.direction })
    }

    @Test("Chatter of 40 degrees a second neither splits turns nor makes new ones")
    func chatter() {
        for seed in 1...5 {
            let turns = Slalom(noise: 40).ride(seed: UInt64(seed)).turns
            #expect(turns.count == whole, "seed \(seed)")
        }
    }

    @Test("Straight on with chatter there are no turns")
    func straight() {
        #expect(Slalom(peak: 0, noise: 20).ride().turns.isEmpty)
        #expect(Slalom(peak: 5).ride().turns.isEmpty)
    }

    @Test("A ski that falls silent is named, with its time, and the turns go on", arguments: Ski.allCases)
    func silent(ski: Ski) {
        let (turns, model) = Slalom().ride { each, t, rate in each == ski && t > 30 ? nil : rate }
        #expect(turns.count == whole)
        #expect(model.fault(of: ski) == .silent(since: Slalom.start + 30))
        #expect(model.fault(of: ski.other) == nil)
        #expect(turns.last?.skis == 1)
    }

    @Test(
        "A ski that repeats itself is named while the other turns, and the turns go on",
        arguments: Ski.allCases
    )
    func stuck(ski: Ski) throws {
        let (turns, model) = Slalom(noise: 1).ride { each, t, rate in each == ski && t > 30 ? 17.5 : rate }
        #expect(turns.count == whole)
        guard case .stuck(let since) = try #require(model.fault(of: ski)) else {
            Issue.record("not stuck")
            return
        }
        #expect(abs(since - Slalom.start - 30) < 0.1)
    }

    @Test("A ski that comes back is no longer named and is used again")
    func back() {
        let (turns, model) = Slalom().ride { each, t, rate in
            each == .right && (20..<40).contains(t) ? nil : rate
        }
        #expect(turns.count == whole)
        #expect(model.fault(of: .right) == nil)
        #expect(turns.last?.skis == 2)
    }

    @Test("One ski alone is enough, and the other is not missed")
    func alone() {
        let (turns, model) = Slalom().ride { ski, _, rate in ski == .left ? rate : nil }
        #expect(turns.count == whole)
        #expect(model.fault(of: .right) == nil)
    }

    @Test("Blocks of two seconds, one ski after the other, give the same turns as single samples")
    func blocks() {
        let slalom = Slalom()
        var model = SkiTurns()
        var turns: [SkiTurn] = []
        for block in stride(from: 0, to: slalom.count, by: 100) {
            for ski in Ski.allCases {
                for index in block..<min(block + 100, slalom.count) {
                    let t = slalom.time(index)
                    model.learn(ski, x: 0, y: 3, z: slalom.turning(t), at: Slalom.start + t)
                }
            }
            while let turn = model.next() { turns.append(turn) }
        }
        model.finish()
        while let turn = model.next() { turns.append(turn) }
        let single = slalom.ride()
        var rest = single.model
        rest.finish()
        #expect(turns == single.turns + [rest.next()].compactMap { $0 })
    }

    @Test("However the sensor is mounted, acceleration tells which way is up")
    func mounting() {
        // The vertical lies along (0, 0.6, −0.8) of the sensor.
        let slalom = Slalom()
        var random = Seeded(9)
        var model = SkiTurns()
        var turns: [SkiTurn] = []
        for index in 0..<slalom.count {
            let t = Slalom.start + slalom.time(index)
            let rate = slalom.turning(slalom.time(index))
            for ski in Ski.allCases {
                model.learn(ski, x: random.bell(5), y: 0.6 * rate, z: -0.8 * rate, at: t)
                model.learnUp(ski, x: random.bell(0.2), y: 0.6, z: -0.8, at: t)
            }
            while let turn = model.next() { turns.append(turn) }
        }
        #expect(turns.count == whole)
        #expect(turns.allSatisfy { abs(abs($0.heading) - 62) < 6 })
        #expect(turns.first?.direction == .left)
    }

    @Test("A bias is learned at rest and taken out")
    func bias() {
        let slalom = Slalom(noise: 0.2, seconds: 123)
        let turns = slalom.ride { _, t, rate in t < 60 ? rate - slalom.turning(t) + 4 : rate + 4 }.turns
        let heading = turns.dropFirst().map(\.heading).reduce(0, +) / Float(max(1, turns.count - 1))
        #expect(abs(heading) < 4)
    }

    @Test("A gap of both skis ends the turn; what goes on after it is another one")
    func gap() {
        let turns = Slalom().ride { _, t, rate in (20..<27).contains(t) ? nil : rate }.turns
        #expect(turns.count < whole && turns.count >= whole - 4)
        for turn in turns {
            #expect(turn.until <= Slalom.start + 20.1 || turn.since >= Slalom.start + 26.5)
        }
    }

    @Test("A clock set back by an hour is followed within two seconds")
    func clock() {
        var (_, model) = Slalom().ride()
        var turns = 0
        let slalom = Slalom()
        for index in 0..<slalom.count {
            let t = slalom.time(index)
            for ski in Ski.allCases {
                model.learn(ski, x: 0, y: 3, z: slalom.turning(t), at: Slalom.start - 3600 + t)
            }
            while model.next() != nil { turns += 1 }
        }
        #expect(turns >= whole)
    }

    @Test("It stays finite under wild samples and times")
    func hostile() {
        var model = SkiTurns(SkiTurns.Limits(rate: .nan, heading: -1, duration: .infinity))
        var random = Seeded(73)
        let odd: [Double] = [
            .nan, .infinity, -.infinity, 1e300, -1e300, 0, -0.0, .leastNonzeroMagnitude, 4000, -40_000,
            9.9e10,
        ]
        for index in 0..<60_000 {
            let t = Double(index) / 100
            let x = odd.randomElement(using: &random) ?? 0
            let time = random.number() < 0.02 ? (odd.randomElement(using: &random) ?? 0) : t
            let ski: Ski = random.number() < 0.5 ? .left : .right
            model.learnUp(ski, x: odd.randomElement(using: &random) ?? 0, y: x, z: 1, at: time)
            model.learn(ski, x: x, y: random.bell(300), z: random.bell(300), at: time)
            let explained = model.explanation
            for number in [
                model.alarm.seen, model.alarm.since, model.alarm.usual, explained.low, explained.high,
            ] {
                #expect(number.isFinite)
            }
            while let turn = model.next() {
                #expect(turn.heading.isFinite && turn.since.isFinite && turn.until >= turn.since)
            }
        }
    }

    @Test("What is no number or no time changes nothing")
    func ignored() {
        var (_, model) = Slalom().ride()
        let before = bytes(model)
        for (x, t) in [(Double.nan, 1_700_000_062.0), (.infinity, 1_700_000_062), (1, .nan), (1, .infinity)] {
            let wasLearned = model.learn(.left, x: x, y: 0, z: 0, at: t)
            #expect(!wasLearned)
            #expect(bytes(model) == before)
        }
    }

    @Test("It goes on from a copy of its bytes bit for bit, and has no hidden bytes")
    func snapshot() {
        #expect(MemoryLayout<SkiTurns>.size == 1008)
        #expect(stateBytes(SkiTurns()) == 1008)
        let slalom = Slalom(noise: 30)
        for cut in [0, 1, 333, 2048] {
            var random = Seeded(79)
            var through = SkiTurns()
            var copied = through
            for index in 0..<slalom.count {
                if index == cut { copied = restored(bytes(through), as: SkiTurns.self) }
                let t = Slalom.start + slalom.time(index)
                let z = slalom.turning(slalom.time(index)) + random.bell(30)
                through.learn(.right, x: 1, y: 2, z: z, at: t)
                guard index >= cut else { continue }
                copied.learn(.right, x: 1, y: 2, z: z, at: t)
            }
            #expect(bytes(through) == bytes(copied), "cut at \(cut)")
        }
    }
}
