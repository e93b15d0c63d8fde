import Interactions
import Models
import PipelineKit
import Telemetry
import Units

/// A second or two of acceleration, as a band at the wrist or a belt at the waist sends it.
struct MotionBlock: Reading {
    var band = Name()
    var position = Position.wrist
    var startedAt = Moment()
    /// Samples in a second.
    var rate = 50
    var samples = Samples()
    /// Of the same times, where the band has a gyroscope.
    var turning = Samples()

    enum Position: String, Word { case waist, chest, pocket, wrist }

    static var fields: [Field<Self>] {
        Field("band", \.band)
        Field("position", \.position)
        Field("ts", \.startedAt)
        Field("rate", \.rate, missing: .keepsInitialValue)
        Field("samples", \.samples, in: .g)
        Field("gyro", \.turning, in: .degreesPerSecond, missing: .keepsInitialValue)
    }
}

extension MotionBlock {
    var hasWrongRate: Bool { rate < 20 || rate > 200 }
    var isEmpty: Bool { samples.count == 0 }
}

let motionBands = Pipeline("motion bands", reading: MotionBlock.self, privacy: .health) {
    Listen(to: "care/+/band/{band}/{position}/samples")
    Identify(by: \.band, as: .band)
    Order(by: \.startedAt, waiting: .seconds(2))
    Drop("no samples", when: \.isEmpty)
    Drop("impossible rate", when: \.hasWrongRate)

    Derive(MotionFall.self, with: MotionFalls()) {
        Detect("fall", severity: .critical) {
            Raised(\.isFall, until: \.gotUp, why: \.why)
        } react: {
            Note(in: .care, when: .cleared) {
                French("\($0.name) : chute probable à \($0.since), s'est relevé à \($0.at)")
                English("\($0.name): probable fall at \($0.since), got up again at \($0.at)")
            }
            Ask(.wearer, waiting: .minutes(1)) { $0.areYouWell }
            OpenCase(in: .care) {
                French("\($0.name) : chute possible à \($0.since), choc de \($0.reading.impact)")
                English("\($0.name): possible fall at \($0.since), impact of \($0.reading.impact)")
            }
            Escalate(.fall) {
                $0.alert
            } lastResort: {
                $0.alertLastResort
            }
            Watch(french: "Alerte en cours", english: "Alert under way")
        }
    }

    Detect("band silent", severity: .advice) {
        Silent(for: .days(1))
    } react: {
        OpenCase(in: .care) {
            French("Capteur de \($0.name) : plus de signal depuis \($0.since)")
            English("Band of \($0.name): no signal since \($0.since)")
        }
    }
}
