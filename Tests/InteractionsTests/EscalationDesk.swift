import Units

@testable import Interactions

extension Contact {
    static let caregiver: Contact = "caregiver"
    static let relative: Contact = "relative"
    static let neighbour: Contact = "neighbour"
    static let lastResort: Contact = "last-resort"
}

extension Escalation {
    static let fall = Escalation("fall", arrivalWithin: .minutes(20)) {
        Ask(.caregiver)
        AskFirst(.relative)
        Wait(.minutes(3))
        InTurn(.relative, every: .minutes(2), rounds: 2)
    } lastResort: {
        Keep(asking: .lastResort, every: .minutes(5))
    }

    /// Without steps: the last resort at once.
    static let alarm = Escalation("alarm", arrivalWithin: .minutes(30)) {
    } lastResort: {
        Keep(asking: .lastResort, every: .minutes(5), by: .voice)
    }
}

/// A run, a rota and a clock: what the engine has of them.
struct EscalationDesk {
    static let start = Moment(seconds: 1_790_000_000)

    var run: EscalationRun
    var rota: [Contact: [String]]
    /// Seconds since the start.
    var seconds = 0.0
    /// Every order so far.
    var orders: [EscalationRun.Order] = []

    init(
        _ policy: Escalation,
        rota: [Contact: [String]] = [
            .caregiver: ["carer"], .relative: ["anne", "ben"], .lastResort: ["chief", "deputy"],
        ]
    ) {
        run = EscalationRun(policy, at: Self.start)
        self.rota = rota
    }

    var now: Moment { Self.start + .microseconds(Int64(seconds * 1e6)) }

    /// Seconds since the start at which it is due.
    var due: Double? { run.due.map { $0.since(Self.start).inSeconds } }

    @discardableResult
    mutating func advance() -> EscalationRun.Moves {
        let rota = rota
        let moves = run.advance(at: now) { rota[$0] ?? [] }
        orders += moves.orders
        for order in moves.orders { _ = run.sent("MSG_\(order.number)", order: order.number, at: now) }
        return moves
    }

    @discardableResult
    mutating func advance(to seconds: Double) -> EscalationRun.Moves {
        self.seconds = seconds
        return advance()
    }

    /// The next time it is due, without waiting for anything else.
    @discardableResult
    mutating func advanceToDue() -> EscalationRun.Moves {
        advance(to: due ?? seconds)
    }

    /// The handset of each of these people has what was sent to them last.
    mutating func deliver(to people: String...) {
        for person in people { receive(.delivered, person) }
    }

    mutating func fail(_ people: String...) {
        for person in people { receive(.failed, person) }
    }

    private mutating func receive(_ receipt: EscalationRun.Receipt, _ person: String) {
        guard let notice = run.asks.last(where: { $0.order.person == person })?.notice else { return }
        _ = run.receipt(receipt, of: notice, at: now)
    }
}

extension EscalationRun.Moves {
    /// `anne by text`
    var asked: [String] { orders.map { "\($0.person) by \($0.channel.rawValue)" } }
    var people: [String] { orders.map(\.person) }
}
