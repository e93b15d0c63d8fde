import Testing

@testable import Models

@Suite("What is unusual in a series' own past")
struct OwnPastTests {
    /// A day with a hump and noise, every five minutes.
    private func usual(_ index: Int, _ random: inout Seeded) -> Double {
        let hour = Double(index % 288) / 12
        return 50 + (hour > 8 && hour < 18 ? 20 : 0) + random.bell(2)
    }

    private func learned(_ count: Int, _ random: inout Seeded, _ fresh: OwnPast = OwnPast()) -> OwnPast {
        var model = fresh
        for index in 0..<count { model.learn(usual(index, &random), at: Double(index) * 300) }
        return model
    }

    @Test("The example of the documentation holds")
    func example() {
        var pump = OwnPast()
        for index in 0..<2000 { pump.learn(20 + Double(index * 7 % 11), at: Double(index) * 300) }
        #expect(!pump.alarm.isRaised)
        pump.learn(45, at: 2000 * 300)
        #expect(pump.alarm.cause == .aboveUsual)
        #expect(pump.explanation.percentile == 100)
    }

    @Test("A spike, a drop and a standstill are told at once or within hours, ordinary days seldom")
    func finds() {
        let anomalies: [(name: String, within: Int, value: @Sendable (Double) -> Double)] = [
            ("spike", 1, { $0 + 60 }), ("drop", 1, { $0 - 45 }), ("shift", 144, { $0 + 15 }),
            ("twice the noise and more", 288, { 55 + 3 * ($0 - 55) }),
        ]
        for anomaly in anomalies {
            var random = Seeded(73)
            var model = learned(288 * 20, &random)
            var found: Int?
            for index in 0..<288 where found == nil {
                let before = model.alarm
                let value = anomaly.value(usual(index, &random))
                model.learn(value, at: Double(288 * 20 + index) * 300)
                if model.alarm.isRaised, model.alarm != before { found = index }
            }
            #expect((found ?? .max) < anomaly.within, "\(anomaly.name): \(String(describing: found))")
        }
        var random = Seeded(79)
        var model = OwnPast()
        var told = 0
        for index in 0..<288 * 40 {
            let before = model.alarm
            model.learn(usual(index, &random), at: Double(index) * 300)
            if model.alarm.isRaised, model.alarm != before { told += 1 }
        }
        #expect(told <= 20, "\(told) alarms in 40 ordinary days")
    }

    @Test("The explanation's shares add up to 100, its band holds the usual and not what was seen")
    func explains() {
        var random = Seeded(83)
        var model = learned(288 * 10, &random)
        #expect(model.explanation.reasons.isEmpty)
        model.learn(5, at: Double(288 * 10) * 300)
        let told = model.explanation
        #expect(told.reasons.map(\.share).reduce(0, +) == 100)
        #expect(told.reasons.contains { $0.cause == .belowUsual })
        #expect(told.seen == 5)
        #expect(abs(told.usual - 50) < 3)
        #expect(told.low > 5 && told.low < told.usual && told.usual < told.high)
        #expect(told.percentile == 0)
        #expect(told.past == Double(288 * 10) * 300)
    }

    @Test("Small changes of a large number are seen")
    func largeNumbers() {
        var random = Seeded(89)
        var model = OwnPast()
        for index in 0..<2000 { model.learn(1e9 + random.bell(0.5), at: Double(index) * 300) }
        model.learn(1e9 + 20, at: 2000 * 300)
        #expect(model.explanation.reasons.contains { $0.cause == .aboveUsual })
    }

    @Test("A difference said to mean nothing raises nothing")
    func negligible() {
        for (negligible, expected) in [(0.0, true), (1, false)] {
            var model = OwnPast(negligible: negligible)
            for index in 0..<1000 { model.learn(20, at: Double(index) * 300) }
            model.learn(20.5, at: 1000 * 300)
            #expect(model.alarm.isRaised == expected, "negligible \(negligible): \(model.explanation)")
        }
    }

