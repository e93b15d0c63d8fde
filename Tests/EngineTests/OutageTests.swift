import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// A gateway `G` with lifts behind it. What is `inspected` is a gateway that is down, what is `stuck` is silent, and
/// the power of a site is out where a lift is `open`.
@Suite("Outages that explain others")
struct OutageTests {
    static let gateway = Outage("gateway", of: .attribute("gateway"))
    static let power = Outage("power", of: .site)

    static func directory(_ lifts: Int) -> Directory {
        var house = Directory.house(lifts: (1...lifts).map { "L\($0)" } + ["G"], tenants: ["t1"])
        for index in house.assets.indices where house.assets[index].id != "G" {
            house.assets[index].attributes["gateway"] = "G"
        }
        house.sites.append(.init(id: "s2", name: "Roses", address: "1 rue des Roses"))
        house.assets.append(.init(id: "far", kind: "lift", site: "s2", name: "Loin"))
        return house
    }

    private func story(_ lifts: Int = 3) throws -> Story {
        try Story(
            Detect("gateway down", severity: .warning, explains: Self.gateway) {
                Holds(\.isInspected, for: .zero)
            } react: {
                OpenCase(in: "desk") { "Gateway \($0.reading.lift)" }
            },
            Detect("power cut", severity: .warning, explains: Self.power) {
                Holds(\.isOpen, for: .zero)
            } react: {
                OpenCase(in: "desk") { _ in "Power" }
            },
            Detect("silent", severity: .warning, explainedBy: Self.gateway, Self.power) {
                Holds(\.isStuck, for: .zero)
            } react: {
                OpenCase(in: "desk") { "Silent \($0.reading.lift)" }
                Inform(Audience("tenant"), by: .outage)
                Escalate(.stuck) { "Silent \($0.reading.lift)" }
            },
            Detect.stuck(),
            directory: Self.directory(lifts)
        )
    }

    @Test("A gateway with 200 sensors behind it is one case, which names them")
    func manyParts() throws {
        let story = try story(200)
        try story.say("G", at: 0, ["inspected": true])
        for number in 1...200 { try story.say("L\(number)", at: 10, ["stuck": true]) }
        try story.tick(at: 100)
        #expect(story.interactions.count == 2)
        #expect(story.notices.isEmpty)
        #expect(story.engine.counted.held == ["part of another case": 200])
        let said = try #require(story.interactions.last?.text)
        #expect(said.english.hasPrefix("Also: Lift L1, Lift L2, Lift L3") && said.english.hasSuffix("and 180 more"))
        // All come back with the gateway: nobody ever heard of them.
        try story.say("G", at: 200)
        for number in 1...200 { try story.say("L\(number)", at: 210) }
        try story.tick(at: 5000)
        #expect(story.interactions.count == 3)
        #expect(story.notices.isEmpty)
        #expect(story.engine.openEpisodes == 1)
    }

