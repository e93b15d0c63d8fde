/// The squared surprises behind a judgement of `OwnPast`, by cause. 36 bytes.
struct Evidence: BitwiseCopyable, Sendable {
    var aboveUsual: Float = 0
    var belowUsual: Float = 0
    var aboveUsualHour: Float = 0
    var belowUsualHour: Float = 0
    var shiftUp: Float = 0
    var shiftDown: Float = 0
    var oftenHigh: Float = 0
    var driftUp: Float = 0
    var driftDown: Float = 0

    var above: Float { aboveUsual + aboveUsualHour + shiftUp + oftenHigh + driftUp }
    var below: Float { belowUsual + belowUsualHour + shiftDown + driftDown }

    var surprise: Double { Double((above + below).squareRoot()) }

    var direction: Score.Direction { above > below ? .above : below > above ? .below : .usual }

    var weights: [(cause: Alarm.Cause, weight: Double)] {
        [
            (.aboveUsual, Double(aboveUsual)), (.belowUsual, Double(belowUsual)),
            (.aboveUsualHour, Double(aboveUsualHour)), (.belowUsualHour, Double(belowUsualHour)),
            (.shiftUp, Double(shiftUp)), (.shiftDown, Double(shiftDown)), (.oftenHigh, Double(oftenHigh)),
            (.driftUp, Double(driftUp)), (.driftDown, Double(driftDown)),
        ]
    }

    /// The cause with the greatest weight.
    var strongest: Alarm.Cause {
        weights.max { $0.weight < $1.weight }.map(\.cause) ?? .none
    }
}
