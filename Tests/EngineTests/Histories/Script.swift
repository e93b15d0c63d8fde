import TestSupport
import Units

/// What is going to happen, before anybody knows in which state it will meet the town: so that parts of it can be
/// left out and the rest still makes sense.
struct Script {
    enum Kind: CaseIterable {
        case lift, pendant, gateway
        case reply, repeatedReply, stranger
        case update, directory, silence, endSilence, command, deviceAnswer
        case phone, gatewayFails, crash, edit, standstill, nothing, tidy
    }

    struct Action {
        let number: Int
        let at: Moment
        let kind: Kind
        let salt: UInt64
    }

    let seed: UInt64
    let start: Moment
    var actions: [Action] = []

    /// - Parameter steps: so many things happen.
    init(seed: UInt64, steps: Int, leavingOut left: Set<Kind> = []) {
        self.seed = seed
        var dice = Dice(seed: seed)
        // Weekday evenings before ordinary nights and before the nights when clocks change.
        start = dice.pick(Self.starts)
        let kinds = Self.weights.filter { !left.contains($0.0) }
            .flatMap { kind, weight in [Kind](repeating: kind, count: weight) }
        var now = start
        for number in 0..<steps {
            let gap = Self.gap(&dice)
            // Before they go home somebody looks after what threatens a life, nearly always.
            if gap > .hours(2), !dice.oneIn(6) {
                actions.append(Action(number: number, at: now, kind: .tidy, salt: dice.next()))
            }
            now = now + gap
            actions.append(Action(number: number, at: now, kind: dice.pick(kinds), salt: dice.next()))
        }
    }

    private static let starts: [Moment] = [
        "2026-11-19T15:00:00Z", "2026-10-23T15:00:00Z", "2027-03-26T16:00:00Z", "2026-12-31T14:00:00Z",
    ].compactMap { Moment(iso8601: $0) }

    private static let weights: [(Kind, Int)] = [
        (.lift, 24), (.pendant, 12), (.gateway, 3), (.reply, 26), (.repeatedReply, 2), (.stranger, 1),
        (.update, 14), (.directory, 6), (.silence, 2), (.endSilence, 1), (.command, 2), (.deviceAnswer, 2),
        (.phone, 4), (.gatewayFails, 1), (.crash, 2), (.edit, 1), (.standstill, 1), (.nothing, 6),
    ]

    private static func gap(_ dice: inout Dice) -> Duration {
        switch dice.below(100) {
        case 0..<45: .seconds(dice.below(90))
        case 45..<80: .seconds(60 + dice.below(1500))
        case 80..<95: .seconds(3600 + dice.below(18_000))
        case 95..<99: .seconds(28_800 + dice.below(21_600))
        default: .seconds(86_400 + dice.below(200_000))
        }
    }
}
