import Models
import PipelineKit
import Units

// From what was measured to what is new about a person: beyond the limits of the team, or outside of the own range.

// Limits of urgency in adults: of the pulse and of a low systolic pressure those of the early warning score NEWS2 (Royal
// College of Physicians, 2017), of high pressures those of hypertension of grade 3 (ESH, 2023); of a low diastolic one
// there is none. A doctor may set others.
private let pulseLimits = 40.0...130
private let systolicLimits = 90.0...180
private let diastolicLimits = 0.0...110

/// What a model says now, and what it said before.
struct VitalNews {
    enum Level: UInt8 { case usual, unusual, beyondLimits }

    let level: Level
    let before: Level

    var isBeyondLimits: Bool { level == .beyondLimits && before != .beyondLimits }
    var isWithinLimits: Bool { level != .beyondLimits }
    var isUnusual: Bool { level == .unusual && before == .usual }
    var isUsual: Bool { level == .usual }
}

extension VitalSign {
    fileprivate var level: VitalNews.Level {
        switch alarm.cause {
        case .none: .usual
        case .beyondLimit: .beyondLimits
        default: .unusual
        }
    }

    /// The person's median; zero while too little is known.
    fileprivate func usual<Of>(_ dimension: Of.Type) -> Quantity<Of> {
        Quantity(base: isWarm ? score(0, at: 0).usual : 0)
    }
}

extension Moment {
    fileprivate var inSeconds: Double { Double(microseconds) / 1e6 }

    /// Since when an alarm stands.
    fileprivate init(since alarm: Alarm) { self.init(microseconds: Int64(alarm.since * 1e6)) }
}

/// A pulse at rest.
struct Pulse {
    let rate: Frequency
    let usual: Frequency
    let news: VitalNews
    /// Since when it is as it is, where that is unusual.
    let began: Moment
    let why: Explanation
}

struct Pulses: Transformer {
    private var model = VitalSign.heartRate(limits: pulseLimits)

    mutating func step(_ vitals: Vitals) -> Pulse? {
        let before = model.level
        guard vitals.hasHeartRateAtRest,
            model.learn(vitals.heartRate.base, at: vitals.measuredAt.inSeconds)
        else { return nil }
        return Pulse(
            rate: vitals.heartRate,
            usual: model.usual(FrequencyDimension.self),
            news: VitalNews(level: model.level, before: before),
            began: Moment(since: model.alarm),
            why: model.explanation
        )
    }
}

/// A blood pressure, of which one number may be missing.
struct BloodPressure {
    let systolic: Pressure
    let diastolic: Pressure
    let usualSystolic: Pressure
    let usualDiastolic: Pressure
    let news: VitalNews
    let why: Explanation
}

/// Both numbers have their own range; the one that is further out speaks for both.
struct BloodPressures: Transformer {
    private var systolic = VitalSign.bloodPressure(limits: systolicLimits)
    private var diastolic = VitalSign.bloodPressure(limits: diastolicLimits)

    private var leading: VitalSign {
        diastolic.level.rawValue > systolic.level.rawValue ? diastolic : systolic
    }

    mutating func step(_ vitals: Vitals) -> BloodPressure? {
        let before = leading.level
        guard vitals.hasBloodPressure else { return nil }
        let isNewSystolic = systolic.learn(vitals.systolic.base, at: vitals.measuredAt.inSeconds)
        let isNewDiastolic = diastolic.learn(vitals.diastolic.base, at: vitals.measuredAt.inSeconds)
        guard isNewSystolic || isNewDiastolic else { return nil }
        return BloodPressure(
            systolic: vitals.systolic,
            diastolic: vitals.diastolic,
            usualSystolic: systolic.usual(PressureDimension.self),
            usualDiastolic: diastolic.usual(PressureDimension.self),
            news: VitalNews(level: leading.level, before: before),
            why: leading.explanation
        )
    }
}
