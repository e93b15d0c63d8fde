import Interactions
import Telemetry
import Testing
import Units

@testable import Engine

/// What random histories found, each as short as it can be told.
@Suite("Found by histories")
struct FoundTests {
    /// A Thursday afternoon in Paris, with a gateway that delivers everything.
    private static func town(at start: String = "2026-11-19T15:00:00Z") throws -> History {
        let history = History(Script(from: try #require(Moment(iso8601: start))))
        history.gateway.isReliable = true
        try history.take(.directory(at: history.now, json: history.town.directory.json))
        return history
    }

    // MARK: - The end

    @Test("Who may have read that it began hears the end")
    func unknownOutcome() throws {
        let town = try Self.town()
        town.gateway.answers = ["tenant1": .silent, "tenant2": .refused]
        try town.say("lifts/liftA", ["out"])
        try town.after(.minutes(5))
        try town.say("lifts/liftA", [])
        #expect(town.written("cleared", to: "tenant1").count == 1)
        #expect(town.written("cleared", to: "tenant2").isEmpty)
    }

    @Test("The end is still sent after a morning on which nothing was")
    func lateEnd() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["out"])
        try town.after(.hours(8))
        try town.say("lifts/liftA", [])
        // The process stands still from then until noon.
        town.now = town.now + .hours(13)
        try town.take(.tick(at: town.now))
        try town.send()
        #expect(town.left("cleared").contains { $0.recipient == "tenant1" })
    }

    @Test("Who withdraws their consent is not told the end, and it is said why")
    func withdrawnConsent() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["loud"])
        try town.after(.minutes(1))
        let place = try #require(town.town.directory.people.firstIndex { $0.id == "tenant2" })
        town.town.directory.people[place].consents = []
        try town.take(.directory(at: town.now, json: town.town.directory.json))
        try town.say("lifts/liftA", [])
        #expect(town.written("cleared", to: "tenant2").isEmpty)
        #expect(town.held("tenant2").contains(.noConsent(to: "news")))
        #expect(town.written("cleared", to: "tenant3").count == 1)
    }

    @Test("A reminder that waits for the morning is not sent when it is over by then")
    func reminderAfterTheEnd() throws {
        let town = try Self.town(at: "2026-11-19T19:30:00Z")
        try town.say("lifts/liftA", ["out"])
        try town.after(.hours(7))
        #expect(town.written("goesOn-1", to: "desk2").count == 1)
        try town.say("lifts/liftA", [])
        try town.after(.hours(10))
        #expect(!town.left("goesOn-1").contains { $0.recipient == "desk2" })
    }

    @Test("What a cap held back of something that is forgotten was over before it was told")
    func cappedAndForgotten() throws {
        let town = try Self.town()
        for _ in 0..<5 {
            try town.say("lifts/liftA", ["loud"])
            try town.after(.minutes(1))
            try town.say("lifts/liftA", [])
            try town.after(.minutes(1))
        }
        try town.after(.days(1))
        let capped = town.held("tenant2").filter { if case .capped = $0 { true } else { false } }
        #expect(!capped.isEmpty)
        #expect(town.held("tenant2").filter { $0 == .overBeforeTold }.count == capped.count)
    }

    @Test("News that wait for the morning are not sent when it was reopened and is over by then")
    func newsBeforeAReopening() throws {
        let town = try Self.town(at: "2026-11-19T20:30:00Z")
        try town.say("lifts/liftA", ["out"])
        try town.after(.hours(1))
        try town.crm(.inProgress, by: "advisor")
        try town.crm(.resolved, by: "advisor")
        try town.crm(.inProgress, by: "advisor")
        try town.say("lifts/liftA", [])
        #expect(!town.written("news", to: "tenant1").isEmpty)
        try town.after(.hours(12))
        #expect(town.left("news").isEmpty)
    }

    @Test("Nobody is asked any more when the sensor's word is taken for want of another")
    func acceptedProposal() throws {
        let town = try Self.town()
        try town.say("gateways/gateway1", ["offline"])
        try town.crm(.inProgress, by: "desk1")
        try town.say("gateways/gateway1", [])
        try town.reply("2", from: "desk1")
        let before = town.asks(to: "director").count
        try town.after(.hours(12))
        #expect(town.file?.life.status == .resolved)
        #expect(town.asks(to: "director").count == before)
    }

    // MARK: - Who has it

    @Test("Who was asked twice stands down, also when the second ask never left")
    func standDownAfterAnUnsentAsk() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["stuck"])
        try town.after(.minutes(10))
        town.gateway.down = [.text: town.now + .minutes(30)]
        try town.after(.minutes(14))
        #expect(town.asks(to: "desk1").count >= 2)
        try town.crm(.acknowledged, by: "advisor")
        try town.after(.hours(1))
        #expect(town.left("stand-down").contains { $0.recipient == "desk1" })
    }

    @Test("Who has two asks under way stands down with whichever of them arrives")
    func standDownAfterTwoOpenAsks() throws {
        let town = try Self.town()
        for channel in Channel.allCases { town.gateway.down[channel] = town.now + .minutes(30) }
        try town.say("lifts/liftA", ["stuck"])
        try town.after(.minutes(24))
        try town.crm(.acknowledged, by: "advisor")
        let asks = town.asks(to: "desk1").map(\.id)
        #expect(asks.count >= 2)
        let word = try #require(town.written("stand-down", to: "desk1").first)
        #expect(Set(word.follows).isSuperset(of: asks), "\(word.follows) of \(asks)")
    }

    @Test("The CRM takes a case from nobody")
    func firstTakerKeepsIt() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["stuck"])
        try town.reply("1", from: "tech1")
        try town.crm(.acknowledged, by: "advisor")
        #expect(town.file?.life.takenBy == "tech1")
        try town.crm(.inProgress, by: "advisor")
        #expect(town.file?.life.takenBy == "tech1")
        #expect(town.file?.life.status == .inProgress)
    }

    @Test("Who took it and did not come is told when somebody else has it")
    func lateTaker() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["stuck"])
        try town.reply("1", from: "tech1")
        try town.after(.minutes(45))
        try town.reply("1", from: "desk1")
        #expect(town.file?.life.takenBy == "desk1")
        #expect(town.written("stand-down", to: "tech1").count == 1)
    }

    @Test("Who may have read an ask stands down, though its gateway gave no answer")
    func unknownAsk() throws {
        let town = try Self.town()
        town.gateway.answers = ["desk1": .silent]
        try town.say("gateways/gateway1", ["offline"])
        try town.after(.minutes(2))
        try town.crm(.acknowledged, by: "advisor")
        #expect(town.written("stand-down", to: "desk1").count == 1)
    }

    @Test("Who was asked and certainly not reached hears no end of it")
    func neverReached() throws {
        let town = try Self.town()
        town.gateway.answers = ["tech1": .refused]
        try town.say("lifts/liftA", ["stuck"])
        try town.after(.minutes(2))
        try town.crm(.closed, by: "advisor")
        #expect(town.written("over", to: "tech1").isEmpty)
        #expect(town.held("tech1").contains(.firstNotSent))
    }

    @Test("Who has left and is to be asked again is missed by name")
    func askedAndGone() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["stuck"])
        try town.after(.minutes(7))
        town.town.directory.people.removeAll { $0.id == "desk1" }
        try town.take(.directory(at: town.now, json: town.town.directory.json))
        try town.reply("1", from: "tech1")
        let before = town.held("desk1").count
        try town.reply("2", from: "tech1")
        try town.after(.minutes(1))
        #expect(town.held("desk1").dropFirst(before).contains(.notInDirectory))
    }

    @Test("After a standstill nobody gets the asks of all that time at once")
    func standstill() throws {
        let town = try Self.town()
        try town.say("lifts/liftA", ["stuck"])
        let before = town.left("ask-").count
        town.now = town.now + .hours(8)
        try town.take(.tick(at: town.now))
        try town.after(.minutes(1))
        let asked = town.left("ask-").dropFirst(before).map { "\($0.recipient) by \($0.channel.rawValue)" }
        #expect(asked.count > 2)
        #expect(Set(asked).count == asked.count)
    }
}

