import Foundation
import Measuring

/// Random numbers for simulations, the same on every run.
struct Noise {
    private var numbers: SplitMix

    init(seed: UInt64) { numbers = SplitMix(state: seed) }

    /// From 0 to 1.
    mutating func uniform() -> Double { Double(numbers.next() >> 11) / 9_007_199_254_740_992 }

    /// With mean 0 and deviation 1 (G. Box, M. Muller, 1958).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }
}

/// Counts alarms as people get them: once until it is quiet again.
struct AlarmCount {
    private(set) var count = 0
    private var wasRaised = false

    mutating func take(_ isRaised: Bool) {
        if isRaised, !wasRaised { count += 1 }
        wasRaised = isRaised
    }
}
