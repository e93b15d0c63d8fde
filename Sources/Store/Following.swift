import Interactions
import Units

/// Notices that make no sense without one that they follow: "back in service" without "out of order".
///
/// A follower goes out once one of its firsts may have arrived. It waits while one of them waits or is under way, and
/// when all others have ended in vain while one is parked, for an operator may still send it. When all of them are
/// withdrawn, cancelled or expired without a try that may have arrived, it is withdrawn as well, and so is what follows
/// it. This is so at each sink by itself; at a sink that had no delivery of a first one, all deliveries of that one
/// count together. A first one that is no longer kept holds back nothing.
struct Following {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// The deliveries of its firsts that a delivery called `job` looks at.
    private static let first = """
        FROM follow JOIN delivery AS first ON first.content = follow.first AND first.kind = 'notice'
            WHERE follow.follower = job.content
            AND (first.sink = job.sink OR NOT EXISTS
                (SELECT 1 FROM delivery AS twin WHERE twin.content = follow.first AND twin.kind = 'notice'
                    AND twin.sink = job.sink))
        """

    private static let mayHaveArrived = "(first.state IN ('done', 'unknown') OR first.outcome_unknown = 1)"

    /// Whether a delivery called `job` may go out as far as this is concerned.
    static let isFree = """
        (job.kind <> 'notice' OR NOT EXISTS (SELECT 1 FROM follow WHERE follower = job.content)
            OR (EXISTS (SELECT 1 \(first) AND \(mayHaveArrived))
            AND NOT EXISTS (SELECT 1 \(first) AND first.state IN ('pending', 'inFlight'))))
        """

    static let orphansUpdate = """
        UPDATE delivery AS job SET state = 'withdrawn', reason = ?1, changed_at = ?2
        WHERE job.kind = 'notice' AND job.content IN (SELECT follower FROM follow WHERE first = ?3)
            AND job.state = 'pending' AND NOT EXISTS
            (SELECT 1 \(first) AND (first.state IN ('pending', 'inFlight', 'parked') OR \(mayHaveArrived)))
        RETURNING content
        """

    /// To be called, in its transaction, after a delivery of the notice has ended or a follower was added.
    func withdrawFollowers(of notice: Int64, at now: Moment) throws(StoreError) {
        let reason = Held.Reason.firstNotSent
        let why = reason.wording.rendered(in: .utc, at: now)
        var firsts = [notice]
        while let first = firsts.popLast() {
            let followers = try database.all(
                Self.orphansUpdate,
                [.text(why.english), .integer(now.microseconds), .integer(first)]
            ) { row in row.integer(0) }
            for follower in Set(followers).sorted() {
                try database.run(
                    """
                    INSERT INTO held (at, key, recipient, pipeline, detector, subject, reason, why_french,
                        why_english, stored_at)
                    SELECT ?1, key, recipient, pipeline, detector, subject, ?2, ?3, ?4, ?1 FROM notice
                    WHERE row = ?5 AND NOT EXISTS (SELECT 1 FROM delivery
                        WHERE kind = 'notice' AND content = ?5 AND state <> 'withdrawn')
                    """,
                    [
                        .integer(now.microseconds), .text(reason.code), .text(why.french),
                        .text(why.english), .integer(follower),
                    ]
                )
                firsts.append(follower)
            }
        }
    }
}

extension Notice {
    /// The ids of what it follows as the column of notices has them; nil when it follows nothing.
    var followsColumn: String? { follows.isEmpty ? nil : follows.joined(separator: " ") }
}

extension Row {
    /// The ids of what a notice follows.
    func follows(_ column: Int32) -> [String] {
        (textOrNil(column) ?? "").split(separator: " ").map(String.init)
    }
}
