import Interactions
import Telemetry
import TestSupport
import Units

/// The outbox in memory, by the rules of `Store`: nothing before `notBefore` nor after `notAfter`, one after the other
/// for one recipient of a case, nothing without what it follows, what is withdrawn stays; services at most once,
/// what threatens a life at least once.
struct Outbox {
    enum State: String {
        case pending, inFlight, done, unknown, parked, expired, withdrawn
    }

    struct Delivery {
        let notice: Notice
        var state = State.pending
        var due: Moment
        /// When the try under way ends, and how.
        var ends: (at: Moment, as: Gateway.Fate)?
        var attempts = 0
        /// Withdrawn while it was on its way: it is not tried again.
        var isTakenBack = false
        /// A try before may have arrived.
        var isUnknown = false

        var mayHaveArrived: Bool { state == .done || state == .unknown || isUnknown }
        var isOpen: Bool { state == .pending || state == .inFlight }
        var lane: String { "\(notice.channel.rawValue) \(notice.key) \(notice.recipient)" }
    }

    private(set) var deliveries: [Delivery] = []
    private(set) var rows: [String: Int] = [:]
    private var lanes: [String: [Int]] = [:]
    private var open: Set<Int> = []
    private var reports: [(at: Moment, receipt: Receipt)] = []

    /// What is told of it: who left when, and what became of it.
    enum News {
        /// - Parameter mayArrive: false when the gateway took nothing.
        case left(Notice, at: Moment, mayArrive: Bool)
        case ended(Notice, State, at: Moment)
        case receipt(Receipt)
    }

    subscript(id: String) -> Delivery? { rows[id].map { deliveries[$0] } }

    mutating func insert(_ notice: Notice, at now: Moment) -> [News] {
        // The same decision is one message.
        guard rows[notice.id] == nil else { return [] }
        let row = deliveries.count
        let delivery = Delivery(notice: notice, due: max(now, notice.notBefore ?? now))
        rows[notice.id] = row
        deliveries.append(delivery)
        lanes[delivery.lane, default: []].append(row)
        open.insert(row)
        return notice.follows.first.map { withdrawFollowers(of: $0, at: now) } ?? []
    }

    mutating func withdraw(_ withdrawn: Withdrawn, at now: Moment) -> [News] {
        var news: [News] = []
        for row in open.sorted() {
            let delivery = deliveries[row]
            guard delivery.notice.key == withdrawn.key,
                withdrawn.phases.isEmpty || withdrawn.phases.contains(delivery.notice.phase)
            else { continue }
            if delivery.state == .pending {
                news += end(row, as: .withdrawn, at: now)
            } else {
                deliveries[row].isTakenBack = true
            }
        }
        return news
    }

    /// When something is due next without anything new.
    func nextDue(after now: Moment) -> Moment? {
        var due: [Moment] = reports.map(\.at)
        for row in open {
            let delivery = deliveries[row]
            if let ends = delivery.ends {
                due.append(ends.at)
            } else {
                if delivery.due > now { due.append(delivery.due) }
                due.append(delivery.notice.notAfter + .microseconds(1))
            }
        }
        return due.min()
    }

    /// Everything that is due at this moment.
    mutating func run(at now: Moment, _ gateway: inout Gateway, _ town: Town) -> [News] {
        var news: [News] = []
        for row in open.sorted() {
            if let ends = deliveries[row].ends, ends.at <= now {
                news += finish(row, as: ends.as, at: now)
            } else if deliveries[row].state == .pending, deliveries[row].notice.notAfter < now {
                news += end(row, as: .expired, at: now)
                news.append(.receipt(receipt(row, .expired, now)))
            }
        }
        let inOrder = open.map { (deliveries[$0].notice.urgency, $0) }.sorted { $0 < $1 }
        for (_, row) in inOrder where mayGo(row, at: now) {
            deliveries[row].state = .inFlight
            deliveries[row].attempts += 1
            let delivery = deliveries[row]
            let fate = gateway.fate(of: delivery.notice, attempt: delivery.attempts, at: now, town)
            deliveries[row].ends = (now + fate.takes, fate)
            news.append(.left(delivery.notice, at: now, mayArrive: fate.mayArrive))
        }
        let due = reports.filter { $0.at <= now }
        reports.removeAll { $0.at <= now }
        return news + due.map { .receipt($0.receipt) }
    }

