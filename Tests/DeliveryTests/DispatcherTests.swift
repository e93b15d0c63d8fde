import Interactions
import Synchronization
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("The dispatcher carries jobs from the outbox to the sink", .timeLimit(.minutes(2)))
struct DispatcherTests {
    /// Does what a test says, and remembers.
    final class TestSink: Sink {
        let name: String
        private let body: @Sendable (DeliveryJob) -> SinkResult
        private let seen = Mutex<[String]>([])
        private let highest = Mutex((now: 0, most: 0))

        init(_ name: String = "crm", _ body: @escaping @Sendable (DeliveryJob) -> SinkResult) {
            self.name = name
            self.body = body
        }

        var delivered: [String] { seen.withLock { $0 } }
        var mostAtOnce: Int { highest.withLock { $0.most } }

        func takes(_ content: DeliveryJob.Content) -> Bool {
            if case .command = content { false } else { true }
        }

        func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult {
            highest.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { highest.withLock { $0.now -= 1 } }
            seen.withLock { $0.append(job.id) }
            return body(job)
        }
    }

    /// Holds threads until a test lets them go.
    final class Gate: Sendable {
        private let isOpen = Monitor(false)
        func open() { isOpen.change { $0 = true } }
        func pass() { _ = isOpen.wait(atMost: .seconds(60)) { $0 } }
    }

    final class Log: Sendable {
        private let events = Mutex<[DispatchEvent]>([])
        func take(_ event: DispatchEvent) { events.withLock { $0.append(event) } }
        var all: [DispatchEvent] { events.withLock { $0 } }
        var reports: [DeliveryReport] {
            all.compactMap { if case .report(let report) = $0 { report } else { nil } }
        }
        var failures: [String] { all.compactMap { if case .failure(let it) = $0 { "\(it)" } else { nil } } }
        var outboxFailures: Int { all.count { if case .outboxFailed = $0 { true } else { false } } }
    }

    final class Clock: Sendable {
        private let moment = Mutex(start)
        var now: Moment { moment.withLock { $0 } }
        func advance(_ span: Duration) { moment.withLock { $0 = $0 + span } }
    }

    let log = Log()
    let clock = Clock()

    func dispatcher(_ sink: any Sink, _ outbox: MemoryOutbox, threads: Int = 4) -> Dispatcher {
        let dispatcher = Dispatcher(
            sink,
            outbox: outbox,
            settings: .init(threads: threads, pollInterval: .milliseconds(20)),
            clock: { [clock] in clock.now },
            observe: { [log] in log.take($0) }
        )
        #expect(dispatcher.start() == threads)
        return dispatcher
    }

    @Test("Every job is delivered once, of one key in order, and reported")
    func delivers() {
        let jobs = (0..<200).map { event("EVT_\($0)", row: Int64($0), key: "CASE_\($0 % 7)") }
        let outbox = MemoryOutbox(jobs)
        let sink = TestSink { _ in .done(reference: "r") }
        let dispatcher = dispatcher(sink, outbox)
        #expect(eventually { log.reports.count == 200 })
        #expect(dispatcher.stop(within: .seconds(20)))
        #expect(Set(sink.delivered).count == 200)
        #expect(sink.delivered.count == 200)
        for key in 0..<7 {
            let order = sink.delivered.compactMap { Int($0.dropFirst(4)) }.filter { $0 % 7 == key }
            #expect(order == order.sorted())
        }
        #expect(outbox.states().allSatisfy { $0 == "done" })
        #expect(log.reports.allSatisfy { $0.outcome == .accepted && $0.detail == "r" && $0.sink == "crm" })
        #expect(dispatcher.counters.delivered == 200)
        #expect(dispatcher.counters.busy == 0)
    }

