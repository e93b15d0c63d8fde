import Units

/// What times are counted in since 1970.
public enum TimePrecision: Hashable, Sendable, CaseIterable {
    case seconds, milliseconds, microseconds, nanoseconds

    /// The moment of a count; nil when it is too much to be counted in microseconds.
    public func moment(_ count: Int64) -> Moment? {
        switch self {
        case .seconds: Self.moment(count, times: 1_000_000)
        case .milliseconds: Self.moment(count, times: 1_000)
        case .microseconds: Moment(microseconds: count)
        case .nanoseconds: Moment(microseconds: count.dividedFloor(by: 1_000).quotient)
        }
    }

    /// The moment of a count whose precision nobody said: the one that is a plausible time. There is at most one, since
    /// the counts of the years 2000 to 2200 are apart by a factor of a thousand, and these years by one of eight.
    public static func plausibleMoment(_ count: Int64) -> Moment? {
        allCases.lazy.compactMap { $0.moment(count) }.first(where: Moment.plausible.contains)
    }

    private static func moment(_ count: Int64, times factor: Int64) -> Moment? {
        let (microseconds, isTooMuch) = count.multipliedReportingOverflow(by: factor)
        return isTooMuch ? nil : Moment(microseconds: microseconds)
    }
}
