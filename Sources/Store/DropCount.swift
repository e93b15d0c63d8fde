import Interactions
import Units

/// How many readings or notices one pipeline dropped for one reason on one day (UTC, by arrival).
public struct DropCount: Hashable, Sendable {
    /// What drops are counted by.
    public struct Cause: Hashable, Sendable {
        public var pipeline: String
        public var reason: String

        public init(pipeline: String, reason: String) {
            self.pipeline = pipeline
            self.reason = reason
        }
    }

    public var day: CivilDate
    public var pipeline: String
    public var reason: String
    public var count: Int

    /// Finer counts are kept in slots of this length.
    public static let slot = Duration.minutes(5)
}

extension Store {
    /// What was dropped since a day, by day, pipeline and reason.
    public func dropCounts(since day: CivilDate) throws(StoreError) -> [DropCount] {
        try database.all(
            """
            SELECT day, pipeline, reason, count FROM drop_count WHERE day >= ?
            ORDER BY day, pipeline, reason
            """,
            [.integer(day.daysSince1970)]
        ) { row in
            DropCount(
                day: CivilDate(daysSince1970: row.integer(0)),
                pipeline: row.text(1),
                reason: row.text(2),
                count: row.count(3)
            )
        }
    }

    /// What was dropped in the slots that a span touches, the most first.
    public func drops(in span: ClosedRange<Moment>) throws(StoreError) -> [(
        cause: DropCount.Cause, count: Int
    )] {
        try database.all(
            """
            SELECT pipeline, reason, sum(count) AS total FROM drop_slot WHERE slot BETWEEN ? AND ?
            GROUP BY pipeline, reason ORDER BY total DESC, pipeline, reason
            """,
            [.integer(Self.slot(of: span.lowerBound)), .integer(Self.slot(of: span.upperBound))]
        ) { row in
            (cause: DropCount.Cause(pipeline: row.text(0), reason: row.text(1)), count: row.count(2))
        }
    }

    /// Adds up what a commit dropped: one update per reason and commit, not one per reading.
    func count(
        _ drops: [DropCount.Cause: Int],
        and effects: [Effect],
        at now: Moment
    ) throws(StoreError) {
        var drops = drops
        for case .dropped(let dropped) in effects {
            drops[DropCount.Cause(pipeline: dropped.pipeline, reason: dropped.reason), default: 0] += 1
        }
        let day = now.microseconds.dividedFloor(by: 86_400_000_000).quotient
        for (cause, count) in drops {
            for (table, column, value) in [("count", "day", day), ("slot", "slot", Self.slot(of: now))] {
                try database.run(
                    """
                    INSERT INTO drop_\(table) (\(column), pipeline, reason, count) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT DO UPDATE SET count = count + ?4
                    """,
                    [.integer(value), .text(cause.pipeline), .text(cause.reason), .count(count)]
                )
            }
        }
    }

    static func slot(of moment: Moment) -> Int64 {
        moment.microseconds.dividedFloor(by: DropCount.slot.inMicroseconds).quotient
    }
}
