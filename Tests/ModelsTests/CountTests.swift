import Glibc
import Testing

@testable import Models

@Suite("Counts of events")
struct CountTests {
    /// logcdf(x) and logsf(x − 1) of scipy.stats.nbinom and, for a size of 1e9, of scipy.stats.poisson.
    private static let reference: [(mean: Double, size: Double, x: Double, atMost: Double, atLeast: Double)] =
        [
            (3, 2, 0, -1.83258146374831, 0),
            (3, 2, 9, -0.030699533267852797, -3.071374310398867),
            (40, 5, 90, -0.015742928274318654, -4.080098581022049),
            (40, 5, 3, -7.251364288164818, -0.0002929572043100673),
            (0.2, 1.5, 4, -5.7941124008444614e-05, -7.709200821165991),
            (500, 50, 800, -0.00022462839552764554, -8.363538449709836),
            (2000, 1e6, 2300, -2.733414994407495e-11, -24.180226924501877),
            (2000, 1e6, 1700, -26.431112964236554, -2.8136382113114924e-12),
            (5000, 20, 9000, -0.0014444410274309575, -6.538769051032922),
            (30, 1e9, 55, -1.4266960514881675e-05, -10.515081325059452),
        ]

    @Test("Tails of the negative binomial distribution are those of the reference")
    func tails() {
        for row in Self.reference {
            let counts = NegativeBinomial(mean: row.mean, shape: row.size)
            #expect(abs(counts.logAtMost(row.x) - row.atMost) < 1e-6 * max(1, -row.atMost), "\(row)")
            #expect(abs(counts.logAtLeast(row.x) - row.atLeast) < 1e-6 * max(1, -row.atLeast), "\(row)")
        }
        #expect(abs(NegativeBinomial.logBeta(0.2, 2.5, 7) - -1.0010414300229997) < 1e-10)
        #expect(abs(NegativeBinomial.logBeta(0.9, 0.5, 0.5) - -0.22920282758111518) < 1e-10)
        #expect(abs(NegativeBinomial.logBeta(0.02, 30, 400) - -18.97349505854145) < 1e-9)
    }

    @Test("Above ten thousand an approximation takes over within a hundredth of a nat")
    func large() {
        let counts = NegativeBinomial(mean: 1e5, shape: 50)
        #expect(abs(counts.logAtLeast(1.5e5) - -7.0063663471080355) < 0.02)
    }

    @Test("The band of counts ends where the surprise reaches the limit", arguments: [0.3, 12, 400, 30_000])
    func band(mean: Double) {
        let counts = NegativeBinomial(mean: mean, shape: 8)
        let band = counts.band(within: 9)
        #expect(counts.surprise(of: band.high) < 9 && counts.surprise(of: band.high + 1) >= 9)
        #expect(counts.surprise(of: band.low) < 9)
        #expect(band.low == 0 || counts.surprise(of: band.low - 1) >= 9)
    }

    @Test("EventRate: the example of the documentation holds")
    func example() {
        var trips = EventRate()
        for hour in 0..<(24 * 28) {
            let isDay = (8..<20).contains(hour % 24)
            trips.learn(isDay ? Double(30 + hour * 7 % 5) : 0, at: Double(hour) * 3600)
            #expect(!trips.alarm.isRaised)
        }
        // The reading at ten is of the hour before it.
        let usual = trips.expected(from: (24 * 28 + 9) * 3600, to: (24 * 28 + 10) * 3600)
        #expect(abs(usual - 32) < 1.5)
        for hour in (24 * 28)..<(24 * 28 + 13) { trips.learn(0, at: Double(hour) * 3600) }
        #expect(trips.alarm.cause == .tooFew)
        #expect(trips.alarm.usual > 20)
        trips.learn(32, at: Double(24 * 28 + 13) * 3600)
        #expect(!trips.alarm.isRaised)
    }

    /// Counts of a gamma-Poisson mixture: mean μ, variance μ + μ²/size.
    private func count(_ mean: Double, size: Double, _ random: inout Seeded) -> Double {
        // A gamma number of an integer shape is a sum of exponential ones.
        var gamma = 0.0
        for _ in 0..<Int(size) { gamma -= log(1 - random.number(0...0.999_999_999)) }
        let rate = mean * gamma / size
        var (events, time) = (0.0, -log(1 - random.number(0...0.999_999_999)))
        while time < rate {
            events += 1
            time -= log(1 - random.number(0...0.999_999_999))
        }
        return events
    }

