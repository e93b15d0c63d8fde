import Testing
import Units

@testable import MQTT

@Suite("Session machine")
struct SessionMachineTests {
    private let start = Moment(seconds: 1_000)

    private func machine(_ protocols: ProtocolPreference = .newest, seed: UInt64 = 1) -> SessionMachine {
        SessionMachine(broker: "b:1883", protocols: protocols, seed: seed)
    }

    private func wait(_ error: MQTTError) -> Duration? {
        if case .retry(let span, _) = error.next { span } else { nil }
    }

    @Test("The first step is to connect")
    func first() {
        var machine = machine()
        #expect(machine.step(at: start) == .connect(.v5))
        #expect(machine.step(at: start) == .serve)
    }

    @Test("Waits double, are jittered by at most half, and stop growing at a minute")
    func backoff() throws {
        var machine = machine()
        var now = start
        var longest = Duration.milliseconds(500)
        for attempt in 1...12 {
            #expect(machine.step(at: now) == .connect(.v5))
            let error = machine.failed(.unreachable("refused"), at: now)
            let span = try #require(wait(error))
            #expect(span >= longest / 2 && span <= longest, "attempt \(attempt)")
            #expect(machine.step(at: now + span - .microseconds(1)) == .wait(until: now + span))
            now = now + span
            longest = min(longest * 2, .seconds(60))
        }
        #expect(longest == .seconds(60))
    }

    @Test("The same seed waits the same, another one differently")
    func seeded() {
        func waits(_ seed: UInt64) -> [MQTTError] {
            var machine = machine(seed: seed)
            return (0..<5).map { _ in machine.failed(.lost("reset"), at: start) }
        }
        #expect(waits(3) == waits(3))
        #expect(waits(3) != waits(4))
    }

    @Test("A connection that held resets the waits; one that broke at once does not")
    func settling() {
        func attempt(after held: Duration) -> MQTTError.Next {
            var machine = machine()
            for _ in 0..<4 { _ = machine.failed(.unreachable("refused"), at: start) }
            _ = machine.step(at: start + .hours(1))
            machine.accepted(at: start)
            machine.subscribed()
            return machine.failed(.lost("reset"), at: start + held).next
        }
        guard case .retry(_, 1) = attempt(after: .seconds(10)) else {
            Issue.record("a settled connection did not reset the attempts")
            return
        }
        guard case .retry(_, 5) = attempt(after: .seconds(9)) else {
            Issue.record("a connection that broke at once reset the attempts")
            return
        }
    }

    @Test(
        "What only a person can change is final",
        arguments: [2, 4, 5, 133, 134, 135, 138, 140]
    )
    func final(code: Int) {
        var machine = machine()
        _ = machine.step(at: start)
        let error = machine.refused(Refusal(code: code), at: start)
        #expect(error.next == .giveUp)
        #expect(machine.step(at: start + .days(1)) == .giveUp(error))
    }

    @Test("What passes by itself is tried again", arguments: [3, 128, 136, 137, 151, 159])
    func transient(code: Int) {
        var machine = machine()
        _ = machine.step(at: start)
        #expect(wait(machine.refused(Refusal(code: code), at: start)) != nil)
    }

    @Test("After another client took our name we wait half a minute, or both would be thrown out in turns")
    func takeOver() throws {
        var machine = machine()
        _ = machine.step(at: start)
        machine.accepted(at: start)
        let error = machine.failed(.dismissed(Refusal(code: 142)), at: start)
        #expect(try #require(wait(error)) >= .seconds(30))
        #expect(
            "\(error)".contains("closed the connection: another connection uses our client id (code 142)")
        )
        #expect("\(error)".hasSuffix("stop the other Vigie, or give it another client id"))
    }

    @Test("Without MQTT 5 the next attempt is 3.1.1, at once, and the last word if that is refused too")
    func fallback() {
        var machine = machine()
        _ = machine.step(at: start)
        #expect(machine.refused(Refusal(code: 132), at: start).next == .olderProtocol)
        #expect(machine.step(at: start) == .connect(.v311))
        #expect(machine.refused(Refusal(code: 1), at: start).next == .giveUp)
    }

    @Test("Only MQTT 5 means no second choice")
    func noFallback() {
        var machine = machine(.onlyV5)
        _ = machine.step(at: start)
        #expect(machine.refused(Refusal(code: 132), at: start).next == .giveUp)
    }

    @Test("A broker that does not answer CONNECT or SUBSCRIBE is given up")
    func silence() {
        var machine = machine()
        _ = machine.step(at: start)
        #expect(machine.step(at: start + SessionMachine.patience) == .serve)
        let late = start + SessionMachine.patience + .milliseconds(1)
        guard case .abandon(let error) = machine.step(at: late) else {
            Issue.record("a silent broker is waited for")
            return
        }
        #expect(error.cause == .silent(.connect, after: .seconds(20)))

        _ = machine.step(at: late + .minutes(1))
        machine.accepted(at: late)
        #expect(machine.isAccepted && machine.isSubscribing)
        guard case .abandon(let second) = machine.step(at: late + .minutes(3)) else {
            Issue.record("a broker that never confirms subscriptions is waited for")
            return
        }
        #expect(second.cause == .silent(.subscribe, after: .seconds(120)))
    }
}
