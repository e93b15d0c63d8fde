/// Slow wear by direction of travel: one baseline for rides up, one for rides down, since a motor draws and a cabin
/// shakes differently each way. For the current or the vibration (root mean square) of a ride.
///
/// Drift in both directions is the rails, the ropes or the motor; drift in one of them the brake or the balance of
/// the counterweight: the explanation shares it out.
///
/// - Works badly: as `SlowDrift`, and where the load of rides changes for months (a floor is let anew).
/// - Input: one value a ride, with its direction; through `learn(_:at:)` with the sign as the direction, positive
///   for up. Zero is not learned.
/// - Formula: `SlowDrift` of ln x each way; alarmed while either is.
/// - Causes: `driftUpwards`, `driftDownwards` (the way that was told first); `seen`, `usual` and `limit` as
///   `SlowDrift` has them. The score is the larger drift in standard deviations.
/// - Warm-up: `SlowDrift`'s, each direction for itself. State: 656 bytes. Cost: about 55 ns.
///
/// ```swift
/// var current = DirectionalDrift()
/// for hour in 0..<(24 * 40) {
///     let wear = hour < 24 * 25 ? 1 : 1 + 0.01 * Double(hour / 24 - 24)      // upwards, from day 25
///     let noise = 0.2 * Double(hour * 7 % 5 - 2)
///     current.learn(14 * wear + noise, direction: .up, at: Double(hour) * 3600)
///     current.learn(9 + noise, direction: .down, at: Double(hour) * 3600 + 60)
/// }
/// current.alarm.cause                 // driftUpwards
/// current.explanation.reasons[0]      // driftUpwards, 90 % or more
/// ```
public struct DirectionalDrift: Model, Detector {
    public static let version: UInt16 = 1

    private var up: SlowDrift
    private var down: SlowDrift
    public private(set) var alarm = Alarm.quiet

    /// - Parameter drift: the model of each direction, as it is before it has learned anything.
    public init(_ drift: SlowDrift = SlowDrift()) {
        up = drift
        down = drift
    }

    public var isWarm: Bool { up.isWarm || down.isWarm }

    public var explanation: Explanation {
        let told = alarm.cause == .driftDownwards ? down : up
        let band = told.explanation
        return Explanation(
            weights: alarm.isRaised ? [(.driftUpwards, up.evidence), (.driftDownwards, down.evidence)] : [],
            seen: alarm.seen,
            usual: alarm.usual,
            low: band.low,
            high: band.high,
            past: told.past
        )
    }

    public func score(_ x: Double, at t: Double) -> Score {
        let score = x < 0 ? down.score(-x, at: t) : up.score(x, at: t)
        return Score(
            surprise: max(up.evidence, down.evidence),
            usual: score.usual,
            direction: score.direction,
            isWarm: isWarm
        )
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        learn(abs(x), direction: x < 0 ? .down : .up, at: t)
    }

    @discardableResult
    public mutating func learn(_ x: Double, direction: RideDirection, at t: Double) -> Bool {
        let wasLearned = direction == .up ? up.learn(x, at: t) : down.learn(x, at: t)
        guard wasLearned else { return false }
        if !up.alarm.isRaised, !down.alarm.isRaised {
            alarm = .quiet
        } else if !alarm.isRaised {
            raise()
        }
        return true
    }

    private mutating func raise() {
        let isUp = up.alarm.isRaised && (!down.alarm.isRaised || up.alarm.raisedAt <= down.alarm.raisedAt)
        let told = isUp ? up.alarm : down.alarm
        alarm = Alarm(
            since: told.since,
            raisedAt: told.raisedAt,
            seen: told.seen,
            usual: told.usual,
            limit: told.limit,
            cause: isUp ? .driftUpwards : .driftDownwards
        )
    }
}
