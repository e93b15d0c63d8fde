/// A machine that fails for the third time in a week: repairs that do not last.
///
/// - Works badly: for a machine that is switched off on purpose every day (each evening counts).
/// - Input: as for `OutageClusters`: 1 out of service, 0 in service, unknown states left out.
/// - Formula: confirmed outages (of `delay` seconds) that began within the last `window` seconds are counted;
///   those that begin less than `apart` seconds after the one before ended are the same failure. Alarmed at
///   `count`; cleared when a whole window has passed without another.
/// - Cause: `repeated`; `seen` the failures within the window, `usual` how many of them a window had before
///   on this machine, `limit` the count. The score is −ln P(so many or more), in nats, of a Poisson variable
///   with this machine's own mean.
/// - Figures: on the same elevators as `OutageClusters`, 0.83 alarms per elevator-year; after 68 % of them it failed
///   again within 7 days.
/// - Warm-up: none; warm with the first reading. State: 192 bytes. Cost: a few nanoseconds to learn,
///   about 300 with its score.
///
/// ```swift
/// var repairs = RepeatedOutages(count: 3, within: 7 * 86_400)
/// for hour in 0..<(24 * 5) { repairs.learn(hour % 48 == 12 || hour % 48 == 13 ? 1 : 0, at: Double(hour) * 3600) }
/// repairs.alarm.cause          // repeated, on the fifth day
/// repairs.alarm.since          // when the first of the three began, hour 12
/// ```
public struct RepeatedOutages: OutageModel {
    public static let version: UInt16 = 1

    /// When the last failures began, newest first.
    private var begins = InlineArray<8, Double>(repeating: -1e12)
    private var spell: OutageSpell
    public private(set) var alarm = Alarm.quiet
    private var lastEnd = -1e12
    private let window: Double
    private let apart: Double
    /// All failures since the machine is watched.
    public private(set) var failures = 0
    private let count: Int64

    /// - Parameters:
    ///   - count: failures from which on to be alarmed, 2 to 8.
    ///   - window: seconds within which they have to begin.
    ///   - delay: seconds out of service that make a failure.
    ///   - apart: seconds in service that make the next outage another failure.
    public init(
        count: Int = 3,
        within window: Double = 7 * 86_400,
        delay: Double = 1800,
        apart: Double = 4 * 3600
    ) {
        self.count = Int64(min(max(2, count), 8))
        self.window = window.isFinite ? min(max(60, window), 1e9) : 7 * 86_400
        self.apart = apart.isFinite ? min(max(0, apart), 1e9) : 0
        spell = OutageSpell(delay: delay)
    }

    public var isWarm: Bool { spell.isKnown }

    public var explanation: Explanation {
        Explanation(alarm, low: 0, high: alarm.limit - 1, past: spell.watched)
    }

    /// How many failures a window usually has, this machine's own mean.
    public var usual: Double { Double(failures) * window / max(spell.watched, window) }

    public func score(_ x: Double, at t: Double) -> Score {
        let seen = t.isMoment ? failures(at: t) : 0
        return Score(
            surprise: seen > 0 ? -NegativeBinomial(mean: usual, shape: 1e6).logAtLeast(Double(seen)) : 0,
            usual: usual,
            direction: seen > 0 ? .above : .usual,
            isWarm: isWarm
        )
    }

    /// - Parameter isSomeoneInside: such an outage counts without delay.
    @discardableResult
    public mutating func learn(isOut: Bool, isSomeoneInside: Bool, at t: Double) -> Bool {
        let before = spell.last
        guard let step = spell.take(isOut: isOut, isCertain: isSomeoneInside, at: t) else { return false }
        if t < before { forget() }
        switch step {
        case .nothing: break
        case .ended: lastEnd = t
        case .confirmed where spell.since - lastEnd >= apart: countFailure(at: t)
        case .confirmed: break
        }
        if alarm.isRaised, !spell.isConfirmed, t - max(begins[0], lastEnd) >= window { alarm = .quiet }
        return true
    }

    /// The clock was set back: what lies in its future has no place in any window.
    private mutating func forget() {
        begins = InlineArray(repeating: -1e12)
        lastEnd = -1e12
        alarm = .quiet
    }

    private func failures(at t: Double) -> Int64 {
        var seen: Int64 = 0
        for index in 0..<8 where t - begins[index] < window { seen += 1 }
        return seen
    }

    private mutating func countFailure(at t: Double) {
        for index in stride(from: 7, to: 0, by: -1) { begins[index] = begins[index - 1] }
        begins[0] = spell.since
        failures = min(failures + 1, 1_000_000)
        let seen = failures(at: t)
        guard !alarm.isRaised, seen >= count else { return }
        // What is told must not be what it is compared with.
        let earlier = Double(max(0, failures - Int(seen))) * window / max(spell.watched - window, window)
        alarm = Alarm(
            since: begins[Int(seen) - 1],
            raisedAt: t,
            seen: Double(seen),
            usual: earlier,
            limit: Double(count),
            cause: .repeated
        )
    }
}
