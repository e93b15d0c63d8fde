import Glibc

/// One alarm for one trouble: a machine that is out of service for longer than a delay, told at once when someone
/// is inside, and still the same alarm when it fails again within a day.
///
/// Two in five outages of a lift come back within a day; each of them as an interaction of its own is a
/// telephone that rings for what the technician already knows. `isOut` says whether it runs again in between.
///
/// - Works badly: where the state is asked for more rarely than the delay (it is told with the second reading
///   that says so), and for a machine that is switched off every night (a cluster then never ends).
/// - Input: 1 out of service, 0 in service, at every poll. A state that is not known is not fed: it neither
///   begins nor ends an outage, and 24 hours without a known state start a spell anew.
/// - Formula: confirmed when out for `delay` seconds without a reading between that says otherwise; the cluster
///   ends `merging` seconds after the end of its last confirmed outage.
/// - Causes: `outOfService`, `entrapment`; `seen` the seconds out of service when told, `usual` the length of
///   this machine's outages so far (fading geometric mean, 0 before the first has ended), `limit` the delay.
///   The score is the length of the spell in delays: 1 is an alarm.
/// - Figures: on 2 317 station elevators (Deutsche Bahn, second half of 2018: 913 elevator-years), told after
///   30 minutes and merged within a day, 12.7 alarms per elevator-year; 19.9 without merging, 33.9 without either.
/// - Warm-up: none; warm with the first reading. State: 136 bytes. Cost: about 24 ns.
///
/// ```swift
/// var service = OutageClusters(delay: 1800, merging: 86_400)
/// for minute in 0..<600 { service.learn(minute % 100 > 60 ? 1 : 0, at: Double(minute) * 60) }
/// service.alarm.cause          // outOfService
/// service.alarm.raisedAt       // minute 91
/// service.outages              // 6, in one alarm
/// ```
public struct OutageClusters: OutageModel {
    public static let version: UInt16 = 1

    private var spell: OutageSpell
    public private(set) var alarm = Alarm.quiet
    private var lastEnd = 0.0
    private var usualLog = 0.0
    private let merging: Double
    private let delay: Double
    /// Confirmed outages of the cluster that is on.
    public private(set) var outages = 0
    private var ended: Int64 = 0

    private static let memory = 20.0

    /// - Parameters:
    ///   - delay: seconds out of service from which on it is told.
    ///   - merging: seconds in service after which a further outage is another trouble.
    public init(delay: Double = 1800, merging: Double = 86_400) {
        spell = OutageSpell(delay: delay)
        self.delay = delay.isFinite ? min(max(0, delay), 1e9) : 0
        self.merging = merging.isFinite ? min(max(0, merging), 1e9) : 0
    }

    public var isWarm: Bool { spell.isKnown }

    /// Whether the last known state was out of service.
    public var isOut: Bool { spell.isOut }

    public var explanation: Explanation { Explanation(alarm, low: 0, high: alarm.limit, past: spell.watched) }

    /// How long outages of this machine last, in seconds; 0 before the first has ended.
    public var usualLength: Double { ended > 0 ? exp(usualLog) : 0 }

    public func score(_ x: Double, at t: Double) -> Score {
        let length = x > 0 ? spell.length(at: t) : 0
        return Score(
            surprise: length / max(delay, 1),
            usual: 0,
            direction: x > 0 ? .above : .usual,
            isWarm: isWarm
        )
    }

    /// - Parameter isSomeoneInside: an outage with someone inside is told without delay, and again as
    ///   `entrapment` when it was told already.
    @discardableResult
    public mutating func learn(isOut: Bool, isSomeoneInside: Bool, at t: Double) -> Bool {
        let since = spell.since
        guard let step = spell.take(isOut: isOut, isCertain: isSomeoneInside, at: t) else { return false }
        switch step {
        case .nothing: break
        case .confirmed:
            outages = min(outages + 1, 1_000_000)
            if !alarm.isRaised { raise(.outOfService, at: t) }
        case .ended:
            lastEnd = t
            learnLength(t - since)
        }
        if isOut, isSomeoneInside, alarm.cause != .entrapment { raise(.entrapment, at: t) }
        // A spell that began within the time may still be confirmed, and then belongs to the cluster.
        let quietUntil = isOut ? spell.since : t
        if alarm.isRaised, !spell.isConfirmed, quietUntil - lastEnd >= merging {
            alarm = .quiet
            outages = 0
        }
        return true
    }

    private mutating func learnLength(_ seconds: Double) {
        let y = log(max(1, seconds))
        ended = min(ended + 1, 1_000_000)
        usualLog += max(1 / Double(ended), 1 / Self.memory) * (y - usualLog)
    }

    private mutating func raise(_ cause: Alarm.Cause, at t: Double) {
        alarm = Alarm(
            since: spell.since,
            raisedAt: t,
            seen: t - spell.since,
            usual: usualLength,
            limit: cause == .entrapment ? 0 : delay,
            cause: cause
        )
    }
}
