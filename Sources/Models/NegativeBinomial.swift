import Glibc

/// Counts of events whose rate is itself uncertain: mean μ and variance μ + μ²/shape (gamma–Poisson). Poisson as shape grows.
struct NegativeBinomial {
    let mean: Double
    let shape: Double

    /// - Parameters:
    ///   - mean: above 0, at most 1e12.
    ///   - shape: how little the rate wanders, 0.001 to 1e9.
    init(mean: Double, shape: Double) {
        self.mean = mean.isFinite ? max(1e-12, min(mean, 1e12)) : 1e-12
        self.shape = shape.isFinite ? max(0.001, min(shape, 1e9)) : 1e9
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
        return Self.logBeta(probability, shape, x.rounded(.down) + 1)
    }

    /// ln P(X ≥ x).
    func logAtLeast(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard !isLarge else { return Self.logNormalTail(deviate(x - 0.5)) }
        return Self.logBeta(1 - probability, x.rounded(.up), shape)
    }

    /// ln P(X = x) of a whole number.
    func logProbability(_ x: Double) -> Double {
        logGamma(x + shape) - logGamma(shape) - logGamma(x + 1)
            + shape * log(probability) + x * log(mean / (shape + mean))
    }

    private var probability: Double { shape / (shape + mean) }

    /// Where the fraction would take thousands of steps a gamma distribution is as good.
    private var isLarge: Bool { mean > 1e4 }

    /// The normal deviate of a gamma distribution of the same mean and variance: E. B. Wilson, M. M.
    /// Hilferty, "The distribution of chi-square", PNAS 17, 1931.
    private func deviate(_ x: Double) -> Double {
        let gamma = 1 / (1 / shape + 1 / mean)
        return (cbrt(max(0, x) / mean) - 1 + 1 / (9 * gamma)) * 3 * gamma.squareRoot()
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
        let front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(z) + b * log1p(-z)
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

/// The share of a binomial count of `size` with chance `p` that is `x` or more; 1 for x ≤ 0.
func binomialUpperTail(_ x: Int, size: Int, chance p: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x <= size else { return 0 }
    return exp(NegativeBinomial.logBeta(min(max(0, p), 1), Double(x), Double(size - x) + 1))
}

/// ln Γ(x) for x > 0.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// The standard normal quantile of p in 0.5…0.999: M. Abramowitz, I. Stegun, 26.2.23, error below 4.5e-4.
func normalQuantile(_ p: Double) -> Double {
    let t = (-2 * log(1 - min(max(0.5, p), 0.9999))).squareRoot()
    let above = 2.515517 + t * (0.802853 + t * 0.010328)
    let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return t - above / below
}
