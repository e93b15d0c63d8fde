import Testing
import Units

@testable import Interactions

@Suite("Receipts of an escalation")
struct EscalationReceiptTests {
    static let chain = Escalation("chain", arrivalWithin: .minutes(20)) {
        Escalation.Ask(.caregiver)
        Escalation.Wait(.minutes(3))
        Escalation.Ask(.neighbour)
        Escalation.Wait(.minutes(3))
        Escalation.AskFirst(.relative)
        Escalation.Wait(.minutes(3))
    } lastResort: {
        Escalation.Keep(asking: .lastResort, every: .minutes(5))
    }

    static let rota: [Contact: [String]] = [
        .caregiver: ["carer"], .neighbour: ["noah"], .relative: ["anne", "ben"], .lastResort: ["chief"],
    ]

    /// The drill: the first two contacts cannot be reached. How long until the third is asked?
    @Test(
        "Seconds from the alert to the third contact, the first two out of reach",
        arguments: [
            // The gateway says so after 4 s each time.
            (receiptAfter: 4.0, seconds: 8.0),
            // It never says anything.
            (receiptAfter: .infinity, seconds: 120.0),
            // It says so when they have long been given up.
            (receiptAfter: 90.0, seconds: 120.0),
        ]
    )
    func drill(receiptAfter: Double, seconds: Double) throws {
        var desk = EscalationDesk(Self.chain, rota: Self.rota)
        var receipts: [(at: Double, notice: String)] = []
        desk.advance()
        while desk.orders.last?.person != "anne", desk.seconds < 1000 {
            for order in desk.orders.dropFirst(receipts.count) {
                receipts.append((desk.seconds + receiptAfter, "MSG_\(order.number)"))
            }
            let due = try #require(desk.due)
            desk.seconds = min(receipts.map(\.at).filter { $0 > desk.seconds }.min() ?? .infinity, due)
            for receipt in receipts where receipt.at == desk.seconds {
                _ = desk.run.receipt(.failed, of: receipt.notice, at: desk.now)
            }
            desk.advance()
        }
        #expect(desk.orders.map(\.person) == ["carer", "noah", "anne"])
        #expect(desk.seconds == seconds)
        #expect(desk.orders.last?.reason == .nobodyLeft)
    }

