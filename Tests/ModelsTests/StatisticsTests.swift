import Testing

@testable import Models

@Suite("Plain statistics")
struct StatisticsTests {
    @Test("Moments: the example of the documentation holds")
    func momentsExample() {
        var load = Moments()
        for value in 1...20 { load.learn(Double(value), at: 0) }
        #expect(load.mean == 10.5)
        #expect(abs(load.deviation - 5.916) < 0.001)
        #expect(abs(load.score(34.16, at: 0).surprise - 4) < 0.001)
    }

    @Test("Moments do not lose a small spread beside a large mean")
    func momentsKeepDigits() {
        var moments = Moments()
        for value in [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16] { moments.learn(value, at: 0) }
        #expect(moments.deviation * moments.deviation == 30)
    }

    @Test("FadingMoments: the example of the documentation holds")
    func fadingExample() {
        var pressure = FadingMoments(memory: 100)
        for _ in 0..<500 {
            pressure.learn(2, at: 0)
            pressure.learn(4, at: 0)
        }
        #expect(abs(pressure.deviation - 1) < 0.01)
        #expect(abs(pressure.score(9, at: 0).surprise - 6) < 0.1)
    }

    @Test("FadingMoments follow a new level and Moments do not")
    func fadingForgets() {
        var fading = FadingMoments(memory: 50)
        var all = Moments()
        for index in 0..<2000 {
            let value = index < 1500 ? 1.0 : 9
            fading.learn(value, at: 0)
            all.learn(value, at: 0)
        }
        #expect(abs(fading.mean - 9) < 0.01)
        #expect(all.mean == 3)
    }

    @Test("RobustScale: the example of the documentation holds")
    func robustExample() {
        var level = RobustScale(memory: 500)
        for index in 0..<5000 { level.learn(Double(index % 11), at: 0) }
        level.learn(1e9, at: 0)
        #expect(abs(level.median - 5) < 0.5)
        #expect(abs(level.score(25, at: 0).surprise - 5) < 1)
    }

    @Test("RobustScale finds the spread of normal values among one wild value in twenty")
    func robustScale() {
        var random = Seeded(23)
        var scale = RobustScale(memory: 1000)
        for index in 0..<20_000 { scale.learn(index % 20 == 7 ? 1e6 : 50 + random.bell(4), at: 0) }
        #expect(abs(scale.median - 50) < 0.7)
        #expect(abs(scale.deviation - 4) < 0.8)
    }

    @Test("RobustScale leaves a constant past behind")
    func robustWakes() {
        var random = Seeded(29)
        var scale = RobustScale(memory: 100)
        for _ in 0..<500 { scale.learn(20, at: 0) }
        for _ in 0..<3000 { scale.learn(20 + random.bell(3), at: 0) }
        #expect(abs(scale.deviation - 3) < 1)
    }

    @Test("Beyond: the example of the documentation holds, and the alarm ends with an ordinary value")
    func beyondExample() {
        var level = Beyond(FadingMoments(memory: 100), limit: 6)
        for index in 0..<500 { level.learn(Double(index % 2), at: Double(index)) }
        #expect(!level.alarm.isRaised)
        level.learn(20, at: 500)
        #expect(level.alarm.isRaised)
        #expect(level.alarm.cause == .aboveUsual)
        #expect(level.alarm.since == 500)
        #expect(level.alarm.seen == 20)
        #expect(abs(level.alarm.usual - 0.5) < 0.01)
        level.learn(0, at: 501)
        #expect(level.alarm == .quiet)
    }

    @Test("The streaming median is exact up to five values")
    func medianOfFew() {
        var median = StreamingMedian()
        #expect(median.value == 0)
        let expected = [7.0, 5, 3, 4, 5]
        for (x, middle) in zip([7.0, 3, 1, 5, 9], expected) {
            median.learn(x)
            #expect(median.value == middle)
        }
    }

    @Test("The streaming median of many values is within a twentieth of the spread")
    func medianOfMany() {
        for seed in 1...20 {
            var random = Seeded(UInt64(seed))
            var median = StreamingMedian()
            var values: [Double] = []
            for _ in 0..<500 {
                let x = random.number() * random.number() * 10
                median.learn(x)
                values.append(x)
            }
            values.sort()
            #expect(abs(median.value - (values[249] + values[250]) / 2) < 0.25)
        }
    }
}