    @Test("As many tries at once as there are threads, and no more")
    func concurrency() {
        let gate = Gate()
        let sink = TestSink { _ in
            gate.pass()
            return .done(reference: nil)
        }
        let outbox = MemoryOutbox((0..<20).map { event("EVT_\($0)", row: Int64($0), key: "\($0)") })
        let dispatcher = dispatcher(sink, outbox)
        #expect(eventually { sink.delivered.count == 4 })
        #expect(
            outbox.states().count { $0 == "inflight" } == 4,
            "no job is claimed before a thread is free for it"
        )
        gate.open()
        #expect(eventually { log.reports.count == 20 })
        #expect(sink.mostAtOnce == 4)
        #expect(dispatcher.stop(within: .seconds(20)))
    }

    @Test("A stuck sink does not delay another")
    func independent() {
        let gate = Gate()
        let outbox = MemoryOutbox(
            (0..<8).map { event("A\($0)", row: Int64($0), sink: "slow", key: "\($0)") }
                + (8..<16).map { event("B\($0)", row: Int64($0), sink: "fast", key: "\($0)") }
        )
        let slow = dispatcher(
            TestSink("slow") { _ in
                gate.pass()
                return .done(reference: nil)
            },
            outbox
        )
        let fast = dispatcher(TestSink("fast") { _ in .done(reference: nil) }, outbox)
        #expect(eventually { log.reports.count == 8 })
        #expect(log.reports.allSatisfy { $0.sink == "fast" })
        gate.open()
        #expect(eventually { log.reports.count == 16 })
        #expect(slow.stop(within: .seconds(20)))
        #expect(fast.stop(within: .seconds(20)))
    }

    @Test("A failed job is tried again when its time has come, and not before")
    func retries() {
        let tries = Mutex(0)
        let sink = TestSink { _ in
            let count = tries.withLock { count in
                count += 1
                return count
            }
            return count < 3
                ? .retry(.refused(status: 429), asked: .seconds(10), unknown: false) : .done(reference: nil)
        }
        let outbox = MemoryOutbox([event("EVT_1")])
        let dispatcher = dispatcher(sink, outbox)
        for expected in 1...2 {
            #expect(eventually { log.failures.count == expected })
            clock.advance(.seconds(9))
            let polls = outbox.polls
            dispatcher.wake()
            // The sink is held for the time it asked for: not even the outbox is asked.
            #expect(outbox.polls == polls)
            #expect(sink.delivered.count == expected)
            clock.advance(.seconds(1))
        }
        #expect(eventually { log.reports.count == 1 })
        #expect(dispatcher.stop(within: .seconds(20)))
        #expect(outbox.rows[0].outcomes.count == 3)
        #expect(
            outbox.rows[0].outcomes[0]
                == .retry(at: start + .seconds(10), reason: "refused: 429 too many requests", unknown: false)
        )
        #expect(
            log.failures.first
                == "interaction EVT_1 by crm: refused: 429 too many requests; trying again in 10 s (attempt 1), "
                + "CASE_1 waits"
        )
    }

    @Test("Once the outcome of a job is unknown it stays unknown until it is answered")
    func staysUnknown() {
        let results = Mutex<[SinkResult]>([
            .retry(.noAnswer("x"), asked: .seconds(1), unknown: true),
            .retry(.unreachable("x"), asked: .seconds(1), unknown: false), .done(reference: nil),
        ])
        let seen = Mutex<[Bool]>([])
        let sink = TestSink { job in
            seen.withLock { $0.append(job.outcomeUnknown) }
            return results.withLock { $0.removeFirst() }
        }
        let outbox = MemoryOutbox([event("EVT_1")])
        let dispatcher = dispatcher(sink, outbox)
        for count in 1...2 {
            #expect(eventually { log.failures.count == count })
            clock.advance(.seconds(1))
        }
        #expect(eventually { log.reports.count == 1 })
        #expect(seen.withLock { $0 } == [false, true, true])
        #expect(dispatcher.stop(within: .seconds(20)))
    }

    @Test("What can never arrive is parked, and what is too late expires; both are reported")
    func parkedAndExpired() {
        let late = notice("MSG_LATE", at: start - .hours(3))
        var command = event("x", row: 4, sink: "sms", key: "K4")
        command.content = .command(
            Command(
                id: "CMD_1",
                key: "K4",
                topic: "t",
                payload: "p",
                pipeline: "p",
                detector: "d",
                subject: "s",
                at: start,
                notAfter: start
            )
        )
        var stranger = job(notice("MSG_X", recipient: "unreadable"), row: 5)
        stranger.key = "K5"
        var lateJob = job(late, row: 2)
        lateJob.key = "K2"
        let outbox = MemoryOutbox([job(notice("MSG_BAD"), row: 1), lateJob, command, stranger])
        let sink = TestSink("sms") { _ in .permanent(.refused(status: 400)) }
        let dispatcher = dispatcher(sink, outbox)
        #expect(eventually { log.reports.count == 3 && log.failures.count == 3 })
        #expect(dispatcher.stop(within: .seconds(20)))
        let outcomes = Dictionary(uniqueKeysWithValues: log.reports.map { ($0.id, $0.outcome) })
        #expect(outcomes == ["MSG_BAD": .failed, "MSG_LATE": .expired, "CMD_1": .failed])
        #expect(sink.delivered == ["MSG_BAD"])
        #expect(outbox.states() == ["parked", "expired", "parked", "pending"])
        #expect(dispatcher.counters.parked == 2)
        #expect(dispatcher.counters.expired == 1)
        #expect(dispatcher.counters.retried == 1)
    }

    @Test("Life-safety goes first when threads are few")
    func urgency() {
        let gate = Gate()
        let sink = TestSink("sms") { _ in
            gate.pass()
            return .done(reference: nil)
        }
        var jobs = (1...3).map { row in
            var job = job(notice("MSG_\(row)"), row: Int64(row))
            job.key = "K\(row)"
            return job
        }
        let outbox = MemoryOutbox([jobs.removeFirst()])
        let dispatcher = dispatcher(sink, outbox, threads: 1)
        #expect(eventually { sink.delivered == ["MSG_1"] })
        for job in jobs { outbox.add(job) }
        var fall = job(notice("MSG_FALL", urgency: .lifeSafety), row: 9)
        fall.key = "K9"
        outbox.add(fall)
        gate.open()
        #expect(eventually { log.reports.count == 4 })
        #expect(sink.delivered == ["MSG_1", "MSG_FALL", "MSG_2", "MSG_3"])
        #expect(dispatcher.stop(within: .seconds(20)))
    }

    @Test("When nobody answers the sink pauses, one job probes, and all flows again")
    func circuit() {
        let isUp = Mutex(false)
        let sink = TestSink { _ in
            isUp.withLock { $0 }
                ? .done(reference: nil) : .retry(.unreachable("refused"), asked: nil, unknown: false)
        }
        let outbox = MemoryOutbox((0..<50).map { event("EVT_\($0)", row: Int64($0), key: "\($0)") })
        let dispatcher = dispatcher(sink, outbox, threads: 4)
        #expect(eventually { dispatcher.counters.pausedUntil > start })
        let tried = eventually { dispatcher.counters.busy == 0 } ? sink.delivered.count : .max
        #expect(
            tried <= 2 + 2 * 4,
            "of 50 jobs only as many were tried as were under way at the third failure"
        )
        isUp.withLock { $0 = true }
        #expect(outbox.states().allSatisfy { $0 == "pending" })
        clock.advance(.minutes(6))
        #expect(eventually { log.reports.count == 50 })
        #expect(dispatcher.stop(within: .seconds(20)))
        #expect(log.all.contains { if case .paused = $0 { true } else { false } })
    }

    @Test("A word about new jobs is enough; without it they are found at the next look")
    func wake() {
        let outbox = MemoryOutbox()
        let sink = TestSink { _ in .done(reference: nil) }
        let sleepy = Dispatcher(
            sink,
            outbox: outbox,
            settings: .init(threads: 2, pollInterval: .hours(1)),
            clock: { [clock] in clock.now },
            observe: { [log] in log.take($0) }
        )
        #expect(sleepy.start() == 2)
        #expect(eventually { outbox.polls == 1 })
        outbox.add(event("EVT_1"))
        sleepy.wake()
        #expect(eventually { log.reports.count == 1 })
        #expect(sleepy.stop(within: .seconds(20)))
    }

    @Test("An outbox that cannot be written keeps its outcome until it can: nothing goes out twice")
    func outboxFails() {
        let outbox = MemoryOutbox([event("EVT_1"), event("EVT_2", row: 2, key: "K2")])
        outbox.failDue(times: 2)
        outbox.failFinish(times: 3)
        let sink = TestSink { _ in .done(reference: nil) }
        let dispatcher = dispatcher(sink, outbox, threads: 1)
        #expect(
            eventually {
                clock.advance(.milliseconds(20)); return log.reports.count == 2
            }
        )
        #expect(sink.delivered.sorted() == ["EVT_1", "EVT_2"])
        #expect(log.outboxFailures == 5)
        #expect(dispatcher.stop(within: .seconds(20)))
    }

    @Test("Stopping begins nothing more and leaves what hangs to be recovered")
    func stop() {
        let gate = Gate()
        let sink = TestSink { _ in
            gate.pass()
            return .done(reference: nil)
        }
        let outbox = MemoryOutbox((0..<3).map { event("EVT_\($0)", row: Int64($0), key: "\($0)") })
        let dispatcher = dispatcher(sink, outbox, threads: 2)
        #expect(eventually { sink.delivered.count == 2 })
        #expect(!dispatcher.stop(within: .milliseconds(50)))
        gate.open()
        #expect(dispatcher.stop(within: .seconds(20)), "the threads end by themselves")
        #expect(outbox.states().sorted() == ["inflight", "inflight", "pending"])
        #expect(log.reports.isEmpty)
    }

    @Test("Jobs that were claimed and not begun go back as they were")
    func releases() {
        var state = DispatchState(
            sink: "crm",
            threads: 2,
            pollInterval: .seconds(1),
            random: SystemRandomNumberGenerator()
        )
        guard case .found(.poll(limit: 2)) = state.next(at: start) else { return #expect(Bool(false)) }
        state.polled([event("EVT_1"), event("EVT_2")], limit: 2, at: start)
        guard case .found(.deliver(let first)) = state.next(at: start) else { return #expect(Bool(false)) }
        #expect(first.id == "EVT_1")
        state.isStopping = true
        guard case .found(.release(let second)) = state.next(at: start) else { return #expect(Bool(false)) }
        #expect(second.id == "EVT_2")
        guard case .found(.end) = state.next(at: start) else { return #expect(Bool(false)) }
    }
}
