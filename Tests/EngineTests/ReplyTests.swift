import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Texts from people")
struct ReplyTests {
    private func stuck(_ lifts: String...) throws -> Story {
        let story = try Story(Detect.stuck(), directory: .house())
        for (index, lift) in lifts.enumerated() { try story.say(lift, at: Double(index), ["pressed": true]) }
        _ = story.log
        return story
    }

    @Test(
        "Whoever says yes takes the case and is told so",
        arguments: ["1", "oui", "OUI !", " J'y vais", "j’y vais", "ok", "Reçu", "vu.", "1 merci", "Yes"]
    )
    func yes(text: String) throws {
        let story = try stuck("A")
        try story.reply(text, from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 acknowledged stuck A", "10 reply x to tech"])
        #expect(story.texts(to: "tech").last?.contains("SUR PLACE en arrivant") == true)
    }

    @Test("Whose word an entry tells of stands on it, and none where a sensor led to it")
    func by() throws {
        let story = try stuck("A")
        try story.reply("2", from: Phone.technician, at: 10)
        try story.reply("1", from: Phone.dispatcher, at: 20)
        let told = story.interactions.map { "\($0.verb.rawValue) \($0.by ?? "-")" }
        #expect(
            told == ["opened -", "updated -", "noted tech", "escalated -", "acknowledged boss"]
        )
    }

    @Test("Whoever says no is passed over at once", arguments: ["2", "non", "Impossible"])
    func no(text: String) throws {
        let story = try stuck("A")
        try story.reply(text, from: Phone.technician, at: 10)
        #expect(story.log == ["10 noted stuck A", "10 escalated stuck A", "10 ask-2 to boss"])
    }

    @Test("What is neither is read by the team, and the asking goes on", arguments: ["12", "quoi ?", ""])
    func unclear(text: String) throws {
        let story = try stuck("A")
        try story.reply(text, from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 noted stuck A", "10 reply x to tech"])
        #expect(story.interactions.last?.text?.french == "tech écrit : \(text)")
        try story.tick(at: 301)
        #expect(story.log.last == "300 ask-2 to boss")
    }

    @Test("A refusal with an explanation is both a refusal and a note")
    func explained() throws {
        let story = try stuck("A")
        try story.reply("je ne peux pas, je suis en réunion", from: Phone.technician, at: 10)
        #expect(
            story.log == [
                "10 noted stuck A", "10 escalated stuck A", "10 ask-2 to boss", "10 noted stuck A",
            ]
        )
    }

    @Test("A number that nobody has is kept whole for people to look at")
    func stranger() throws {
        let story = try stuck("A")
        try story.reply("1", from: "+33699999999", at: 10)
        #expect(story.log == ["10 dead: unknown sender"])
        #expect(story.engine.counted.deadLetters["unknown sender"] == 1)
    }

    @Test("A text from somebody who was asked nothing is passed to the team")
    func unasked() throws {
        let story = try stuck("A")
        try story.reply("Bonjour, la lumière est cassée", from: Phone.tenant1, at: 10)
        #expect(story.log == ["10 noted reply t1"])
        #expect(story.interactions.last?.queue == "reception")
        #expect(story.interactions.last?.kind == .activity)
    }

    @Test("The same message twice is one message, also after a restart")
    func twice() throws {
        let story = try stuck("A")
        try story.reply("1", from: Phone.technician, id: "x", at: 10)
        try story.restart()
        _ = story.log
        try story.reply("1", from: Phone.technician, id: "x", at: 11)
        #expect(story.log == ["11 held: repeated news"])
    }