    @Test("A text that failed leads on at once, unless somebody else asked with it can answer")
    func failed() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.seconds = 5
        desk.fail("carer")
        #expect(desk.advance().orders.isEmpty)
        desk.seconds = 7
        desk.fail("anne")
        #expect(desk.advance().people == ["anne"], "her turn comes once more")
    }

    @Test("Without a receipt for 60 s a person counts as not reached; a late receipt counts again")
    func silence() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        #expect(desk.due == 60)
        desk.seconds = 59
        desk.deliver(to: "anne")
        #expect(desk.advance(to: 60).orders.isEmpty, "anne is reached")
        #expect(desk.run.asks.map(\.outcome) == [.noReceipt, .delivered])
        desk.seconds = 70
        desk.deliver(to: "carer")
        #expect(desk.run.asks.map(\.outcome) == [.delivered, .delivered])
        // Now anne cannot: the carer still can.
        _ = desk.run.declined(by: "anne", at: desk.now)
        #expect(desk.advance().orders.isEmpty)
        #expect(desk.due == 180)
    }

    @Test("The time of a receipt counts from the sending")
    func sending() {
        var run = EscalationRun(Self.chain, at: EscalationDesk.start)
        let order = run.advance(at: EscalationDesk.start) { Self.rota[$0] ?? [] }.orders[0]
        #expect(run.due == EscalationDesk.start + .seconds(60))
        let sentAt = EscalationDesk.start + .seconds(20)
        #expect(run.sent("A", order: order.number, at: sentAt) == .recorded)
        #expect(run.due == EscalationDesk.start + .seconds(80))
        // The same notice again, by a gateway that repeats itself, gives no more time.
        #expect(run.sent("A", order: order.number, at: sentAt + .seconds(30)) == .recorded)
        #expect(run.due == EscalationDesk.start + .seconds(80))
        #expect(run.sent("B", order: 99, at: sentAt) == .unknown)
        #expect(run.receipt(.failed, of: "B", at: sentAt) == .unknown)
    }

    @Test("A handset that has a text has it, whatever comes after; who answered has answered")
    func afterwards() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.deliver(to: "carer")
        desk.fail("carer")
        #expect(desk.run.asks[0].outcome == .delivered)
        _ = desk.run.declined(by: "anne", at: desk.now)
        desk.deliver(to: "anne")
        #expect(desk.run.asks[1].outcome == .declined)
        _ = desk.run.acknowledged(by: "carer", at: desk.now)
        desk.fail("carer")
        #expect(desk.run.asks[0].outcome == .took)
    }

    @Test("A late answer of somebody who was given up takes it")
    func lateAnswer() {
        var desk = EscalationDesk(Self.chain, rota: Self.rota)
        desk.advance()
        desk.fail("carer")
        #expect(desk.advance().people == ["noah"])
        desk.seconds = 20
        #expect(
            desk.run.acknowledged(by: "carer", at: desk.now) == .taken(arrivalBy: desk.now + .minutes(20))
        )
        #expect(desk.run.asks.map(\.outcome) == [.took, .stoodDown])
    }

    static let voiced = Escalation("voiced", arrivalWithin: .minutes(20), otherwiseBy: .secondText, .voice) {
        Escalation.Ask(.caregiver)
        Escalation.AskFirst(.relative)
        Escalation.Wait(.minutes(10))
        Escalation.Ask(.neighbour, by: .voice)
        Escalation.Wait(.seconds(90))
    } lastResort: {
        Escalation.Keep(asking: .lastResort, every: .minutes(5), by: .voice)
    }

    @Test("Other channels are tried first, then the next are asked")
    func otherChannels() {
        var desk = EscalationDesk(Self.voiced, rota: Self.rota)
        desk.advance()
        desk.seconds = 3
        desk.fail("carer")
        let again = desk.advance()
        #expect(again.asked == ["carer by secondText"])
        #expect(again.orders.first?.reason == .notDelivered(by: .text))
        #expect(again.orders.first?.handOver == 1)
        #expect(desk.advance(to: 60).asked == ["anne by secondText"])
        #expect(desk.orders.last?.reason == .noReceipt(by: .text))
        #expect(desk.advance(to: 63).asked == ["carer by voice"])
        #expect(desk.advance(to: 120).asked == ["anne by voice"])
        #expect(desk.advance(to: 123).orders.isEmpty, "anne may still be reached")
        #expect(desk.due == 180)
        #expect(desk.advance(to: 180).asked == ["noah by voice"])
        #expect(desk.orders.last?.reason == .nobodyLeft)
    }

    @Test("Somebody not reached is tried by another channel even when the chain has gone on")
    func otherChannelLater() {
        var desk = EscalationDesk(Self.voiced, rota: Self.rota)
        desk.advance()
        desk.deliver(to: "carer", "anne")
        desk.advance(to: 600)
        #expect(desk.orders.last?.person == "noah")
        desk.advance(to: 660)
        #expect(desk.orders.last.map { "\($0.person) \($0.channel)" } == "noah secondText")
        desk.advance(to: 690)
        #expect(desk.orders.last.map { "\($0.person) \($0.channel)" } == "chief voice")
        #expect(desk.due == 720)
        desk.advance(to: 720)
        #expect(desk.orders.count == 5, "all channels have been tried: noah is given up")
    }

    @Test("Who is asked again because nobody arrived is asked by the first channel first")
    func firstChannelAgain() {
        var desk = EscalationDesk(Self.voiced, rota: Self.rota)
        desk.advance()
        desk.deliver(to: "anne")
        desk.advance(to: 60)
        #expect(desk.orders.last.map { "\($0.person) \($0.channel)" } == "carer secondText")
        _ = desk.run.acknowledged(by: "carer", at: desk.now)
        let again = desk.advanceToDue()
        #expect(Set(again.asked).isSuperset(of: ["carer by text", "anne by text"]))
        #expect(again.orders.first { $0.person == "carer" }?.question == .areYouThere)
    }

    @Test("Nobody is tried again when somebody has taken it since")
    func noTriesAfterTaking() {
        var desk = EscalationDesk(Self.voiced, rota: Self.rota)
        desk.advance()
        desk.seconds = 30
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        desk.fail("carer")
        #expect(desk.advance(to: 60).orders.isEmpty)
        #expect(desk.advance(to: 1230).asked == ["anne by text", "carer by text", "noah by voice"])
    }

    @Test("A late receipt of somebody who has declined since holds nobody up, and they are not asked again")
    func receiptAfterDeclining() {
        var desk = EscalationDesk(Self.voiced, rota: Self.rota)
        desk.advance()
        desk.fail("carer", "anne")
        #expect(desk.advance().asked == ["carer by secondText", "anne by secondText"])
        _ = desk.run.declined(by: "carer", at: desk.now)
        #expect(desk.run.receipt(.delivered, of: "MSG_1", at: desk.now) == .recorded)
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        _ = desk.run.takenBack(by: "anne", at: desk.now)
        #expect(desk.advance().asked == ["noah by voice"])
        #expect(desk.run.receipt(.delivered, of: "MSG_2", at: desk.now) == .recorded)
        _ = desk.run.declined(by: "noah", at: desk.now)
        #expect(desk.advance().asked == ["chief by voice"])
    }
}
