import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Peace and quiet")
struct DisciplineTests {
    static let lifts = ["A", "B", "C", "D", "E", "F"]
    /// The story begins at 8:00; the quiet hours begin 14 hours later and last for ten.
    static let night = 14.0 * 3600 + 60
    static let morning = 24.0 * 3600

    private func story(_ discipline: Discipline = .standard) throws -> Story {
        try Story(
            Detect.outage(),
            directory: .house(lifts: Self.lifts, tenants: ["t1"]),
            discipline: discipline
        )
    }

    @Test("At night services wait for the morning, and what is over by then is taken back")
    func night() throws {
        let story = try story()
        try story.say(at: Self.night, ["stuck": true])
        #expect(story.log == ["50460 opened outage A", "50460 held: quiet hours", "50460 begins to t1"])
        #expect(story.notices.last?.notBefore == Story.at(Self.morning))
        #expect(story.notices.last?.notAfter == Story.at(Self.morning + 7200))
        try story.say(at: Self.night + 600)
        #expect(story.log == ["51060 resolved outage A", "51060 held: quiet hours", "51060 cleared to t1"])
        #expect(story.withdrawn.contains("begins"))
        // The end follows the begin: when that was taken back, nobody gets it.
        #expect(story.notices.last?.follows == [try #require(story.notices.first).id])
        try story.survivesRestarts()
    }

    @Test("Quiet hours go by the clocks of where the people live")
    func elsewhere() throws {
        let story = try story()
        // 13:00 in Paris, 23:00 in Nouméa.
        try story.say(at: 5 * 3600, ["stuck": true])
        #expect(story.notices.map(\.notBefore) == [nil])
        let engine = Engine(story.pipelines, zone: try CivilZone(named: "Pacific/Noumea"))
        var effects: [Effect] = []
        for entry in story.entries { effects += try engine.apply(entry) }
        let notices = effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
        #expect(notices.map(\.notBefore) == [Story.at(14 * 3600)])
    }

    @Test("Several messages of one night are two in the morning: the first, and one with all others")
    func grouped() throws {
        let story = try story()
        for (index, lift) in ["A", "B", "C", "D"].enumerated() {
            try story.say(lift, at: Self.night + Double(index), ["stuck": true])
        }
        try story.say("D", at: Self.night + 600)
        #expect(story.log.filter { $0.hasSuffix("grouped") }.count == 3)
        try story.tick(at: Self.morning)
        let sent = story.notices.filter { ($0.notBefore ?? $0.at) <= Story.at(Self.morning) }
        #expect(sent.map(\.phase) == ["begins", "digest"])
        #expect(sent.last?.text.hasPrefix("2 messages : ") == true, "D was over before it was told")
        try story.survivesRestarts()
    }

    @Test("Newer news takes back what still waits for the morning")
    func newsAtNight() throws {
        let story = try story()
        try story.say(at: Self.night, ["stuck": true])
        try story.update(.inProgress, at: Self.night + 10)
        try story.update(.pending, at: Self.night + 20)
        #expect(story.withdrawn == ["news-1"])
        #expect(story.notices.allSatisfy { $0.notBefore == Story.at(Self.morning) })
    }

    @Test("Taking a case takes back no message to those who are told of it")
    func takingWithdrawsNothing() throws {
        let story = try story()
        try story.say(at: Self.night, ["stuck": true])
        try story.update(.acknowledged, at: Self.night + 10)
        #expect(story.withdrawn == [])
    }

    @Test("No quiet hour and no cap holds back what is about a life", arguments: [0.0, 14.0 * 3600 + 60])
    func lifeSafety(at: Double) throws {
        let story = try Story(
            Detect.danger(),
            directory: .house(lifts: Self.lifts, tenants: ["t1"]),
            discipline: Discipline(quiet: .always, hourly: 0, daily: 0)
        )
        for lift in Self.lifts { try story.say(lift, at: at, ["stuck": true]) }
        #expect(story.texts(to: "t1").count == 6)
        #expect(story.notices.allSatisfy { $0.notBefore == nil && $0.urgency == .lifeSafety })
        #expect(story.engine.counted.held == [:])
    }

