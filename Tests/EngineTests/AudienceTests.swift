import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Audiences")
struct AudienceTests {
    private func story(_ directory: Directory = .house()) throws -> Story {
        let story = try Story(Detect.outage(), directory: directory)
        try story.say(at: 0, ["stuck": true])
        return story
    }

    @Test("Who joins while it lasts is told once, who leaves hears the end all the same")
    func newcomersAndLeavers() throws {
        let story = try story()
        #expect(story.log == ["0 opened outage A", "0 begins to t1", "0 begins to t2"])
        var changed = Directory.house(tenants: ["t2", "t3"])
        changed.people.append(.init(id: "t1", name: "N", phone: "+33619999999"))
        try story.change(changed, at: 10)
        #expect(story.log == ["10 catch-up to t3"])
        try story.change(changed, at: 11)
        #expect(story.log == [])
        try story.say(at: 20)
        #expect(
            story.log == ["20 resolved outage A", "20 cleared to t1", "20 cleared to t2", "20 cleared to t3"]
        )
        // Who comes after the end is told nothing.
        try story.change(.house(tenants: ["t2", "t3", "t4"]), at: 30)
        #expect(story.log == [])
        try story.survivesRestarts()
    }

    @Test("Who is no longer in the directory cannot be told, and that is said")
    func gone() throws {
        let story = try story()
        try story.change(.house(tenants: ["t2"]), at: 10)
        _ = story.log
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A", "20 held: not in the directory", "20 cleared to t2"])
    }

    @Test("Whoever could not be told that it began is not told that it is over")
    func noNumber() throws {
        var house = Directory.house()
        house.people[0].phone = ""
        let story = try story(house)
        #expect(story.log == ["0 opened outage A", "0 held: no number", "0 begins to t2"])
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A", "20 cleared to t2"])
    }

    @Test("Whose first message certainly did not arrive is owed no end, unless it arrives after all")
    func failedFirst() throws {
        for isLate in [false, true] {
            let story = try story()
            try story.receipt(.failed, to: "t1", at: 5)
            if isLate { try story.receipt(.delivered, to: "t1", at: 6) }
            try story.receipt(.delivered, to: "t2", at: 7)
            _ = story.log
            try story.update(.inProgress, at: 10)
            try story.say(at: 20)
            let told = isLate ? ["t1", "t2"] : ["t2"]
            #expect(
                story.log == ["10 updated outage A"] + told.map { "10 news-1 to \($0)" }
                    + ["20 updated outage A"] + told.map { "20 cleared to \($0)" }
            )
            try story.survivesRestarts()
        }
    }

    @Test("A failed message to one of an audience is no entry on the timeline")
    func failedQuietly() throws {
        let story = try story()
        _ = story.log
        try story.receipt(.failed, to: "t1", at: 5)
        #expect(story.log == [])
    }

    @Test("On the way, estimate, delay and end reach the same people, each once")
    func news() throws {
        let story = try story()
        try story.update(.acknowledged, at: 60)
        _ = story.log
        try story.update(.inProgress, at: 100)
        try story.update(.inProgress, estimate: 7200, at: 200)
        try story.update(.noted, at: 250)
        try story.update(.inProgress, at: 260)
        try story.update(.pending, at: 300)
        try story.update(.pending, at: 310)
        try story.update(.noted, estimate: 14_400, at: 400)
        try story.update(.inProgress, at: 500)
        try story.say(at: 600)
        for person in ["t1", "t2"] {
            let words = story.texts(to: person).map { $0.prefix { $0.isLetter } }
            #expect(words == ["OUT", "WAY", "ESTIMATE", "DELAY", "ESTIMATE", "WAY", "BACK"])
        }
        #expect(story.notices.filter { $0.reason == .news(by: "Anne") }.count == 10)
        #expect(story.notices.dropFirst(2).allSatisfy { !$0.follows.isEmpty })
        try story.survivesRestarts()
    }

    @Test("An estimate that has passed already is told to nobody")
    func pastEstimate() throws {
        let story = try story()
        _ = story.log
        try story.update(.noted, estimate: -60, at: 100)
        #expect(story.log == ["100 noted outage A"])
    }

    @Test("Who works on it and what they are called is no news for the tenants")
    func assigneeOnly() throws {
        let story = try story()
        _ = story.log
        try story.take(
            .caseUpdate(
                CaseUpdate(
                    id: "u",
                    key: story.caseKey,
                    status: .acknowledged,
                    by: "crm",
                    assignee: "Otis",
                    at: Story.at(10)
                )
            )
        )
        #expect(story.log == ["10 acknowledged outage A"])
    }

    @Test("A promised word is kept before its time, and again as long as it lasts")
    func promise() throws {
        let story = try story()
        #expect(story.texts(to: "t1").last?.contains("10h00") == true)
        _ = story.log
        try story.tick(at: 2 * 3600 - 301)
        #expect(story.log == [])
        try story.tick(at: 2 * 3600 - 300)
        #expect(story.log == ["6900 news-1 to t1", "6900 news-1 to t2"])
        // The next word within a day.
        #expect(story.texts(to: "t1").last?.contains("09h55") == true)
        try story.tick(at: 26 * 3600)
        #expect(story.log == ["93000 news-2 to t1", "93000 news-2 to t2"])
        try story.say(at: 100_000)
        try story.tick(at: 1_000_000)
        #expect(story.log.suffix(2) == ["100000 cleared to t1", "100000 cleared to t2"])
        try story.survivesRestarts()
    }

    @Test(
        "No word is promised for the night, nor for a time at which it could not arrive",
        arguments: [(13.0, "09h00"), (12.1, "09h00"), (11.9, "21h54"), (16.0, "10h00"), (22.05, "10h00")]
    )
    func promiseAtNight(hours: Double, promised: String) throws {
        // The story begins at 8:00; the word follows within two hours.
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: hours * 3600, ["stuck": true])
        let text = try #require(story.texts(to: "t1").last)
        #expect(text.hasSuffix(promised), "\(text)")
        try story.tick(at: 200_000)
        let kept = try #require(story.notices.first { $0.reason == .promised })
        #expect(!Discipline.standard.quiet.contains(kept.notBefore ?? kept.at))
    }

    @Test("No word is promised for so soon after the quiet hours that it would have to leave within them")
    func promiseAfterQuiet() throws {
        let quiet = Schedule.daily(TimeOfDay(hour: 9), to: TimeOfDay(hour: 9, minute: 58))
        let story = try Story(
            Detect.outage(),
            directory: .house(),
            discipline: Discipline(quiet: quiet, hourly: 4, daily: 10)
        )
        try story.say(at: 0, ["stuck": true])
        #expect(story.texts(to: "t1") == ["OUT, word by 10h58"])
    }

    @Test("The words promised before are kept while a person's word waits for the sensor")
    func promiseWhileDoubted() throws {
        let story = try story()
        try story.update(.resolved, at: 6600)
        _ = story.log
        try story.tick(at: 8000)
        #expect(story.log == ["6900 cleared to t1", "6900 cleared to t2"])
        try story.survivesRestarts()
    }

    @Test("Only those of an audience who agreed, who live high enough, who cannot take the stairs")
    func filters() throws {
        var house = Directory.house(tenants: ["t1", "t2", "t3", "t4"])
        house.people[0].floor = 1
        house.people[1].floor = 4
        house.people[2].reducedMobility = true
        house.people[3].consents = ["news"]
        func told(_ audience: Audience) throws -> Set<String> {
            let story = try Story(Detect.outage(for: audience), directory: house)
            try story.say(at: 0, ["stuck": true])
            return Set(story.notices.map(\.recipient))
        }
        let tenants = Audience("tenant")
        #expect(try told(tenants) == ["t1", "t2", "t3", "t4"])
        #expect(try told(tenants.from(floor: 3)) == ["t2", "t3", "t4"])
        #expect(try told(tenants.withReducedMobility) == ["t3"])
        #expect(try told(Audience("tenant", consentingTo: "news")) == ["t4"])
    }

    @Test("A subject that the directory does not know has no audience, and that is said")
    func unknownSubject() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say("Z", at: 0, ["stuck": true])
        #expect(story.log == ["0 opened outage Z", "0 held: no audience"])
    }
}
