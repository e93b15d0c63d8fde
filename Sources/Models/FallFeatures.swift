import Glibc

/// One thing that can be said about the seconds around an impact; formulas in `FallFeatures`. All are the same
/// whichever way the sensor is turned.
enum FallFeature: Int, CaseIterable {
    // The impact: how hard, how long, how sharp, in how many blows.
    case peak, swing, jerk, commotion, width, secondPeak, impulse, sharpness, blows
    case fine, middle, coarse, vectorJerk, violence
    // The second before: how light, for how long, how fast downwards.
    case lowest, rise, lightness, drop, lowestMean, down, across, earlyDrop, turnFalling
    // Angles between the mean acceleration of different times, and how much it turned altogether.
    case turn, turnLate, settle, turnNear, turningAround, turningAfter, turningBefore
    // From 0.8 s after the impact to 3.4 s, `Late` from 2.2 s on.
    case unrest, unrestLate, stepsAfter, stillness, mostAfter, leastAfter, energyAfter, deviationLate
    case wanderAfter, wanderLate, calm, fineAfter, secondPeakLate
    // From 3.5 s before the impact to 1.2 s before it.
    case unrestBefore, stepsBefore, wanderBefore, fineBefore, rhythmBefore, energyNear, peakBefore

    /// What a person would call it; the parts of an explanation.
    enum Group: Int, CaseIterable {
        case impact, weightless, posture, stillness, before
    }

    static let groups: [Group] = allCases.map(\.group)

    private var group: Group {
        switch rawValue {
        case ...Self.violence.rawValue: .impact
        case ...Self.turnFalling.rawValue: .weightless
        case ...Self.turningBefore.rawValue: .posture
        case ...Self.secondPeakLate.rawValue: .stillness
        default: .before
        }
    }
}

