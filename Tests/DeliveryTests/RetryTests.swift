import Interactions
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("Retries come when they should")
struct RetryTests {
    @Test("The ceiling doubles from a second to five minutes and stays there")
    func ceilings() {
        let seconds = (1...11).map { RetryPlan.standard.ceiling(after: $0).inSeconds }
        #expect(seconds == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        #expect(RetryPlan.standard.ceiling(after: .max) == .minutes(5))
        #expect(RetryPlan.standard.ceiling(after: 0) == .seconds(1))
    }

    @Test("Full jitter spreads the waits over the whole span below the ceiling")
    func jitter() {
        var random = Dice(seed: 1)
        let waits = (0..<2_000).compactMap { _ -> Double? in
            guard
                case .retry(let at) = RetryPlan.standard.next(
                    after: 10,
                    asked: nil,
                    age: nil,
                    now: start,
                    random: &random
                )
            else { return nil }
            return at.since(start).inSeconds
        }
        #expect(waits.count == 2_000)
        #expect(waits.allSatisfy { $0 >= 0.1 && $0 <= 300 })
        // The mean of 2000 uniform draws has a deviation of 1.9 s around 150 s: ten deviations are never seen.
        let mean = waits.reduce(0, +) / 2_000
        #expect(abs(mean - 150) < 19)
    }

    @Test("The same generator gives the same waits")
    func seeded() {
        var one = Dice(seed: 42)
        var other = Dice(seed: 42)
        let plan = RetryPlan.standard
        #expect(
            plan.next(after: 5, asked: nil, age: nil, now: start, random: &one)
                == plan.next(after: 5, asked: nil, age: nil, now: start, random: &other)
        )
    }

    @Test("Life-safety tries again after 1, 2, 4, 8, 16, 30, 30 s, and never gives up by age")
    func lifeSafety() {
        var random = Dice(seed: 42)
        let waits = (1...7).map {
            RetryPlan.lifeSafety.next(after: $0, asked: nil, age: .weeks(9), now: start, random: &random)
        }
        #expect(waits == [1, 2, 4, 8, 16, 30, 30].map { .retry(at: start + .seconds($0)) })
    }

    @Test("What the other side asks for wins over the plan, within a limit")
    func asked() {
        var random = Dice(seed: 42)
        func next(_ plan: RetryPlan, _ asked: Duration) -> RetryPlan.Next {
            plan.next(after: 1, asked: asked, age: nil, now: start, random: &random)
        }
        #expect(next(.standard, .minutes(50)) == .retry(at: start + .minutes(50)))
        #expect(next(.standard, .weeks(50)) == .retry(at: start + .hours(24)))
        #expect(next(.standard, .zero) == .retry(at: start + .milliseconds(100)))
        #expect(next(.lifeSafety, .minutes(50)) == .retry(at: start + .minutes(1)))
    }

    @Test("After a week it gives up")
    func givesUp() {
        var random = Dice(seed: 42)
        let plan = RetryPlan.standard
        #expect(plan.next(after: 9, asked: nil, age: .weeks(1), now: start, random: &random) == .giveUp)
        #expect(plan.next(after: 9, asked: nil, age: .days(6), now: start, random: &random) != .giveUp)
    }

    @Test(
        "Retry-After is read as seconds and as a date",
        arguments: [
            ("120", Duration.seconds(120)), (" 0", .zero), ("99999999999", .seconds(31_536_000)),
            ("Mon, 05 Jan 2026 08:01:30 GMT", .seconds(90)), ("Sun, 04 Jan 2026 08:00:00 GMT", .zero),
            ("soon", nil), ("-5", nil), ("", nil), ("Mon, 05 Foo 2026 08:01:30 GMT", nil),
            ("Mon, 05 Jan 2026 8:1 GMT", nil),
        ] as [(String, Duration?)]
    )
    func retryAfter(value: String, expected: Duration?) {
        #expect(RetryAfter.duration(of: value, now: start) == expected)
    }

    @Test("Three failures in a row pause the sink for 1, 2, 4 … 30 s; any answer ends it")
    func circuit() {
        var circuit = SinkCircuit()
        let failure = SinkResult.retry(.unreachable("refused"), asked: nil, unknown: false)
        #expect(circuit.take(failure, at: start) == nil)
        #expect(circuit.take(failure, at: start) == nil)
        #expect(circuit.room(of: 4, busy: 1, at: start) == 3)
        var now = start
        var pauses: [Double] = []
        for _ in 0..<7 {
            if let until = circuit.take(failure, at: now) {
                pauses.append(until.since(now).inSeconds)
                #expect(circuit.room(of: 4, busy: 0, at: now) == 0)
                now = until
            }
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30])
        #expect(circuit.room(of: 4, busy: 0, at: now) == 1, "one job is let through to see")
        #expect(circuit.room(of: 4, busy: 1, at: now) == 0)
        #expect(circuit.take(.permanent(.wrongContent), at: now) == nil)
        #expect(circuit.isOpen, "what was decided here says nothing about the other side")
        #expect(circuit.take(.done(reference: nil), at: now) == nil)
        #expect(circuit.room(of: 4, busy: 0, at: now) == 4)
    }

    @Test("Retry-After holds the whole sink, five minutes at most")
    func hold() {
        var circuit = SinkCircuit()
        _ = circuit.take(.retry(.refused(status: 429), asked: .seconds(20), unknown: false), at: start)
        #expect(circuit.pausedUntil == start + .seconds(20))
        #expect(!circuit.isOpen)
        _ = circuit.take(.retry(.refused(status: 429), asked: .hours(20), unknown: false), at: start)
        #expect(circuit.pausedUntil == start + .minutes(5))
    }
}
