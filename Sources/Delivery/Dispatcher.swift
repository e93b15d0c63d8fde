import Interactions
import Units

/// Carries the jobs of one sink from the outbox to it, on threads of its own, so that a slow sink delays no
/// other. It holds nothing that the outbox does not have: a crash at any point loses nothing.
public final class Dispatcher: Sendable {
    public struct Settings: Sendable {
        /// Tries under way at once.
        public var threads: Int
        public var standard: RetryPlan
        public var lifeSafety: RetryPlan
        /// How long at most until a job that became due by itself is noticed.
        public var pollInterval: Duration

        public init(
            threads: Int = 4,
            standard: RetryPlan = .standard,
            lifeSafety: RetryPlan = .lifeSafety,
            pollInterval: Duration = .seconds(1)
        ) {
            self.threads = threads
            self.standard = standard
            self.lifeSafety = lifeSafety
            self.pollInterval = pollInterval
        }
    }

    private let sink: any Sink
    private let outbox: any Outbox
    private let settings: Settings
    private let clock: @Sendable () -> Moment
    private let observe: @Sendable (DispatchEvent) -> Void
    private let shared: Monitor<DispatchState>

    /// - Parameters:
    ///   - clock: the time of each try.
    ///   - random: for the jitter of retries.
    ///   - observe: called on the dispatcher's threads, after the outbox has recorded what it tells of.
    public init(
        _ sink: any Sink,
        outbox: any Outbox,
        settings: Settings = Settings(),
        clock: @escaping @Sendable () -> Moment,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        observe: @escaping @Sendable (DispatchEvent) -> Void
    ) {
        self.sink = sink
        self.outbox = outbox
        self.settings = settings
        self.clock = clock
        self.observe = observe
        shared = Monitor(
            DispatchState(
                sink: sink.name,
                threads: settings.threads,
                pollInterval: settings.pollInterval,
                random: random
            )
        )
    }

    /// Starts the threads, once.
    /// - Returns: how many run: fewer than asked when the system gives no more; with none nothing is sent.
    public func start() -> Int {
        var started = 0
        for _ in 0..<settings.threads {
            shared.change { $0.alive += 1 }
            guard WorkerThread.start({ self.work() }) else {
                shared.change { $0.alive -= 1 }
                break
            }
            started += 1
        }
        return started
    }

    /// Says that a commit has put new jobs into the outbox.
    public func wake() {
        shared.change { $0.wake() }
    }

    /// Begins nothing more and waits for what is under way, at most so long. What is still under way then stays
    /// claimed in the outbox, which finds it at the next start and treats it as unknown.
    /// - Returns: whether everything came to its end.
    public func stop(within limit: Duration) -> Bool {
        shared.change { $0.isStopping = true }
        let ended = shared.wait(atMost: limit) { $0.alive == 0 }
        if !ended { shared.change { $0.isAbandoned = true } }
        return ended
    }

    public var counters: DispatchCounters {
        shared.read { state in
            var counters = state.counters
            counters.pausedUntil = state.circuit.pausedUntil
            return counters
        }
    }

    private func work() {
        while true {
            switch shared.wait({ $0.next(at: clock()) }) {
            case .poll(let limit): poll(limit)
            case .deliver(let job): deliver(job)
            case .release(let job):
                record(
                    job,
                    .retry(at: clock(), reason: "stopped before it was begun", unknown: job.outcomeUnknown)
                )
            case .end:
                shared.change { $0.alive -= 1 }
                return
            }
        }
    }

    private func poll(_ free: Int) {
        let now = clock()
        let room = sink.room(at: now) ?? free
        let limit = room > 0 ? min(free, room) : free
        do {
            let jobs = try outbox.due(sink.name, at: now, limit: limit, onlyLifeSafety: room == 0)
            shared.change { $0.polled(jobs, limit: limit, at: clock()) }
        } catch {
            shared.change { $0.polled([], limit: limit, at: clock()) }
            observe(.outboxFailed(sink: sink.name, reason: "\(error)"))
        }
    }

    private func deliver(_ job: DeliveryJob) {
        let now = clock()
        if let notAfter = job.notAfter, now > notAfter {
            settle(Settlement(expired: job, at: now), job)
            return
        }
        var recipient: RecipientAddress?
        let result: SinkResult
        if !sink.takes(job.content) {
            result = .permanent(.wrongContent)
        } else {
            do {
                if case .notice(let notice) = job.content {
                    recipient = try outbox.recipient(of: notice.recipient)
                }
                result = sink.deliver(job, to: recipient, at: now)
            } catch {
                result = .retry(.lookup("\(error)"), asked: nil, unknown: false)
            }
        }
        let settled = clock()
        notice(result, at: settled)
        let settlement = shared.change { state in
            Settlement(
                of: result,
                job,
                to: recipient,
                plan: job.plan(standard: settings.standard, lifeSafety: settings.lifeSafety),
                at: settled,
                random: &state.random
            )
        }
        settle(settlement, job)
    }

    /// What a result says about the sink as a whole.
    private func notice(_ result: SinkResult, at now: Moment) {
        let pause = shared.change { state in state.circuit.take(result, at: now) }
        if let pause { observe(.paused(sink: sink.name, until: pause)) }
    }

    private func settle(_ settlement: Settlement, _ job: DeliveryJob) {
        guard record(job, settlement.outcome) else { return }
        shared.change { $0.finished(settlement.outcome) }
        if let failure = settlement.failure { observe(.failure(failure)) }
        if let report = settlement.report { observe(.report(report)) }
    }

    /// Records an outcome, again and again while the outbox cannot: what was sent must not be sent again.
    /// - Returns: false when it was not recorded because nobody waits for it any more.
    @discardableResult
    private func record(_ job: DeliveryJob, _ outcome: DeliveryOutcome) -> Bool {
        while !shared.read({ $0.isAbandoned }) {
            do {
                try outbox.finish(job.row, outcome, at: clock())
                return true
            } catch {
                observe(.outboxFailed(sink: sink.name, reason: "\(error)"))
                _ = shared.wait(atMost: settings.pollInterval) { $0.isAbandoned }
            }
        }
        return false
    }
}
