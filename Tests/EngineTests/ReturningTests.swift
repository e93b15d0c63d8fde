import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("What comes back")
struct ReturningTests {
    @Test("What comes back within the time belongs to the same case, and everybody is told anew")
    func reopens() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 100)
        _ = story.log
        try story.say(at: 7300, ["stuck": true])
        #expect(story.log == ["7300 reopened outage A", "7300 begins-2 to t1", "7300 begins-2 to t2"])
        try story.say(at: 7400)
        #expect(story.log == ["7400 resolved outage A", "7400 cleared-2 to t1", "7400 cleared-2 to t2"])
        #expect(Set(story.interactions.map(\.key)).count == 1)
        #expect(story.interactions.map(\.seq) == [1, 2, 3, 4])
        try story.survivesRestarts()
    }

    @Test("After the time, or after a person closed it, it is a case of its own", arguments: [true, false])
    func newCase(isClosed: Bool) throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 100)
        if isClosed { try story.update(.closed, at: 110) }
        try story.say(at: isClosed ? 120 : 7301, ["stuck": true])
        #expect(story.interactions.last?.verb == .opened)
        #expect(Set(story.interactions.map(\.key)).count == 2)
        try story.survivesRestarts()
    }

    @Test("A life in danger again while nobody has taken it is the same case; taken, it is asked about anew")
    func lifeSafety() throws {
        let story = try Story(Detect.danger(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 10)
        _ = story.log
        for round in 2...6 {
            try story.say(at: Double(round) * 20, ["stuck": true])
            try story.say(at: Double(round) * 20 + 10)
            let (back, over) = (round * 20, round * 20 + 10)
            #expect(
                story.log == [
                    "\(back) updated danger A", "\(back) begins-\(round) to t1",
                    "\(back) begins-\(round) to t2",
                    "\(over) updated danger A", "\(over) cleared-\(round) to t1",
                    "\(over) cleared-\(round) to t2",
                ]
            )
        }
        // The chain went on as if it had never been away.
        try story.tick(at: 301)
        #expect(story.log == ["300 escalated danger A", "300 ask-2 to boss"])
        try story.reply("1", from: Phone.technician, at: 310)
        try story.say(at: 320, ["stuck": true])
        #expect(story.interactions.filter { $0.verb == .opened }.count == 2)
        #expect(story.log.suffix(1) == ["320 ask-1 to tech"])
        try story.survivesRestarts()
    }

    /// Out and back every five minutes; the third return within the hour is at 1800.
    private func flapping() throws -> Story {
        let story = try Story(Detect.outage(), directory: .house())
        for round in 0..<3 {
            try story.say(at: Double(round) * 600, ["stuck": true])
            try story.say(at: Double(round) * 600 + 300)
        }
        _ = story.log
        try story.say(at: 1800, ["stuck": true])
        #expect(story.log == ["1800 reopened outage A", "1800 begins-4 to t1", "1800 begins-4 to t2"])
        #expect(story.texts(to: "t1").last?.contains("pannes à répétition") == true)
        try story.say(at: 2100)
        try story.say(at: 2400, ["stuck": true])
        #expect(story.log == ["2100 held: flapping", "2400 held: flapping"])
        return story
    }

    @Test("What comes and goes is said once, and over when it has stayed so")
    func flappingEnds() throws {
        let story = try flapping()
        try story.say(at: 2500)
        _ = story.log
        // What a limit held back before is no news any more.
        try story.tick(at: 2500 + 1799)
        #expect(story.log == ["3600 held: told already", "3600 held: told already"])
        try story.tick(at: 2500 + 1800)
        #expect(story.log == ["4300 resolved outage A", "4300 cleared-4 to t1", "4300 cleared-4 to t2"])
        try story.survivesRestarts()
    }

    @Test("What comes and goes and then stays out is said as well, as it was promised")
    func flappingStays() throws {
        let story = try flapping()
        try story.tick(at: 3601)
        _ = story.log
        try story.tick(at: 2400 + 1800)
        #expect(story.log == ["4200 updated outage A", "4200 news-1-4 to t1", "4200 news-1-4 to t2"])
        #expect(story.texts(to: "t1").last?.hasPrefix("STILL") == true)
        try story.say(at: 5000)
        #expect(story.log == ["5000 resolved outage A", "5000 cleared-4 to t1", "5000 cleared-4 to t2"])
        try story.survivesRestarts()
    }

    @Test("A person's word is told when the sensor says so too")
    func confirmed() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.update(.resolved, at: 60)
        #expect(story.log == ["60 resolved outage A"])
        try story.say(at: 100)
        #expect(story.log == ["100 cleared to t1", "100 cleared to t2"])
        try story.tick(at: 5000)
        #expect(story.log == [])
        try story.survivesRestarts()
    }

    @Test("A person's word counts when the sensor is silent")
    func silentSensor() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.update(.resolved, at: 60)
        // Said twice is no reason to wait longer.
        try story.update(.resolved, at: 500)
        try story.tick(at: 5000)
        #expect(
            story.log == [
                "60 resolved outage A", "500 noted outage A", "960 cleared to t1", "960 cleared to t2",
            ]
        )
        #expect(story.notices.last?.reason == .over(by: "Anne"))
        try story.survivesRestarts()
    }

    @Test("Where the sensor goes on seeing it, nobody is told that it is over")
    func contradicted() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.update(.resolved, at: 60)
        try story.say(from: 100, to: 1000, every: 100, ["stuck": true])
        #expect(
            story.log == ["60 resolved outage A", "960 held: not confirmed", "960 reopened outage A"]
        )
        try story.say(at: 2000)
        #expect(story.log == ["2000 resolved outage A", "2000 cleared-2 to t1", "2000 cleared-2 to t2"])
        try story.survivesRestarts()
    }

    @Test("People still locked in after somebody said that it is over are asked about again")
    func contradictedLifeSafety() throws {
        let story = try Story(
            Detect("locked in", severity: .critical) {
                Holds(\.isStuck, for: .zero)
            } react: {
                OpenCase(in: "desk") { _ in "Locked in" }
                Escalate(.technicianFirst) { _ in "Locked in" }
            },
            directory: .house()
        )
        try story.say(at: 0, ["stuck": true])
        try story.update(.resolved, at: 60)
        _ = story.log
        try story.say(from: 100, to: 1000, every: 100, ["stuck": true])
        #expect(
            story.log == [
                "960 held: not confirmed", "960 reopened locked in A", "960 updated locked in A",
                "960 ask-1-2 to tech",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("What somebody works on and is raised once more is the same case, and ends with it")
    func raisedAgain() throws {
        let story = try Story(Detect.stuck(.warning), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.acknowledged, at: 10)
        _ = story.log
        try story.say(at: 20, ["pressed": true])
        #expect(story.log == [])
        try story.say(at: 30, ["ended": true])
        #expect(story.log == ["30 resolved stuck A", "30 over to tech"])
        #expect(story.engine.openEpisodes == 1)
        try story.survivesRestarts()
    }

    @Test("An alarm that was raised once does not contradict the person who ends it")
    func raisedOnce() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        try story.update(.resolved, at: 60)
        _ = story.log
        try story.say(from: 100, to: 2000, every: 100)
        #expect(story.log == [])
        // Raised again: the same case, asked about again.
        try story.say(at: 2100, ["pressed": true])
        #expect(story.log == ["2100 reopened stuck A", "2100 updated stuck A", "2100 ask-1-2 to tech"])
        try story.survivesRestarts()
    }
}
