import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("The life of a case")
struct CaseLifeTests {
    @Test(
        "A person's word in the CRM sets the status, and whoever takes or ends the case ends the asking",
        arguments: CaseUpdate.Status.allCases
    )
    func crm(status: CaseUpdate.Status) throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        #expect(story.log == ["0 opened stuck A", "0 updated stuck A", "0 ask-1 to tech"])
        try story.update(status, at: 10)
        let expected: [CaseUpdate.Status: [String]] = [
            .acknowledged: ["10 acknowledged stuck A", "10 stand-down-1 to tech"],
            .inProgress: ["10 updated stuck A", "10 stand-down-1 to tech"],
            // Nobody is there yet: it does not wait.
            .pending: ["10 noted stuck A"],
            .resolved: ["10 resolved stuck A", "10 over to tech"],
            .closed: ["10 closed stuck A", "10 over to tech"],
            .cancelled: ["10 cancelled stuck A", "10 over to tech"],
            .noted: ["10 noted stuck A"],
        ]
        #expect(story.log == expected[status])
        let isOnlyHeard = status == .noted || status == .pending
        let new = isOnlyHeard ? "new" : status.rawValue
        #expect(story.interactions.last?.status.rawValue == new)
        try story.tick(at: 1000)
        #expect(story.log.contains { $0.contains("ask") } == isOnlyHeard)
        try story.survivesRestarts()
    }

    @Test(
        "What a CRM does by itself neither takes nor ends what threatens a life",
        arguments: CaseUpdate.Status.allCases,
        [CaseUpdate.crm, "CRM", ""]
    )
    func crmAlone(status: CaseUpdate.Status, by name: String) throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.update(status, by: name, at: 10)
        #expect(story.log == ["10 noted stuck A"])
        #expect(story.interactions.last?.status == .new)
        try story.tick(at: 301)
        #expect(story.log.last == "300 ask-2 to boss")
        try story.survivesRestarts()
    }

    @Test("In progress, where a life may be at stake, is somebody on the way: said again, they are there")
    func onTheWay() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.inProgress, at: 10)
        _ = story.log
        try story.tick(at: 100_000)
        #expect(story.log.contains { $0.contains("ask") }, "nobody came: the next are asked")
        let other = try Story(Detect.stuck(), directory: .house())
        try other.say(at: 0, ["pressed": true])
        try other.update(.inProgress, id: "a", at: 10)
        try other.update(.inProgress, id: "b", at: 20)
        _ = other.log
        try other.tick(at: 100_000)
        #expect(!other.log.contains { $0.contains("ask") })
        try other.survivesRestarts()
    }

    @Test("Who stands twice among those asked, as a damaged snapshot may say, is told to stand down once")
    func askedTwice() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        let file = try #require(story.engine.casebook[story.caseKey])
        file.asked += file.asked
        try story.update(.acknowledged, at: 10)
        #expect(story.notices.filter { $0.phase.hasPrefix("stand-down") }.map(\.recipient) == ["tech"])
    }

    @Test("The same news is heard once, also after a restart, and news about no case is said")
    func repeated() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.inProgress, id: "u", at: 10)
        try story.restart()
        _ = story.log
        try story.update(.resolved, id: "u", at: 11)
        #expect(story.log == ["11 held: repeated news"])
        try story.update(.resolved, of: "CASE_UNKNOWN", at: 12)
        #expect(story.log == ["12 held: nothing open"])
    }

    @Test("A step that the case has left behind is written down and changes nothing")
    func stale() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.inProgress, at: 10)
        _ = story.log
        try story.update(.acknowledged, at: 20)
        #expect(story.log == ["20 held: stale news", "20 noted stuck A"])
        try story.update(.closed, at: 30)
        _ = story.log
        try story.update(.resolved, at: 40)
        #expect(story.log == ["40 held: stale news", "40 noted stuck A"])
        try story.update(.closed, at: 50)
        #expect(story.log == ["50 noted stuck A"])
        #expect(story.interactions.last?.status == .closed)
    }

    @Test("What threatens a life is closed by a person: the sensor only says that it sees nothing any more")
    func lifeSafety() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.say(at: 20, ["ended": true])
        #expect(story.log.suffix(1) == ["20 updated stuck A"])
        try story.tick(at: 301)
        #expect(story.log.last == "300 ask-2 to boss")
        try story.reply("1", from: Phone.dispatcher, at: 310)
        try story.reply("sur place", from: Phone.dispatcher, at: 400)
        try story.tick(at: 100_000)
        #expect(story.interactions.last?.status == .inProgress)
        _ = story.log
        try story.reply("fini", from: Phone.dispatcher, at: 100_010)
        #expect(story.interactions.last?.status == .closed)
        try story.survivesRestarts()
    }

    @Test("What the sensor no longer sees is resolved by itself when nobody works on it")
    func cleared() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.update(.acknowledged, at: 10)
        _ = story.log
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A", "20 cleared to t1", "20 cleared to t2"])
        try story.survivesRestarts()
    }

    @Test("While somebody works on it the sensor proposes the end; without a word from them it is resolved")
    func proposal() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.update(.inProgress, at: 10)
        _ = story.log
        try story.say(at: 20)
        #expect(story.log == ["20 updated outage A", "20 cleared to t1", "20 cleared to t2"])
        #expect(story.interactions.last?.status == .inProgress)
        try story.tick(at: 20 + 4 * 3600)
        #expect(story.log == ["14420 resolved outage A"])
        try story.survivesRestarts()
    }

    @Test("Who says after the sensor that the work goes on is believed", arguments: [true, false])
    func proposalRefused(again: Bool) throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.update(.inProgress, at: 10)
        try story.say(at: 20)
        try story.update(.pending, at: 30)
        _ = story.log
        if again {
            // It stops again, hours later: the same case, and everybody hears of it.
            try story.say(at: 20_000, ["stuck": true])
            #expect(story.log == ["20000 updated outage A", "20000 begins-2 to t1", "20000 begins-2 to t2"])
            try story.say(at: 20_100)
            #expect(
                story.log == ["20100 updated outage A", "20100 cleared-2 to t1", "20100 cleared-2 to t2"]
            )
        } else {
            try story.tick(at: 40_000)
            #expect(story.log == [])
            try story.update(.resolved, at: 40_001)
            #expect(story.log == ["40001 resolved outage A"])
        }
        try story.survivesRestarts()
    }

    @Test("A case that is taken up again is not forgotten, one that is over is after a week")
    func memory() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.resolved, at: 10)
        try story.update(.inProgress, at: 20)
        try story.tick(at: 30 * 86_400)
        #expect(story.engine.openEpisodes == 1)
        try story.update(.closed, at: 30 * 86_400 + 1)
        try story.tick(at: 37 * 86_400 + 2)
        #expect(story.engine.openEpisodes == 0)
    }

    @Test("News of who works on it, until when and what was the matter is on every entry that follows")
    func facts() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        let at = Story.at(10)
        try story.take(
            .caseUpdate(
                CaseUpdate(
                    id: "u",
                    key: story.caseKey,
                    status: .inProgress,
                    by: "crm",
                    note: "Moteur",
                    estimate: Story.at(7200),
                    assignee: "Otis",
                    cause: "usure",
                    at: at
                )
            )
        )
        let told = try #require(story.interactions.last)
        #expect(told.assignee == "Otis" && told.estimate == Story.at(7200) && told.cause == "usure")
        #expect(told.text?.french == "Moteur")
        try story.say(at: 20)
        #expect(story.interactions.last?.assignee == "Otis")
    }
}
