import PipelineKit
import Testing
import Units

@testable import Engine

@Suite("Signs")
struct SignTests {
    @Test("A condition that holds for its span begins an episode, and its end ends it")
    func holds() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .seconds(90)) })
        try story.say(from: 0, to: 30, every: 10)
        try story.say(from: 40, to: 120, every: 10, ["stuck": true])
        #expect(story.log == [])
        try story.say(at: 130, ["stuck": true])
        try story.say(at: 140, ["stuck": true])
        #expect(story.log == ["130 opened stuck A"])
        #expect(story.interactions[0].openedAt == Story.at(40))
        try story.say(at: 150)
        #expect(story.log == ["150 resolved stuck A"])
    }

    @Test("A condition that is interrupted begins its span anew")
    func interrupted() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .seconds(90)) })
        try story.say(from: 0, to: 80, every: 10, ["stuck": true])
        try story.say(at: 85)
        try story.say(from: 90, to: 170, every: 10, ["stuck": true])
        #expect(story.log == [])
        try story.say(at: 180, ["stuck": true])
        #expect(story.log == ["180 opened stuck A"])
    }

    @Test("The span runs on without readings, and a tick finds the moment it was full")
    func withoutReadings() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .seconds(60)) })
        try story.say(from: 0, to: 100, every: 25)
        try story.say(at: 125, ["stuck": true])
        try story.say(at: 150, ["stuck": true])
        try story.tick(at: 500)
        #expect(story.log == ["185 opened stuck A"])
    }

    @Test("Three usual intervals without a reading make it undecided: a gap is no evidence")
    func gap() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .seconds(60)) })
        try story.say(from: 0, to: 100, every: 10)
        try story.say(at: 110, ["stuck": true])
        try story.tick(at: 10_000)
        #expect(story.log == [])
        // The first reading after the gap begins the span anew.
        try story.say(at: 10_000, ["stuck": true])
        try story.say(from: 10_010, to: 10_050, every: 10, ["stuck": true])
        #expect(story.log == [])
        try story.say(at: 10_060, ["stuck": true])
        #expect(story.log == ["10060 opened stuck A"])
        #expect(story.interactions[0].openedAt == Story.at(10_000))
    }

    @Test("A gap does not end an open episode")
    func gapWhileOpen() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .seconds(20)) })
        try story.say(from: 0, to: 100, every: 10, ["stuck": true])
        try story.tick(at: 90_000)
        try story.say(at: 90_000, ["stuck": true])
        try story.say(from: 90_010, to: 90_100, every: 10, ["stuck": true])
        #expect(story.log == ["20 opened stuck A"])
    }

    @Test("Readings that are left out do not let a condition hold on")
    func leftOut() throws {
        let story = try Story(
            Drop("technician", when: \.isInspected),
            detect("stuck") { Holds(\.isStuck, for: .seconds(90)) }
        )
        try story.say(from: 0, to: 100, every: 10)
        try story.say(at: 110, ["stuck": true])
        try story.say(from: 120, to: 400, every: 10, ["stuck": true, "inspected": true])
        #expect(story.log == [])
    }

    @Test("A value above its limit is found, and below the release it is over")
    func exceeds() throws {
        let story = try Story(
            detect("heavy") { Exceeds(\.load, .kilograms(100), for: .seconds(20), until: .kilograms(80)) }
        )
        try story.say(from: 0, to: 30, every: 10, ["load": 100])
        try story.say(from: 40, to: 60, every: 10, ["load": 101])
        try story.say(from: 70, to: 100, every: 10, ["load": 81])
        #expect(story.log == ["60 opened heavy A"])
        try story.say(at: 110, ["load": 80])
        #expect(story.log == ["110 resolved heavy A"])
        try story.say(from: 120, to: 200, every: 10, ["load": 90])
        #expect(story.log == [])
    }

    @Test("A value below its limit is found")
    func fallsBelow() throws {
        let story = try Story(detect("light") { FallsBelow(\.load, .kilograms(10), until: .kilograms(20)) })
        try story.say(at: 0, ["load": 10])
        try story.say(at: 10, ["load": 9])
        try story.say(at: 20, ["load": 19])
        try story.say(at: 30, ["load": 20])
        #expect(story.log == ["10 opened light A", "30 resolved light A"])
    }

    @Test("A condition that comes and goes flaps, until it has been quiet for the span")
    func flaps() throws {
        let story = try Story(detect("flapping") { Flaps(\.isStuck, atLeast: 3, within: .minutes(10)) })
        for seconds in stride(from: 0.0, through: 300, by: 60) {
            try story.say(at: seconds, ["stuck": .bool(Int(seconds) % 120 == 60)])
        }
        #expect(story.log == ["300 opened flapping A"])
        #expect(story.interactions[0].openedAt == Story.at(60))
        try story.tick(at: 899)
        #expect(story.log == [])
        try story.tick(at: 5000)
        #expect(story.log == ["900 resolved flapping A"])
    }

    @Test("Changes too far apart do not flap")
    func slowFlaps() throws {
        let story = try Story(detect("flapping") { Flaps(\.isStuck, atLeast: 3, within: .minutes(10)) })
        for round in 0..<20 { try story.say(at: Double(round) * 301, ["stuck": .bool(round % 2 == 1)]) }
        #expect(story.log == [])
    }

    @Test("A sequence is found when each step comes in time")
    func sequence() throws {
        let story = try Story(
            detect("fall") {
                First(\.isStuck)
                Then(\.isPressed, within: .seconds(5))
                Then(\.isOpen, within: .seconds(30), for: .seconds(20))
            }
        )
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 4, ["pressed": true])
        try story.say(from: 10, to: 30, every: 5, ["doors": "open"])
        #expect(story.log == ["30 opened fall A"])
        #expect(story.interactions[0].openedAt == Story.at(0))
    }

    @Test("A step that comes too late takes the sequence back, and may begin it anew")
    func sequenceTooLate() throws {
        let story = try Story(
            detect("fall") {
                First(\.isStuck)
                Then(\.isPressed, within: .seconds(5))
            }
        )
        try story.say(at: 0, ["stuck": true])
        try story.say(at: 6, ["pressed": true])
        #expect(story.log == [])
        try story.say(at: 10, ["stuck": true])
        try story.say(at: 16, ["stuck": true, "pressed": true])
        #expect(story.log == ["16 opened fall A"])
    }

    @Test("A step of a sequence does not last through a gap")
    func sequenceGap() throws {
        let story = try Story(
            detect("fall") {
                First(\.isStuck, for: .seconds(60))
                Then(\.isPressed, within: .seconds(60))
            }
        )
        try story.say(from: 0, to: 100, every: 10)
        try story.say(at: 110, ["stuck": true])
        try story.say(at: 5000, ["stuck": true])
        try story.say(at: 5010, ["pressed": true])
        #expect(story.log == [])
    }

    @Test("An alarm is raised by one reading and taken back by another, and silence does not take it back")
    func raised() throws {
        let story = try Story(detect("alarm") { Raised(\.isPressed, until: \.isEnded) })
        try story.say(at: 0, ["pressed": true])
        try story.say(at: 10)
        try story.tick(at: 100_000)
        #expect(story.log == ["0 opened alarm A"])
        try story.say(at: 100_001, ["ended": true])
        #expect(story.log == ["100001 resolved alarm A"])
    }

    @Test("A retained message is not something that happens now")
    func retained() throws {
        let story = try Story(
            detect("pressed") { Happens(\.isPressed) },
            detect("alarm") { Raised(\.isPressed, until: \.isEnded) },
            retained: .isState
        )
        try story.say(at: 0, ["pressed": true], flags: [.qos1, .retained])
        #expect(story.log == [])
        try story.say(at: 1, ["pressed": true])
        #expect(story.log == ["1 opened pressed A", "1 opened alarm A"])
    }

    @Test("A retained message is left out and counted where it is not a state")
    func retainedDropped() throws {
        let story = try Story(detect("stuck") { Holds(\.isStuck, for: .zero) }, tellsDrops: true)
        try story.say(at: 0, ["stuck": true], flags: [.qos1, .retained])
        #expect(story.log == ["0 dropped: retained"])
        #expect(story.engine.drops.map(\.count) == [1])
    }

    @Test("What happens is held back for the time that atMostEvery says, and that is said")
    func atMostEvery() throws {
        let story = try Story(detect("pressed", atMostEvery: .seconds(60)) { Happens(\.isPressed) })
        for seconds in [0.0, 59, 60, 61] { try story.say(at: seconds, ["pressed": true]) }
        #expect(
            story.log == [
                "0 opened pressed A", "59 held: too soon", "60 opened pressed A",
                "61 held: too soon",
            ]
        )
    }

    @Test("A model says that a value is unusual once it knows what is usual")
    func unusual() throws {
        let story = try Story(
            detect("drifting") { Unusual(\.load, to: .slowDrift(warmUp: .weeks(2))) }
        )
        for hour in 0..<24 * 60 {
            let load =
                100.0 + Double(hour * 7919 % 13) / 10 + (hour > 24 * 30 ? Double(hour - 24 * 30) / 10 : 0)
            try story.say(at: Double(hour) * 3600, ["load": .number(load)])
        }
        #expect(story.log.count == 1)
        let opened = try #require(story.interactions.first)
        #expect(opened.verb == .opened && opened.at > Story.at(30 * 86_400))
        #expect(opened.evidence.map(\.name) == ["seen", "usual", "low", "high", "past", "driftUp"])
    }
}
