import Testing

@testable import Models

@Suite("Changes of the level")
struct ChangeTests {
    /// How many values until the alarm, from a fresh CUSUM with a known baseline.
    private func runLength(shift: Double, _ random: inout Seeded) -> Int {
        var cusum = Cusum(mean: 0, deviation: 1, slack: 0.5, limit: 5)
        for index in 1...100_000 {
            cusum.learn(shift + random.bell(1), at: Double(index))
            if cusum.alarm.isRaised { return index }
        }
        return 100_000
    }

    /// D. Montgomery, "Introduction to Statistical Quality Control", table of average run lengths for k =
    /// 1/2, h = 5.
    @Test(
        "Average run lengths are those of the textbook",
        arguments: [(0.0, 465.0, 60.0, 500), (0.5, 38.0, 3, 500), (1, 10.4, 0.6, 800), (2, 4.01, 0.2, 800)]
    )
    func runLengths(shift: Double, expected: Double, tolerance: Double, runs: Int) {
        var random = Seeded(79)
        let sum = (0..<runs).reduce(0) { sum, _ in sum + runLength(shift: shift, &random) }
        #expect(abs(Double(sum) / Double(runs) - expected) < tolerance)
    }

    @Test("Cusum: the example of the documentation holds, and it ends when the level comes back")
    func cusumExample() {
        var pressure = Cusum()
        for index in 0..<300 { pressure.learn(5 + 0.1 * Double(index * 7 % 5 - 2), at: Double(index)) }
        #expect(!pressure.alarm.isRaised)
        for index in 300..<320 { pressure.learn(5.2 + 0.1 * Double(index * 7 % 5 - 2), at: Double(index)) }
        #expect(pressure.alarm.cause == .shiftUp)
        #expect(abs(pressure.alarm.since - 300) <= 3)
        #expect(abs(pressure.alarm.usual - 5) < 0.02)
        for index in 320..<360 { pressure.learn(5 + 0.1 * Double(index * 7 % 5 - 2), at: Double(index)) }
        #expect(!pressure.alarm.isRaised)
    }

    @Test("Cusum: at its default limit ordinary noise is quiet for thousands of values")
    func cusumQuiet() {
        var random = Seeded(83)
        var alarms = 0
        var cusum = Cusum()
        var wasRaised = false
        for index in 0..<50_000 {
            cusum.learn(random.bell(1), at: Double(index))
            if cusum.alarm.isRaised, !wasRaised { alarms += 1 }
            wasRaised = cusum.alarm.isRaised
        }
        #expect(alarms <= 8, "\(alarms)")
    }

    /// Uniform numbers, 0.8 more from the 1000th and 0.2 more from the 2000th: River 0.26.1 tells them at the
    /// indices 1027 and 2037.
    @Test("PageHinkley tells the same changes at the same values as River")
    func pageHinkleyReference() {
        var model = PageHinkley(limit: 20, tolerance: 0.05)
        var told: [Int] = []
        for (index, u) in congruential(3000).enumerated() {
            let raisedAt = model.alarm.raisedAt
            model.learn(index < 1000 ? u : index < 2000 ? u + 0.8 : u + 0.2, at: Double(index))
            if model.alarm.isRaised, model.alarm.raisedAt != raisedAt { told.append(index) }
        }
        #expect(told == [1027, 2037])
    }

    @Test("PageHinkley: the example of the documentation holds, and the new level becomes the usual")
    func pageHinkleyExample() {
        var queue = PageHinkley(limit: 20)
        var raised = Alarm.quiet
        for index in 0..<200 {
            queue.learn(index < 150 ? 3 : 5, at: Double(index))
            if queue.alarm.isRaised { raised = queue.alarm }
        }
        #expect(raised.cause == .shiftUp)
        #expect(abs(raised.usual - 3) < 1e-9)
        #expect(abs(raised.seen - 5) < 1e-9)
        #expect(abs(raised.since - 149) <= 1)
        #expect(!queue.alarm.isRaised)
        for index in 200..<260 { queue.learn(3, at: Double(index)) }
        #expect(!queue.alarm.isRaised || queue.alarm.cause == .shiftDown)
    }

