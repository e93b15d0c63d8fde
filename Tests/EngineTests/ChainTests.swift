import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Chains of people who are asked")
struct ChainTests {
    /// Two relatives besides the house's people.
    static func family() -> Directory {
        var house = Directory.house()
        house.people += [
            .init(id: "r1", name: "Rose", phone: "+33630000001"),
            .init(id: "r2", name: "Remy", phone: "+33630000002"),
        ]
        house.relations += [
            .init(role: "relative", person: "r1", scope: "", rank: 1),
            .init(role: "relative", person: "r2", scope: "", rank: 2),
        ]
        return house
    }

    private func family() throws -> Story {
        let story = try Story(Detect.stuck(by: .inTurn), directory: Self.family())
        try story.say(at: 0, ["pressed": true])
        #expect(story.log == ["0 opened stuck A", "0 updated stuck A", "0 ask-1 to r1"])
        return story
    }

    @Test("Nobody answers: the last resort is asked again and again until somebody takes the case")
    func lastResort() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.tick(at: 86_400)
        let asks = story.notices.filter { $0.recipient == "boss" }
        #expect(asks.count == 288)
        #expect(asks.map(\.at) == (1...288).map { Story.at(Double($0) * 300) })
        #expect(Set(asks.map(\.id)).count == 288)
        #expect(asks.map(\.reason).prefix(2) == [.lastResort(round: 1), .lastResort(round: 2)])
        try story.reply("1", from: Phone.dispatcher, at: 86_410)
        _ = story.log
        try story.tick(at: 87_000)
        #expect(story.log == [])
    }

    @Test("A failed receipt hands over at once, by another way first")
    func receipts() throws {
        let story = try family()
        try story.receipt(.failed, to: "r1", at: 5)
        #expect(story.log == ["5 noted stuck A", "5 ask-2 to r1"])
        #expect(story.notices.last?.channel == .secondText)
        try story.receipt(.failed, to: "r1", at: 8)
        #expect(story.log == ["8 noted stuck A", "8 escalated stuck A", "8 ask-3 to r2"])
        // The handset has it: no other way is tried.
        try story.receipt(.delivered, to: "r2", at: 10)
        try story.tick(at: 187)
        #expect(story.log == [])
        try story.tick(at: 188)
        #expect(story.log == ["188 escalated stuck A", "188 ask-4 to boss"])
        try story.survivesRestarts()
    }

    @Test("Without a receipt within a minute the other way is tried")
    func noReceipt() throws {
        let story = try family()
        try story.tick(at: 60)
        #expect(story.log == ["60 ask-2 to r1"])
        #expect(story.notices.last?.reason == .secondWay(.secondText))
        try story.survivesRestarts()
    }

    @Test("Who declines is passed over at once, and whoever comes late is told who has it")
    func declines() throws {
        let story = try family()
        try story.reply("2", from: "+33630000001", at: 20)
        #expect(story.log == ["20 noted stuck A", "20 escalated stuck A", "20 ask-2 to r2"])
        try story.reply("oui", from: "+33630000002", at: 30)
        #expect(story.log == ["30 acknowledged stuck A", "30 reply +33630000002 30.0 to r2"])
        try story.reply("finalement 1", from: "+33630000001", at: 40)
        #expect(story.texts(to: "r1").last?.contains("Remy") != true)
        try story.reply("1", from: "+33630000001", at: 50)
        #expect(story.texts(to: "r1").last?.contains("Déjà pris en charge par Remy") == true)
        try story.survivesRestarts()
    }

    @Test("Who declined and then takes it has it, as long as nobody else does")
    func changesMind() throws {
        let story = try family()
        try story.reply("2", from: "+33630000001", at: 20)
        try story.reply("1", from: "+33630000001", at: 30)
        #expect(story.interactions.last?.verb == .acknowledged)
        #expect(story.log.suffix(1) == ["30 stand-down-2 to r2"])
        try story.survivesRestarts()
    }

    @Test("Who took it and cannot after all gives it back: the next are asked at once")
    func takenBack() throws {
        let story = try family()
        try story.tick(at: 180)
        try story.reply("1", from: "+33630000002", at: 190)
        #expect(
            story.log.suffix(3) == [
                "190 acknowledged stuck A", "190 reply +33630000002 190.0 to r2", "190 stand-down-4 to r1",
            ]
        )
        try story.reply("2", from: "+33630000002", at: 200)
        #expect(
            story.log == [
                "200 updated stuck A", "200 escalated stuck A", "200 escalated stuck A", "200 ask-5 to r1",
                "200 ask-6 to boss",
            ]
        )
        #expect(story.interactions.last?.status == .new)
        try story.survivesRestarts()
    }

    @Test("Who took it and does not say that they are there is asked, and so are the next")
    func noArrival() throws {
        let story = try family()
        try story.reply("1", from: "+33630000001", at: 10)
        _ = story.log
        try story.tick(at: 1210)
        #expect(story.interactions.last?.status == .new)
        let asked = story.notices.filter { $0.at == Story.at(1210) }
        #expect(asked.map(\.recipient) == ["r1", "r2"])
        #expect(asked.map(\.reason) == [.arrivalDue, .asked(step: 1)])
        #expect(asked[0].text.contains("Sans nouvelle"))
        try story.reply("sur place", from: "+33630000001", at: 1220)
        #expect(story.interactions.last?.status == .inProgress)
        #expect(story.log.suffix(1) == ["1220 stand-down-3 to r2"])
        try story.tick(at: 100_000)
        #expect(story.log == [])
        try story.survivesRestarts()
    }

    @Test("Who was there and cannot stay leaves nobody alone: the others are asked, and not they")
    func leavesAgain() throws {
        let story = try family()
        try story.reply("1", from: "+33630000001", at: 10)
        try story.reply("sur place", from: "+33630000001", at: 20)
        _ = story.log
        try story.reply("non", from: "+33630000001", at: 30)
        #expect(story.log == ["30 updated stuck A", "30 escalated stuck A", "30 ask-2 to r2"])
        try story.tick(at: 30 + 6 * 60)
        #expect(story.log.last?.hasSuffix("to boss") == true)
        try story.survivesRestarts()
    }

    @Test("An empty rota is said and passed over")
    func rotaGap() throws {
        var house = Self.family()
        house.relations.removeAll { $0.role == "relative" }
        house.relations.append(
            .init(
                role: "relative",
                person: "r1",
                scope: "",
                duty: .init(from: Story.at(1000), until: Story.at(2000))
            )
        )
        let story = try Story(Detect.stuck(by: .inTurn), directory: house)
        try story.say(at: 0, ["pressed": true])
        #expect(
            story.log == [
                "0 opened stuck A", "0 held: nobody on duty", "0 updated stuck A", "0 escalated stuck A",
                "0 ask-1 to boss",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("Nobody at all to ask is said, and tried again until there is somebody")
    func nobodyAtAll() throws {
        var house = Directory.house()
        house.relations = []
        let story = try Story(Detect.stuck(), directory: house)
        try story.say(at: 0, ["pressed": true])
        #expect(story.notices.isEmpty)
        #expect(story.engine.counted.held["nobody"] == 1)
        try story.change(.house(), at: 290)
        try story.tick(at: 600)
        #expect(story.notices.map(\.recipient).contains("boss"))
        try story.survivesRestarts()
    }

    @Test("People without a number are passed over at once")
    func noNumbers() throws {
        var house = Self.family()
        for index in house.people.indices where house.people[index].id.hasPrefix("r") {
            house.people[index].phone = ""
        }
        let story = try Story(Detect.stuck(by: .inTurn), directory: house)
        try story.say(at: 0, ["pressed": true])
        #expect(story.notices.map(\.recipient) == ["boss"])
        #expect(story.log.filter { $0.contains("no number") }.count >= 2)
    }

    @Test("The policy is the one that the case began with, whatever the pipeline says now")
    func frozen() throws {
        let story = try family()
        try story.restart([
            liftPipeline([
                DropRepeats<Lift>(of: \.event, within: .minutes(1)), Detect.stuck(by: .edited),
            ])
        ])
        try story.tick(at: 1000)
        #expect(Set(story.notices.map(\.recipient)) == ["r1", "r2", "boss"])
        #expect(story.notices.last?.text.hasPrefix("Stuck A") == true)
        // A new case has the new one.
        try story.reply("fini", from: Phone.dispatcher, at: 1010)
        try story.say(at: 1020, ["pressed": true])
        #expect(story.notices.last?.recipient == "tech")
    }

    @Test("A service text about something long ago wakes nobody up; one about a life does")
    func stale() throws {
        for (severity, texts) in [(Severity.warning, 0), (.critical, 1)] {
            let story = try Story(Detect.stuck(severity), order: .zero, directory: .house())
            try story.say(at: 100_000, ["pressed": true], measured: 10)
            #expect(story.notices.count == texts)
            #expect(story.interactions.first?.verb == .opened)
        }
    }
}

extension Escalation {
    fileprivate static let inTurn = Escalation(
        "in turn",
        arrivalWithin: .minutes(20),
        otherwiseBy: .secondText
    ) {
        InTurn("relative", every: .minutes(3))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }

    fileprivate static let edited = Escalation("edited", arrivalWithin: .minutes(1)) {
        Ask("technician")
        Wait(.minutes(1))
    } lastResort: {
        Keep(asking: "technician", every: .minutes(1))
    }
}