/// All features of an impact, in thousandths, so that a table decides on the very numbers it was trained on.
/// Times in seconds, magnitudes in g, angles in radians, speeds in metres a second; `ln` is ln(x + 0.02).
package struct FallFeatures: BitwiseCopyable, Sendable {
    package static let count = FallFeature.allCases.count
    private var values = InlineArray<50, Int16>(repeating: 0)

    package subscript(_ index: Int) -> Int16 { values[index] }

    /// Those that say how the posture changed: where the sensor does not sit on the trunk they say little.
    package static var ofPosture: [Int] {
        FallFeature.allCases.map(\.rawValue).filter { FallFeature.groups[$0] == .posture }
    }

    static let bound: Float = 32

    private subscript(_ feature: FallFeature) -> Float {
        get { Float(values[feature.rawValue]) / 1000 }
        set { values[feature.rawValue] = Int16(min(max(-Self.bound, newValue), Self.bound) * 1000) }
    }

    init(_ w: inout MotionWindow) {
        takeImpact(&w)
        takeFalling(&w)
        takePosture(&w)
        takeAfter(&w)
        takeBefore(&w)
    }

    private mutating func takeImpact(_ w: inout MotionWindow) {
        let peak = w.peak
        let around = w.span(-0.5, 0.5)
        let blow = w.span(-0.2, 0.4)
        self[.peak] = ln(peak)
        self[.swing] = ln(w.most(around) - w.least(around))
        self[.jerk] = ln(w.jerk(around))
        self[.commotion] = ln(w.mean(around) { abs($0 - 1) })
        self[.width] = w.width(over: 1.5, within: 1)
        self[.secondPeak] = ln(w.most(w.span(0.16, 1)))
        self[.impulse] = w.mean(blow) { max(0, $0 - 1) } * Float(blow.count) / MotionWindow.rate * 9.81
        self[.sharpness] = peak / w.mean(w.span(-0.16, 0.16))
        self[.blows] = w.crossings(w.span(-1, 1.5), over: 2)
        self[.fine] = ln(w.haar(around, width: 1))
        self[.middle] = ln(w.haar(around, width: 2))
        self[.coarse] = ln(w.haar(w.span(-0.8, 0.8), width: 6))
        self[.vectorJerk] = ln(w.vectorJerk(around))
        self[.violence] = w.mean(w.span(-1, 1)) { abs($0 - 1) > 0.5 ? 1 : 0 }
    }

    private mutating func takeFalling(_ w: inout MotionWindow) {
        let second = w.span(-1, 0)
        let lowest = w.lowest(second)
        let speed = w.speed(w.span(-0.8, -0.1), upright: w.vector(Self.before(w)))
        self[.lowest] = w[lowest]
        self[.rise] = -w.time(lowest)
        self[.lightness] = w.mean(second) { $0 < 0.8 ? 1 : 0 }
        self[.drop] = ln(w.mean(second) { max(0, 1 - $0) } * 9.81)
        self[.lowestMean] = w.leastMean(second, width: 3)
        self[.down] = speed.down
        self[.across] = speed.across
        self[.earlyDrop] = ln(w.mean(w.span(-2, -1)) { max(0, 1 - $0) } * 9.81)
        self[.turnFalling] = angle(w.vector(w.span(-1.2, -0.8)), w.vector(w.span(-0.26, -0.06)))
    }

    private mutating func takePosture(_ w: inout MotionWindow) {
        let before = w.vector(Self.before(w))
        let late = w.vector(Self.late(w))
        self[.turn] = angle(before, w.vector(Self.after(w)))
        self[.turnLate] = angle(before, late)
        self[.settle] = angle(w.vector(w.span(0.6, 1.4)), late)
        self[.turnNear] = angle(w.vector(w.span(-1.2, -0.5)), w.vector(w.span(0.8, 1.8)))
        self[.turningAround] = w.turning(w.span(-1, 1))
        self[.turningAfter] = w.turning(Self.after(w))
        self[.turningBefore] = w.turning(w.span(-3.5, -1))
    }

    private mutating func takeAfter(_ w: inout MotionWindow) {
        let after = Self.after(w)
        let late = Self.late(w)
        let settled = w.span(1, 3.4)
        self[.unrest] = ln(w.deviation(after))
        self[.unrestLate] = ln(w.deviation(late))
        self[.stepsAfter] = w.crossings(after, over: 1.2)
        self[.stillness] = w.mean(after) { abs($0 - 1) < 0.1 ? 1 : 0 }
        self[.mostAfter] = ln(w.most(after))
        self[.leastAfter] = w.least(after)
        self[.energyAfter] = ln(w.mean(after) { abs($0 - 1) })
        self[.deviationLate] = abs(w.mean(late) - 1)
        self[.wanderAfter] = ln(w.wander(settled))
        self[.wanderLate] = ln(w.wander(late))
        self[.calm] = w.longestCalm(after)
        self[.fineAfter] = ln(w.haar(settled, width: 1))
        self[.secondPeakLate] = ln(w.most(w.span(1, 2)))
    }

    private mutating func takeBefore(_ w: inout MotionWindow) {
        let before = Self.before(w)
        self[.unrestBefore] = ln(w.deviation(before))
        self[.stepsBefore] = w.crossings(before, over: 1.2)
        self[.wanderBefore] = ln(w.wander(before))
        self[.fineBefore] = ln(w.haar(before, width: 1))
        self[.rhythmBefore] = w.rhythm(w.span(-3.5, -0.8))
        self[.energyNear] = ln(w.mean(w.span(-1.2, -0.5)) { abs($0 - 1) })
        self[.peakBefore] = ln(w.most(w.span(-3.5, -1)))
    }

    static func before(_ w: MotionWindow) -> ClosedRange<Int> { w.span(-3.5, -1.2) }
    static func after(_ w: MotionWindow) -> ClosedRange<Int> { w.span(0.8, 3.4) }
    private static func late(_ w: MotionWindow) -> ClosedRange<Int> { w.span(2.2, 3.4) }

    private func ln(_ x: Float) -> Float { log(max(0, x) + 0.02) }
}