    /// The same series: River's ADWIN tells the changes at the indices 1023 and 2047.
    @Test("AdaptiveWindow tells the changes within a check of where River does")
    func adwinReference() {
        var model = AdaptiveWindow()
        var told: [Int] = []
        var wasRaised = false
        for (index, u) in congruential(3000).enumerated() {
            model.learn(index < 1000 ? u : index < 2000 ? u + 0.8 : u + 0.2, at: Double(index))
            if model.alarm.isRaised, !wasRaised { told.append(index) }
            wasRaised = model.alarm.isRaised
        }
        #expect(told.count == 2, "\(told)")
        for (own, river) in zip(told, [1023, 2047]) { #expect(abs(own - river) <= 32, "\(told)") }
        #expect(abs(model.mean - 0.7) < 0.05)
    }

    @Test("AdaptiveWindow keeps everything while nothing changes, up to its bound")
    func adwinStationary() {
        var model = AdaptiveWindow()
        var alarms = 0
        let values = congruential(60_000, seed: 7)
        for (index, u) in values.enumerated() {
            model.learn(u, at: Double(index))
            if model.alarm.isRaised { alarms += 1 }
            if index == 19_999 {
                #expect(model.count == 20_000)
                let mean = values.prefix(20_000).reduce(0, +) / 20_000
                #expect(abs(model.mean - mean) < 1e-9)
                let variance = values.prefix(20_000).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
                #expect(abs(model.deviation - variance.squareRoot()) < 1e-9)
            }
        }
        #expect(alarms == 0)
        #expect(model.count <= 24_570 && model.count > 18_000)
        let kept = values.suffix(model.count)
        #expect(abs(model.mean - kept.reduce(0, +) / Double(kept.count)) < 1e-9)
    }

    @Test("AdaptiveWindow: the example of the documentation holds")
    func adwinExample() {
        var load = AdaptiveWindow()
        var raised: [Alarm] = []
        for index in 0..<1000 {
            load.learn(index < 700 ? 0.2 : 0.6, at: Double(index))
            if load.alarm.isRaised, raised.last != load.alarm { raised.append(load.alarm) }
        }
        #expect(abs(load.mean - 0.6) < 0.01)
        #expect(!load.alarm.isRaised)
        #expect(raised.first?.cause == .shiftUp)
        #expect((raised.first?.raisedAt ?? 0) < 740)
        #expect(abs((raised.first?.usual ?? 0) - 0.2) < 0.02)
    }
}

@Suite("Half-space trees")
struct HalfSpaceTreesTests {
    @Test("The example of the documentation holds")
    func example() {
        var heating = HalfSpaceTrees()
        for hour in 0..<2000 {
            let isNight = hour % 24 < 6
            heating.learn((isNight ? 15 : 21) + 0.1 * Double(hour * 7 % 5), at: Double(hour) * 3600)
        }
        let day = heating.score(21, at: 2003 * 3600).surprise
        var night = heating
        for hour in 2000..<2017 {
            let isNight = hour % 24 < 6
            night.learn((isNight ? 15 : 21) + 0.1 * Double(hour * 7 % 5), at: Double(hour) * 3600)
        }
        #expect(night.score(21, at: 2017 * 3600).surprise > day)
    }

    @Test("What is rare together stands out though each part is usual")
    func together() {
        var random = Seeded(89)
        var model = HalfSpaceTrees()
        func ordinary(_ hour: Int) -> Double { (hour % 24 < 12 ? 10 : 30) + random.bell(0.5) }
        for hour in 0..<3000 { model.learn(ordinary(hour), at: Double(hour) * 3600) }
        var usual: [Double] = []
        for hour in 3000..<3240 {
            let x = ordinary(hour)
            usual.append(model.score(x, at: Double(hour) * 3600).surprise)
            model.learn(x, at: Double(hour) * 3600)
        }
        // 3240 is midnight: 30 at five in the morning is a value and a step known from elsewhere.
        for hour in 3240..<3245 { model.learn(ordinary(hour), at: Double(hour) * 3600) }
        let odd = model.score(30, at: 3245 * 3600).surprise
        usual.sort()
        #expect(odd > usual[227], "\(odd) against \(usual[227]) of the 95th of a hundred")
    }

    @Test("A leaf found by bits is the one found by halving boxes")
    func geometry() {
        var random = Seeded(97)
        for tree in 0..<16 {
            let box = HalfSpaceTrees.Box(tree)
            for _ in 0..<200 {
                let point = SIMD4<Float>(
                    Float(random.number()),
                    Float(random.number()),
                    Float(random.number()),
                    0
                )
                var low = SIMD4<Double>(box.corner)
                var high = low + 4_294_967_040 / SIMD4<Double>(box.scale)
                var leaf = 0
                for level in 0..<7 {
                    let axis = Int(box.axes >> UInt64(2 * level) & 3)
                    let middle = (low[axis] + high[axis]) / 2
                    let isAbove = Double(point[axis]) >= middle
                    leaf = 2 * leaf + (isAbove ? 1 : 0)
                    if isAbove { low[axis] = middle } else { high[axis] = middle }
                }
                // Single precision may decide otherwise within a millionth of a border.
                let found = Int(box.leaf(of: point))
                let near = box.leaf(of: point + 1e-6) != box.leaf(of: point - 1e-6)
                #expect(found == leaf || near, "tree \(tree)")
            }
        }
    }
}
