import Testing
import Units

@testable import Interactions

@Suite("An escalation under way")
struct EscalationRunTests {
    @Test("Steps without a wait between them ask at once; then each of the next has their time")
    func order() {
        var desk = EscalationDesk(.fall)
        #expect(desk.due == 0)
        #expect(desk.advance().people == ["carer", "anne"])
        desk.deliver(to: "carer", "anne")
        #expect(desk.due == 180)
        #expect(desk.run.nextStepAt == desk.now + .minutes(3))
        #expect(desk.advance(to: 179.999).orders.isEmpty)
        for (seconds, person) in [(180.0, "anne"), (300, "ben"), (420, "anne"), (540, "ben")] {
            #expect(desk.due == seconds)
            #expect(desk.advanceToDue().people == [person])
            desk.deliver(to: person)
        }
        #expect(desk.due == 660)
        let last = desk.advanceToDue()
        #expect(last.people == ["chief"])
        #expect(last.notes == [.handedToLastResort])
        #expect(desk.run.isWithLastResort)
        #expect(desk.orders.map(\.number) == Array(1...7))
        #expect(desk.orders.map(\.step) == [1, 2, 4, 4, 4, 4, 5])
        #expect(desk.orders.map(\.handOver) == [1, 1, 2, 3, 4, 5, 6])
        #expect(desk.orders.map(\.reason) == [.begins, .begins] + Array(repeating: .unanswered, count: 5))
    }

    @Test("The last resort: the first, then all of them, again and again")
    func lastResort() {
        var desk = EscalationDesk(.alarm)
        #expect(desk.advance().asked == ["chief by voice"])
        desk.deliver(to: "chief")
        for round in 1...500 {
            #expect(desk.due == Double(round) * 300)
            let moves = desk.advanceToDue()
            #expect(moves.people == ["chief", "deputy"])
            #expect(moves.notes == [.roundUnanswered(round)])
            desk.deliver(to: "chief", "deputy")
        }
        #expect(desk.run.asks.count == Escalation.Limits.asks)
        #expect(desk.run.forgottenAsks == 1001 - Escalation.Limits.asks)
        #expect(desk.run.asks.first?.order.number == 1, "how it began is kept")
        #expect(desk.run.asks.last?.order.number == 1001)
        #expect(desk.run.notes.count == Escalation.Limits.notes)
        #expect(desk.run.notes.count + desk.run.forgottenNotes == 501)
    }

    @Test("When the first of the last resort cannot be reached, all of them are asked at once, and no faster")
    func lastResortOutOfReach() {
        var desk = EscalationDesk(.alarm)
        desk.advance()
        desk.seconds = 4
        desk.fail("chief")
        #expect(desk.due == 4)
        let all = desk.advance()
        #expect(all.people == ["chief", "deputy"])
        #expect(all.orders.allSatisfy { $0.reason == .nobodyLeft })
        desk.fail("chief", "deputy")
        #expect(desk.advance().orders.isEmpty)
        #expect(desk.due == 304)
    }

    @Test("An empty rota is said, and the next step taken at once")
    func emptyRota() {
        var desk = EscalationDesk(
            .fall,
            rota: [.relative: ["anne"], .lastResort: ["chief"]]
        )
        let first = desk.advance()
        #expect(first.people == ["anne"])
        #expect(first.notes == [.nobodyOnDuty(.caregiver)])
        desk.rota[.relative] = []
        let next = desk.advance(to: 180)
        #expect(next.people == ["chief"])
        #expect(next.notes == [.nobodyOnDuty(.relative), .handedToLastResort])
    }

    @Test("Nobody of the last resort is on duty: everybody else is asked; nobody at all: it is said")
    func emptyLastResort() {
        var desk = EscalationDesk(.fall, rota: [.caregiver: ["carer"], .relative: ["anne"]])
        desk.advance()
        desk.advance(to: 180)
        desk.advance(to: 300)
        let moves = desk.advance(to: 420)
        #expect(moves.people == ["carer", "anne"])
        #expect(moves.notes == [.handedToLastResort, .nobodyOnDuty(.lastResort)])
        desk.rota = [:]
        let none = desk.advance(to: 720)
        #expect(none.orders.isEmpty)
        #expect(none.notes == [.roundUnanswered(1), .nobodyOnDuty(.lastResort), .nobodyToAsk])
        desk.rota = [.lastResort: ["deputy"]]
        #expect(desk.due == 1020)
        #expect(desk.advance(to: 1020).people == ["deputy"])
    }

