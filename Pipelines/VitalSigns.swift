import Interactions
import Models
import PipelineKit
import Telemetry
import Units

// A message that comes twice is no repeat to be dropped here: two parts of one minute may come in two messages. The
// models take each part of a time once.
let vitalSigns = Pipeline("vital signs", reading: Vitals.self, privacy: .health) {
    Listen(to: "care/+/watch/{watch}/vitals")
    Listen(to: "care/+/watch/{watch}/openmhealth", as: .device("openmhealth/omh", subject: 3))
    Identify(by: \.watch, as: .watch)
    Order(by: \.measuredAt, waiting: .minutes(1))
    Drop("impossible pulse", when: \.hasImpossiblePulse)
    Drop("impossible blood pressure", when: \.hasImpossiblePressure)
    Drop("impossible steps", when: \.hasImpossibleSteps)

    Derive(Pulse.self, with: Pulses()) {
        Detect("heart rate beyond limits", severity: .warning) {
            Raised(\.news.isBeyondLimits, until: \.news.isWithinLimits, why: \.why, in: .perMinute)
        } react: {
            OpenCase(in: .care) { $0.title }
            Text(.relative, at: .anyHour) { $0.alarm }
            Text(.caregiver, at: .anyHour) { $0.alarm }
            Text(.relative, when: .cleared) { $0.allClear }
            Text(.caregiver, when: .cleared) { $0.allClear }
            Watch(french: "Pouls hors limites", english: "Pulse beyond limits")
        }

        Detect("unusual heart rate", severity: .advice, among: .consenting(to: .activityWatch)) {
            Raised(\.news.isUnusual, until: \.news.isUsual, why: \.why, in: .perMinute)
        } react: {
            // At any time of the night, and it can wait: a text to nobody.
            OpenCase(in: .care) { $0.title }
        }
    }

    Derive(BloodPressure.self, with: BloodPressures()) {
        Detect("blood pressure beyond limits", severity: .warning) {
            Raised(\.news.isBeyondLimits, until: \.news.isWithinLimits, why: \.why, in: .millimetresOfMercury)
        } react: {
            OpenCase(in: .care) { $0.title }
            Text(.relative, at: .anyHour) { $0.alarm }
            Text(.caregiver, at: .anyHour) { $0.alarm }
            Text(.relative, when: .cleared) { $0.allClear }
            Text(.caregiver, when: .cleared) { $0.allClear }
            Watch(french: "Tension hors limites", english: "Blood pressure beyond limits")
        }

        Detect("unusual blood pressure", severity: .advice, among: .consenting(to: .activityWatch)) {
            Raised(\.news.isUnusual, until: \.news.isUsual, why: \.why, in: .millimetresOfMercury)
        } react: {
            OpenCase(in: .care) { $0.title }
            Text(.caregiver) { $0.advice }
            Watch(french: "Tension inhabituelle", english: "Unusual blood pressure")
        }
    }

    // A day is judged when the next one begins, at midnight: for the team in the morning, a text to nobody.
    Detect("walks less", severity: .advice, among: .consenting(to: .activityWatch)) {
        Unusual(\.steps, to: .dailySteps())
    } react: {
        OpenCase(in: .care) {
            French("\($0.name) : \($0.why.french) pas par jour depuis \($0.since)")
            English("\($0.name): \($0.why.english) steps a day since \($0.since)")
        }
    }

    Detect("watch silent", severity: .advice) {
        Silent(for: .days(1))
    } react: {
        OpenCase(in: .care) {
            French("Montre de \($0.name) : plus de signal depuis \($0.since)")
            English("Watch of \($0.name): no signal since \($0.since)")
        }
    }
}
