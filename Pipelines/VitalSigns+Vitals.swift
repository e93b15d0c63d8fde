import PipelineKit
import Telemetry
import Units

/// What a watch and the cuff that belongs to it send, in words of their own or as data points of Open mHealth: of what
/// they measure, whatever they have just then.
struct Vitals: Reading {
    var watch = Name()
    var measuredAt = Moment()
    /// Not a number where it is not in the message; zero where the watch found none.
    var heartRate = Frequency(base: .nan)
    var systolic = Pressure(base: .nan)
    var diastolic = Pressure(base: .nan)
    /// Since the message before.
    var steps = Count(base: .nan)
    /// Taken as true of a watch that does not tell.
    var isResting = true

    static var fields: [Field<Self>] {
        Field("watch", \.watch)
        Field("ts", \.measuredAt)
        Field("at", \.measuredAt)
        Field("heartRate", \.heartRate, in: .perMinute, missing: .keepsInitialValue)
        Field("systolic", \.systolic, in: .millimetresOfMercury, missing: .keepsInitialValue)
        Field("diastolic", \.diastolic, in: .millimetresOfMercury, missing: .keepsInitialValue)
        Field(
            "bloodPressureSystolic",
            \.systolic,
            in: .millimetresOfMercury,
            missing: .keepsInitialValue
        )
        Field(
            "bloodPressureDiastolic",
            \.diastolic,
            in: .millimetresOfMercury,
            missing: .keepsInitialValue
        )
        Field("steps", \.steps, in: .pieces, missing: .keepsInitialValue)
        Field("resting", \.isResting, missing: .keepsInitialValue)
    }
}

extension Vitals {
    /// While somebody walks or climbs stairs a quick pulse says nothing.
    var hasHeartRateAtRest: Bool { isResting && heartRate > .zero }
    var hasBloodPressure: Bool { systolic > .zero || diastolic > .zero }
    var hasImpossiblePulse: Bool {
        heartRate > .perMinute(250) || (heartRate > .zero && heartRate < .perMinute(20))
    }
    var hasImpossiblePressure: Bool {
        systolic < diastolic || systolic > .millimetresOfMercury(300) || diastolic < .zero
    }
    var hasImpossibleSteps: Bool { steps < .zero }
}
