import Units

/// When to try again what did not get through: pure, so that every schedule can be tested.
///
/// Exponential back-off with full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015): the
/// wait is uniform between zero and a ceiling that doubles, so that many jobs that failed together do not come
/// back together.
public struct RetryPlan: Hashable, Sendable {
    public enum Next: Hashable, Sendable {
        case retry(at: Moment)
        /// It is too old: a person must look at it.
        case giveUp
    }

    /// The ceiling after the first try.
    public var first: Duration
    /// The ceiling stops doubling here.
    public var longest: Duration
    /// Never sooner than this.
    public var shortest: Duration
    public var hasJitter: Bool
    /// What the other side asks for is honoured up to this.
    public var longestAsked: Duration
    /// A job older than this is not tried again; nil: it is tried until its own time has passed.
    public var giveUpAfter: Duration?

    public init(
        first: Duration,
        longest: Duration,
        shortest: Duration,
        hasJitter: Bool,
        longestAsked: Duration,
        giveUpAfter: Duration?
    ) {
        self.first = first
        self.longest = longest
        self.shortest = shortest
        self.hasJitter = hasJitter
        self.longestAsked = longestAsked
        self.giveUpAfter = giveUpAfter
    }

    /// 1 s to 5 min for a week, which outlasts a CRM that is down over a long weekend.
    public static let standard = RetryPlan(
        first: .seconds(1),
        longest: .minutes(5),
        shortest: .milliseconds(100),
        hasJitter: true,
        longestAsked: .hours(24),
        giveUpAfter: .weeks(1)
    )

    /// 1, 2, 4 … 30 s, without jitter and without an end before the notice's own.
    public static let lifeSafety = RetryPlan(
        first: .seconds(1),
        longest: .seconds(30),
        shortest: .seconds(1),
        hasJitter: false,
        longestAsked: .minutes(1),
        giveUpAfter: nil
    )

    /// - Parameters:
    ///   - attempts: how often it was tried, this time included.
    ///   - asked: what the other side asked to wait; it wins over the plan.
    ///   - age: how long ago it was decided; nil when that is not known, then it never is too old.
    public func next(
        after attempts: Int,
        asked: Duration?,
        age: Duration?,
        now: Moment,
        random: inout some RandomNumberGenerator
    ) -> Next {
        if let giveUpAfter, let age, age >= giveUpAfter { return .giveUp }
        if let asked { return .retry(at: now + max(shortest, min(asked, longestAsked))) }
        let ceiling = self.ceiling(after: attempts)
        guard hasJitter else { return .retry(at: now + ceiling) }
        let wait = Int64.random(in: 0...ceiling.inMicroseconds, using: &random)
        return .retry(at: now + max(shortest, .microseconds(wait)))
    }

    /// `first` doubled with every further attempt, up to `longest`.
    func ceiling(after attempts: Int) -> Duration {
        // Thirty doublings of a second are 34 years; many more would overflow.
        let doublings = min(max(attempts, 1) - 1, 30)
        return min(longest, first * (1 << doublings))
    }
}
