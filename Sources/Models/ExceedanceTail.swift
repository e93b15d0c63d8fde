import Glibc

/// From which surprise on to speak, so that a device's own ordinary days reach it no more than so many times a year.
///
/// A model's surprise is only as good as the model: where people come in groups, pauses are longer than chance has
/// it. The surprises above a threshold are counted and their mean excess s is learned; beyond it their tail is taken
/// as exponential: J. Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 3,
/// 1975, with shape 0. Level = threshold + s·ln(exceedances a year / false alarms a year). 40 bytes.
struct ExceedanceTail: BitwiseCopyable, Sendable {
    private var over = 0.0
    private var excess = 0.0
    private var years = 0.0
    private let threshold: Double
    /// Exceedances a year to be believed in before any were seen.
    private let prior: Double

    /// Exceedances that the prior weighs.
    private static let weight = 8.0
    /// Years after which an exceedance counts e times less.
    private static let memory = 0.5

    init(above threshold: Double, perYear prior: Double) {
        self.threshold = threshold
        self.prior = prior
    }

    /// How far the tail reaches, in nats; 1 where the model is right. Bounded below, as the past may have been kind.
    private var reach: Double { max(0.7, (excess + Self.weight) / (over + Self.weight)) }

    func level(falseAlarmsPerYear: Double) -> Double {
        let perYear = (over + Self.weight) / (years + Self.weight / prior)
        return threshold + reach * max(0, log(perYear / falseAlarmsPerYear))
    }

    /// Takes the surprise of one pause or period. A real failure does not teach more than an ordinary one.
    mutating func learn(_ surprise: Double) {
        guard surprise > threshold else { return }
        over += 1
        excess += min(surprise - threshold, 4 * reach)
    }

    /// Takes into account that so many seconds were watched.
    mutating func pass(_ seconds: Double) {
        let passed = min(max(0, seconds), 7 * 86_400) / FailurePrior.year
        let kept = exp(-passed / Self.memory)
        over *= kept
        excess *= kept
        years = kept * years + passed
    }
}
