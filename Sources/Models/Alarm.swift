/// What a detector says after a value: nothing, or since when it is alarmed, and the numbers behind it.
public struct Alarm: Hashable, BitwiseCopyable, Sendable {
    /// What was seen. The sentence for people is made elsewhere; each detector says which causes it gives and
    /// the unit of `seen`, `usual` and `limit`.
    public enum Cause: UInt8, BitwiseCopyable, Sendable {
        case none = 0
        case aboveUsual = 1
        case belowUsual = 2
        case driftUp = 3
        case driftDown = 4
        case neverZero = 5
        case minimumFlow = 6
        case burst = 7
        case pastUsualHour = 8
        case pastHardLimit = 9
        case fall = 10
        /// A mean over the last values has moved to another level.
        case shiftUp = 11
        case shiftDown = 12
        /// Far from what is usual at this hour.
        case aboveUsualHour = 13
        case belowUsualHour = 14
        /// Many high values in a short time.
        case oftenHigh = 15
        /// Values that are rare together, though each may be usual.
        case rareTogether = 16
        /// More or fewer events than usual in the time.
        case tooMany = 17
        case tooFew = 18
        /// Fails again and again.
        case repeated = 19
        /// Is called and does not come.
        case unanswered = 20
        /// Beyond a limit that was given.
        case beyondLimit = 21
        /// Does not do what it is there for.
        case outOfService = 70
        /// Out of service with someone inside.
        case entrapment = 71
        /// Does not move although it is usually asked for.
        case standstill = 72
        /// Wear that shows in one direction of travel.
        case driftUpwards = 73
        case driftDownwards = 74
        /// Says nothing for longer than losses explain.
        case silent = 75
        case leftTurn = 80
        case rightTurn = 81
        /// A skier goes down, or is carried up.
        case run = 82
        case lift = 83
        /// The parts of a fall: a hard impact, weightlessness before it, another posture after it, no movement
        /// after it, and how the body moved before.
        case impact = 60
        case weightless = 61
        case postureChange = 62
        case stillAfter = 63
        case movementBefore = 64
        /// The same small flow hour after hour where there mostly is none.
        case steadyFlow = 50
        /// The counter shows less than before.
        case backwards = 51
        /// Programmed watering took more than it does.
        case longWatering = 52
        /// Programmed watering did not come.
        case missedWatering = 53
        /// Used while nobody is at home.
        case usedWhileAway = 54
        /// Up at night more often than usual.
        case upAtNight = 55
        /// Fewer hours of the day with a sign of life than usual.
        case fewActiveHours = 56
        /// Goes towards a limit and will be there soon.
        case warming = 40
        /// A machine runs, or stands still, for longer or shorter than it ever does.
        case runsTooLong = 41
        case runsTooShort = 42
        case restsTooLong = 43
        case restsTooShort = 44
        /// Fewer glasses and pots of water drawn than usual.
        case fewSmallDraws = 90
    }

    /// When what was seen began, in seconds since 1970; 0 while quiet.
    public var since: Double
    /// When it was certain enough to say so; 0 while quiet.
    public var raisedAt: Double
    /// The value that raised the alarm, as it was when raised.
    public var seen: Double
    public var usual: Double
    /// The value of `seen` from which on the detector speaks.
    public var limit: Double
    // A whole word, so that the value has no padding: its bytes are compared and kept.
    private var code: UInt64

    public var cause: Cause { Cause(rawValue: UInt8(truncatingIfNeeded: code)) ?? .none }

    public static let quiet = Alarm(since: 0, raisedAt: 0, seen: 0, usual: 0, limit: 0, cause: .none)

    public var isRaised: Bool { cause != .none }

    /// How long what was seen had lasted when the alarm was raised, in seconds.
    public var duration: Double { raisedAt - since }

    public init(since: Double, raisedAt: Double, seen: Double, usual: Double, limit: Double, cause: Cause) {
        self.since = since
        self.raisedAt = raisedAt
        self.seen = seen
        self.usual = usual
        self.limit = limit
        code = UInt64(cause.rawValue)
    }
}
