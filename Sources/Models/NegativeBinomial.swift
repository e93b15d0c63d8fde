import Glibc

/// A count whose mean is itself uncertain (gamma–Poisson): variance mean + mean²/shape.
struct NegativeBinomial {
    let mean: Double
    let shape: Double

    /// - Parameters:
    ///   - mean: kept within 1e-9…1e7.
    ///   - shape: kept within 1e-3…1e6, from where on it is as good as Poisson.
    init(mean: Double, shape: Double) {
        self.mean = mean.isFinite ? min(max(1e-9, mean), 1e7) : 1e-9
        self.shape = shape.isFinite ? min(max(1e-3, shape), 1e6) : 1e6
    }

    /// ln P(X ≥ x), not below −700.
    func logUpperTail(_ x: Double) -> Double {
        let least = Self.whole(x)
        guard least > 0 else { return 0 }
        return log(max(Self.least, incompleteBeta(mean / (shape + mean), least, shape)))
    }

    /// ln P(X ≤ x), not below −700.
    func logLowerTail(_ x: Double) -> Double {
        log(max(Self.least, incompleteBeta(shape / (shape + mean), shape, Self.whole(x) + 1)))
    }

    /// ln P(X = x).
    func logProbability(_ x: Double) -> Double {
        let count = Self.whole(x)
        return logGamma(count + shape) - logGamma(shape) - logGamma(count + 1)
            + shape * log(shape / (shape + mean)) + count * log(mean / (shape + mean))
    }

    /// A count that could be one: whole, from 0 to ten million.
    private static func whole(_ x: Double) -> Double {
        x.isFinite ? min(max(0, x), 1e7).rounded() : x > 0 ? 1e7 : 0
    }

    private static let least = 1e-304
}

/// The share of a binomial count of `size` with chance `p` that is `x` or more; 1 for x ≤ 0.
func binomialUpperTail(_ x: Int, size: Int, chance p: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x <= size else { return 0 }
    return incompleteBeta(min(max(0, p), 1), Double(x), Double(size - x) + 1)
}

/// ln Γ(x) for x > 0.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// The regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1 and positive a and b: W. J. Lentz's
/// continued fraction (Press et al., Numerical Recipes, 3rd edition, 6.4).
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side of the mean only.
    if x > (a + 1) / (a + b + 2) { return max(0, 1 - incompleteBeta(1 - x, b, a)) }
    let front = a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b) - log(a)
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / away(from: tiny, 1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...incompleteBetaSteps {
        let m = Double(step)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / away(from: tiny, 1 + even * d)
        c = away(from: tiny, 1 + even / c)
        fraction *= c * d
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / away(from: tiny, 1 + odd * d)
        c = away(from: tiny, 1 + odd / c)
        let change = c * d
        fraction *= change
        if abs(change - 1) < 1e-13 { break }
    }
    return min(max(0, exp(front) * fraction), 1)
}

/// Enough for means of ten million; a hundred is the usual need.
private let incompleteBetaSteps = 10_000

private func away(from tiny: Double, _ value: Double) -> Double { abs(value) < tiny ? tiny : value }

/// The standard normal quantile of p in 0.5…0.999: M. Abramowitz, I. Stegun, 26.2.23, error below 4.5e-4.
func normalQuantile(_ p: Double) -> Double {
    let t = (-2 * log(1 - min(max(0.5, p), 0.9999))).squareRoot()
    let above = 2.515517 + t * (0.802853 + t * 0.010328)
    let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return t - above / below
}
