import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Episodes")
struct EpisodeTests {
    @Test("Short breaks belong to the episode when it clears only after a while")
    func clearsAfter() throws {
        let story = try Story(
            detect("stuck", clearsAfter: .minutes(10)) { Holds(\.isStuck, for: .seconds(60)) }
        )
        try story.say(from: 0, to: 120, every: 30, ["stuck": true])
        try story.say(from: 150, to: 600, every: 30)
        try story.say(from: 630, to: 900, every: 30, ["stuck": true])
        try story.say(from: 930, to: 1500, every: 30)
        #expect(story.log == ["60 opened stuck A"])
        try story.tick(at: 3000)
        #expect(story.log == ["1530 resolved stuck A"])
    }

    @Test("What lasts is reminded of, and no longer once it is over")
    func reminders() throws {
        let story = try Story(
            detect("stuck", remindEvery: .minutes(5)) { Raised(\.isPressed, until: \.isEnded) }
        )
        try story.say(at: 0, ["pressed": true])
        try story.tick(at: 700)
        #expect(story.log == ["0 opened stuck A", "300 updated stuck A", "600 updated stuck A"])
        try story.say(at: 800, ["ended": true])
        try story.tick(at: 5000)
        #expect(story.log == ["800 resolved stuck A"])
    }

    @Test("Ids are the same on every run, and others for another device, time, detector or pipeline")
    func deterministicIDs() throws {
        func ids(_ pipeline: String = "lifts", _ name: String = "stuck", _ lift: String = "A", at: Double = 0)
            throws -> [String]
        {
            let story = try Story(
                [
                    liftPipeline(
                        named: pipeline,
                        [
                            Detect<Lift>(name, severity: .warning) {
                                Happens(\.isPressed)
                            } react: {
                                OpenCase(in: "desk") { "\($0.reading.lift)" }
                                Text("technician") { "\($0.reading.lift)" }
                                Note(in: "desk") { "\($0.reading.lift)" }
                            }
                        ]
                    )
                ],
                directory: .house()
            )
            try story.say(lift, at: at, ["pressed": true])
            return story.interactions.map(\.id) + story.notices.map(\.id) + story.interactions.map(\.key)
        }
        let first = try ids()
        #expect(first.count == 5 && Set(first).count == 5)
        #expect(try ids() == first)
        for other in [
            try ids("elevators"), try ids("lifts", "x"), try ids("lifts", "stuck", "B"), try ids(at: 1),
        ] {
            #expect(Set(other).isDisjoint(with: first))
        }
    }

    @Test("Two pipelines on one topic both hear it, each with a memory of its own")
    func twoPipelines() throws {
        let story = try Story([
            liftPipeline(named: "one", [detect("stuck") { Holds(\.isStuck, for: .seconds(10)) }]),
            liftPipeline(named: "two", [detect("heavy") { Exceeds(\.load, .kilograms(10)) }]),
        ])
        try story.say(from: 0, to: 20, every: 5, ["stuck": true, "load": 11])
        #expect(story.log == ["0 opened heavy A", "10 opened stuck A"])
        #expect(story.engine.devices.map(\.count) == [1, 1])
    }

    @Test("A block of another type sees what its transformer makes, each device with its own memory")
    func derive() throws {
        let story = try Story(
            Derive(LoadChange.self, with: LoadStep()) {
                Reject(\.change, below: .kilograms(-100), above: .kilograms(100))
                Detect("jump", severity: .warning) {
                    Exceeds(\.change, .kilograms(50))
                } react: {
                    OpenCase(in: "desk") { "\($0.reading.lift) \($0.reading.change)" }
                }
            }
        )
        try story.say("A", at: 0, ["load": 100])
        try story.say("B", at: 1, ["load": 500])
        try story.say("A", at: 2, ["load": 160])
        try story.say("B", at: 3, ["load": 540])
        try story.say("A", at: 4, ["load": 300])
        try story.say("A", at: 5, ["load": 301])
        #expect(story.log == ["2 opened jump A", "5 resolved jump A"])
        #expect(story.interactions[0].title.english == "A 60 kg")
    }

