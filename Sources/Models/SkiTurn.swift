/// One turn of a skier.
public struct SkiTurn: Hashable, BitwiseCopyable, Sendable {
    public enum Direction: Hashable, Sendable { case left, right }

    /// Where the rate of turn left zero, in seconds since 1970.
    public var since: Double
    /// Where it came back to zero.
    public var until: Double
    /// By how many degrees the heading changed; positive to the left.
    public var heading: Float
    /// The fastest rate of turn, in degrees a second.
    public var peak: Float
    /// How many skis it was seen on.
    public var skis: Int

    public init(since: Double, until: Double, heading: Float, peak: Float, skis: Int) {
        self.since = since
        self.until = until
        self.heading = heading
        self.peak = peak
        self.skis = skis
    }

    static let none = SkiTurn(since: 0, until: 0, heading: 0, peak: 0, skis: 0)

    public var direction: Direction { heading > 0 ? .left : .right }

    /// In seconds.
    public var duration: Double { until - since }

    /// The radius in metres at a speed in metres a second: the path by the change of heading in radians.
    public func radius(atSpeed speed: Double) -> Double {
        abs(heading) < 1 ? 0 : (speed * duration / (abs(Double(heading)) * .pi / 180)).bounded
    }
}
