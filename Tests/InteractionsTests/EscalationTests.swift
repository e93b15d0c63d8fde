import Testing
import Units

@testable import Interactions

@Suite("An escalation as it is written")
struct EscalationTests {
    typealias Ask = Escalation.Ask
    typealias AskFirst = Escalation.AskFirst
    typealias InTurn = Escalation.InTurn
    typealias Keep = Escalation.Keep
    typealias Only = Escalation.Only
    typealias Wait = Escalation.Wait

    static let nights = Schedule.daily(22.oclock, to: 7.oclock)

    static func policy(
        arrivalWithin: Duration = .minutes(20),
        receiptWithin: Duration = .seconds(60),
        every: Duration = .minutes(5),
        @EscalationBuilder _ steps: () -> [Escalation.Step]
    ) -> Escalation {
        Escalation("p", arrivalWithin: arrivalWithin, receiptWithin: receiptWithin, steps: steps) {
            Keep(asking: .lastResort, every: every)
        }
    }

    @Test("Its steps are those that were written, those of an Only after it")
    func steps() {
        let policy = Self.policy {
            Ask(.caregiver, .neighbour)
            AskFirst(.relative, by: .voice)
            Wait(.minutes(1))
            Only(during: Self.nights) {
                Ask(.caregiver)
                InTurn(.relative, every: .minutes(2), rounds: 3)
            }
        }
        #expect(
            policy.steps == [
                .ask([.caregiver, .neighbour], onlyFirst: false, by: .text),
                .ask([.relative], onlyFirst: true, by: .voice),
                .wait(.minutes(1)),
                .only(during: Self.nights, steps: 2),
                .ask([.caregiver], onlyFirst: false, by: .text),
                .inTurn(.relative, every: .minutes(2), rounds: 3, by: .text),
            ]
        )
        #expect(policy.contacts == [.caregiver, .neighbour, .relative, .lastResort])
        #expect(policy.problems == [])
        #expect(Escalation.fall.problems == [])
        #expect(Escalation.alarm.problems == [], "no steps before the last resort are allowed")
        #expect(Escalation.fall.longestChain == .minutes(43))
    }

    static let mistakes: [(Escalation, [EscalationProblem.Cause])] = [
        (
            policy {
                Ask(.relative)
                Wait(.zero)
                Ask(.caregiver)
                Wait(.seconds(-5))
            }, [.waitTooShort(.zero, step: 2), .waitTooShort(.seconds(-5), step: 4)]
        ),
        (policy { InTurn(.relative, every: .zero) }, [.waitTooShort(.zero, step: 1)]),
        (policy { InTurn(.relative, every: .minutes(1), rounds: 0) }, [.rounds(0, step: 1)]),
        (policy { InTurn(.relative, every: .minutes(1), rounds: 11) }, [.rounds(11, step: 1)]),
        (
            policy {
                Ask(.relative, .relative)
                Wait(.minutes(1))
            }, [.askedTwice(.relative, step: 1, before: 1)]
        ),
        (
            policy {
                Ask(.relative)
                AskFirst(.relative, by: .voice)
                Wait(.minutes(1))
            }, [.askedTwice(.relative, step: 2, before: 1)]
        ),
        (
            policy {
                Ask(.relative)
                Ask(.caregiver)
                InTurn(.relative, every: .minutes(1))
            }, [.askedTwice(.relative, step: 3, before: 1)]
        ),
        // By day no time passes between them.
        (
            policy {
                Ask(.relative)
                Only(during: nights) { Wait(.minutes(1)) }
                Ask(.relative)
                Wait(.minutes(1))
            }, [.askedTwice(.relative, step: 4, before: 1)]
        ),
        // At night it is asked twice.
        (
            policy {
                Ask(.relative)
                Only(during: nights) { Ask(.relative, by: .voice) }
                Wait(.minutes(1))
            }, [.askedTwice(.relative, step: 3, before: 1)]
        ),
        // Either, or.
        (
            policy {
                Only(during: nights) { Ask(.relative, by: .voice) }
                Only(during: nights.inverted) { Ask(.relative) }
                Wait(.minutes(1))
            }, []
        ),
        (
            policy {
                Ask(.relative)
                Wait(.minutes(1))
                Wait(.minutes(1))
            }, [.waitAfterWait(step: 3)]
        ),
        (
            policy {
                InTurn(.relative, every: .minutes(1))
                Only(during: nights) { Wait(.minutes(1)) }
            }, [.waitAfterWait(step: 3)]
        ),
        (
            policy {
                Wait(.minutes(1))
                Ask(.relative)
                Only(during: nights) {
                    Ask(.caregiver)
                    Wait(.minutes(1))
                }
                Wait(.minutes(3))
            }, []
        ),
        (
            policy {
                Only(during: nights) {
                    Ask(.relative)
                    Wait(.minutes(1))
                }
                Ask(.relative)
                Wait(.minutes(1))
            }, []
        ),
        (policy { Ask(.relative) }, [.noTimeBeforeLastResort(step: 1)]),
        (
            policy {
                Ask(.relative)
                Only(during: nights) { Wait(.minutes(1)) }
            }, [.noTimeBeforeLastResort(step: 1)]
        ),
        (
            policy {
                Ask(.relative)
                Wait(.hours(24) + .seconds(1))
            }, [.chainTooLong(.hours(24) + .seconds(1))]
        ),
        (
            policy { InTurn(.relative, every: .minutes(15), rounds: 10) },
            [.chainTooLong(.hours(25))]
        ),
        (policy { Only(during: nights) {} }, [.onlyWithoutSteps(step: 1)]),
        (policy(arrivalWithin: .zero) {}, [.arrivalWithin(.zero)]),
        (policy(arrivalWithin: .days(8)) {}, [.arrivalWithin(.days(8))]),
        (policy(receiptWithin: .zero) {}, [.receiptWithin(.zero)]),
        (policy(receiptWithin: .days(2)) {}, [.receiptWithin(.days(2))]),
        (policy(every: .hours(1)) {}, []),
        (policy(every: .hours(1) + .seconds(1)) {}, [.lastResortEvery(.hours(1) + .seconds(1))]),
        (policy(every: .seconds(29)) {}, [.lastResortEvery(.seconds(29))]),
        (
            Escalation("p", arrivalWithin: .minutes(1), otherwiseBy: .voice, .voice) {
            } lastResort: {
                Keep(asking: .lastResort, every: .minutes(5))
            }, [.otherChannelTwice(.voice)]
        ),
        (
            policy {
                Ask(.relative)
                Wait(.seconds(1) * Int64.max)
                Wait(.seconds(1) * Int64.max)
            }, [.waitAfterWait(step: 3), .chainTooLong(.hours(96))]
        ),
    ]

    @Test("Mistakes that the compiler cannot see are problems", arguments: mistakes)
    func problems(_ policy: Escalation, _ expected: [EscalationProblem.Cause]) {
        #expect(policy.problems.map(\.cause) == expected)
        for problem in policy.problems {
            #expect(problem.description.hasPrefix("escalation \"p\""))
            #expect(problem.description.contains("; expected "))
        }
    }

    @Test("A schedule that a snapshot could not hold is a problem")
    func schedule() {
        let windows = (0..<40).map {
            Schedule.on(.monday, TimeOfDay(hour: $0 / 2, minute: $0), to: 23.oclock)
        }
        let many = windows.reduce(Schedule.daily(1.oclock, to: 2.oclock)) { $0.union($1) }
        let policy = Self.policy {
            Only(during: many) { InTurn(.relative, every: .minutes(1)) }
        }
        #expect(policy.problems.map(\.cause) == [.scheduleNotKept(step: 1)])
    }

    @Test("Too many steps are counted")
    func tooMany() {
        let steps = (1...33).flatMap { number in
            [
                Escalation.Step.ask([Contact(role: "r\(number)")], onlyFirst: false, by: .text),
                .wait(.minutes(1)),
            ]
        }
        let policy = Escalation(
            name: "long",
            arrivalWithin: .minutes(20),
            receiptWithin: .seconds(60),
            otherChannels: [],
            steps: steps,
            lastResort: Escalation.fall.lastResort
        )
        #expect(policy.problems.map(\.cause) == [.tooManySteps(66)])
    }

    @Test("A problem says where it is, what was found, what was expected, and what follows")
    func sentences() {
        let texts = Self.policy(every: .hours(2)) {
            Ask(.relative)
            Ask(.relative)
            Wait(.zero)
        }.problems.map(\.description)
        #expect(
            texts == [
                "escalation \"p\", step 2: asks relative, as step 1 does, with no Wait between them; expected one "
                    + "of the two; the second would ask nobody",
                "escalation \"p\", step 3: waits 0 s; expected more than nothing; nobody would have time to answer",
                "escalation \"p\": the last resort is asked every 2 h; expected 30 s to 1 h, until a person takes it",
            ]
        )
    }
}
