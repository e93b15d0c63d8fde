import Interactions
import Units

/// What dispatchers do with the outbox.
///
/// Order. Life-safety notices come first, then questions that expect an answer, then what has been due longest.
/// Within a lane, things go one after the other in the order of their rows: a lane is a sink with a key, and for
/// notices a sink with a key and a recipient. So a tenant reads "out of order" before "back in service", while
/// two hundred tenants of one case do not wait for the one whose number is refused.
///
/// What holds back a later one of the same lane:
/// - anything earlier that is pending or in flight; but a life-safety notice never waits for a service notice;
/// - a parked interaction holds back the interactions after it, for a CRM cannot apply step 3 without step 2;
/// - a parked notice or command holds back nothing: the next one may be what saves somebody; except a notice that
///   follows it, which makes no sense without it (`Following`).
extension Store {
    /// Takes jobs that are due; nobody else gets them until `finish`.
    /// - Parameters:
    ///   - now: the clock by which entries are stamped on arrival.
    ///   - onlyLifeSafety: leaves everything else where it is.
    public func claimJobs(
        of sink: String,
        now: Moment,
        limit: Int,
        onlyLifeSafety: Bool = false
    ) throws(StoreError) -> [DeliveryJob] {
        let least = onlyLifeSafety ? Rank.lifeSafety : Rank.ordinary
        // Most looks find nothing; those need no write lock.
        guard try !dueRows(of: sink, least, now: now, limit: 1).isEmpty else { return [] }
        return try database.transaction { () throws(StoreError) in
            var jobs: [DeliveryJob] = []
            for row in try dueRows(of: sink, least, now: now, limit: limit) {
                guard let job = try readableJob(row, at: now) else { continue }
                jobs.append(job)
                try database.run(
                    """
                    UPDATE delivery SET state = 'inFlight', attempts = attempts + 1, changed_at = ?
                    WHERE row = ?
                    """,
                    [.integer(now.microseconds), .integer(row)]
                )
            }
            return jobs
        }
    }

    /// Marks what can no longer be sent in time and gives it back; each has its receipt in `news`.
    ///
    /// To be called before `claimJobs`, which passes over such jobs but does not clear them out of the way.
    public func expireJobs(of sink: String, now: Moment, limit: Int) throws(StoreError) -> [DeliveryJob] {
        let query = """
            SELECT row FROM delivery
            WHERE sink = ? AND state = 'pending' AND not_after IS NOT NULL AND not_after < ?
            ORDER BY not_after LIMIT ?
            """
        let values: [SQLValue] = [.text(sink), .integer(now.microseconds), .count(limit)]
        guard try database.first(query, values, { _ in true }) != nil else { return [] }
        return try database.transaction { () throws(StoreError) in
            var jobs: [DeliveryJob] = []
            for row in try database.all(query, values, { row in row.integer(0) }) {
                guard let job = try readableJob(row, at: now) else { continue }
                jobs.append(job)
                try end(row, as: .expired, reason: "its time had passed", at: now)
            }
            return jobs
        }
    }

    /// Records what became of a job.
    ///
    /// A service notice that may have arrived at a sink that cannot recognise a repetition is not tried again,
    /// whatever the outcome asks for: it becomes `unknown`.
    public func finish(_ row: Int64, as outcome: DeliveryOutcome, at now: Moment) throws(StoreError) {
        try finish([(row, outcome)], at: now)
    }

