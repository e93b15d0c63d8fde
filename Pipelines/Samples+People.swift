import Interactions
import Models
import PipelineKit
import Units

// What readings about people look like when there is something to tell; see Samples.swift.

extension PendantMessage {
    static var sample: Self {
        var message = Self()
        message.battery = .percent(12)
        return message
    }
}

extension HomeUses {
    static var sample: HomeUse? {
        HomeUse(beganAt: .sample, endedAt: .sample + .hours(1), used: .litres(312), isUsedWhileAway: true)
    }
}

extension MotionFalls {
    static var sample: MotionFall? {
        MotionFall(at: .sample, impact: .g(3.42), why: Explanation(sampleIn: .gravities))
    }
}

extension Pulses {
    static var sample: Pulse? {
        Pulse(
            rate: .perMinute(138),
            usual: .perMinute(71),
            news: VitalNews(level: .beyondLimits, before: .usual),
            began: .sample,
            why: Explanation(sampleIn: .input)
        )
    }
}

extension BloodPressures {
    static var sample: BloodPressure? {
        BloodPressure(
            systolic: .millimetresOfMercury(194),
            diastolic: .millimetresOfMercury(118),
            usualSystolic: .millimetresOfMercury(131),
            usualDiastolic: .millimetresOfMercury(102),
            news: VitalNews(level: .beyondLimits, before: .usual),
            why: Explanation(sampleIn: .input)
        )
    }
}