    @Test("What does not recover with the gateway is a case of its own ten minutes later")
    func release() throws {
        let story = try story()
        try story.say("G", at: 0, ["inspected": true])
        for lift in ["L1", "L2"] { try story.say(lift, at: 10, ["stuck": true]) }
        try story.tick(at: 100)
        #expect(
            story.log == [
                "0 opened gateway down G", "10 held: part of another case", "10 held: part of another case",
                "70 updated gateway down G",
            ]
        )
        try story.say("G", at: 200)
        try story.say("L2", at: 300)
        #expect(story.log == ["200 resolved gateway down G", "300 held: over before told"])
        try story.tick(at: 800)
        #expect(
            story.log == [
                "800 opened silent L1", "800 begins to t1", "800 updated silent L1", "800 ask-1 to tech",
            ]
        )
        #expect(story.interactions.last?.parent == nil)
        try story.survivesRestarts()
    }

    @Test("What opened just before the outage is part of it: nobody is asked until it is over")
    func adoption() throws {
        let story = try story()
        try story.say("L1", at: 0, ["stuck": true])
        _ = story.log
        try story.say("G", at: 60, ["inspected": true])
        try story.tick(at: 1000)
        #expect(
            story.log == ["60 opened gateway down G", "60 updated silent L1", "120 updated gateway down G"]
        )
        #expect(
            story.interactions.first { $0.subject == "L1" && $0.at == Story.at(60) }?.parent == story.key("G")
        )
        try story.say("G", at: 1000)
        _ = story.log
        try story.tick(at: 1599)
        #expect(story.log == [])
        try story.tick(at: 1600)
        #expect(story.log == ["1600 updated silent L1", "1600 ask-1-2 to tech"])
        // Whoever was told that it began is told that it is over.
        try story.say("L1", at: 1700)
        #expect(story.log.contains("1700 cleared to t1"))
        try story.survivesRestarts()
    }

    @Test("What somebody has taken, or began hours before, is no part of the outage")
    func notAdopted() throws {
        let story = try story()
        try story.say("L1", at: 0, ["stuck": true])
        try story.say("L2", at: 7000, ["stuck": true])
        try story.update(.acknowledged, of: story.key("L2"), at: 7100)
        try story.tick(at: 7200)
        _ = story.log
        try story.say("G", at: 7200, ["inspected": true])
        #expect(story.log == ["7200 opened gateway down G"])
    }

    @Test("A gateway that fails again within the ten minutes goes on explaining")
    func failsAgain() throws {
        let story = try story()
        try story.say("G", at: 0, ["inspected": true])
        try story.say("L1", at: 10, ["stuck": true])
        try story.say("G", at: 100)
        try story.say("G", at: 200, ["inspected": true])
        try story.say("L2", at: 210, ["stuck": true])
        try story.tick(at: 2000)
        #expect(!story.interactions.contains { $0.detector == "silent" })
        #expect(story.engine.counted.held["part of another case"] == 3)
        try story.say("G", at: 3000)
        try story.tick(at: 3600)
        #expect(story.interactions.filter { $0.detector == "silent" && $0.verb == .opened }.count == 2)
        try story.survivesRestarts()
    }

    @Test("A power cut holds what stands at its site and nothing else")
    func site() throws {
        let story = try story()
        try story.say("L1", at: 0, ["doors": "open"])
        try story.say("L2", at: 10, ["stuck": true])
        try story.say("far", at: 20, ["stuck": true])
        #expect(
            story.log == [
                "0 opened power cut L1", "10 held: part of another case", "20 opened silent far",
                "20 held: no audience", "20 updated silent far", "20 ask-1 to tech",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("No outage explains away a life in danger")
    func critical() throws {
        let story = try story()
        try story.say("G", at: 0, ["inspected": true])
        try story.say("L1", at: 10, ["pressed": true])
        #expect(
            story.log == [
                "0 opened gateway down G", "10 opened stuck L1", "10 updated stuck L1", "10 ask-1 to tech",
            ]
        )
    }

    @Test("A part that came back under the outage waits with it as well")
    func returns() throws {
        let story = try story()
        try story.say("L1", at: 0, ["stuck": true])
        try story.say("L1", at: 10)
        try story.say("G", at: 20, ["inspected": true])
        _ = story.log
        try story.say("L1", at: 30, ["stuck": true])
        #expect(story.log == ["30 held: part of another case"])
        try story.say("G", at: 100)
        try story.tick(at: 700)
        #expect(story.log.contains("700 reopened silent L1"))
        #expect(story.notices.last { $0.recipient == "t1" }?.phase == "begins-2")
        try story.survivesRestarts()
    }

    @Test("When the detector of the outage is gone from the pipeline, nobody waits for it any more")
    func outageGone() throws {
        let story = try story()
        try story.say("G", at: 0, ["inspected": true])
        try story.say("L1", at: 10, ["stuck": true])
        let report = try story.restart([
            liftPipeline([
                Detect("silent", severity: .warning, explainedBy: Self.gateway) {
                    Holds(\.isStuck, for: .zero)
                } react: {
                    OpenCase(in: "desk") { "Silent \($0.reading.lift)" }
                    Inform(Audience("tenant"), by: .outage)
                    Escalate(.stuck) { "Silent \($0.reading.lift)" }
                }
            ])
        ])
        #expect(report.contains { $0.contains("gateway down") })
        _ = story.log
        try story.tick(at: 100)
        #expect(story.log.first == "10 opened silent L1")
    }
}
