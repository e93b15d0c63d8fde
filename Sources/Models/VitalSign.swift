/// A number of a person's body (pulse, blood pressure, oxygen, temperature) against hard limits given by the
/// caller, and against the person's own range. `heartRate` and `bloodPressure` are made for those.
///
/// Causes: `beyondLimit` with `limit` the one that was crossed; `aboveUsual` and `belowUsual` with `limit`
/// the border of the own range; `seen` the value, `usual` the person's median, all in the unit of the input.
/// A hard limit takes the place of the softer alarm. It ends when values are inside again for as long as it
/// took to raise it. The score is the distance from the median in robust standard deviations of that side.
///
/// - Works badly: with a pulse that nobody separates from exertion: a fever that is no faster than the usual
///   walk is not told (give it values at rest where the band knows them). A sensor that slips reads low for
///   minutes. It is no medical device.
/// - Formula: median and a median deviation for each side (`OwnRange`), times 1.4826; outside the range
///   beyond `sigmas` of them; all must hold for `holding` seconds and `readings` readings in a row without a
///   gap; and their mean must be 1.2 times further out than this person's own record of such spells, which is
///   set when a spell is over and fades over 60 days. Nothing is learned while alarmed, until it has lasted
///   14 days: then it is the new usual.
/// - Limits: none are built in. For orientation the bands of highest urgency of NEWS2 (Royal College of
///   Physicians, 2017): pulse ≤ 40 and ≥ 131 a minute, systolic pressure ≤ 90 and ≥ 220 mmHg, oxygen ≤ 91 %,
///   temperature ≤ 35.0 °C.
/// - Figures: simulated (benchmark `wearables`): blood pressure 0.15 false alarms a year, 30 mmHg more told
///   at the second measurement; a pulse with three walks a day 11 false alarms a year, 115 at rest told after
///   10 minutes (median).
/// - Warm-up: a fifth of the memory, at least 20 readings; hard limits count from the first.
/// - State: 264 bytes. Cost: about 50 ns.
///
/// ```swift
/// var pulse = VitalSign.heartRate(limits: 40...130)
/// for minute in 0..<5000 { pulse.learn(62 + Double(minute * 7 % 11), at: Double(minute) * 60) }
/// for minute in 5000..<5015 { pulse.learn(104, at: Double(minute) * 60) }
/// pulse.alarm.cause          // aboveUsual: not beyond 130, but never so for this person
/// pulse.alarm.usual          // about 67
/// ```
public struct VitalSign: Model, Detector {
    public static let version: UInt16 = 1

    private var range: OwnRange
    private var outside = LastingState()
    private var beyond = LastingState()
    private var inside = LastingState()
    /// The mean of the values since they are outside.
    private var level = 0.0
    /// How far from the median such spells usually are, to each side: sport is no illness.
    private var upward = 0.0
    private var downward = 0.0
    private var past = SeenTime()
    public private(set) var alarm = Alarm.quiet
    private let low: Double
    private let high: Double
    private let sigmas: Double
    private let holding: Double
    private let readings: Double
    private let warmUp: Double

    private static let adopted = 14 * 86_400.0
    /// Seconds over which the record of spells outside fades.
    private static let memory = 60 * 86_400.0
    private static let overRecord = 1.2

    /// - Parameters:
    ///   - limits: hard limits; nil: none.
    ///   - negligible: differences that mean nothing, in the unit of the input: the least deviation assumed.
    ///   - memory: how many readings the own range is of.
    ///   - sigmas: robust standard deviations from which on a value is outside the own range.
    ///   - holding: seconds for which values must be outside.
    ///   - readings: how many in a row must be outside, at least 1.
    public init(
        limits: ClosedRange<Double>? = nil,
        negligible: Double,
        memory: Int,
        sigmas: Double = 4,
        holding: Double,
        readings: Int
    ) {
        range = OwnRange(memory: memory, least: negligible)
        low = (limits?.lowerBound ?? -.infinity).bounded
        high = (limits?.upperBound ?? .infinity).bounded
        self.sigmas = max(1, min(sigmas, 100))
        self.holding = max(0, min(holding, 1e9))
        self.readings = Double(max(1, min(readings, 1000)))
        warmUp = Double(max(20, min(memory, 1_000_000) / 5))
    }

