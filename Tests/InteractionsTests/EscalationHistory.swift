import TestSupport
import Testing
import Units

@testable import Interactions

/// One random history of an escalation, and a much simpler model of what is promised about it.
struct EscalationHistory {
    typealias Order = EscalationRun.Order

    /// What has happened in it, so that histories in which nothing happens are noticed.
    struct Seen: OptionSet {
        let rawValue: Int
        static let taken = Self(rawValue: 1)
        static let late = Self(rawValue: 2)
        static let expired = Self(rawValue: 4)
        static let takenBack = Self(rawValue: 8)
        static let over = Self(rawValue: 16)
        static let lastResort = Self(rawValue: 32)
        static let tried = Self(rawValue: 64)
        static let jumped = Self(rawValue: 128)
        static let all = Self(rawValue: 255)
    }

    var run: EscalationRun
    /// The same, but a restart after every single thing that happens.
    var twin: EscalationRun
    var dice: Dice
    var now = Moment(seconds: 1_790_000_000)
    var rota: [Contact: [String]] = [:]
    var orders: [Order] = []
    var seen: Seen = []
    /// Hand-over, person and channel of every order.
    private var asked: Set<String> = []

    /// Who has it, and until when.
    private var taker: (person: String, until: Moment)?
    private var isOver = false
    /// Who said that they cannot since they were asked last.
    private var declined: Set<String> = []

    private static let people = ["anne", "ben", "carla", "dora", "emile", "farid"]
    private static let contacts: [Contact] = [.caregiver, .relative, .neighbour, .lastResort]

    init(policy: Escalation, dice: Dice) {
        self.dice = dice
        run = EscalationRun(policy, at: now)
        twin = run
        changeRota()
    }

    /// No step of these policies takes longer, and no last resort is repeated later.
    private static let longestPause: Duration = .seconds(1800)

    mutating func step() throws {
        let person = dice.pick(Self.people)
        switch dice.below(14) {
        case 0...4: try advance(to: run.due.map { max(now, $0) } ?? now)
        case 5: try advance(to: now + .milliseconds(dice.below(400_000)))
        case 6 where dice.oneIn(3):
            try advance(to: now + .days(1 + dice.below(5)))
            seen.insert(.jumped)
        case 7 where dice.oneIn(2): try acknowledge(person)
        case 8: try decline(person)
        case 9: try takeBack(taker?.person ?? person)
        case 10 where dice.oneIn(15): try finish()
        case 11: changeRota()
        default: try receive()
        }
        try check()
    }