    @Test("The first of two in the same second has it, the other is thanked")
    func twoTakers() throws {
        let story = try Story(
            Detect.stuck(by: .both),
            directory: .house()
        )
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.reply("1", from: Phone.technician, id: "x", at: 10)
        try story.reply("1", from: Phone.dispatcher, id: "y", at: 10)
        #expect(
            story.log == [
                "10 acknowledged stuck A", "10 reply x to tech", "10 stand-down-2 to boss",
                "10 noted stuck A",
                "10 reply y to boss",
            ]
        )
        #expect(story.texts(to: "boss").last?.contains("Déjà pris en charge") == true)
        try story.reply("fini", from: Phone.technician, id: "z", at: 60)
        #expect(story.log == ["60 noted stuck A", "60 closed stuck A", "60 over to boss"])
        try story.reply("1", from: Phone.dispatcher, id: "late", at: 70)
        #expect(story.texts(to: "boss").last?.contains("C'est terminé depuis 08h01") == true)
        try story.survivesRestarts()
    }

    @Test(
        "Who is there has it, though somebody else took it",
        arguments: ["sur place", "je suis là", "FINI"]
    )
    func otherOnTheSpot(text: String) throws {
        let story = try Story(Detect.stuck(by: .both), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.reply("1", from: Phone.technician, at: 10)
        _ = story.log
        try story.reply(text, from: Phone.dispatcher, id: "x", at: 60)
        if text == "FINI" {
            #expect(story.log == ["60 noted stuck A", "60 closed stuck A", "60 over to tech"])
        } else {
            #expect(story.log == ["60 updated stuck A", "60 stand-down-2 to tech"])
            #expect(story.interactions.last?.status == .inProgress)
            // The second to come is written down, and the chain is over.
            try story.reply("sur place", from: Phone.technician, at: 70)
            try story.tick(at: 7200)
            #expect(story.log == ["70 noted stuck A"])
            try story.reply("fini", from: Phone.dispatcher, at: 7210)
            #expect(story.interactions.last?.verb == .closed)
        }
        try story.survivesRestarts()
    }

    @Test("Who is told of a new outage and thanks is not told that an earlier one is over")
    func thanksForTheSecondOutage() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 10)
        try story.say(at: 20_000, ["stuck": true])
        _ = story.log
        try story.reply("ok merci", from: Phone.tenant1, id: "x", at: 20_010)
        #expect(story.log == ["20010 noted outage A", "20010 reply x to t1"])
        #expect(story.texts(to: "t1").last?.contains("transmis à l'équipe") == true)
    }

    @Test("Two people on one phone are one answer")
    func sharedPhone() throws {
        var house = Directory.house()
        for index in house.people.indices where house.people[index].id == "boss" {
            house.people[index].phone = Phone.technician
        }
        let story = try Story(Detect.stuck(by: .both), directory: house)
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.reply("1", from: Phone.technician, id: "x", at: 10)
        #expect(story.log.filter { $0.contains("acknowledged") }.count == 1)
        #expect(!story.notices.contains { $0.phase.hasPrefix("stand-down") })
        try story.survivesRestarts()
    }

    @Test("A cry for help goes to the team at once, beside what it answers", arguments: [true, false])
    func help(isAsked: Bool) throws {
        let story = try stuck("A")
        let (phone, person) = isAsked ? (Phone.technician, "tech") : (Phone.tenant1, "t1")
        try story.reply("AIDE", from: phone, id: "x", at: 10)
        let request = try #require(story.interactions.last)
        #expect(request.kind == .callback && request.subject == person && request.severity == .warning)
        #expect(story.log.contains("10 reply x to tech") == isAsked)
        try story.tick(at: 301)
        #expect(story.log.last == "300 ask-2 to boss")
    }

    @Test("STOP and AIDE of somebody of whom nothing is open are heard and answered all the same")
    func withoutACase() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.reply("AIDE", from: Phone.tenant2, id: "h", at: 1)
        #expect(story.log == ["1 reply h to t2", "1 noted reply t2"])
        #expect(story.interactions.last?.kind == .callback)
        try story.reply("STOP", from: Phone.tenant1, id: "x", at: 10)
        #expect(story.log == ["10 reply x to t1", "10 noted reply t1"])
        #expect(story.notices.last?.text.hasPrefix("Vous ne recevrez plus") == true)
        try story.say(at: 20, ["stuck": true])
        #expect(story.log == ["20 opened outage A", "20 held: unsubscribed", "20 begins to t2"])
        try story.reply("REPRISE", from: Phone.tenant1, id: "y", at: 30)
        #expect(story.log == ["30 reply y to t1", "30 noted reply t1"])
        try story.say("B", at: 40, ["stuck": true])
        #expect(story.log == ["40 opened outage B", "40 begins to t1", "40 begins to t2"])
        try story.survivesRestarts()
    }

    @Test("STOP ends all texts about services, not those about lives")
    func stop() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.reply("STOP", from: Phone.tenant1, id: "x", at: 10)
        #expect(story.log == ["10 reply x to t1", "10 noted reply t1"])
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A", "20 held: unsubscribed", "20 cleared to t2"])
        try story.say("B", at: 30, ["stuck": true])
        #expect(story.log == ["30 opened outage B", "30 held: unsubscribed", "30 begins to t2"])
        try story.survivesRestarts()
    }

    @Test("STOP of somebody who is asked about lives is for the team to settle")
    func stopOfContact() throws {
        let story = try stuck("A")
        try story.reply("STOP", from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 noted reply tech", "10 reply x to tech"])
        #expect(story.interactions.last?.kind == .task)
        try story.reply("1", from: Phone.technician, id: "y", at: 20)
        #expect(story.interactions.last?.verb == .acknowledged)
    }

    @Test("An answer counts for a day; after that the team reads it, and a yes still takes what nobody took")
    func afterADay() throws {
        let story = try stuck("A")
        try story.reply("1", from: Phone.technician, at: 90_000)
        #expect(story.interactions.last?.verb == .acknowledged)
        try story.survivesRestarts()
    }

    @Test("A text that did not arrive is noted once, and another one to the same person can be answered")
    func failedReceipt() throws {
        let story = try stuck("A")
        try story.tick(at: 601)
        let first = try #require(story.notices.first { $0.recipient == "boss" })
        _ = story.log
        func receipt(_ outcome: Receipt.Outcome, at seconds: Double) throws {
            try story.take(
                .receipt(Receipt(id: first.id, sink: "sms", outcome: outcome, at: Story.at(seconds)))
            )
        }
        try receipt(.failed, at: 610)
        try receipt(.failed, at: 611)
        #expect(story.log == ["610 noted stuck A"])
        try receipt(.delivered, at: 612)
        try story.reply("1", from: Phone.dispatcher, id: "x", at: 620)
        #expect(
            story.log == ["620 acknowledged stuck A", "620 reply x to boss", "620 stand-down-3 to tech"]
        )
    }
}

extension Escalation {
    fileprivate static let both = Escalation("both", arrivalWithin: .minutes(20), receiptWithin: .minutes(30))
    {
        Ask("technician", "dispatcher")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