    /// The process died: what was in flight may have arrived or not.
    mutating func crash(at now: Moment) -> [News] {
        var news: [News] = []
        for row in open.sorted() where deliveries[row].state == .inFlight {
            deliveries[row].ends = nil
            deliveries[row].isUnknown = true
            if deliveries[row].notice.urgency == .service {
                news += end(row, as: .unknown, at: now)
                news.append(.receipt(receipt(row, .unknown, now)))
            } else if deliveries[row].isTakenBack {
                news += end(row, as: .withdrawn, at: now)
            } else {
                deliveries[row].state = .pending
                deliveries[row].due = now
            }
        }
        return news
    }

    private func mayGo(_ row: Int, at now: Moment) -> Bool {
        let job = deliveries[row]
        guard job.state == .pending, job.due <= now, job.notice.notAfter >= now else { return false }
        let isBlocked = (lanes[job.lane] ?? []).contains { earlier in
            earlier < row && deliveries[earlier].isOpen
                && deliveries[earlier].notice.urgency <= job.notice.urgency
        }
        guard !isBlocked else { return false }
        let firsts = job.notice.follows.compactMap { rows[$0] }.map { deliveries[$0] }
        return firsts.isEmpty
            || (firsts.contains(where: \.mayHaveArrived) && !firsts.contains(where: \.isOpen))
    }

    private mutating func finish(_ row: Int, as fate: Gateway.Fate, at now: Moment) -> [News] {
        deliveries[row].ends = nil
        switch fate.answer {
        case .accepted:
            if let report = fate.report {
                reports.append((now + report.after, receipt(row, report.outcome, now + report.after)))
            }
            return end(row, as: .done, at: now) + [.receipt(receipt(row, .accepted, now))]
        case .refused:
            return end(row, as: .parked, at: now) + [.receipt(receipt(row, .failed, now))]
        case .silent where deliveries[row].notice.urgency == .service:
            deliveries[row].isUnknown = true
            return end(row, as: .unknown, at: now) + [.receipt(receipt(row, .unknown, now))]
        case .silent, .notNow:
            if deliveries[row].isTakenBack { return end(row, as: .withdrawn, at: now) }
            deliveries[row].isUnknown = deliveries[row].isUnknown || fate.answer == .silent
            deliveries[row].state = .pending
            deliveries[row].due = now + fate.again
            return []
        }
    }

    private mutating func end(_ row: Int, as state: State, at now: Moment) -> [News] {
        deliveries[row].state = state
        deliveries[row].ends = nil
        open.remove(row)
        let ended = News.ended(deliveries[row].notice, state, at: now)
        guard state == .expired || state == .withdrawn else { return [ended] }
        return [ended] + withdrawFollowers(of: deliveries[row].notice.id, at: now)
    }

    private mutating func withdrawFollowers(of id: String, at now: Moment) -> [News] {
        let followers = open.sorted().filter { row in
            let follower = deliveries[row]
            return follower.state == .pending && follower.notice.follows.contains(id)
                && follower.notice.follows.compactMap { rows[$0] }.allSatisfy { isLost(deliveries[$0]) }
        }
        return followers.flatMap { end($0, as: .withdrawn, at: now) }
    }

    /// It has ended, and nobody can have read it.
    private func isLost(_ first: Delivery) -> Bool {
        !first.mayHaveArrived && [.expired, .withdrawn].contains(first.state)
    }

    private func receipt(_ row: Int, _ outcome: Receipt.Outcome, _ at: Moment) -> Receipt {
        Receipt(
            id: deliveries[row].notice.id,
            sink: deliveries[row].notice.channel.rawValue,
            outcome: outcome,
            at: at
        )
    }
}