    /// A pulse read every few seconds to minutes: outside for 10 minutes.
    public static func heartRate(limits: ClosedRange<Double>? = nil) -> VitalSign {
        VitalSign(limits: limits, negligible: 3, memory: 5000, holding: 600, readings: 3)
    }

    /// One number of a blood pressure in mmHg, taken once or twice a day: outside at two measurements in a
    /// row.
    public static func bloodPressure(limits: ClosedRange<Double>? = nil) -> VitalSign {
        VitalSign(limits: limits, negligible: 4, memory: 60, sigmas: 3.5, holding: 0, readings: 2)
    }

    public var isWarm: Bool { range.count >= warmUp }

    public var explanation: Explanation {
        let band = ownBand(within: sigmas)
        return Explanation(
            alarm,
            low: max(low, isWarm ? band.low : low),
            high: min(high, isWarm ? band.high : high),
            past: past.seconds,
            // A median of a few values is no usual.
            in: isWarm ? .input : .surprise
        )
    }

    private func ownBand(within sigmas: Double) -> Band {
        Band(low: range.median - sigmas * range.below, high: range.median + sigmas * range.above)
    }

    public func score(_ x: Double, at t: Double) -> Score {
        Score(sigmas: x.isFinite ? range.sigmas(of: x) : 0, usual: range.median, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? { ownBand(within: limit) }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment, let interval = past.interval(to: t) else { return false }
        past.advance(to: t)
        // Between two single measurements there may be two days; a stream must not stop for long.
        let gap = holding > 0 ? max(900, holding) : 2 * 86_400
        let distance = range.sigmas(of: x)
        let isBeyond = x < low || x > high
        let isOutside = isBeyond || (isWarm && abs(distance) >= sigmas)
        close(isOutside, after: interval)
        beyond.take(isBeyond, at: t, gap: gap)
        outside.take(isOutside, at: t, gap: gap)
        inside.take(!isOutside, at: t, gap: gap)
        level = outside.readings <= 1 ? x.bounded : level + (x.bounded - level) / outside.readings
        decide(x, at: t, isAbove: isBeyond ? x > high : distance > 0)
        if !alarm.isRaised || t - alarm.raisedAt > Self.adopted { range.learn(x) }
        return true
    }

    private mutating func decide(_ x: Double, at t: Double, isAbove: Bool) {
        if alarm.isRaised, inside.hasLasted(holding, readings: readings) { alarm = .quiet }
        if beyond.hasLasted(holding, readings: readings) {
            guard alarm.cause != .beyondLimit else { return }
            raise(.beyondLimit, x, since: beyond.since, at: t, limit: isAbove ? high : low)
        } else if !alarm.isRaised, isWarm, outside.hasLasted(holding, readings: readings), isUnheardOf {
            let band = ownBand(within: sigmas)
            raise(
                isAbove ? .aboveUsual : .belowUsual,
                x,
                since: outside.since,
                at: t,
                limit: isAbove ? band.high : band.low
            )
        }
    }

    /// Whether the present spell outside is further out than such spells are with this person.
    private var isUnheardOf: Bool {
        let distance = level - range.median
        return abs(distance) > Self.overRecord * (distance > 0 ? upward : downward)
    }

    /// Learns from a spell outside when it is over: while it lasts that would only hide it.
    private mutating func close(_ isOutside: Bool, after interval: Double) {
        let fade = min(1, interval / Self.memory)
        upward -= fade * upward
        downward -= fade * downward
        guard !isOutside, outside.hasLasted(holding, readings: readings) else { return }
        let distance = min(level - range.median, 100 * range.above)
        upward = max(upward, distance)
        downward = max(downward, min(-distance, 100 * range.below))
    }

    private mutating func raise(
        _ cause: Alarm.Cause,
        _ x: Double,
        since: Double,
        at t: Double,
        limit: Double
    ) {
        alarm = Alarm(
            since: since,
            raisedAt: t,
            seen: x.bounded,
            usual: range.median,
            limit: limit,
            cause: cause
        )
    }
}
