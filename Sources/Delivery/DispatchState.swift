import Interactions
import Units

/// What the threads of one dispatcher share, and who does what next.
struct DispatchState: Sendable {
    enum Work: Hashable, Sendable {
        /// Ask the outbox for so many jobs.
        case poll(limit: Int)
        case deliver(DeliveryJob)
        /// Put back a job that was claimed and not begun.
        case release(DeliveryJob)
        case end
    }

    let threads: Int
    /// Jobs can become due without a word to us: the outbox is asked this often.
    let pollInterval: Duration
    var circuit = SinkCircuit()
    var counters: DispatchCounters
    var random: any RandomNumberGenerator & Sendable
    var isStopping = false
    /// The owner has stopped waiting for what is under way: its outcomes are not recorded any more.
    var isAbandoned = false
    /// Threads that have not ended.
    var alive = 0

    private var ready: [DeliveryJob] = []
    private var isPolling = false
    private var wakeCameWhilePolling = false
    private var nextPoll = Moment.distantPast

    init(
        sink: String,
        threads: Int,
        pollInterval: Duration,
        random: any RandomNumberGenerator & Sendable
    ) {
        self.threads = threads
        self.pollInterval = pollInterval
        self.random = random
        counters = DispatchCounters(sink: sink)
    }

    /// What a free thread does now.
    mutating func next(at now: Moment) -> Monitor<DispatchState>.Look<Work> {
        if isStopping {
            guard let job = ready.popLast() else { return .found(.end) }
            return .found(.release(job))
        }
        if !ready.isEmpty {
            counters.busy += 1
            return .found(.deliver(ready.removeFirst()))
        }
        if isPolling { return .wait(atMost: nil) }
        let begin = max(nextPoll, circuit.pausedUntil)
        // Never longer than the interval: the clock that says when is not the one that waits.
        guard now >= begin else { return .wait(atMost: min(begin.since(now), pollInterval)) }
        let room = circuit.room(of: threads, busy: counters.busy, at: now)
        guard room > 0 else { return .wait(atMost: nil) }
        isPolling = true
        return .found(.poll(limit: room))
    }

    /// New jobs are in the outbox.
    mutating func wake() {
        nextPoll = .distantPast
        wakeCameWhilePolling = isPolling
    }

    mutating func polled(_ jobs: [DeliveryJob], limit: Int, at now: Moment) {
        isPolling = false
        ready = jobs
        let mayHaveMore = jobs.count >= limit || wakeCameWhilePolling
        nextPoll = mayHaveMore ? .distantPast : now + pollInterval
        wakeCameWhilePolling = false
    }

    /// A job came to an outcome: the next one of its key may be due now, and it may be due itself later.
    mutating func finished(_ outcome: DeliveryOutcome) {
        counters.busy -= 1
        switch outcome {
        case .done: counters.delivered += 1
        case .retry: counters.retried += 1
        case .parked: counters.parked += 1
        case .expired: counters.expired += 1
        }
        if case .retry(let moment, _, _) = outcome {
            nextPoll = min(nextPoll, moment)
        } else {
            wake()
        }
    }
}
