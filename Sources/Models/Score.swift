/// How far a value is from what the model expected.
public struct Score: Hashable, BitwiseCopyable, Sendable {
    /// Which side of the usual the value lies on.
    public enum Direction: Int8, BitwiseCopyable, Sendable {
        case below = -1
        case usual = 0
        case above = 1
    }

    /// 0 is banal. Never negative, never above `Score.most`. The model states the unit; 0 until it is warm.
    public var surprise: Double
    /// What the model expected instead, in the unit of the input.
    public var usual: Double
    public var direction: Direction
    public var isWarm: Bool

    /// The largest surprise that is told apart from a larger one.
    public static let most = 1000.0

    public init(surprise: Double, usual: Double, direction: Direction, isWarm: Bool) {
        self.surprise = isWarm ? min(max(0, surprise), Score.most) : 0
        self.usual = usual
        self.direction = direction
        self.isWarm = isWarm
    }

    /// From a signed distance in standard deviations.
    init(sigmas: Double, usual: Double, isWarm: Bool) {
        let direction: Direction = sigmas > 0 ? .above : sigmas < 0 ? .below : .usual
        self.init(surprise: abs(sigmas), usual: usual, direction: direction, isWarm: isWarm)
    }
}
