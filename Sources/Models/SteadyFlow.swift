import Glibc

/// How much more the flow of a run without a still block looks like a leak than like people: blocks in which this home
/// mostly uses nothing, and now always the same small amount.
///
/// The floor is the least amount of a block of the run. A block at the floor (within one step of the meter or a tenth)
/// adds ln(p / ((1 − p)·q)), with p the share of days on which this block is still and q the share of this home's
/// blocks with use whose amount lies as close to the floor: the log-likelihood ratio of a leak with people's use on
/// top against people's use alone, summed up as a CUSUM (E. S. Page, Biometrika 41, 1954). A block above the floor
/// says nothing; one below it is the new floor, and the sum begins with it; a still block ends it. 96 bytes.
struct SteadyFlow: BitwiseCopyable, Sendable {
    /// How often amounts of so many steps are used.
    private var amounts = LogHistogram(prior: 1)
    /// The evidence so far, in nats.
    private(set) var evidence: Float = 0
    /// How far past runs of this home went; the limit stays above it.
    private var record: Float = 0
    /// The least amount of the run in steps of the meter; 0 outside a run.
    private var floor: Float = 0
    /// Blocks at the floor.
    private var count: Float = 0
    private(set) var since = 0.0
    private let least: Float
    private let step: Float

    private static let fewest: Float = 4
    /// Blocks with use after which amounts are forgotten.
    private static let memory: Float = 2000
    /// No share is known better than this.
    private static let leastShare: Float = 0.01
    private static let still: ClosedRange<Float> = 0.02...0.98

    /// - Parameters:
    ///   - least: the evidence in nats below which no run is an alarm.
    ///   - step: units of one step of the meter.
    init(least: Double, step: Double) {
        self.least = Float(least)
        self.step = Float(step)
    }

    var limit: Float { max(least, 1.3 * record) }

    func isAlarming(beyond factor: Float) -> Bool {
        evidence >= factor * limit && count >= Self.fewest
    }

    /// The least amount of a block of the run, in units; 0 outside a run.
    var leastAmount: Float { floor * step }

    /// A still block, or so much time of which nothing is known that nobody can say.
    mutating func end(learning: Bool, hours: Float) {
        record *= 1 - 0.0005 * min(hours, 24)
        // Only now: a record that grows with the run would always stay above it.
        let reached = min(evidence, 4 * least)
        if learning, reached > record { record += 0.5 * (reached - record) }
        evidence = 0
        floor = 0
        count = 0
    }

    /// A block that begins at `start`, in which `amount` units were used, more than nothing.
    mutating func take(_ amount: Float, stillness: Float, start: Double, isLearning: Bool) {
        let steps = max(1, (min(amount, 1e6) / step).rounded())
        if isLearning { amounts.learn(steps, memory: Self.memory) }
        if floor == 0 || steps < floor - reach {
            floor = steps
            evidence = 0
            count = 0
        } else {
            floor = min(floor, steps)
        }
        guard steps <= floor + reach else { return }
        if evidence == 0 { since = start }
        let still = min(max(stillness, Self.still.lowerBound), Self.still.upperBound)
        let usual = amounts.share(from: floor - reach - 0.5, to: floor + reach + 0.5)
        let ratio = still / ((1 - still) * max(Self.leastShare, usual))
        evidence = min(1e4, max(0, evidence + log(ratio)))
        count = min(1e6, count + 1)
    }

    /// How far from the floor still is at the floor.
    private var reach: Float { max(1, 0.1 * floor) }
}