    @Test("Who is asked at night is asked, and hears at once that somebody else goes")
    func askedAtNight() throws {
        let story = try Story(Detect.stuck(.warning), directory: .house())
        try story.say(at: Self.night, ["pressed": true])
        try story.tick(at: Self.night + 301)
        try story.reply("1", from: Phone.dispatcher, at: Self.night + 310)
        #expect(story.notices.map(\.phase).contains { $0.hasPrefix("stand-down") })
        #expect(story.notices.allSatisfy { $0.notBefore == nil })
    }

    @Test("More than the cap waits for a digest, which tells what still holds")
    func cap() throws {
        let story = try story()
        for (index, lift) in Self.lifts.enumerated() {
            try story.say(lift, at: Double(index) * 60, ["stuck": true])
        }
        #expect(story.log.filter { $0.hasSuffix("begins to t1") }.count == 4)
        #expect(story.engine.counted.held["capped"] == 2)
        try story.say("E", at: 1000)
        #expect(story.log == ["1000 resolved outage E"])
        try story.tick(at: 3700)
        #expect(story.log == ["3600 held: over before told", "3600 begins to t1"])
        // What alone was held back is said in its own words.
        #expect(story.notices.last?.text.hasPrefix("OUT") == true)
        // Told late: the end is owed, cap or not.
        try story.say("F", at: 3800)
        #expect(story.log == ["3800 resolved outage F", "3800 cleared to t1"])
        try story.survivesRestarts()
    }

    @Test("A digest whose parts are all over is not sent")
    func emptyDigest() throws {
        let story = try story(Discipline(quiet: .never, hourly: 1, daily: 10))
        try story.say("A", at: 0, ["stuck": true])
        try story.say("B", at: 10, ["stuck": true])
        try story.update(.closed, of: story.interactions.last?.key, at: 20)
        _ = story.log
        try story.tick(at: 7200)
        #expect(!story.notices.contains { $0.phase == "digest" })
        #expect(story.log.contains("3600 held: over before told"))
        try story.survivesRestarts()
    }

    @Test("A digest does not come at night, and not to who wants no more")
    func digestAtNight() throws {
        let story = try story(Discipline(quiet: Discipline.standard.quiet, hourly: 1, daily: 10))
        let evening = 13.5 * 3600
        for lift in ["A", "B", "C"] { try story.say(lift, at: evening, ["stuck": true]) }
        try story.tick(at: Self.morning - 1)
        #expect(!story.notices.contains { $0.phase == "digest" })
        try story.tick(at: Self.morning)
        #expect(story.notices.last { $0.phase == "digest" }?.at == Story.at(Self.morning))
        let other = try self.story(Discipline(quiet: .never, hourly: 1, daily: 10))
        for lift in ["A", "B", "C"] { try other.say(lift, at: 0, ["stuck": true]) }
        try other.reply("stop", from: Phone.tenant1, at: 20)
        try other.tick(at: 7200)
        #expect(!other.notices.contains { $0.phase == "digest" })
        try story.survivesRestarts()
        try other.survivesRestarts()
    }

    @Test("Who agrees to no news any more is not told what was held back before")
    func consentWithdrawnMeanwhile() throws {
        var house = Directory.house(lifts: Self.lifts, tenants: ["t1"])
        house.people[0].consents = ["news"]
        let story = try Story(
            Detect.outage(for: Audience("tenant", consentingTo: "news")),
            directory: house,
            discipline: Discipline(quiet: .never, hourly: 1, daily: 10)
        )
        for lift in ["A", "B"] { try story.say(lift, at: 0, ["stuck": true]) }
        house.people[0].consents = []
        try story.change(house, at: 20)
        _ = story.log
        try story.tick(at: 7200)
        #expect(story.log.contains("3600 held: no consent"))
        #expect(story.notices.count == 1)
        try story.survivesRestarts()
    }

