/// How difficult a slope is, by the colours of the pistes.
public enum SlopeClass: UInt8, CaseIterable, Comparable, BitwiseCopyable, Sendable {
    case unknown = 0
    case green = 1
    case blue = 2
    case red = 3
    case black = 4

    public static func < (one: SlopeClass, other: SlopeClass) -> Bool { one.rawValue < other.rawValue }
}

/// Up to which grade a slope has which colour, in percent. What a country leaves out has a limit of 0, or that of the
/// colour before it.
///
/// ```swift
/// SlopeScale.din32912.slope(ofGrade: 38)                        // red
/// SlopeScale.din32912.slope(ofGrade: 41, after: .red)           // red still: two points of hysteresis
/// ```
public struct SlopeScale: Hashable, BitwiseCopyable, Sendable {
    public let green: Float
    public let blue: Float
    public let red: Float

    /// Points of grade by which a limit must be passed before the colour changes.
    public static let hysteresis: Float = 2

    /// Limits that are no numbers or out of order become those of the colour before.
    public init(green: Float, blue: Float, red: Float) {
        self.green = green.isFinite ? min(max(green, 0), 1000) : 0
        self.blue = blue.isFinite ? min(max(blue, self.green), 1000) : self.green
        self.red = red.isFinite ? min(max(red, self.blue), 1000) : self.blue
    }

    /// Germany, Austria, Switzerland, Italy: DIN 32912 and ÖNORM S 4610; black is what is steeper than 40 %.
    public static let din32912 = SlopeScale(green: 0, blue: 25, red: 40)
    /// France, where the mayor decides on the colour (NF S 52-102 is about the marking): what is usual.
    public static let france = SlopeScale(green: 15, blue: 25, red: 40)
    /// North America: green circle up to 25 %, blue square up to 40 %, black diamond.
    public static let northAmerica = SlopeScale(green: 25, blue: 40, red: 40)

    public func slope(ofGrade percent: Float) -> SlopeClass {
        guard percent.isFinite else { return .unknown }
        return green > 0 && percent <= green
            ? .green : percent <= blue ? .blue : percent <= red ? .red : .black
    }

    /// The same for somebody who moves: the colour before is kept until its limit is passed by `hysteresis`.
    public func slope(ofGrade percent: Float, after before: SlopeClass) -> SlopeClass {
        guard percent.isFinite, before != .unknown else { return slope(ofGrade: percent) }
        let easiest = slope(ofGrade: percent - Self.hysteresis)
        let hardest = slope(ofGrade: percent + Self.hysteresis)
        return min(max(before, easiest), hardest)
    }
}
