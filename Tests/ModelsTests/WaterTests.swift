import Testing

@testable import Models

/// A home that uses water in a few hours of the day, differently every day.
private func household(_ hour: Int, _ random: inout Seeded) -> Double {
    let chance =
        [7, 8, 12, 13, 19, 20, 21].contains(hour % 24) ? 0.8 : (1...5).contains(hour % 24) ? 0.03 : 0.3
    return random.number() < chance ? random.number(2...60).rounded() : 0
}

@Suite("Water leaks")
struct WaterLeakTests {
    @Test("The example of the documentation holds")
    func example() {
        var leak = WaterLeak(resolution: 1)
        for hour in 0..<(24 * 40) {
            let awake = [7, 8, 12, 19, 20].contains(hour % 24)
            let toilet = hour >= 24 * 35 ? 2.0 : 0
            leak.learn((awake ? 20 : 0) + toilet, at: Double(hour) * 3600)
            if hour == 24 * 35 { #expect(!leak.alarm.isRaised) }
        }
        #expect(leak.alarm.cause == .steadyFlow)
        #expect((35..<37).contains(leak.alarm.raisedAt / 86_400))
        #expect(leak.alarm.seen >= leak.alarm.limit)
        #expect(leak.alarm.duration >= 4 * 3600)
        #expect(leak.explanation.seen == 2)
        #expect(leak.explanation.usual == 0)
        #expect(leak.explanation.high < 2)
        #expect(leak.explanation.measure == .inputPerHour)
        #expect(leak.explanation.reasons.map(\.share).reduce(0, +) == 100)
        #expect(leak.explanation.reasons.first?.cause == .steadyFlow)
        #expect(leak.explanation.percentile == 100)
    }

    @Test("A running toilet is found within three days and told as over when the meter stands still")
    func toilet() {
        for seed in 1...10 {
            var random = Seeded(UInt64(seed))
            var leak = WaterLeak(resolution: 1)
            for hour in 0..<(24 * 70) {
                let isRunning = (24 * 60..<24 * 64).contains(hour)
                leak.learn(household(hour, &random) + (isRunning ? 3 : 0), at: Double(hour) * 3600)
                if hour < 24 * 60 { #expect(!leak.alarm.isRaised, "seed \(seed), hour \(hour)") }
                if hour == 24 * 63 { #expect(leak.alarm.isRaised, "seed \(seed)") }
            }
            #expect(!leak.alarm.isRaised, "seed \(seed)")
        }
    }

    @Test("A home that never stands still is judged by its least flow")
    func neverStill() {
        var random = Seeded(31)
        var leak = WaterLeak(resolution: 1)
        for hour in 0..<(24 * 70) {
            let circulation = 4 + random.number(0...2).rounded()
            let drip = hour >= 24 * 60 ? 12.0 : 0
            leak.learn(household(hour, &random) + circulation + drip, at: Double(hour) * 3600)
            if hour < 24 * 60 { #expect(leak.alarm.cause != .minimumFlow, "hour \(hour)") }
        }
        #expect(leak.alarm.cause == .minimumFlow)
        #expect(leak.alarm.seen > leak.alarm.usual + 8)
        #expect((3...7).contains(leak.explanation.usual))
        #expect(leak.explanation.high > leak.explanation.usual)
        #expect(leak.explanation.seen >= leak.explanation.high)
    }

    @Test("Readings every ten minutes and every hour come to the same verdict on the same day")
    func rhythm() {
        for (seconds, share) in [(600.0, 6.0), (900, 4), (3600, 1)] {
            var leak = WaterLeak(resolution: 1)
            for step in 0..<Int(40 * 86_400 / seconds) {
                let hour = step / Int(share)
                let awake = [7, 8, 12, 19, 20].contains(hour % 24)
                let toilet = hour >= 24 * 35 ? 3 / share : 0
                leak.learn((awake ? 20 / share : 0) + toilet, at: Double(step + 1) * seconds)
            }
            #expect([.steadyFlow, .neverZero].contains(leak.alarm.cause))
            #expect((35..<37).contains(leak.alarm.raisedAt / 86_400), "every \(seconds) s")
        }
    }

    @Test("A gap neither begins nor ends an alarm")
    func gap() {
        var leak = WaterLeak(resolution: 1)
        func litres(_ hour: Int) -> Double { [7, 8, 12, 19, 20].contains(hour % 24) ? 22 : 2 }
        for hour in 0..<(24 * 35) { leak.learn(litres(hour) - 2, at: Double(hour) * 3600) }
        for hour in (24 * 35)..<(24 * 38) { leak.learn(litres(hour), at: Double(hour) * 3600) }
        #expect(leak.alarm.isRaised)
        let since = leak.alarm.since
        let back = Double(24 * 48) * 3600
        leak.learn(10, from: back, to: back + 3600)
        #expect(leak.alarm.since == since)
        leak.learn(0, from: back + 3600, to: back + 7200)
        #expect(!leak.alarm.isRaised)
    }

    @Test("One reading over many hours with use in it says nothing about when")
    func longReading() {
        var leak = WaterLeak(resolution: 1)
        for day in 0..<60 { leak.learn(200, at: Double(day) * 86_400) }
        #expect(leak.isWarm)
        #expect(!leak.alarm.isRaised)
        #expect(leak.score(0, at: 60 * 86_400).surprise == 0)
    }

    @Test("A repeated reading and one from the past are not learned")
    func repeats() {
        var leak = WaterLeak(resolution: 1)
        for hour in 0..<100 { leak.learn(1, at: Double(hour) * 3600) }
        let before = bytes(leak)
        let again = leak.learn(5, at: 99 * 3600)
        let earlier = leak.learn(5, from: 50 * 3600, to: 51 * 3600)
        #expect(!again && !earlier)
        #expect(bytes(leak) == before)
    }

    @Test("A clock that jumps by years does not warm a model up")
    func jump() {
        var leak = WaterLeak(resolution: 1)
        leak.learn(0, at: 946_684_800)
        leak.learn(1, at: 1_700_000_000)
        leak.learn(0, at: 1_800_000_000)
        #expect(!leak.isWarm)
    }

    @Test("A meter whose clock once was in the future is heard again")
    func future() {
        var leak = WaterLeak(resolution: 1)
        leak.learn(0, at: 0)
        leak.learn(0, at: 9e9)
        let heard = leak.learn(1, at: 3600)
        #expect(heard)
    }
}

@Suite("Burst pipes")
struct WaterBurstTests {
    @Test("The example of the documentation holds, and the alarm ends when the flow does")
    func example() {
        var burst = WaterBurst()
        for hour in 0..<(24 * 30) { burst.learn(hour % 24 == 8 ? 120 : 3, at: Double(hour) * 3600) }
        for hour in (24 * 30)..<(24 * 30 + 3) {
            #expect(!burst.alarm.isRaised)
            burst.learn(600, at: Double(hour) * 3600)
        }
        #expect(burst.alarm.cause == .burst)
        #expect(burst.alarm.seen == 600)
        #expect(burst.alarm.duration == 3 * 3600)
        burst.learn(5, at: Double(24 * 30 + 3) * 3600)
        #expect(!burst.alarm.isRaised)
    }

    @Test("A garden watered for four hours every week is known after a month")
    func garden() {
        var burst = WaterBurst()
        for hour in 0..<(24 * 120) {
            let isWatering = hour / 24 % 7 == 2 && (18...21).contains(hour % 24)
            burst.learn(isWatering ? 400 : 5, at: Double(hour) * 3600)
            if hour > 24 * 60 { #expect(!burst.alarm.isRaised, "hour \(hour)") }
        }
    }

    @Test("Two hours of a bath and a washing machine are not a burst")
    func bath() {
        var burst = WaterBurst()
        for hour in 0..<(24 * 60) {
            let isBath = hour / 24 % 7 == 6 && (19...20).contains(hour % 24)
            burst.learn(isBath ? 220 : hour % 24 == 7 ? 60 : 0, at: Double(hour) * 3600)
            #expect(!burst.alarm.isRaised)
        }
    }
}

@Suite("Blocks of use")
struct UseBlocksTests {
    @Test("Quarter hours are added up to an hour, and the hour keeps all litres")
    func quarters() throws {
        var meter = UseBlocks(hours: 1)
        var closed: [Blocks] = []
        for quarter in 0...8 {
            let blocksTaken = meter.take(3, from: nil, to: Double(quarter) * 900)
            let blocks = try #require(blocksTaken)
            if blocks.count > 0 { closed.append(blocks) }
        }
        #expect(closed.count == 2)
        #expect(closed.allSatisfy { $0.content == .used && $0.flow == 12 && $0.length == 3600 })
    }

    @Test("Hours with a wandering minute are one block each")
    func wandering() throws {
        var random = Seeded(37)
        var meter = UseBlocks(hours: 1)
        for hour in 0..<500 {
            let end = Double(hour) * 3600 + random.number(0...600)
            let blocksTaken = meter.take(1, from: nil, to: end)
            let blocks = try #require(blocksTaken)
            #expect(blocks.count == (hour == 0 ? 0 : 1))
        }
    }

    @Test("A still meter over six hours is six still hours; with use in it nobody knows which")
    func sixHours() throws {
        var meter = UseBlocks(hours: 1)
        _ = meter.take(0, from: nil, to: 0)
        let stillTaken = meter.take(0, from: nil, to: 6 * 3600)
        let still = try #require(stillTaken)
        #expect(still.count == 6 && still.content == .zero)
        #expect(still.middle(of: 5) == 5.5 * 3600)
        let usedTaken = meter.take(1, from: nil, to: 12 * 3600)
        let used = try #require(usedTaken)
        #expect(used.count == 6 && used.content == .unknown)
    }

    @Test("Hours between readings that do not touch are missing")
    func missing() throws {
        var meter = UseBlocks(hours: 1)
        _ = meter.take(1, from: 0, to: 3600)
        let laterTaken = meter.take(1, from: 5 * 3600, to: 6 * 3600)
        let later = try #require(laterTaken)
        #expect(later.missing == 4 && later.count == 1)
    }
}

@Suite("Runs without a still block")
struct ZeroRunTests {
    @Test("A leak neither becomes the habit nor the record that would hide it")
    func frozen() {
        var run = ZeroRun(least: 22)
        for hour in 0..<(24 * 40) {
            run.take(used: hour % 24 >= 18, part: hour % 24, start: Double(hour) * 3600, hours: 1)
        }
        let still = run.stillness(of: 3)
        let limit = run.limit
        #expect(still > 0.9)
        for hour in (24 * 40)..<(24 * 100) {
            run.take(used: true, part: hour % 24, start: Double(hour) * 3600, hours: 1)
        }
        #expect(run.isAlarming(at: 24 * 100 * 3600))
        #expect(run.stillness(of: 3) > still - 0.05)
        #expect(run.limit <= limit)
    }

    @Test("A run that ended without an alarm raises the limit for the next")
    func record() {
        var run = ZeroRun(least: 10)
        for hour in 0..<(24 * 40) {
            run.take(used: hour % 24 >= 18, part: hour % 24, start: Double(hour) * 3600, hours: 1)
        }
        let limit = run.limit
        for hour in (24 * 40)..<(24 * 41) {
            run.take(used: true, part: hour % 24, start: Double(hour) * 3600, hours: 1)
        }
        run.take(used: false, part: 0, start: 24 * 41 * 3600, hours: 1)
        #expect(run.surprise == 0)
        #expect(run.limit > limit)
    }
}