    @Test("Planned work holds back what begins, until it ends; a life in danger is told all the same")
    func silence() throws {
        let story = try Story(Detect.outage(), Detect.stuck(), directory: .house(tenants: ["t1"]))
        let scope = Instruction.Scope(site: "s1")
        try story.order(.silence(scope, until: Story.at(3600)), at: 0)
        try story.say("A", at: 10, ["stuck": true])
        try story.say("B", at: 20, ["stuck": true])
        try story.say("B", at: 30)
        #expect(story.log == ["10 held: silenced", "20 held: silenced", "30 held: over before told"])
        try story.say("B", at: 40, ["pressed": true])
        #expect(story.log.suffix(1) == ["40 ask-1 to tech"])
        try story.tick(at: 3601)
        #expect(
            story.log.filter { $0.hasPrefix("3600") && !$0.contains("stuck") && !$0.contains("ask") } == [
                "3600 opened outage A", "3600 begins to t1",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("A silence that is planned holds nothing back before it begins, nor what is open then")
    func silencePlanned() throws {
        let story = try story()
        let order = Instruction.Order.silence(.init(), from: Story.at(100), until: Story.at(3600))
        try story.order(order, id: "s", at: 0)
        try story.say("A", at: 99, ["stuck": true])
        #expect(story.log == ["99 opened outage A", "99 begins to t1"])
        try story.say("B", at: 100, ["stuck": true])
        #expect(story.log == ["100 held: silenced"])
        try story.say("A", at: 200)
        #expect(story.log == ["200 resolved outage A", "200 cleared to t1"])
        try story.tick(at: 3600)
        #expect(story.log == ["3600 opened outage B", "3600 begins to t1"])
        try story.survivesRestarts()
    }

    @Test("A planned silence that is ended before it begins never holds anything back")
    func silencePlanEnded() throws {
        let story = try story()
        let order = Instruction.Order.silence(.init(), from: Story.at(100), until: Story.at(3600))
        try story.order(order, id: "s", at: 0)
        try story.order(.endSilence(id: "s"), at: 50)
        try story.say("A", at: 150, ["stuck": true])
        #expect(story.log == ["150 opened outage A", "150 begins to t1"])
        try story.survivesRestarts()
    }

    @Test("A silence ends before its time when somebody ends it, and covers only what it names")
    func silenceEnded() throws {
        let story = try story()
        try story.order(.silence(.init(subject: "A"), until: Story.at(36_000)), id: "s", at: 0)
        try story.say("A", at: 10, ["stuck": true])
        try story.say("B", at: 20, ["stuck": true])
        #expect(story.log == ["10 held: silenced", "20 opened outage B", "20 begins to t1"])
        try story.order(.endSilence(id: "s"), at: 30)
        #expect(story.log == ["30 opened outage A", "30 begins to t1"])
        try story.order(.endSilence(id: "s"), at: 40)
        #expect(story.log == ["40 held: nothing open"])
        try story.survivesRestarts()
    }

    @Test("What comes back under a silence waits as well")
    func silencedReturn() throws {
        let story = try story()
        try story.say("A", at: 0, ["stuck": true])
        try story.say("A", at: 10)
        try story.order(.silence(.init(), until: Story.at(3600)), at: 20)
        _ = story.log
        try story.say("A", at: 30, ["stuck": true])
        #expect(story.log == ["30 held: silenced"])
        try story.tick(at: 3600)
        #expect(story.log == ["3600 reopened outage A", "3600 begins-2 to t1"])
        try story.say("A", at: 3700)
        #expect(story.log == ["3700 resolved outage A", "3700 cleared-2 to t1"])
        try story.survivesRestarts()
    }
}
