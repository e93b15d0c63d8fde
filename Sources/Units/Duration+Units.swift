extension Duration {
    public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
    public static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
    public static func weeks(_ count: Int) -> Duration { .seconds(count * 604_800) }

    /// Whole microseconds, rounded down; a span of more than 292 000 years, far beyond any in use, counts as
    /// 73 000.
    public var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let rest = attoseconds.dividedFloor(by: 1_000_000_000_000).quotient
        let (sum, isJustTooLong) = scaled.addingReportingOverflow(rest)
        guard !isTooLong, !isJustTooLong else { return seconds < 0 ? .min / 4 : .max / 4 }
        return sum
    }

    /// Seconds as a number, for formulas and for people.
    public var inSeconds: Double {
        Double(inMicroseconds) / 1e6
    }
}
