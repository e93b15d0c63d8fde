import Glibc

/// Counts of events whose rate is itself uncertain: mean μ and variance μ + μ²/size. Poisson as size grows.
struct NegativeBinomial {
    let mean: Double
    let size: Double

    /// - Parameters:
    ///   - mean: above 0, at most 1e12.
    ///   - size: how little the rate wanders, 0.01 to 1e9.
    init(mean: Double, size: Double) {
        self.mean = max(1e-12, min(mean, 1e12))
        self.size = max(0.01, min(size, 1e9))
    }

    /// How rare a count at least as far from the mean on its side is: −ln(2·P) in nats, at least 0.
    func surprise(of x: Double) -> Double { max(0, -log(2) - (x < mean ? logAtMost(x) : logAtLeast(x))) }

    /// The counts less surprising than `limit`.
    func band(within limit: Double) -> Band {
        let middle = mean.rounded()
        // A power of two, so that its halves reach every count below it.
        var step = 1.0
        var (low, high) = (middle, middle)
        while high + step <= 1e12, surprise(of: high + step) < limit { step *= 2 }
        while step >= 1 {
            if surprise(of: high + step) < limit { high += step }
            if low >= step, surprise(of: low - step) < limit { low -= step }
            step = (step / 2).rounded(.down)
        }
        return Band(low: low, high: high)
    }

    /// ln P(X ≤ x).
    func logAtMost(_ x: Double) -> Double {
        guard !isLarge else { return Self.logNormalTail(-deviate(x + 0.5)) }
        return Self.logBeta(probability, size, x.rounded(.down) + 1)
    }

    /// ln P(X ≥ x).
    func logAtLeast(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard !isLarge else { return Self.logNormalTail(deviate(x - 0.5)) }
        return Self.logBeta(1 - probability, x.rounded(.up), size)
    }

    private var probability: Double { size / (size + mean) }

    /// Where the fraction would take thousands of steps a gamma distribution is as good.
    private var isLarge: Bool { mean > 1e4 }

    /// The normal deviate of a gamma distribution of the same mean and variance: E. B. Wilson, M. M.
    /// Hilferty, "The distribution of chi-square", PNAS 17, 1931.
    private func deviate(_ x: Double) -> Double {
        let shape = 1 / (1 / size + 1 / mean)
        return (cbrt(max(0, x) / mean) - 1 + 1 / (9 * shape)) * 3 * shape.squareRoot()
    }

    /// ln P(Z > z).
    private static func logNormalTail(_ z: Double) -> Double {
        // Beyond 30 the complement underflows; its expansion is exact to four digits there.
        z < 30 ? log(erfc(z / 2.0.squareRoot()) / 2) : -z * z / 2 - log(z * (2 * Double.pi).squareRoot())
    }

    /// ln of the regularised incomplete beta function I_z(a, b), by its continued fraction (NIST Digital
    /// Library of Mathematical Functions 8.17.22).
    static func logBeta(_ z: Double, _ a: Double, _ b: Double) -> Double {
        guard z > 0 else { return -.greatestFiniteMagnitude }
        guard z < 1 else { return 0 }
        let front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(z) + b * log1p(-z)
        if z < (a + 1) / (a + b + 2) { return min(0, front - log(a) + log(fraction(z, a, b))) }
        let other = exp(front - log(b) + log(fraction(1 - z, b, a)))
        return log1p(-min(other, 1 - 1e-16))
    }

    /// Evaluated from the front (W. J. Lentz, 1976).
    private static func fraction(_ z: Double, _ a: Double, _ b: Double) -> Double {
        var c = 1.0
        var d = 1 / apart(1 - (a + b) * z / (a + 1))
        var value = d
        func take(_ numerator: Double) {
            d = 1 / apart(1 + numerator * d)
            c = apart(1 + numerator / c)
            value *= c * d
        }
        for index in 1...1000 {
            let m = Double(index)
            take(m * (b - m) * z / ((a + 2 * m - 1) * (a + 2 * m)))
            take(-(a + m) * (a + b + m) * z / ((a + 2 * m) * (a + 2 * m + 1)))
            if abs(c * d - 1) < 1e-12 { break }
        }
        return max(value, tiny)
    }

    private static let tiny = 1e-300

    /// Never zero, so that it can be divided by.
    private static func apart(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
