import Testing
import Units

@testable import Interactions

@Suite("Answers to an escalation")
struct EscalationAnswerTests {
    @Test("Who declines is as one who cannot be reached, and only the last resort asks them again")
    func declined() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer", "anne")
        desk.seconds = 10
        #expect(desk.run.declined(by: "carer", at: desk.now) == .recorded)
        #expect(desk.advance().orders.isEmpty, "anne may still answer")
        desk.seconds = 20
        #expect(desk.run.declined(by: "anne", at: desk.now) == .recorded)
        #expect(desk.due == 20)
        let next = desk.advance()
        #expect(next.people == ["ben"], "anne has answered")
        #expect(next.orders.first?.reason == .nobodyLeft)
        #expect(desk.run.declined(by: "ben", at: desk.now) == .recorded)
        let last = desk.advance()
        #expect(last.people == ["chief"])
        #expect(last.notes == [.allDeclined(.relative), .handedToLastResort])
        #expect(desk.run.declined(by: "nobody we asked", at: desk.now) == .notTheirs)
        desk.rota[.lastResort] = ["anne"]
        #expect(desk.advance(to: 320).people == ["anne"])
    }

    @Test("The first taker has it; a second one is answered as late")
    func firstTaker() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer", "anne")
        desk.seconds = 30
        let arrivalBy = desk.now + .minutes(20)
        #expect(desk.run.acknowledged(by: "anne", at: desk.now) == .taken(arrivalBy: arrivalBy))
        let late = EscalationRun.Answer.alreadyTaken(by: "anne", at: desk.now)
        #expect(desk.run.acknowledged(by: "carer", at: desk.now) == late)
        #expect(desk.run.acknowledged(by: "anne", at: desk.now) == late)
        #expect(desk.run.peopleAsked == ["carer", "anne"])
        #expect(desk.run.nextStepAt == arrivalBy)
        #expect(desk.advance(to: 1229).orders.isEmpty, "it pauses until the arrival time")
        #expect(desk.run.notes.map(\.note) == [.taken(by: "anne"), .answeredLate(by: "carer")])
        #expect(desk.run.arrived(by: "anne", at: desk.now) == .recorded)
        #expect(desk.due == nil)
        #expect(desk.run.nextStepAt == nil)
        let end = EscalationRun.End.arrived(by: "anne", at: desk.now)
        #expect(desk.run.acknowledged(by: "ben", at: desk.now) == .over(end))
        #expect(desk.run.declined(by: "ben", at: desk.now) == .over(end))
        #expect(desk.run.takenBack(by: "anne", at: desk.now) == .over(end))
        #expect(desk.run.end(at: desk.now) == .over(end))
        #expect(desk.advance(to: 1e6) == EscalationRun.Moves())
    }

    @Test("Somebody whom nobody asked may take it, be there, or resolve it")
    func uninvited() {
        var desk = EscalationDesk(.fall)
        #expect(
            desk.run.acknowledged(by: "crm:7", at: desk.now) == .taken(arrivalBy: desk.now + .minutes(20))
        )
        #expect(desk.advance(to: 60).orders.isEmpty)
        let resumed = desk.advance(to: 1200)
        #expect(resumed.people == ["carer", "anne"], "nobody knows how to ask crm:7 whether they are there")
        #expect(resumed.notes == [.resumed(after: .noArrival(of: "crm:7"))])
        #expect(desk.run.end(at: desk.now) == .recorded)
        #expect(desk.run.status == .over(.resolved(at: desk.now)))
        #expect(desk.advance(to: 5000).orders.isEmpty)
    }

    @Test("Who took it and does not come is asked; those who stood down and the next are asked too")
    func noArrival() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer")
        desk.seconds = 30
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        let moves = desk.advance(to: 1230)
        #expect(moves.people == ["anne", "carer", "ben"])
        #expect(moves.orders.map(\.question) == [.areYouThere, .canYouTakeIt, .canYouTakeIt])
        let interruption = EscalationRun.Interruption.noArrival(of: "anne")
        #expect(moves.orders.allSatisfy { $0.reason == .interrupted(interruption) })
        #expect(moves.notes == [.resumed(after: interruption)])
        #expect(desk.run.status == .asking)
        // The second taker after it has run out is the first of now.
        #expect(desk.run.acknowledged(by: "ben", at: desk.now) == .taken(arrivalBy: desk.now + .minutes(20)))
        // Having come, it does not matter who took it.
        #expect(desk.run.arrived(by: "anne", at: desk.now) == .recorded)
    }

    @Test("All who were reached and stood down are asked again when nobody comes, whenever that was")
    func earlierHandOvers() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer", "anne")
        // Anne is reached once and not since, Ben never.
        for _ in 0..<40 where !desk.run.isWithLastResort {
            for person in desk.advanceToDue().people where person != "chief" { desk.fail(person) }
        }
        #expect(desk.run.isWithLastResort)
        _ = desk.run.acknowledged(by: "chief", at: desk.now)
        let moves = desk.advance(to: desk.seconds + 1200)
        #expect(moves.people == ["chief", "carer", "anne", "deputy"])
    }

    @Test(
        "Who may have been told to stand down is asked again, though the ask turns out later not to have arrived"
    )
    func failedAfterStandingDown() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "anne")
        desk.seconds = 10
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        desk.fail("carer")
        #expect(desk.advance(to: 1210).people == ["anne", "carer", "ben"])
    }

    @Test("Likewise who had no receipt when somebody took it")
    func failedWithoutReceiptAfterStandingDown() {
        var desk = EscalationDesk(EscalationReceiptTests.chain, rota: EscalationReceiptTests.rota)
        desk.advance()
        #expect(desk.advance(to: 60).people == ["noah"])
        #expect(desk.run.asks.map(\.outcome) == [.noReceipt, .waiting])
        _ = desk.run.acknowledged(by: "noah", at: desk.now)
        desk.fail("carer")
        #expect(desk.advance(to: 1260).people == ["noah", "carer", "anne"])
    }

    @Test("Who may have read a question that perhaps was never sent is asked again when nobody comes")
    func unknownAndStoodDown() throws {
        var desk = EscalationDesk(EscalationReceiptTests.chain, rota: EscalationReceiptTests.rota)
        desk.advance()
        let notice = try #require(desk.run.asks.first?.notice)
        _ = desk.run.receipt(.unknown, of: notice, at: desk.now)
        #expect(desk.advance().people == ["noah"], "nobody waits for what may never have been sent")
        _ = desk.run.acknowledged(by: "noah", at: desk.now)
        #expect(desk.advance(to: 1200).people == ["noah", "carer", "anne"])
    }

    @Test("An answer after the arrival time, before anybody noticed, takes it")
    func answerAfterExpiry() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        desk.seconds = 1200
        #expect(
            desk.run.acknowledged(by: "carer", at: desk.now) == .taken(arrivalBy: desk.now + .minutes(20))
        )
        #expect(
            desk.run.notes.map(\.note)
                == [.taken(by: "anne"), .resumed(after: .noArrival(of: "anne")), .taken(by: "carer")]
        )
    }

    @Test("Who took it cannot after all: the next are asked at once, without them")
    func takenBack() {
        for byAnswer in [true, false] {
            var desk = EscalationDesk(.fall)
            desk.advance()
            desk.deliver(to: "carer", "anne")
            desk.seconds = 30
            _ = desk.run.acknowledged(by: "anne", at: desk.now)
            #expect(desk.run.takenBack(by: "carer", at: desk.now) == .notTheirs)
            desk.seconds = 40
            let answer =
                byAnswer
                ? desk.run.declined(by: "anne", at: desk.now) : desk.run.takenBack(by: "anne", at: desk.now)
            #expect(answer == .recorded)
            #expect(desk.due == 40)
            let moves = desk.advance()
            #expect(moves.people == ["carer", "ben"])
            #expect(moves.notes == [.resumed(after: .takenBack(by: "anne"))])
            desk.deliver(to: "carer", "ben")
            #expect(desk.due == 160)
        }
    }

    @Test("Who was there cannot stay: the next are asked at once, without them and who declined before")
    func left() throws {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.seconds = 20
        #expect(desk.run.left(by: "anne", at: desk.now) == .notTheirs)
        _ = desk.run.declined(by: "carer", at: desk.now)
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        _ = desk.run.arrived(by: "anne", at: desk.now)
        #expect(desk.due == nil)
        desk.seconds = 900
        #expect(desk.run.left(by: "anne", at: desk.now) == .recorded)
        #expect(try EscalationRun(bytes: desk.run.bytes) == desk.run)
        let moves = desk.advance()
        #expect(moves.people == ["ben"])
        #expect(moves.notes == [.resumed(after: .left(by: "anne"))])
        #expect(try EscalationRun(bytes: desk.run.bytes) == desk.run)
        _ = desk.run.end(at: desk.now)
        #expect(desk.run.left(by: "anne", at: desk.now) == .over(.resolved(at: desk.now)))
    }

    @Test("Who was asked and did not decline is to hear that it is taken")
    func peopleAsked() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.advance(to: 180)
        desk.advance(to: 300)
        #expect(desk.run.peopleAsked == ["carer", "anne", "ben"])
        _ = desk.run.declined(by: "anne", at: desk.now)
        #expect(desk.run.peopleAsked == ["carer", "ben"])
    }
}
