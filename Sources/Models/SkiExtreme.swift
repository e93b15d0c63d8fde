/// A place on the way, as far as it was known.
struct SkiMark: BitwiseCopyable, Sendable {
    var time = 0.0
    var altitude = 0.0
    var path = 0.0
    var turns = 0.0
}

/// The highest or the lowest point so far: when it was reached, and when it was left.
struct SkiExtreme: BitwiseCopyable, Sendable {
    private(set) var reached: SkiMark
    private(set) var left: SkiMark
    private var best: Double
    private let sign: Double

    /// Metres within which a point is as good as the extreme.
    private static let margin = 1.0
    /// In metres a second: slower than any run-out, faster than a barometer drifts with the weather.
    private static let leastClimbRate = 0.1

    init(isHighest: Bool, from mark: SkiMark) {
        sign = isHighest ? 1 : -1
        reached = mark
        left = mark
        best = sign * mark.altitude
    }

    /// True where the skier has not left it.
    mutating func take(_ mark: SkiMark, climbRate: Double) -> Bool {
        let height = sign * mark.altitude
        best = max(best, height)
        let isOnTheWay = sign * climbRate >= Self.leastClimbRate
        if isOnTheWay, height > sign * reached.altitude + Self.margin { reached = mark }
        guard height >= best - Self.margin else { return false }
        left = mark
        return true
    }

    /// How far away the skier is from it, in metres.
    func distance(to altitude: Double) -> Double { best - sign * altitude }
}

extension SkiEvent {
    /// The end of what led from one place to another.
    init(_ kind: Kind, from began: SkiMark, to ended: SkiMark) {
        self.init(kind, since: began.time, until: ended.time)
        climb = Float(ended.altitude - began.altitude)
        length = Float(ended.path - began.path)
        turns = UInt16(min(max(ended.turns - began.turns, 0), 65_535))
    }
}
