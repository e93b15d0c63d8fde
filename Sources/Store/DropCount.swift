import Units

/// How many readings or notices one pipeline dropped for one reason on one day (UTC, by arrival).
public struct DropCount: Hashable, Sendable {
    struct Key: Hashable {
        let day: CivilDate
        let pipeline: String
        let reason: String
    }

    public var day: CivilDate
    public var pipeline: String
    public var reason: String
    public var count: Int
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
}
