import Glibc

/// Decides which surprises are worth an alarm, so that people are told once and not worn out. A part of `Beyond`
/// and of `OwnPast`; any detector with a surprise can have one.
///
/// - **Limit**: from this surprise on. The alarm stands until the surprise falls below `release` of the limit.
/// - **Refractory time**: after an alarm there is none for a while. If it is still as bad then, it is said again.
///   Without one, an alarm is said once for as long as it stands.
/// - **Escalation**: a surprise so many times that of the last alarm is told at once all the same.
/// - **Habituation**: each alarm raises the limit for the next ones, and this fades: limit × (1 + habituation ×
///   ln(1 + n)), n the alarms of the past, each counted e^(−age/memory). An escalation is not counted.
///
/// Works badly: on events that truly come often and each matter (give it a limit only), and with a refractory time
/// longer than people can wait to hear of a second event.
///
/// Formula: measured on the Numenta Anomaly Benchmark, where it raises each model that was tried: `vigie-models
/// nab-policy` prints by how much.
///
/// State: 56 bytes. Cost: about 5 ns.
///
/// ```swift
/// var policy = AlarmPolicy(limit: 4, refractory: Lapse(samples: 10), memory: Lapse(samples: 100), habituation: 0.5)
/// policy.judge(5, at: 0)       // raised, limit 4
/// policy.judge(5, at: 1)       // stands: still within ten values of the alarm
/// policy.judge(11, at: 2)      // raised: more than twice the 5
/// policy.judge(1, at: 3)       // quiet
/// ```
public struct AlarmPolicy: BitwiseCopyable, Sendable {
    /// What is to be done after a value.
    public enum Verdict: Hashable, Sendable {
        case quiet
        /// Told already, and not over.
        case stands
        /// To be told now, the surprise having reached this limit.
        case raised(limit: Double)
    }

    /// When the last counted alarm was.
    private var raisedAt = 0.0
    /// The surprise from which on to speak, before any habituation.
    let limit: Float
    private let release: Float
    private let habituation: Float
    private let escalation: Float
    private let refractory: Lapse
    private let memory: Lapse
    /// The alarms of the past, faded up to the last of them.
    private var recent: Float = 0
    /// The surprise of the last alarm.
    private var strongest: Float = 0
    /// Values since the last counted alarm.
    private var samples: UInt32 = 0
    private var isStanding: UInt32 = 0

    /// - Parameters:
    ///   - limit: the surprise from which on to speak; above 0.
    ///   - refractory: for how long not to speak again.
    ///   - memory: after how long an alarm counts e times less for habituation.
    ///   - habituation: how much a past alarm raises the limit, 0 to 10.
    ///   - escalation: how many times the last alarm's surprise is told at once, from 1.
    ///   - release: the share of the limit below which an alarm is over, 0 to 1.
    public init(
        limit: Double,
        refractory: Lapse = .none,
        memory: Lapse = .none,
        habituation: Double = 0,
        escalation: Double = 2,
        release: Double = 0.5
    ) {
        self.limit = Float(min(max(1e-6, limit), Score.most))
        self.refractory = refractory
        self.memory = memory
        self.habituation = Float(min(max(0, habituation), 10))
        self.escalation = Float(min(max(1, escalation), Score.most))
        self.release = Float(min(max(0, release), 1))
    }

    /// What was measured to serve most models: silence for 60 values and an hour, that is five hours at five minutes;
    /// habituation that fades in 2000 values and a day, that is a week.
    public static func calm(limit: Double, release: Double = 0.5) -> AlarmPolicy {
        AlarmPolicy(
            limit: limit,
            refractory: Lapse(samples: 60, seconds: 3600),
            memory: Lapse(samples: 2000, seconds: 86_400),
            habituation: 0.3,
            escalation: 2,
            release: release
        )
    }

    /// Takes so many values without any surprise: what `judge(0, at:)` does for each.
    public mutating func pass(_ count: Int) {
        guard count > 0 else { return }
        samples = UInt32(clamping: UInt64(samples) + UInt64(count))
        isStanding = 0
    }

    /// Takes the surprise of a value at a time. Both are numbers; a time before the last one is taken as no time.
    public mutating func judge(_ surprise: Double, at t: Double) -> Verdict {
        if samples < .max { samples += 1 }
        let surprise = Float(surprise)
        guard surprise >= limit else {
            if surprise < release * limit { isStanding = 0 }
            return isStanding == 1 ? .stands : .quiet
        }
        let seconds = Float(max(0, t - raisedAt))
        let isSetBack = t.isClockSetBack(from: raisedAt)
        let past = recent == 0 ? 0 : recent * exp(-memory.share(after: Float(samples), seconds))
        let bar = limit * (1 + habituation * log(1 + past))
        let isSilenced =
            refractory.isNone
            ? isStanding == 1
            : recent > 0 && !isSetBack && refractory.share(after: Float(samples), seconds) < 1
        let isWorse = surprise >= escalation * strongest
        guard surprise >= bar, !isSilenced || isWorse else { return isStanding == 1 ? .stands : .quiet }
        strongest = surprise
        isStanding = 1
        if !isSilenced {
            recent = past + 1
            raisedAt = t
            samples = 0
        }
        return .raised(limit: Double(bar))
    }
}

extension Alarm {
    /// Becomes what a policy decided. While it stands it keeps the time at which it began.
    ///
    /// - Returns: whether it is to be told now.
    mutating func follow(
        _ verdict: AlarmPolicy.Verdict,
        since: Double,
        at t: Double,
        seen: Double,
        usual: Double,
        cause: @autoclosure () -> Cause
    ) -> Bool {
        switch verdict {
        case .quiet: self = .quiet
        case .stands: break
        case .raised(let limit):
            self = Alarm(
                since: isRaised ? self.since : since,
                raisedAt: t,
                seen: seen.bounded,
                usual: usual,
                limit: limit,
                cause: cause()
            )
            return true
        }
        return false
    }
}