    @Test("After days of standstill one hand-over is made, and it has its full time")
    func standstill() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer", "anne")
        let days = 3.0 * 86_400
        #expect(desk.advance(to: days).people == ["anne"])
        desk.deliver(to: "anne")
        #expect(desk.advance().orders.isEmpty)
        #expect(desk.due == days + 120)
    }

    @Test("A clock that runs backwards stands still")
    func backwards() {
        var desk = EscalationDesk(.fall)
        desk.advance(to: 100)
        desk.deliver(to: "carer", "anne")
        desk.advance(to: 50)
        #expect(desk.due == 280)
        desk.seconds = 20
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        #expect(desk.due == 1300)
    }

    @Test("The same person in two roles is asked once")
    func twoRoles() {
        var desk = EscalationDesk(.fall, rota: [.caregiver: ["anne"], .relative: ["anne", "ben"]])
        #expect(desk.advance().people == ["anne"])
        #expect(desk.orders.first?.contact == .caregiver)
    }

    @Test("A wait before the first ask only delays; one that follows nobody asked is passed over")
    func delay() {
        let policy = Escalation("delayed", arrivalWithin: .minutes(20)) {
            Escalation.Wait(.minutes(1))
            Escalation.Ask(.neighbour)
            Escalation.Wait(.minutes(2))
            Escalation.Ask(.caregiver)
            Escalation.Wait(.minutes(2))
        } lastResort: {
            Escalation.Keep(asking: .lastResort, every: .minutes(5))
        }
        var desk = EscalationDesk(policy)
        #expect(desk.advance().orders.isEmpty)
        #expect(desk.due == 60)
        let moves = desk.advance(to: 60)
        #expect(moves.people == ["carer"])
        #expect(moves.notes == [.nobodyOnDuty(.neighbour)])
        #expect(moves.orders.first?.reason == .begins)
        desk.deliver(to: "carer")
        #expect(desk.due == 180)
    }

    @Test("More people than can be asked at once are counted")
    func tooMany() {
        var desk = EscalationDesk(.fall)
        desk.rota[.caregiver] = (1...40).map { "carer \($0)" }
        let moves = desk.advance()
        #expect(moves.orders.count == Escalation.Limits.peopleAtOnce)
        #expect(moves.notes == [.leftOut(.caregiver, people: 8), .leftOut(.relative, people: 1)])
    }

    @Test("A rota that names somebody else each time keeps nobody from the last resort")
    func changingRota() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        var turns = 0
        while !desk.run.isWithLastResort, turns < 1000 {
            turns += 1
            desk.rota[.relative] = ["relative \(turns)"]
            desk.advanceToDue()
            desk.deliver(to: "relative \(turns)")
        }
        #expect(turns == 2 * Escalation.Limits.peopleAtOnce + 1)
    }

    @Test("A second InTurn asks everybody again")
    func twoInTurn() {
        let policy = Escalation("twice", arrivalWithin: .minutes(20)) {
            Escalation.InTurn(.relative, every: .minutes(1))
            Escalation.InTurn(.relative, every: .minutes(1), by: .voice)
        } lastResort: {
            Escalation.Keep(asking: .lastResort, every: .minutes(5))
        }
        var desk = EscalationDesk(policy)
        for _ in 1...5 { desk.advanceToDue() }
        #expect(
            desk.orders.map { "\($0.person) \($0.channel)" }
                == ["anne text", "ben text", "anne voice", "ben voice", "chief text"]
        )
    }

    @Test("A last resort that is to be repeated without a pause is repeated every 30 s")
    func restlessLastResort() {
        let policy = Escalation("restless", arrivalWithin: .minutes(20)) {
        } lastResort: {
            Escalation.Keep(asking: .lastResort, every: .zero)
        }
        var desk = EscalationDesk(policy)
        desk.advance()
        #expect(desk.due == 30)
    }

    @Test("Steps of an Only are taken when its schedule holds as they are come to; else the next, at once")
    func only() throws {
        let policy = Escalation("night", arrivalWithin: .minutes(20)) {
            Escalation.Ask(.caregiver)
            Escalation.Wait(.minutes(3))
            Escalation.Only(during: .daily(22.oclock, to: 7.oclock)) {
                Escalation.Ask(.neighbour, by: .voice)
                Escalation.Wait(.minutes(2))
            }
        } lastResort: {
            Escalation.Keep(asking: .lastResort, every: .minutes(5))
        }
        let rota: [Contact: [String]] = [
            .caregiver: ["carer"], .neighbour: ["noah"], .lastResort: ["chief"],
        ]
        let cases = [
            // The chain comes to the step at 21:59:59, at 22:00:00, and at 06:59:59, 07:00:00 of the next day.
            ("2026-01-05T20:56:59Z", false), ("2026-01-05T20:57:00Z", true),
            ("2026-01-06T05:56:59Z", true), ("2026-01-06T05:57:00Z", false),
        ]
        for (start, isNight) in cases {
            let start = try #require(Moment(iso8601: start))
            var run = EscalationRun(policy, at: start)
            #expect(run.advance(at: start) { rota[$0] ?? [] }.people == ["carer"])
            for order in run.asks { _ = run.sent("M", order: order.order.number, at: start) }
            _ = run.receipt(.delivered, of: "M", at: start)
            let moves = run.advance(at: start + .minutes(3)) { rota[$0] ?? [] }
            #expect(moves.people == [isNight ? "noah" : "chief"], "\(start)")
            #expect(moves.notes == (isNight ? [] : [.outsideSchedule(step: 3), .handedToLastResort]))
        }
    }
}
