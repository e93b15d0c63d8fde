import Testing

@testable import Models

@Suite("Slow drift")
struct SlowDriftTests {
    /// How many days after `onset` a drift of `rate` a day is told; nil when it is not within `days`.
    private func delay(rate: Double, onset: Int, days: Int, seed: UInt64) -> Int? {
        var random = Seeded(seed)
        var current = SlowDrift()
        for day in 0..<days {
            let wear = 1 + rate * Double(max(0, day - onset))
            let level = random.bell(0.02)
            for ride in 0..<20 {
                let value = 12 * wear * (1 + level + random.bell(0.05))
                current.learn(value, at: Double(day) * 86_400 + Double(ride) * 3600)
            }
            if current.alarm.isRaised { return day - onset }
        }
        return nil
    }

    @Test("The example of the documentation holds")
    func example() {
        var current = SlowDrift(warmUp: 14 * 86_400)
        for hour in 0..<(24 * 40) {
            let day = Double(hour / 24)
            let wear = day < 25 ? 1 : 1 + 0.02 * (day - 24)
            let noise = 0.2 * Double(hour * 7 % 5 - 2)
            current.learn(12 * wear + noise, at: Double(hour) * 3600)
            if day < 25 { #expect(!current.alarm.isRaised) }
        }
        #expect(current.alarm.cause == .driftUp)
        #expect(abs(current.alarm.usual - 12) < 0.3)
        #expect(current.alarm.seen > current.alarm.usual)
    }

    @Test("Half a percent a day under two percent of noise is found within four weeks")
    func wear() {
        for seed in 1...20 {
            let days = delay(rate: 0.005, onset: 60, days: 120, seed: UInt64(seed))
            #expect((days ?? 99) <= 28, "seed \(seed): \(days ?? -1)")
        }
    }

    @Test("Without drift there are at most three false alarms in forty years of machines")
    func quiet() {
        let alarms = (1...40).filter { delay(rate: 0, onset: 0, days: 365, seed: UInt64($0 + 500)) != nil }
        #expect(alarms.count <= 3, "\(alarms)")
    }

    @Test("One wild day is no drift")
    func wildDay() {
        var random = Seeded(53)
        var current = SlowDrift()
        for day in 0..<90 {
            for ride in 0..<10 {
                let value = (day == 50 ? 40 : 12) * (1 + random.bell(0.02))
                current.learn(value, at: Double(day) * 86_400 + Double(ride) * 3600)
            }
            #expect(!current.alarm.isRaised, "day \(day)")
        }
    }

    @Test("After the repair the alarm ends within ten days")
    func repair() {
        var random = Seeded(59)
        var current = SlowDrift()
        for day in 0..<90 {
            let wear = (40..<60).contains(day) ? 1.3 : 1
            for ride in 0..<10 {
                let value = 12 * wear * (1 + random.bell(0.02))
                current.learn(value, at: Double(day) * 86_400 + Double(ride) * 3600)
            }
            if day == 58 { #expect(current.alarm.isRaised) }
            if day == 71 { #expect(!current.alarm.isRaised) }
        }
    }

    @Test("A fall is told by a model of both sides, and not by one of rises")
    func sides() {
        var both = SlowDrift(sides: .both, scale: .difference)
        var up = SlowDrift(sides: .up, scale: .difference)
        var random = Seeded(61)
        for day in 0..<60 {
            let value = (day < 40 ? 5.0 : 3) + random.bell(0.2)
            both.learn(value, at: Double(day) * 86_400)
            up.learn(value, at: Double(day) * 86_400)
        }
        #expect(both.alarm.cause == .driftDown)
        #expect(!up.alarm.isRaised)
    }

    @Test("Zero current is not a ratio of anything and is not learned")
    func standstill() {
        var current = SlowDrift()
        let wasLearned = current.learn(0, at: 0)
        #expect(!wasLearned)
    }
}
