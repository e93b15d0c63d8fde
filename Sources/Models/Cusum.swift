/// Notices a small, lasting shift of the level within a few values: adds up what exceeds half the shift to be
/// found. The score is the sum, in standard deviations.
///
/// Causes `shiftUp` and `shiftDown`; `seen` the value that raised it, `usual` the mean before the shift, both
/// in the unit of the input; `limit` in standard deviations. The alarm ends when the values have come back:
/// when the sum is below half of the limit.
///
/// - Works badly: on values that follow one another (a temperature every minute): each wave is a shift. Take
///   their hourly means, or the errors of `HoltWinters`. After a lasting and wanted change it stays alarmed:
///   that is what `PageHinkley` is for.
/// - Formula: E. S. Page, Biometrika 41, 1954: C⁺ = max(0, C⁺ + z − slack), C⁻ = max(0, C⁻ − z − slack) with
///   z = (x − m)/s within ±6, alarmed at C ≥ limit. m and s of `FadingMoments`, which stand still while C >
///   0.3·limit, or the shift would be learned.
/// - Figures: with slack 0.5 and limit 5 and a given normal baseline, a false alarm every 465 values and a
///   shift of one deviation told after 10.4 (D. Montgomery, "Introduction to Statistical Quality Control");
///   the tests reproduce both. With a learned baseline and a limit of 9, at most 8 false alarms in 50 000
///   normal values.
/// - Warm-up: as `FadingMoments`; none with a given baseline.
/// - State: 160 bytes. Cost: about 55 ns.
///
/// ```swift
/// var pressure = Cusum()
/// for i in 0..<300 { pressure.learn(5 + 0.1 * Double(i * 7 % 5 - 2), at: Double(i)) }
/// for i in 300..<320 { pressure.learn(5.2 + 0.1 * Double(i * 7 % 5 - 2), at: Double(i)) }
/// pressure.alarm.cause         // shiftUp
/// pressure.alarm.since         // about 300
/// ```
public struct Cusum: Model, Detector {
    public static let version: UInt16 = 1

    private var baseline: FadingMoments
    private var sums = TwoSidedSum()
    private let givenMean: Double
    /// 0 when the baseline is learned.
    private let givenDeviation: Double
    private let slack: Double
    private let limit: Double
    private var past = SeenTime()
    public private(set) var alarm = Alarm.quiet

    /// - Parameters:
    ///   - slack: what is forgiven at each value, in standard deviations: half of the shift to be found.
    ///   - limit: the sum at which to be alarmed, in standard deviations.
    ///   - memory: how many values the learned baseline is of.
    public init(slack: Double = 0.5, limit: Double = 9, memory: Int = 1000) {
        self.init(mean: 0, deviation: 0, slack: slack, limit: limit, memory: memory)
    }

    /// With a baseline that is known: a set point and a tolerance.
    public init(mean: Double, deviation: Double, slack: Double = 0.5, limit: Double = 5) {
        self.init(mean: mean, deviation: max(1e-9, deviation.bounded), slack: slack, limit: limit, memory: 2)
    }

    private init(mean: Double, deviation: Double, slack: Double, limit: Double, memory: Int) {
        baseline = FadingMoments(memory: memory)
        givenMean = mean.bounded
        givenDeviation = deviation
        self.slack = max(0, min(slack, 10))
        self.limit = max(1, min(limit, 500))
    }

    private var isGiven: Bool { givenDeviation > 0 }
    private var mean: Double { isGiven ? givenMean : baseline.mean }
    private var deviation: Double { isGiven ? givenDeviation : baseline.deviation }

    public var isWarm: Bool { (isGiven && past.hasBegun) || baseline.isWarm }

    public var explanation: Explanation {
        let band = Band(around: alarm.usual, spread: deviation, within: slack)
        return Explanation(alarm, low: band.low, high: band.high, past: past.seconds)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        var next = sums
        if x.isFinite { add(x, at: t, to: &next) }
        return Score(surprise: next.largest, usual: mean, direction: next.direction, isWarm: isWarm)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        past.advance(to: t)
        if isWarm {
            add(x, at: t, to: &sums)
            decide(x, at: t)
        }
        if !isGiven, sums.largest <= 0.3 * limit { baseline.learn(x, at: t) }
        return true
    }

    private func add(_ x: Double, at t: Double, to sums: inout TwoSidedSum) {
        let z = x.bounded.sigmas(from: mean, spread: deviation).clamped(to: 6)
        // No more than a quarter above the limit, so that it ends soon after the shift does.
        sums.add(z, slack: slack, most: 1.25 * limit, at: t)
    }

    private mutating func decide(_ x: Double, at t: Double) {
        if alarm.isRaised {
            if sums.largest < limit / 2 { alarm = .quiet }
        } else if sums.largest >= limit {
            alarm = Alarm(
                since: sums.since,
                raisedAt: t,
                seen: x.bounded,
                usual: mean,
                limit: limit,
                cause: sums.cause
            )
        }
    }
}
