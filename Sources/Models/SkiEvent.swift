/// Something worth telling of a day on skis. Which of the numbers mean something depends on the kind; those that are
/// not known are 0.
public struct SkiEvent: Hashable, BitwiseCopyable, Sendable {
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        case none = 0
        case turn = 1
        case runBegins = 2
        case runEnds = 3
        case liftBegins = 4
        case liftEnds = 5
        /// The slope has another colour than before.
        case slopeChanges = 6
        /// One sensor says nothing any more, or always the same, while the other one goes on.
        case sensorSilent = 7
        case sensorStuck = 8
        case sensorBack = 9
    }

    /// How wide a turn is.
    public enum Radius: Hashable, Sendable {
        case unknown
        /// Up to 10 m, as in short swings and slalom.
        case short
        /// Up to 20 m.
        case medium
        case long
    }

    /// When it began, in seconds since 1970.
    public var since: Double
    /// When it ended; what only begins ends where it begins.
    public var until: Double
    /// Degrees by which the heading changed in a turn; positive to the left.
    public var heading: Float = 0
    /// The fastest rate of turn, in degrees a second.
    public var peak: Float = 0
    /// The radius of a turn in metres.
    public var radius: Float = 0
    /// Metres climbed by a lift; negative on a run.
    public var climb: Float = 0
    /// Metres of path.
    public var length: Float = 0
    /// Percent downhill: of a run that which nine tenths of its stretches of 100 m do not exceed, otherwise that of
    /// the last 40 m.
    public var grade: Float = 0
    /// The number of the run or lift, from 1 on.
    public var number: UInt16 = 0
    /// How many turns a run had.
    public var turns: UInt16 = 0
    public var kind: Kind
    public var slope = SlopeClass.unknown
    /// Whose sensor it is about.
    public var ski = Ski.left
    /// On how many skis a turn was seen, or how many spoke during a run.
    public var skis: UInt8 = 0

    public init(_ kind: Kind, since: Double, until: Double) {
        self.kind = kind
        self.since = since
        self.until = until
    }

    static let nothing = SkiEvent(.none, since: 0, until: 0)

    /// In seconds.
    public var duration: Double { until - since }

    public var radiusClass: Radius {
        radius <= 0 ? .unknown : radius <= 10 ? .short : radius <= 20 ? .medium : .long
    }
}
