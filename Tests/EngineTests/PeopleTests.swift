import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("People")
struct PeopleTests {
    static let technician = "+33620000001"
    static let dispatcher = "+33620000002"
    static let wearer = "+33620000003"

    static func stuck(severity: Severity = .critical) -> Detect<Lift> {
        Detect("stuck", severity: severity) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { "Stuck \($0.reading.lift)" }
            Escalate(.stuck) { "Stuck \($0.reading.lift), next at \($0.nextAt)" }
        }
    }

    static func outage() -> Detect<Lift> {
        let announcement = Announcement(begins: { _ in "out" }, cleared: { _ in "back" })
        return Detect("outage", severity: .warning) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
            Inform(Audience("tenant"), by: announcement)
        }
    }

    @Test("Nobody answers: the escalation is repeated until somebody takes the case")
    func escalation() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.tick(at: 601)
        #expect(
            story.log == [
                "0 opened stuck A", "0 begins to tech", "300 escalated stuck A", "300 escalation-1 to boss",
                "600 escalated stuck A", "600 escalation-2 to boss",
            ]
        )
        // Its end does not stop it: what threatens a life is closed by a person.
        try story.say(at: 700, ["ended": true])
        try story.tick(at: 901)
        #expect(story.log == ["700 updated stuck A", "900 escalated stuck A", "900 escalation-3 to boss"])
        try story.reply("1", from: Self.dispatcher, at: 950)
        try story.tick(at: 90_000)
        #expect(story.log == ["950 acknowledged stuck A"])
    }

    @Test("An escalation goes on after a restart")
    func escalationAfterRestart() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.restart()
        try story.tick(at: 301)
        try story.restart()
        try story.tick(at: 601)
        #expect(
            story.log.filter { $0.contains("escalation") } == [
                "300 escalation-1 to boss", "600 escalation-2 to boss",
            ]
        )
    }

    @Test(
        "Whoever says yes takes the case",
        arguments: ["1", "oui", "OUI !", " J'y vais", "j’y vais", "ok", "Reçu", "vu.", "1 merci", "Yes"]
    )
    func yes(text: String) throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.reply(text, from: Self.technician, at: 10)
        #expect(story.log.last == "10 acknowledged stuck A")
    }

    @Test(
        "Whoever says no, or something else, does not",
        arguments: ["2", "non", "Impossible", "12", "quoi ?", ""]
    )
    func notYes(text: String) throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.reply(text, from: Self.technician, at: 10)
        #expect(story.log.last == "10 noted stuck A")
        try story.tick(at: 301)
        #expect(story.log.last == "300 escalation-1 to boss")
    }

    @Test("An answer from an unknown number, or to nothing that is open, is said and does nothing")
    func strangers() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.reply("1", from: Self.technician, at: 1)
        try story.say(at: 2, ["pressed": true])
        try story.reply("1", from: "+33699999999", at: 3)
        #expect(
            story.log == [
                "1 dropped: reply to nothing that is open", "2 opened stuck A", "2 begins to tech",
                "3 dropped: reply from an unknown number",
            ]
        )
    }

    @Test("One yes to two open questions takes neither")
    func ambiguous() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say("A", at: 0, ["pressed": true])
        try story.say("B", at: 1, ["pressed": true])
        try story.reply("1", from: Self.technician, at: 10)
        #expect(story.log.suffix(2) == ["10 noted stuck A", "10 noted stuck B"])
    }

    @Test("Who was told that it begins is told that it is over, also after they moved away")
    func audience() throws {
        let story = try Story(Self.outage(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        #expect(story.log == ["0 opened outage A", "0 begins to t1", "0 begins to t2"])
        var changed = Directory.house(tenants: ["t2", "t3"])
        changed.people.append(.init(id: "t1", name: "N", phone: "+33619999999"))
        try story.take(.directory(at: Story.at(10), json: changed.json))
        try story.restart()
        try story.say(at: 20, ["ended": true])
        #expect(story.log == ["20 resolved outage A", "20 cleared to t1", "20 cleared to t2"])
    }

    @Test("Who is no longer in the directory cannot be told, and that is said")
    func recipientGone() throws {
        let story = try Story(Self.outage(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.take(.directory(at: Story.at(10), json: Directory.house(tenants: ["t2"]).json))
        try story.say(at: 20, ["ended": true])
        #expect(story.log.contains("20 dropped: outage: recipient is no longer in the directory"))
        #expect(story.notices.last?.recipient == "t2")
    }

    @Test("Whoever could not be told that it began is not told that it is over")
    func onlyWhoWasTold() throws {
        var house = Directory.house()
        house.people[0].phone = ""
        let story = try Story(Self.outage(), directory: house)
        try story.say(at: 0, ["pressed": true])
        house.people[0].phone = "+33610000009"
        try story.take(.directory(at: Story.at(1), json: house.json))
        try story.say(at: 20, ["ended": true])
        #expect(story.notices.map(\.recipient) == ["t2", "t2"])
        #expect(story.log.contains("0 dropped: outage: recipient has no phone number"))
    }

    @Test("Nothing is decided about a person who did not agree to it")
    func consent() throws {
        let watch = detect("still", among: .consenting(to: "activity-watch")) { Happens(\.isPressed) }
        let story = try Story(watch, directory: .house())
        try story.say(at: 0, ["pressed": true])
        #expect(story.log == ["0 dropped: still: no consent to activity-watch"])
        try story.take(.directory(at: Story.at(1), json: Directory.house(consents: ["activity-watch"]).json))
        try story.say(at: 2, ["pressed": true])
        try story.say("Z", at: 3, ["pressed": true])
        #expect(story.log == ["2 opened still A", "3 dropped: still: no consent to activity-watch"])
    }

    private func asking() -> Detect<Lift> {
        Detect("fall", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            Ask(.wearer, waiting: .minutes(2)) { _ in "All well?" }
            OpenCase(in: "care") { "Fall \($0.facts.subject)" }
            Escalate(.stuck) { "Fall \($0.name)" }
        }
    }

    @Test("A reassuring answer ends it before anybody else is told")
    func reassured() throws {
        let story = try Story(asking(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        #expect(story.log == ["0 ask to w1"])
        try story.reply("OK", from: Self.wearer, at: 60)
        try story.tick(at: 1000)
        #expect(story.log == ["60 dropped: fall: the person asked says that all is well"])
    }

    @Test("No answer in time goes on with the reactions below, also after a restart")
    func unanswered() throws {
        let story = try Story(asking(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.restart()
        try story.tick(at: 1000)
        #expect(story.log == ["0 ask to w1", "120 opened fall A", "120 begins to tech"])
    }

    @Test("Somebody who is nobody's contact is said, on the way to the next reaction")
    func nobody() throws {
        let story = try Story(
            Detect("fall", severity: .critical) {
                Raised(\.isPressed, until: \.isEnded)
            } react: {
                Text("caregiver") { _ in "Fall" }
                Text("ghost") { _ in "Fall" }
                Text("technician") { _ in "Fall" }
                Text("technician") { _ in "Fall again" }
                Escalate(.stuck) { _ in "Fall" }
            },
            directory: .house()
        )
        try story.say(at: 0, ["pressed": true])
        #expect(
            story.log == [
                "0 dropped: fall: nobody is caregiver", "0 dropped: fall: recipient has no phone number",
                "0 begins to tech", "0 dropped: fall: recipient has this text already",
            ]
        )
    }

    @Test(
        "A text that did not arrive is noted on the case, and another one to the same person can still be answered"
    )
    func failedReceipt() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.tick(at: 601)
        let escalations = story.notices.filter { $0.recipient == "boss" }
        func receipt(_ outcome: Receipt.Outcome, at seconds: Double) throws {
            try story.take(
                .receipt(Receipt(id: escalations[0].id, sink: "sms", outcome: outcome, at: Story.at(seconds)))
            )
        }
        _ = story.log
        try receipt(.delivered, at: 605)
        #expect(story.log == [])
        try receipt(.failed, at: 610)
        try receipt(.failed, at: 611)
        #expect(story.log == ["610 noted stuck A"])
        try story.reply("1", from: Self.dispatcher, at: 620)
        #expect(story.log == ["620 acknowledged stuck A"])
    }

    @Test(
        "News from the CRM is told once, stops the escalation and sets the status",
        arguments: CaseUpdate.Status.allCases
    )
    func caseUpdate(status: CaseUpdate.Status) throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.update(status, at: 10)
        #expect(story.interactions.last?.status.rawValue == status.rawValue)
        #expect(story.interactions.last?.seq == 2)
        try story.restart()
        try story.update(status, at: 11)
        try story.tick(at: 5000)
        #expect(story.log.count == 2 && story.interactions.count == 2)
        try story.update(.acknowledged, id: "v", of: "CASE_UNKNOWN", at: 6000)
        #expect(story.log == ["6000 dropped: news about a case that is not open"])
    }

    @Test("A case that is taken up again is not forgotten")
    func reopened() throws {
        let story = try Story(Self.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.resolved, id: "1", at: 10)
        try story.update(.inProgress, id: "2", at: 20)
        try story.tick(at: 30 * 86_400)
        #expect(story.engine.openEpisodes == 1)
    }

    @Test("A service text about something long ago wakes nobody up; one about a life does")
    func stale() throws {
        for (severity, texts) in [(Severity.warning, 0), (.critical, 1)] {
            let story = try Story(Self.stuck(severity: severity), order: .zero, directory: .house())
            try story.say(at: 100_000, ["pressed": true], measured: 10)
            #expect(story.notices.count == texts)
            #expect(story.interactions.first?.verb == .opened)
        }
    }
}

extension Escalation {
    static let stuck = Escalation("stuck", arrivalWithin: .minutes(20), receiptWithin: .minutes(30)) {
        Ask("technician")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