extension History {
    fileprivate func after(_ span: Duration) throws { try wait(until: now + span) }

    fileprivate func reply(_ text: String, from person: String) throws {
        let id = "r\(record.events.count)"
        try take(.reply(Reply(id: id, from: Town.phone(of: person), text: text, at: now)))
    }

    /// News about the first case.
    fileprivate func crm(_ status: CaseUpdate.Status, by: String) throws {
        let key = try #require(cases.first)
        let id = "u\(record.events.count)"
        try take(.caseUpdate(CaseUpdate(id: id, key: key, status: status, by: by, at: now)))
        try send()
    }

    fileprivate var file: CaseFile? { cases.first.flatMap { engine.casebook[$0] } }

    fileprivate func written(_ phase: String, to person: String) -> [Notice] {
        record.effects.compactMap { effect in
            guard case .notice(let notice) = effect, notice.recipient == person else { return nil }
            return notice.phase.hasPrefix(phase) ? notice : nil
        }
    }

    fileprivate func asks(to person: String) -> [Notice] { written("ask-", to: person) }

    fileprivate func left(_ phase: String) -> [Notice] {
        record.events.compactMap { event in
            guard case .outbox(.left(let notice, _, true)) = event.what else { return nil }
            return notice.phase.hasPrefix(phase) ? notice : nil
        }
    }

    fileprivate func held(_ person: String) -> [Held.Reason] {
        record.effects.compactMap { effect in
            if case .held(let held) = effect, held.recipient == person { held.reason } else { nil }
        }
    }
}
