import Foundation
import Measuring

/// Random numbers of the kinds that simulated lifts need; the same on every run.
struct LiftNoise {
    private var random: SplitMix

    init(_ seed: UInt64) { random = SplitMix(state: seed &* 0x9E37_79B9 &+ 1) }

    /// Above 0, below 1.
    mutating func uniform() -> Double { (Double(random.next() >> 11) + 0.5) / 9_007_199_254_740_992 }

    mutating func isTrue(_ chance: Double) -> Bool { uniform() < chance }

    mutating func below(_ limit: Int) -> Int { random.below(limit) }

    /// G. E. P. Box, M. E. Muller, 1958.
    mutating func normal(_ deviation: Double = 1) -> Double {
        deviation * (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
    }

    /// Mean 1, for a shape of 1 and more: G. Marsaglia, W. W. Tsang, 2000.
    mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1 / 3
        while true {
            let x = normal()
            let v = 1 + x / (9 * d).squareRoot()
            guard v > 0 else { continue }
            let cube = v * v * v
            if log(uniform()) < x * x / 2 + d - d * cube + d * log(cube) { return d * cube / shape }
        }
    }

    mutating func poisson(_ mean: Double) -> Int {
        guard mean < 50 else { return max(0, Int((mean + normal(mean.squareRoot())).rounded())) }
        var count = 0
        var product = uniform()
        let stop = exp(-mean)
        while product > stop {
            count += 1
            product *= uniform()
        }
        return count
    }
}

/// How often people ride, with what is not known of it: hour by hour for as long as wanted.
struct LiftDemand {
    enum Noise: String, CaseIterable {
        /// Each hour busier or quieter on its own: gamma with shape 10.
        case hours
        /// As `hours`, with good and bad days (25 %) and ten public holidays a year (15 % of the trips).
        case days
        /// As `days`, and people come in groups of three on average.
        case groups
        /// Gamma with shape 4: some hours a year in which nobody comes, whatever the hour.
        case harsh
    }

    let noise: Noise
    private let perDay: Double
    private var random: LiftNoise
    private var today = 1.0
    private var day = -1
    /// Whether the last hour drawn was of a public holiday.
    private(set) var isHoliday = false

    /// Shares of a day's trips by hour: a house where people live and go to work.
    private static let shares = [
        0.4, 0.2, 0.2, 0.2, 0.4, 1, 3, 7, 8, 5, 4, 4.5, 5.5, 5, 4.5, 5, 6, 8, 9, 8, 6, 4.5, 3, 1.6,
    ]
    private static let whole = shares.reduce(0, +)

    init(_ noise: Noise, perDay: Double, seed: UInt64) {
        self.noise = noise
        self.perDay = perDay
        random = LiftNoise(seed)
    }

    private var hasDays: Bool { noise == .days || noise == .groups }

    /// Trips an hour in a given hour, drawn once for each.
    mutating func rate(hour: Int) -> Double {
        if hour / 24 != day {
            day = hour / 24
            today = hasDays ? exp(random.normal(0.25) - 0.03) : 1
            isHoliday = hasDays && day % 7 < 5 && random.isTrue(10 / 261)
            if isHoliday { today *= 0.15 }
        }
        // Day 0 is the 5th of January 1970, a Monday.
        let weekend = day % 7 >= 5 ? 0.6 : 1
        let busy = random.gamma(noise == .harsh ? 4 : 10)
        return perDay * Self.shares[hour % 24] / Self.whole * weekend * today * busy
    }

    mutating func trips(_ mean: Double) -> Int {
        guard noise == .groups else { return random.poisson(mean) }
        var trips = 0
        for _ in 0..<random.poisson(mean / 3) { trips += 1 + random.poisson(2) }
        return trips
    }

    /// The time of an hour's beginning in seconds since 1970.
    static func time(hour: Int) -> Double { Double(hour) * 3600 + 4 * 86_400 }
}
