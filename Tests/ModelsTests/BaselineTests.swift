import Glibc
import Testing

@testable import Models

/// The numbers of a linear congruential generator that is easily written in any language: the reference
/// values of these tests were computed with it in Python.
func congruential(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        return Double(state) / 2_147_483_648
    }
}

@Suite("Bands of baselines")
struct BandTests {
    @Test("An alarm shows the band that the value was beyond, and how long the past is")
    func band() {
        var level = Beyond(FadingMoments(memory: 100), limit: 6)
        for index in 0..<500 { level.learn(Double(index % 2), at: Double(index)) }
        level.learn(20, at: 500)
        let explanation = level.explanation
        #expect(abs(explanation.high - 3.5) < 0.05)
        #expect(abs(explanation.low - -2.5) < 0.05)
        #expect(explanation.past == 500)
        #expect(explanation.reasons == [Explanation.Reason(cause: .aboveUsual, share: 100)])
    }

    @Test(
        "What is inside the band is less surprising than the limit, and what is outside is more",
        arguments: [2.0, 6]
    )
    func agrees(limit: Double) {
        func check(_ model: some Model, _ name: String, at t: Double) {
            guard let band = model.band(around: 0, at: t, within: limit) else {
                Issue.record("\(name) has no band")
                return
            }
            let width = band.high - band.low
            #expect(model.score(band.high - 0.05 * width, at: t).surprise <= limit, "\(name)")
            #expect(model.score(band.high + 0.05 * width, at: t).surprise >= limit, "\(name)")
            #expect(model.score(band.low + 0.05 * width, at: t).surprise <= limit, "\(name)")
            #expect(model.score(band.low - 0.05 * width, at: t).surprise >= limit, "\(name)")
        }
        func taught<Kind: Model>(_ model: Kind, scale: Double) -> Kind {
            var model = model
            for (index, x) in congruential(2000).enumerated() {
                model.learn(20 + scale * x, at: Double(index) * 3600)
            }
            return model
        }
        let t = 2000.0 * 3600
        check(taught(Moments(), scale: 9), "moments", at: t)
        check(taught(FadingMoments(memory: 100), scale: 9), "fading moments", at: t)
        check(taught(RobustScale(memory: 100), scale: 9), "robust scale", at: t)
        check(taught(QuantileSketch(resolution: 1), scale: 9), "sketch", at: t)
        check(taught(HourOfDay(), scale: 9), "hour of day", at: t)
        check(taught(HourOfWeek(), scale: 9), "hour of week", at: t)
        check(taught(HoltWinters(), scale: 9), "Holt-Winters", at: t)
        check(taught(AdaptiveWindow(), scale: 9), "adaptive window", at: t)
    }
}

@Suite("Quantile sketch")
struct QuantileSketchTests {
    @Test("The example of the documentation holds")
    func example() {
        var latency = QuantileSketch(resolution: 1, memory: 10_000)
        for value in 1...1000 { latency.learn(Double(value), at: 0) }
        #expect(abs(latency.quantile(0.5) - 500) <= 0.04 * 500)
        #expect(abs(latency.quantile(0.99) - 990) <= 0.04 * 990)
        #expect(abs(latency.relativeError - 0.04) < 1e-4)
        #expect(abs(latency.percentile(of: 250) - 25) < 1.5)
        // A thousand values: a record is −ln(1/1001).
        #expect(abs(latency.score(1100, at: 0).surprise - 6.9) < 0.15)
    }

    @Test("Every quantile is within the stated error", arguments: [0.001, 1, 50])
    func error(resolution: Double) {
        let random = zip(congruential(4000, seed: 5), congruential(4000, seed: 9))
        let values = random.map { exp(2 * $0 * $1 + 4) * ($1 < 0.3 ? -1 : 1) }
        var sketch = QuantileSketch(resolution: resolution)
        for value in values { sketch.learn(value, at: 0) }
        let sorted = values.sorted()
        for share in stride(from: 0.001, through: 0.999, by: 0.002) {
            let exact = sorted[Int((share * 4000).rounded(.up)) - 1]
            let allowed = sketch.relativeError * (exact * exact + resolution * resolution).squareRoot()
            #expect(abs(sketch.quantile(share) - exact) <= allowed * (1 + 1e-9), "quantile \(share)")
        }
    }

    @Test("A fine scale stays fine while the values are near one another")
    func fine() {
        var sketch = QuantileSketch(resolution: 0.1)
        for value in congruential(5000) { sketch.learn(20 + value, at: 0) }
        #expect(abs(sketch.relativeError - 0.01) < 1e-5)
        #expect(abs(sketch.quantile(0.5) - 20.5) < 0.21)
    }

    @Test("One wild value makes it coarser, and no more than it says")
    func wild() {
        var sketch = QuantileSketch(resolution: 1, memory: 1000)
        for value in congruential(500) { sketch.learn(20 + 9 * value, at: 0) }
        sketch.learn(1e100, at: 0)
        #expect(sketch.relativeError <= 0.16)
        #expect(abs(sketch.quantile(0.5) - 24.5) < 0.17 * 24.5)
        #expect(sketch.score(1e6, at: 0).surprise > 5)
    }

    @Test("It forgets: after a few memories the old level is rarer than the new one")
    func forgets() {
        var sketch = QuantileSketch(resolution: 0.1, memory: 500)
        for value in congruential(2000) { sketch.learn(value, at: 0) }
        for value in congruential(6000, seed: 3) { sketch.learn(50 + value, at: 0) }
        #expect(abs(sketch.quantile(0.5) - 50.5) < 2)
        #expect(sketch.score(0.5, at: 0).surprise > 5)
        #expect(sketch.score(0.5, at: 0).direction == .below)
    }

    @Test("Whatever the distribution, one value in a thousand is beyond 6.9 nats")
    func calibrated() {
        var sketch = QuantileSketch(resolution: 0.01, memory: 20_000)
        var beyond = 0
        var random = Seeded(151)
        for index in 0..<60_000 {
            let x = exp(random.bell(1)) - exp(random.bell(0.5))
            if index >= 20_000, sketch.score(x, at: 0).surprise >= 6.9 { beyond += 1 }
            sketch.learn(x, at: 0)
        }
        // Forty are expected.
        #expect((20...65).contains(beyond), "\(beyond)")
    }
}

@Suite("Robust scale against exact statistics")
struct RobustScaleReferenceTests {
    @Test("Median and deviation of a skewed series with wild values are near the exact ones")
    func exact() {
        let values = congruential(20_000, seed: 21).enumerated().map { index, u in
            index % 50 == 3 ? 1e7 : 10 - 5 * log(1 - 0.999 * u)
        }
        var scale = RobustScale(memory: 2000)
        for value in values { scale.learn(value, at: 0) }
        let sorted = values.sorted()
        let median = sorted[sorted.count / 2]
        let deviations = values.map { abs($0 - median) }.sorted()
        #expect(abs(scale.median - median) < 0.06 * median)
        #expect(abs(scale.deviation - 1.4826 * deviations[deviations.count / 2]) < 0.6)
    }
}
