import Engine
import Store
import Units

/// What the engine leaves out is counted in its memory; once a minute the difference goes into the store, so that
/// it can be asked about later. A kill loses the counts of the last minute, and nothing else.
struct DropTally {
    private static let interval = Duration.minutes(1)
    private var told: [DropCount.Cause: Int]
    private var next: Moment

    /// Counts from here on.
    init(_ engine: Engine, now: Moment) {
        told = Self.counts(of: engine)
        next = now + Self.interval
    }

    /// What came since the last time; empty while the minute is not over.
    mutating func take(_ engine: Engine, now: Moment) -> [DropCount.Cause: Int] {
        guard now >= next else { return [:] }
        next = now + Self.interval
        let counts = Self.counts(of: engine)
        defer { told = counts }
        return counts.merging(told) { count, before in count - before }.filter { $0.value > 0 }
    }

    private static func counts(of engine: Engine) -> [DropCount.Cause: Int] {
        Dictionary(
            engine.drops.map { (DropCount.Cause(pipeline: $0.pipeline, reason: $0.reason), $0.count) },
            uniquingKeysWith: +
        )
    }
}
