extension Duration {
    public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
    public static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
    public static func weeks(_ count: Int) -> Duration { .seconds(count * 604_800) }

    /// Whole microseconds, rounded down; far beyond any span in use it stops at 292 000 years.
    public var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min / 4 : .max / 4 }
        return scaled + attoseconds / 1_000_000_000_000
    }

    /// Seconds as a number, for formulas and for people.
    public var inSeconds: Double {
        Double(inMicroseconds) / 1e6
    }
}