    @Test("A reading is filled from the directory, and anew when the directory changes")
    func enrich() throws {
        let story = try Story(
            Enrich(\.floors, from: .attribute("floors-count")),
            Enrich(\.siteName, from: .site),
            Detect("pressed", severity: .info) {
                Happens(\.isPressed)
            } react: {
                OpenCase(in: "desk") { "\($0.reading.siteName) \($0.reading.floors)" }
            },
            directory: .house()
        )
        try story.say(at: 1, ["pressed": true])
        var changed = Directory.house()
        changed.assets[0].attributes["floors-count"] = "9"
        try story.take(.directory(at: Story.at(2), json: changed.json))
        try story.say(at: 3, ["pressed": true])
        changed.assets[0].attributes["floors-count"] = "many"
        try story.take(.directory(at: Story.at(4), json: changed.json))
        try story.say(at: 5, ["pressed": true])
        try story.say("Z", at: 6, ["pressed": true])
        #expect(story.interactions.map(\.title.french) == ["s1 5", "s1 9", "s1 0", " 0"])
    }

    @Test("What was looked up in an empty directory is looked up again after a restart with a full one")
    func enrichAfterRestart() throws {
        let story = try Story(
            Enrich(\.floors, from: .attribute("floors-count")),
            Detect("pressed", severity: .info) {
                Happens(\.isPressed)
            } react: {
                OpenCase(in: "desk") { "\($0.reading.floors)" }
            }
        )
        try story.say(at: 1, ["pressed": true])
        try story.take(.directory(at: Story.at(2), json: Directory.house().json))
        try story.restart()
        try story.say(at: 3, ["pressed": true])
        #expect(story.interactions.map(\.title.french) == ["0", "5"])
    }

    @Test("A directory that cannot be read becomes a dead letter, and the one before stays in force")
    func brokenDirectory() throws {
        let story = try Story(detect("silent") { Silent(for: .minutes(1)) }, directory: .house(lifts: ["A"]))
        try story.take(.directory(at: Story.at(1), json: [UInt8]("{\"assets\":7}".utf8)))
        try story.tick(at: 100)
        #expect(story.log == ["1 dead: malformed", "60 opened silent A"])
    }

    @Test("A command goes to the topic that the finding names")
    func command() throws {
        let story = try Story(
            Detect("pressed", severity: .info) {
                Happens(\.isPressed)
            } react: {
                Command("reset", to: { "lifts/\($0.facts.subject)/set" })
            }
        )
        try story.say(at: 1, ["pressed": true])
        #expect(story.log == ["1 reset on lifts/A/set"])
    }

    @Test("At the limit closed cases are forgotten first, and a finding that finds no room is said")
    func caseLimit() throws {
        let story = try Story(detect("pressed") { Happens(\.isPressed) })
        story.engine.casebook.limit = 3
        for seconds in 0..<3 { try story.say(at: Double(seconds), ["pressed": true]) }
        try story.say(at: 3, ["pressed": true])
        #expect(story.log.last == "3 held: too many cases")
        try story.update(.closed, at: 4)
        try story.say(at: 5, ["pressed": true])
        #expect(story.log.last == "5 opened pressed A")
        #expect(story.engine.openEpisodes == 3)
    }

    @Test("A closed case is forgotten after a week, an open one never")
    func memory() throws {
        let story = try Story(detect("pressed") { Happens(\.isPressed) })
        try story.say("A", at: 0, ["pressed": true])
        try story.say("B", at: 0, ["pressed": true])
        try story.update(.resolved, at: 10)
        try story.tick(at: 10 + 7 * 86_400 - 1)
        #expect(story.engine.openEpisodes == 2)
        try story.tick(at: 10 + 7 * 86_400)
        #expect(story.engine.openEpisodes == 1)
        try story.tick(at: 1e9)
        #expect(story.engine.openEpisodes == 1)
    }
}
