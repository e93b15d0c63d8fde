import Foundation
import TestSupport
import Testing
import Units

@testable import Interactions

/// Random histories: whatever people, gateways and clocks do, the promises of an escalation hold.
///
/// `VIGIE_STEPS` sets how many steps are taken, for a long run.
@Suite("Random histories of escalations")
struct EscalationHistoryTests {
    static let steps = ProcessInfo.processInfo.environment["VIGIE_STEPS"].flatMap(Int.init) ?? 20_000

    @Test("No alert ends unanswered, the first taker has it, and a restart changes nothing")
    func promises() throws {
        var dice = Dice(seed: 4)
        var seen = EscalationHistory.Seen()
        var taken = 0
        while taken < Self.steps {
            var history = EscalationHistory(policy: .random(&dice), dice: dice)
            let length = 10 + dice.below(90)
            for _ in 0..<length { try history.step() }
            try history.abandon()
            taken += length
            dice = history.dice
            seen.formUnion(history.seen)
        }
        // A history that never reaches these shows nothing.
        #expect(seen == EscalationHistory.Seen.all)
    }
}

extension Escalation {
    /// Any policy without problems, and some with.
    static func random(_ dice: inout Dice) -> Escalation {
        var steps: [Step] = []
        let contacts: [Contact] = [.caregiver, .relative, .neighbour]
        for _ in 0..<dice.below(6) {
            switch dice.below(5) {
            case 0, 1:
                steps.append(
                    .ask([dice.pick(contacts)], onlyFirst: dice.oneIn(2), by: dice.pick(Channel.allCases))
                )
            case 2:
                steps.append(
                    .inTurn(
                        dice.pick(contacts),
                        every: .seconds(dice.below(200)),
                        rounds: 1 + dice.below(2),
                        by: .text
                    )
                )
            case 3:
                let nights = Schedule.daily(22.oclock, to: 7.oclock)
                steps.append(.only(during: nights, steps: 1))
                steps.append(.ask([dice.pick(contacts)], onlyFirst: false, by: .voice))
            default: steps.append(.wait(.seconds(dice.below(300))))
            }
        }
        return Escalation(
            name: "random",
            arrivalWithin: .seconds(1 + dice.below(1800)),
            receiptWithin: .seconds(1 + dice.below(90)),
            otherChannels: Array([.secondText, .voice].prefix(dice.below(3))),
            steps: steps,
            lastResort: LastResort(
                contacts: [.lastResort, .caregiver].prefix(1 + dice.below(2)).map(\.self),
                every: .seconds(dice.below(600)),
                channel: .voice
            )
        )
    }
}
