import Interactions
import Synchronization
import Units

@testable import Delivery

/// An outbox without a disk: claims, per-key order and urgency as the port asks for.
final class MemoryOutbox: Outbox {
    struct Broken: Error {}

    struct Row: Sendable {
        var job: DeliveryJob
        var state = "pending"
        var dueAt = Moment.distantPast
        var outcomes: [DeliveryOutcome] = []
    }

    private struct State {
        var rows: [Row] = []
        var failuresOfFinish = 0
        var failuresOfDue = 0
        var polls = 0
    }

    private let state = Mutex(State())

    init(_ jobs: [DeliveryJob] = []) {
        state.withLock { $0.rows = jobs.map { Row(job: $0) } }
    }

    func add(_ job: DeliveryJob) { state.withLock { $0.rows.append(Row(job: job)) } }
    func failFinish(times: Int) { state.withLock { $0.failuresOfFinish = times } }
    func failDue(times: Int) { state.withLock { $0.failuresOfDue = times } }
    var rows: [Row] { state.withLock { $0.rows } }
    var polls: Int { state.withLock { $0.polls } }
    func states() -> [String] { rows.map(\.state) }

    func due(_ sink: String, at now: Moment, limit: Int, onlyLifeSafety: Bool) throws -> [DeliveryJob] {
        try state.withLock { state in
            state.polls += 1
            if state.failuresOfDue > 0 {
                state.failuresOfDue -= 1
                throw Broken()
            }
            var blocked: Set<String> = []
            var candidates: [Int] = []
            for (index, row) in state.rows.enumerated() where row.job.sink == sink {
                guard row.state != "done", row.state != "expired" else { continue }
                if onlyLifeSafety, Self.rank(row.job).0 > 0 { continue }
                if row.state == "pending", row.dueAt <= now, !blocked.contains(row.job.key) {
                    candidates.append(index)
                }
                blocked.insert(row.job.key)
            }
            candidates.sort { Self.rank(state.rows[$0].job) < Self.rank(state.rows[$1].job) }
            return candidates.prefix(limit).map { index in
                state.rows[index].state = "inflight"
                return state.rows[index].job
            }
        }
    }

    func finish(_ row: Int64, _ outcome: DeliveryOutcome, at now: Moment) throws {
        try state.withLock { state in
            if state.failuresOfFinish > 0 {
                state.failuresOfFinish -= 1
                throw Broken()
            }
            guard let index = state.rows.firstIndex(where: { $0.job.row == row }) else { throw Broken() }
            state.rows[index].outcomes.append(outcome)
            switch outcome {
            case .done: state.rows[index].state = "done"
            case .parked: state.rows[index].state = "parked"
            case .expired: state.rows[index].state = "expired"
            case .retry(let at, _, let unknown):
                state.rows[index].state = "pending"
                state.rows[index].dueAt = at
                state.rows[index].job.attempts += 1
                state.rows[index].job.outcomeUnknown = unknown
            }
        }
    }

    func recipient(of person: String) throws -> RecipientAddress? {
        if person == "unreadable" { throw Broken() }
        return person == "P-1" ? tenant() : nil
    }

    private static func rank(_ job: DeliveryJob) -> (Int, Int64) {
        if case .notice(let notice) = job.content, notice.urgency == .lifeSafety { return (0, job.row) }
        return (1, job.row)
    }
}