    @Test("The dispersion of counts is found, and alarms stay as rare as promised")
    func dispersion() {
        var random = Seeded(101)
        var model = EventRate(limit: 9)
        var alarms = 0
        for hour in 0..<(24 * 400) {
            let mean = (8..<20).contains(hour % 24) ? 25.0 : 2
            model.learn(count(mean, size: 4, &random), at: Double(hour) * 3600 + 1800)
            if hour > 24 * 30, model.alarm.isRaised { alarms += 1 }
        }
        #expect(abs(model.dispersion - 0.25) < 0.12, "\(model.dispersion)")
        // Two sides at e⁻⁹ each would be 2.2 in 8880 hours.
        #expect(alarms <= 12, "\(alarms)")
    }

    @Test(
        "Three times the usual count of steady events is told at once, twice the count of wandering ones is not"
    )
    func tooMany() {
        var random = Seeded(103)
        var steady = EventRate()
        var wandering = EventRate()
        for hour in 0..<(24 * 60) {
            steady.learn(count(30, size: 2000, &random), at: Double(hour) * 3600)
            wandering.learn(count(30, size: 2, &random), at: Double(hour) * 3600)
        }
        let t = 24.0 * 60 * 3600
        steady.learn(90, at: t)
        wandering.learn(60, at: t)
        #expect(steady.alarm.cause == .tooMany)
        #expect(!wandering.alarm.isRaised)
    }

    @Test("Silence is as surprising as a count of zero over the same time")
    func silence() {
        var model = EventRate()
        for hour in 0..<(24 * 40) { model.learn(6, at: Double(hour) * 3600) }
        let end = (24.0 * 40 - 1) * 3600
        let expected = model.expected(from: end, to: end + 3 * 3600)
        #expect(abs(expected - 18) < 0.5)
        let surprise = model.surpriseOfSilence(at: end + 3 * 3600)
        #expect(surprise > 10 && surprise <= expected)
        #expect(model.surpriseOfSilence(at: end) < 1e-9)
    }

    @Test("Readings of a quarter of an hour and of six hours come to the same rate")
    func rhythm() {
        var fine = EventRate()
        var coarse = EventRate()
        for quarter in 0..<(96 * 60) {
            fine.learn(quarter / 4 % 2 == 0 ? 2 : 4, at: Double(quarter) * 900)
            if quarter % 24 == 0 { coarse.learn(72, at: Double(quarter) * 900) }
        }
        let start = 60.0 * 86_400
        let difference =
            fine.expected(from: start, to: start + 86_400) - coarse.expected(from: start, to: start + 86_400)
        #expect(abs(difference) < 6)
    }
}

@Suite("How long something lasts")
struct SpellLengthTests {
    @Test("The example of the documentation holds")
    func example() {
        var wash = SpellLength()
        for index in 0..<60 { wash.learn(3600 + 60 * Double(index * 7 % 11 - 5), at: 0) }
        #expect(abs(wash.usual - 3600) < 60)
        #expect(wash.surprise(lasting: 7200) > 7)
        #expect(abs(wash.remaining(after: 1800) - 1800) < 120)
    }

    @Test("Of log-logistic lengths it finds the survival at any length")
    func survival() {
        var model = SpellLength(memory: 2000)
        let (median, s) = (600.0, 0.4)
        for u in congruential(20_000, seed: 31) where u > 0 {
            model.learn(median * exp(s * log(u / (1 - u))), at: 0)
        }
        #expect(abs(model.usual - median) < 30)
        for seconds in [300.0, 600, 1200, 3600] {
            let exact = log(1 + pow(seconds / median, 1 / s))
            #expect(abs(model.surprise(lasting: seconds) - exact) < 0.05 + 0.12 * exact, "\(seconds)")
        }
        // Of those that lasted an hour half go on for longer than this.
        let after = 3600 + model.remaining(after: 3600)
        let half = model.surprise(lasting: after) - model.surprise(lasting: 3600)
        #expect(abs(half - log(2)) < 0.01)
    }

    @Test("The two-sided surprise and its band are inverse")
    func inverse() {
        var model = SpellLength()
        for (index, u) in congruential(200, seed: 37).enumerated() {
            model.learn(100 + 50 * u, at: Double(index))
        }
        for nats in [0.5, 2, 7, 40.0] {
            #expect(abs(model.score(model.usual * model.ratio(nats), at: 0).surprise - nats) < 1e-9)
            #expect(abs(model.score(model.usual / model.ratio(nats), at: 0).surprise - nats) < 1e-9)
        }
    }
}
