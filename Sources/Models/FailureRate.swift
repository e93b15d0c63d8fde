import Glibc

/// How often a machine fails, told sensibly from the first day on: its own count, drawn towards the fleet's as long
/// as it was watched for a short time only. For ranking machines and for the mean time between failures.
///
/// The score is how surprising so many failures at once are, −ln P(so many or more) in nats.
///
/// - Works badly: as a forecast across a repair that helped (give a `memory`, or start it anew).
/// - Input: failures since the previous reading, 0 included; two readings more than 30 days apart say nothing of
///   the time between them, nor does time that is skipped.
/// - Formula: gamma–Poisson: rate = (k + n) / (k/m + T), with k and m from `FailurePrior`; n and T both fade with
///   e^(−t/memory). A count to come is negative binomial with shape k + n. The range is the gamma's quantiles
///   after E. B. Wilson and M. M. Hilferty (PNAS 17, 1931).
/// - Figures: on the same elevators as `OutageClusters`, of the second half of the time the first half foretold each
///   elevator's count with a mean ln likelihood of −2.50, with a memory of 30 days −2.29, and by its own raw rate
///   −3.31; the tenth that was ranked worst had 26.5, 28.0 and 25.9 % of the failures (the true worst has 44 %).
/// - Warm-up: none, that is what the prior is for; warm with the second reading. State: 56 bytes. Cost: about
///   200 ns where every second reading has failures.
///
/// ```swift
/// var lift = FailureRate(prior: FailurePrior(perYear: 10, shape: 0.5))
/// for day in 0...365 { lift.learn(day % 73 == 1 ? 1 : 0, at: Double(day) * 86_400) }
/// lift.perYear                                     // 5.2: five in a year, drawn towards ten
/// lift.meanTimeBetweenFailures / 86_400            // 70 days
/// ```
public struct FailureRate: Model {
    public static let version: UInt16 = 1

    private var count = 0.0
    private var years = 0.0
    private var last = 0.0
    private let mean: Double
    private let shape: Double
    private let memory: Double
    private var readings: Int64 = 0

    private static let forEver = 1e12
    private static let longestGap = 30 * 86_400.0

    /// - Parameter memory: seconds after which a failure counts e times less; nil to never forget.
    public init(prior: FailurePrior, memory: Double? = nil) {
        mean = prior.perYear
        shape = prior.shape
        let seconds = memory ?? Self.forEver
        self.memory = seconds.isFinite ? min(max(86_400, seconds), Self.forEver) : Self.forEver
    }

    public var isWarm: Bool { readings >= 2 }

    /// Failures a year to be expected.
    public var perYear: Double { (shape + count) / (shape / mean + years) }

    /// In seconds.
    public var meanTimeBetweenFailures: Double { FailurePrior.year / perYear }

    /// Failures counted so far, older ones less.
    public var failures: Double { count }

    /// The failures a year within which the true rate lies with the chance `share`, 0.5 to 0.999.
    public func range(holding share: Double = 0.9) -> (low: Double, high: Double) {
        let inside = share.isFinite ? min(max(0.5, share), 0.999) : 0.9
        let z = normalQuantile((1 + inside) / 2)
        return (quantile(-z), quantile(z))
    }

    private func quantile(_ z: Double) -> Double {
        let a = shape + count
        let root = 1 - 1 / (9 * a) + z * (1 / (9 * a)).squareRoot()
        return max(0, a * root * root * root / (shape / mean + years))
    }

    /// The negative binomial count of the next `seconds`.
    func forecast(_ seconds: Double) -> NegativeBinomial {
        NegativeBinomial(mean: perYear * seconds / FailurePrior.year, shape: shape + count)
    }

    /// ln P(`failures` within the next `seconds`): what the forecast is judged by.
    public func logLikelihood(of failures: Double, within seconds: Double) -> Double {
        forecast(seconds).logProbability(failures)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let forecast = forecast(readings > 0 ? known(until: t) : 0)
        let surprise = x.isFinite && x > 0 && isWarm ? -forecast.logAtLeast(x) : 0
        let direction: Score.Direction = x > forecast.mean ? .above : .usual
        return Score(surprise: surprise, usual: forecast.mean, direction: direction, isWarm: isWarm)
    }

    /// Takes `x` failures since the previous reading. The first reading only starts the time.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, x >= 0, t.isMoment else { return false }
        if readings == 0 || t.isClockSetBack(from: last) {
            readings = max(1, readings)
            last = t
            return true
        }
        guard t > last else { return false }
        let seconds = known(until: t)
        fade(until: t)
        readings = min(readings + 1, 1 << 40)
        years += seconds / FailurePrior.year
        count = min(count + x, 1e9)
        return true
    }

    /// Nothing is known of the time until `t`: neither failures nor that there were none.
    public mutating func skip(until t: Double) {
        guard t.isMoment, readings > 0, t > last else { return }
        fade(until: t)
    }

    private mutating func fade(until t: Double) {
        let kept = memory < Self.forEver ? exp(-min(t - last, 1e9) / memory) : 1
        years *= kept
        count *= kept
        last = t
    }

    private func known(until t: Double) -> Double {
        let seconds = t.isMoment ? t - last : 0
        return seconds > 0 && seconds <= Self.longestGap ? seconds : 0
    }
}
