/// How often machines of a kind fail, and how unlike each other they are: what is believed of one machine before
/// it was watched. Made from the counts of a fleet.
///
/// A rate is gamma distributed over the fleet; `shape` is small (0.5) where a few machines have most of the
/// failures, large (above 10) where all are alike. Method of moments, with exposures t: m = Σn/Σt,
/// 1/shape = Σ((n − m·t)² − m·t)/Σ(m·t)².
///
/// ```swift
/// var fleet = FailurePrior.Fleet()
/// for machine in 0..<100 { fleet.add(failures: machine < 10 ? 20 : 1, over: 365.25 * 86_400) }
/// fleet.prior?.perYear        // 2.9
/// fleet.prior?.shape          // about 0.28: ten machines have two thirds of the failures
/// ```
public struct FailurePrior: Hashable, BitwiseCopyable, Sendable {
    /// Failures a year of an ordinary machine.
    public let perYear: Double
    public let shape: Double

    public static let year = 365.25 * 86_400.0

    /// - Parameters:
    ///   - perYear: the mean of the fleet, kept within 0.001…100 000.
    ///   - shape: kept within 0.01…1 000.
    public init(perYear: Double, shape: Double) {
        self.perYear = perYear.isFinite ? min(max(1e-3, perYear), 1e5) : 1
        self.shape = shape.isFinite ? min(max(1e-2, shape), 1e3) : 1
    }

    /// The sums that a prior is made from; 40 bytes for any number of machines.
    public struct Fleet: BitwiseCopyable, Sendable {
        private var failures = 0.0
        private var time = 0.0
        private var failuresSquared = 0.0
        private var failuresByTime = 0.0
        private var timeSquared = 0.0

        public init() {}

        /// Takes one machine into account; counts and times that are none are left out.
        public mutating func add(failures count: Double, over seconds: Double) {
            guard count.isFinite, count >= 0, seconds.isFinite, seconds > 0 else { return }
            let n = min(count, 1e9)
            let years = min(seconds / FailurePrior.year, 1e6)
            failures += n
            time += years
            failuresSquared += n * n
            failuresByTime += n * years
            timeSquared += years * years
        }

        /// Nil before the first failure of any machine.
        public var prior: FailurePrior? {
            guard failures > 0, time > 0 else { return nil }
            let mean = failures / time
            let scatter = failuresSquared - 2 * mean * failuresByTime + mean * mean * timeSquared
            let beyondPoisson = scatter - failures
            let shape =
                beyondPoisson > 0 ? mean * mean * timeSquared / beyondPoisson : .greatestFiniteMagnitude
            return FailurePrior(perYear: mean, shape: shape)
        }
    }
}