    @Test("Of a quick stream the means of the steps are judged: one value is nothing, a minute is told")
    func steps() {
        var random = Seeded(97)
        var model = OwnPast(policy: AlarmPolicy(limit: 2), every: 60)
        for second in 0..<40_000 { model.learn(10 + random.bell(1), at: Double(second)) }
        #expect(model.isWarm)
        model.learn(14, at: 40_000)
        for second in 40_001..<40_100 { model.learn(10 + random.bell(1), at: Double(second)) }
        #expect(!model.alarm.isRaised)
        for second in 40_100..<40_300 { model.learn(14, at: Double(second)) }
        #expect(model.alarm.isRaised)
        #expect(model.explanation.reasons.contains { $0.cause == .aboveUsual })
        #expect(model.alarm.since == 40_080 && model.alarm.raisedAt == 40_140)
    }

    @Test("One wild value does not blind it")
    func wildValue() {
        var random = Seeded(101)
        var model = learned(288 * 10, &random)
        model.learn(1e12, at: Double(288 * 10) * 300)
        for index in 288 * 10 + 1..<288 * 20 { model.learn(usual(index, &random), at: Double(index) * 300) }
        model.learn(-400, at: Double(288 * 20) * 300)
        #expect(model.alarm.isRaised)
        #expect(model.alarm.seen == -400)
    }
}

@Suite("The record of a past")
struct PastRecordTests {
    @Test("The share below a value is right within the width of a bin")
    func ranks() {
        var random = Seeded(103)
        var record = PastRecord()
        var values: [Float] = []
        for _ in 0..<5000 {
            let x = Float(random.number() * random.number() * 40 - 7)
            record.learn(x)
            values.append(x)
        }
        values.sort()
        for position in stride(from: 50, to: 5000, by: 450) {
            let x = values[position]
            let exact = Float(position) / 5000
            #expect(abs(record.share(below: x) - exact) < 0.04, "at \(x)")
        }
    }

    @Test("Surprise grows to both sides, is about 1 at the edge and above it beyond")
    func surprise() {
        var random = Seeded(107)
        var record = PastRecord()
        for _ in 0..<3000 { record.learn(Float(random.bell(1))) }
        let yard = PastRecord.Yardstick(after: 3000, negligible: 0, tiny: 0)
        let distances: [Float] = [-1, 0, 1, 2, 3, 5, 8]
        let above = distances.map { record.surprise(above: $0, by: yard) }
        #expect(zip(above, above.dropFirst()).allSatisfy { $0 < $1 })
        #expect(above[0] < 0.1 && above[5] > 1 && above[6] < 2)
        let below = distances.map { record.surprise(below: -$0, by: yard) }
        #expect(zip(above, below).allSatisfy { abs($0 - $1) < 0.1 })
    }

    @Test("Its counters do not run over, and a long past stays a past")
    func long() {
        var record = PastRecord()
        for index in 0..<300_000 { record.learn(index.isMultiple(of: 1000) ? 5 : 1) }
        #expect(record.count <= UInt32(UInt16.max) && record.count > 30_000)
        #expect(abs(record.share(below: 3) - 0.999) < 0.002)
    }

    @Test("A past without any change is remembered, however long")
    func constant() {
        var record = PastRecord()
        for _ in 0..<200_000 { record.learn(7) }
        #expect(record.count > 30_000)
        record.learn(8)
        #expect(record.share(below: 7.9) > 0.99)
        let yard = PastRecord.Yardstick(after: 200_000, negligible: 0, tiny: 0)
        #expect(record.surprise(above: 7, by: yard) < 0.1)
        #expect(record.surprise(above: 8, by: yard) > 0.9)
    }

    @Test("What lies beyond a young past is finite")
    func young() {
        for seed in 1...200 {
            var random = Seeded(UInt64(seed))
            var record = PastRecord()
            for count in 0..<20 {
                let yard = PastRecord.Yardstick(after: UInt32(count), negligible: 0, tiny: 0)
                let x = Float(random.number() * random.number() * 9)
                let above = record.surprise(above: x, by: yard)
                let below = record.surprise(below: x, by: yard)
                #expect(above.isFinite && above >= 0 && below.isFinite && below >= 0)
                record.learn(x)
            }
        }
    }
}