    /// Nobody answers any more: the last resort is asked, and asked again.
    mutating func abandon() throws {
        if isOver { return }
        rota[.lastResort] = ["chief"]
        let (start, rounds) = (now, run.lastResortRounds)
        var patience = 2000
        while run.lastResortRounds < rounds + 2 {
            patience -= 1
            try #require(patience > 0, "the last resort is never asked")
            try advance(to: max(now, try #require(run.due)))
            try check()
        }
        let bound = Self.longestPause * 40
        #expect(now.since(start) <= bound, "\(now.since(start)) until the last resort")
        #expect(orders.contains { $0.step == run.policy.steps.count + 1 })
        seen.insert(.lastResort)
    }

    // MARK: - What may happen

    private mutating func advance(to moment: Moment) throws {
        now = moment
        var turns = 0
        repeat {
            turns += 1
            try #require(turns < 200, "it never comes to rest")
            let rota = rota
            let moves = run.advance(at: now) { rota[$0] ?? [] }
            let again = twin.advance(at: now) { rota[$0] ?? [] }
            #expect(moves == again, "a restart changes what is done")
            try check(moves.orders)
            try restart()
        } while run.due.map { $0 <= now } ?? false
    }

    private mutating func acknowledge(_ person: String) throws {
        let answer = both { $0.acknowledged(by: person, at: $1) }
        let until = now + run.policy.arrivalWithin
        if isOver {
            #expect(isOverAnswer(answer))
        } else if let taker, now < taker.until {
            guard case .alreadyTaken(taker.person, _) = answer else {
                Issue.record("\(person) has it beside \(taker.person): \(answer)")
                return
            }
            seen.insert(.late)
        } else {
            #expect(answer == .taken(arrivalBy: until))
            taker = (person, until)
            // Who takes it after all has not declined any more.
            declined.remove(person)
            seen.insert(.taken)
        }
        try restart()
    }

    private mutating func decline(_ person: String) throws {
        let answer = both { $0.declined(by: person, at: $1) }
        let wasAsked = orders.contains { $0.person == person }
        if isOver {
            #expect(isOverAnswer(answer))
        } else if taker?.person == person {
            #expect(answer == .recorded)
            taker = nil
            if wasAsked { declined.insert(person) }
        } else {
            #expect(answer == (wasAsked ? .recorded : .notTheirs))
            if wasAsked { declined.insert(person) }
        }
        try restart()
    }

    private mutating func takeBack(_ person: String) throws {
        let answer = both { $0.takenBack(by: person, at: $1) }
        if isOver {
            #expect(isOverAnswer(answer))
        } else if taker?.person == person {
            #expect(answer == .recorded)
            #expect(run.due.map { $0 <= now } == true, "nobody is asked at once")
            taker = nil
            if orders.contains(where: { $0.person == person }) { declined.insert(person) }
            seen.insert(.takenBack)
        } else {
            #expect(answer == .notTheirs)
        }
        try restart()
    }

    private mutating func finish() throws {
        let person = dice.oneIn(2) ? dice.pick(Self.people) : nil
        let answer = both { run, now in person.map { run.arrived(by: $0, at: now) } ?? run.end(at: now) }
        #expect(isOver ? isOverAnswer(answer) : answer == .recorded)
        isOver = true
        taker = nil
        seen.insert(.over)
        try restart()
    }

    private mutating func receive() throws {
        guard let order = orders.suffix(12).randomElement(using: &dice) else { return }
        let receipt = dice.pick(EscalationRun.Receipt.allCases)
        now = now + .milliseconds(dice.below(20_000))
        _ = both { $0.receipt(receipt, of: "MSG_\(order.number)", at: $1) }
        try restart()
    }

    private mutating func changeRota() {
        for contact in Self.contacts {
            rota[contact] =
                dice.oneIn(4) ? [] : Array(Self.people.shuffled(using: &dice).prefix(1 + dice.below(3)))
        }
    }

    /// The same for the run and its twin.
    private mutating func both(
        _ body: (inout EscalationRun, Moment) -> EscalationRun.Answer
    ) -> EscalationRun.Answer {
        let answer = body(&run, now)
        #expect(body(&twin, now) == answer)
        return answer
    }

    private mutating func restart() throws {
        twin = try EscalationRun(bytes: twin.bytes)
        let isSame = twin == run
        try #require(isSame, "a restart changes the state")
    }

    private func isOverAnswer(_ answer: EscalationRun.Answer) -> Bool {
        if case .over = answer { true } else { false }
    }

    // MARK: - What is promised

    private mutating func check(_ new: [Order]) throws {
        if let current = taker, now >= current.until {
            taker = nil
            seen.insert(.expired)
        }
        #expect(new.isEmpty || !isOver, "somebody is asked after the end")
        #expect(new.isEmpty || taker == nil, "somebody is asked though \(taker?.person ?? "") has it")
        #expect(Set(new.map(\.person)).count == new.count, "somebody is asked twice at once")
        for order in new {
            try #require(order.number == orders.count + 1, "numbers have gaps")
            let key = "\(order.handOver) \(order.person) \(order.channel)"
            #expect(asked.insert(key).inserted, "\(order.person) is asked twice in one step")
            let isLastResort = order.step > run.policy.steps.count
            #expect(
                !declined.contains(order.person) || isLastResort || order.question == .areYouThere,
                "\(order.person) is asked after declining"
            )
            #expect(run.policy.contacts.contains(order.contact))
            switch order.reason {
            case .noReceipt, .notDelivered: seen.insert(.tried)
            default: break
            }
            declined.remove(order.person)
            orders.append(order)
            _ = both { $0.sent("MSG_\(order.number)", order: order.number, at: $1) }
        }
    }

    private func check() throws {
        #expect(run.asks.count <= Escalation.Limits.asks && run.notes.count <= Escalation.Limits.notes)
        guard !isOver else {
            #expect(run.due == nil && run.nextStepAt == nil)
            return
        }
        let due = try #require(run.due, "an alert has ended unanswered")
        let next = try #require(run.nextStepAt)
        #expect(due <= next)
        #expect(
            next <= max(now, run.asks.last?.at ?? now) + Self.longestPause,
            "nobody is due for \(next.since(now))"
        )
        if let taker {
            #expect(due == taker.until && next == taker.until)
        }
    }
}