    /// Records what became of several jobs, in one transaction.
    public func finish(_ jobs: [(row: Int64, outcome: DeliveryOutcome)], at now: Moment) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            for (row, outcome) in jobs {
                try require(row, in: [.inFlight], for: "finish")
                switch outcome {
                case .done(let reference):
                    try end(row, as: .done, reason: "", reference: reference, at: now)
                case .parked(let reason, let mayHaveArrived):
                    try end(row, as: .parked, reason: reason, mayHaveArrived: mayHaveArrived, at: now)
                case .expired:
                    try end(row, as: .expired, reason: "its time had passed", at: now)
                case .retry(_, let reason, unknown: true) where try isSentOnce(row):
                    try end(row, as: .unknown, reason: reason, at: now)
                case .retry(let next, let reason, let unknown):
                    try database.run(
                        """
                        UPDATE delivery SET state = 'pending', next_at = ?, reason = ?,
                            outcome_unknown = max(outcome_unknown, ?), changed_at = ?
                        WHERE row = ?
                        """,
                        [
                            .integer(next.microseconds), .text(reason), .flag(unknown),
                            .integer(now.microseconds), .integer(row),
                        ]
                    )
                }
            }
        }
    }

    /// Deals with what was in flight when the last run ended; to be called once, before any dispatcher starts.
    ///
    /// Interactions and life-safety notices go out again: their receivers recognise a repetition, or bear it.
    /// So do commands, which MQTT repeats anyway. Service notices are sent at most once: they become `unknown`,
    /// except at the sinks that find a repetition by its id and leave it out (`Routes.recognising`).
    public func recoverInFlight(at now: Moment) throws(StoreError) -> Recovery {
        try database.transaction { () throws(StoreError) in
            let unknown = try database.run(Self.unknownAfterCrashUpdate, [.integer(now.microseconds)])
            let requeued = try database.run(
                """
                UPDATE delivery SET state = 'pending', outcome_unknown = 1, next_at = ?1, changed_at = ?1
                WHERE state = 'inFlight'
                """,
                [.integer(now.microseconds)]
            )
            return Recovery(requeued: requeued, unknown: unknown)
        }
    }

    static let unknownAfterCrashUpdate = """
        UPDATE delivery SET state = 'unknown', outcome_unknown = 1, untold = 1, changed_at = ?1,
            reason = 'the run ended while it was sent'
        WHERE state = 'inFlight' AND once = 1
        """

    /// A job whose content is damaged or no longer kept is parked: it must not hold up those after it.
    private func readableJob(_ row: Int64, at now: Moment) throws(StoreError) -> DeliveryJob? {
        do {
            return try job(row)
        } catch .corrupt(_, let detail) {
            try end(row, as: .parked, reason: detail, at: now)
            return nil
        }
    }

    /// In this order things go out at a sink.
    enum Rank: Int64 {
        case ordinary, question, lifeSafety
    }

    private func dueRows(
        of sink: String,
        _ least: Rank,
        now: Moment,
        limit: Int
    ) throws(StoreError) -> [Int64] {
        try database.all(
            Self.dueJobsQuery,
            [.text(sink), .integer(now.microseconds), .count(limit), .integer(least.rawValue)]
        ) { row in row.integer(0) }
    }

    static let dueJobsQuery = """
        SELECT row FROM delivery AS job
        WHERE sink = ?1 AND state = 'pending' AND rank >= ?4 AND next_at <= ?2
            AND (not_after IS NULL OR not_after >= ?2) AND NOT EXISTS (\(inTheWay)) AND \(Following.isFree)
        ORDER BY rank DESC, next_at, row LIMIT ?3
        """

    private static let inTheWay = """
        SELECT 1 FROM delivery AS earlier
        WHERE earlier.sink = job.sink AND earlier.lane = job.lane AND earlier.row < job.row
            AND earlier.state IN ('pending', 'inFlight', 'parked')
            AND ((earlier.state <> 'parked' AND earlier.urgent >= job.urgent)
                OR (earlier.state = 'parked' AND earlier.kind = 'interaction' AND job.kind = 'interaction'))
        """

    private func isSentOnce(_ row: Int64) throws(StoreError) -> Bool {
        try database.first("SELECT once FROM delivery WHERE row = ?", [.integer(row)]) { row in row.flag(0) }
            ?? false
    }

    /// The final states, and parked: the journal is to learn of it.
    func end(
        _ row: Int64,
        as state: OutboxState,
        reason: String,
        reference: String? = nil,
        mayHaveArrived: Bool = false,
        at now: Moment
    ) throws(StoreError) {
        let notices = try database.all(
            """
            UPDATE delivery SET state = ?1, reason = ?2, reference = ?3, untold = 1, changed_at = ?4,
                outcome_unknown = max(outcome_unknown, ?5)
            WHERE row = ?6 RETURNING CASE kind WHEN 'notice' THEN content END
            """,
            [
                .text(state.rawValue), .text(reason), .text(orNull: reference), .integer(now.microseconds),
                .flag(mayHaveArrived), .integer(row),
            ]
        ) { row in row.isNull(0) ? nil : row.integer(0) }
        guard state == .expired || state == .cancelled else { return }
        for case let notice? in notices { try Following(database).withdrawFollowers(of: notice, at: now) }
    }

    func require(_ row: Int64, in allowed: [OutboxState], for action: String) throws(StoreError) {
        let found = try database.first(
            "SELECT state FROM delivery WHERE row = ?",
            [.integer(row)]
        ) { (row) throws(StoreError) in try row.word(0, OutboxState.self) }
        guard let found, allowed.contains(found) else {
            throw .refused(action: action, row: row, found: found, allowed: allowed)
        }
    }
}
