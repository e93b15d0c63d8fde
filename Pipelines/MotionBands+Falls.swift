import Models
import PipelineKit
import Telemetry
import Units

// From samples to what happened to the person.

/// A fall, and what became of it.
struct MotionFall {
    var course = Course.fell
    var at = Moment()
    var impact = Acceleration.zero
    var why: Explanation

    enum Course: UInt8 { case fell, liesStill, gotUp }
}

extension MotionFall {
    /// Told again when nobody moves any more: then nothing is to be waited for.
    var isFall: Bool { course != .gotUp }
    var gotUp: Bool { course == .gotUp }
}

/// Looks at every sample of a block. What counts as a fall is another thing at the wrist than at the waist.
struct MotionFalls: Transformer {
    private var model = FallDetector(.waist)
    private var position = FallDetector.Position.waist
    /// When the fall told last was judged, and what was said of it since.
    private var toldAt = 0.0
    private var told = FallConfirmation.State.none

    mutating func step(_ block: MotionBlock) -> MotionFall? {
        if position != block.position.onBody {
            position = block.position.onBody
            model = FallDetector(position)
        }
        var news: MotionFall.Course?
        let start = Double(block.startedAt.microseconds) / 1e6
        for index in 0..<block.samples.count {
            let sample = block.samples[index]
            if index < block.turning.count {
                let turning = block.turning[index]
                model.learnTurning(
                    x: Double(turning.x) / 10,
                    y: Double(turning.y) / 10,
                    z: Double(turning.z) / 10
                )
            }
            model.learn(
                x: Double(sample.x),
                y: Double(sample.y),
                z: Double(sample.z),
                at: start + Double(index) / Double(block.rate)
            )
            news = self.news ?? news
        }
        guard let news else { return nil }
        let at = Moment(microseconds: Int64(model.alarm.since * 1e6))
        return MotionFall(course: news, at: at, impact: .g(model.alarm.seen), why: model.explanation)
    }

    /// What is new since it was asked for last.
    private var news: MotionFall.Course? {
        mutating get {
            if model.alarm.isRaised, model.alarm.raisedAt != toldAt {
                (toldAt, told) = (model.alarm.raisedAt, .possible)
                return .fell
            }
            let state = model.confirmation.state
            guard toldAt != 0, state != told else { return nil }
            told = state
            switch state {
            case .confirmed: return .liesStill
            case .recovered: return .gotUp
            case .none, .possible: return nil
            }
        }
    }
}

extension MotionBlock.Position {
    fileprivate var onBody: FallDetector.Position {
        switch self {
        case .waist: .waist
        case .chest: .chest
        case .pocket: .pocket
        case .wrist: .wrist
        }
    }
}
