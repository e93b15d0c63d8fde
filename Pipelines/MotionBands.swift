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

    enum Position: String, Word { case waist, wrist }

    static var fields: [Field<Self>] {
        Field("band", \.band)
        Field("position", \.position)
        Field("ts", \.startedAt)
        Field("rate", \.rate, missing: .keepsInitialValue)
        Field("samples", \.samples, in: .g)
    }
}

extension MotionBlock {
    var hasWrongRate: Bool { rate < 20 || rate > 200 }
    var isEmpty: Bool { samples.count == 0 }
}

/// An impact with all that belongs to a fall.
struct MotionFall {
    let at: Moment
    let impact: Acceleration

    var isFall: Bool { true }
}

/// Looks at every sample of a block. What counts as a fall is another thing at the wrist than at the waist.
struct MotionFalls: Transformer {
    private var model = FallDetector(.waist)
    private var isAtWaist = true

    mutating func step(_ block: MotionBlock) -> MotionFall? {
        if isAtWaist != (block.position == .waist) {
            isAtWaist.toggle()
            model = FallDetector(isAtWaist ? .waist : .wrist)
        }
        var fall: MotionFall?
        let start = Double(block.startedAt.microseconds) / 1e6
        for index in 0..<block.samples.count {
            let sample = block.samples[index]
            let wasRaised = model.alarm.isRaised
            model.learn(
                x: Double(sample.x),
                y: Double(sample.y),
                z: Double(sample.z),
                at: start + Double(index) / Double(block.rate)
            )
            if model.alarm.isRaised, !wasRaised {
                let at = Moment(microseconds: Int64(model.alarm.since * 1e6))
                fall = MotionFall(at: at, impact: .g(model.alarm.seen))
            }
        }
        return fall
    }
}

let motionBands = Pipeline("motion bands", reading: MotionBlock.self, privacy: .health) {
    Listen(to: "care/+/band/{band}/{position}/samples")
    Identify(by: \.band, as: .band)
    Order(by: \.startedAt, waiting: .seconds(2))
    Drop("no samples", when: \.isEmpty)
    Drop("impossible rate", when: \.hasWrongRate)

    Derive(MotionFall.self, with: MotionFalls()) {
        Detect("fall", severity: .critical, atMostEvery: .minutes(5)) {
            Happens(\.isFall)
        } react: {
            Ask(.wearer, waiting: .minutes(1)) { $0.areYouWell }
            OpenCase(in: .care) {
                French("\($0.name) : chute possible à \($0.since), choc de \($0.reading.impact)")
                English("\($0.name): possible fall at \($0.since), impact of \($0.reading.impact)")
            }
            Text(.relative) { $0.alert }
            Escalate(to: .caregiver, after: .minutes(3)) { $0.alertUnanswered }
            Escalate(to: .lastResort, after: .minutes(10)) { $0.alertLastResort }
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
