import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Order, repeats and what is left out")
struct OrderTests {
    /// Lets the order in which readings go on be seen: each opens and closes a case by its load.
    private func seen(_ story: Story) -> [Int] {
        story.interactions.filter { $0.verb == .opened }.compactMap { Int($0.title.french) }
    }

    private func witness() -> Detect<Lift> {
        Detect("seen", severity: .info) {
            Happens(\.isPressed)
        } react: {
            OpenCase(in: "desk") { "\($0.reading.sequence)" }
        }
    }

    private func press(_ story: Story, _ number: Int, at seconds: Double, measured: Double) throws {
        try story.say(at: seconds, ["n": .integer(Int64(number)), "pressed": true], measured: measured)
    }

    @Test("Readings go on in the order in which they were measured")
    func outOfOrder() throws {
        let story = try Story(witness(), order: .seconds(10))
        for (number, measured) in [(1, 1.0), (3, 3), (2, 2), (5, 5), (4, 4)] {
            try press(story, number, at: 5 + Double(number) / 10, measured: measured)
        }
        #expect(seen(story) == [])
        try press(story, 6, at: 15.5, measured: 15.5)
        #expect(seen(story) == [1, 2, 3, 4, 5])
    }

    @Test("Readings of one time go on in the order in which they came")
    func equalTimes() throws {
        let story = try Story(
            detect("heavy") { Exceeds(\.load, .kilograms(10)) },
            order: .seconds(10)
        )
        try story.say("A", at: 1, ["load": 20], measured: 1)
        try story.say("B", at: 1, ["load": 5], measured: 1)
        try story.say("A", at: 2, ["load": 5], measured: 1)
        try story.say("B", at: 2, ["load": 20], measured: 1)
        try story.tick(at: 30)
        #expect(story.log == ["16 opened heavy A", "16 resolved heavy A", "16 opened heavy B"])
        // The same moment again is the same episode, which is over; that nothing begins is said.
        try story.say("A", at: 40, ["load": 20], measured: 1)
        try story.tick(at: 60)
        #expect(story.log == ["55 held: same moment"])
    }

    @Test("A reading measured before one that has gone on is late, and counted")
    func late() throws {
        let story = try Story(witness(), order: .seconds(10), tellsDrops: true)
        try press(story, 1, at: 100, measured: 100)
        try press(story, 2, at: 111, measured: 111)
        try press(story, 3, at: 112, measured: 99)
        #expect(story.log == ["111 opened seen A", "112 dropped: late"])
        #expect(story.engine.drops.map(\.reason) == ["late"])
    }

    @Test("A case does not clear by time while a newer reading waits for its turn")
    func clearTimerWhileWaiting() throws {
        let story = try Story(
            detect("heavy", clearsAfter: .seconds(5)) { Exceeds(\.load, .kilograms(10)) },
            order: .seconds(10)
        )
        try story.say(at: 0, ["load": 20])
        try story.say(at: 20, ["load": 5])
        // Two seconds later it is heavy again, and stays so; this comes late, and waits.
        try story.say(at: 29, ["load": 20], measured: 22)
        try story.say(at: 40, ["load": 20])
        try story.tick(at: 100)
        #expect(story.log == ["15 opened heavy A"])
    }

    @Test("When nothing more comes, time lets the waiting readings go on")
    func silenceReleases() throws {
        let story = try Story(witness(), order: .seconds(10))
        try press(story, 1, at: 100, measured: 100)
        try story.tick(at: 114)
        #expect(seen(story) == [])
        try story.tick(at: 200)
        #expect(story.log == ["115 opened seen A"])
    }

    @Test("A clock ahead of ours by more than two minutes is not believed")
    func clockAhead() throws {
        let story = try Story(witness(), order: .seconds(10))
        try press(story, 1, at: 100, measured: 100_000)
        try press(story, 2, at: 105, measured: 105)
        try press(story, 3, at: 116, measured: 236)
        try press(story, 4, at: 250, measured: 250)
        try story.tick(at: 300)
        #expect(seen(story) == [1, 2, 3, 4])
        #expect(story.interactions.map(\.openedAt).first == Story.at(100))
        #expect(story.interactions.map(\.openedAt).contains(Story.at(236)))
    }

    @Test("More than 1024 readings of a device do not wait: the oldest go on")
    func bounded() throws {
        let story = try Story(witness(), order: .hours(1))
        for number in 0..<1500 { try press(story, number, at: 100, measured: Double(number) / 100) }
        #expect(seen(story) == Array(0..<476))
        #expect(story.engine.units[0].header(0).pointee.waiting == Engine.delayLimit)
    }

    @Test("A sequence number that came already is a repeat, whatever came between")
    func repeats() throws {
        let story = try Story(DropRepeats(of: \.sequence, within: .minutes(10)), witness(), order: .zero)
        for (step, number) in [1, 2, 2, 3, 5, 4].enumerated() {
            try press(story, number, at: Double(step), measured: Double(number))
        }
        // 2 measured at 2 again: a repeat. 4 measured before 5: late.
        #expect(seen(story) == [1, 2, 3, 5])
        #expect(story.engine.drops.map(\.reason) == ["late", "repeated"])
    }

    @Test("A counter that begins anew is not a repeat")
    func counterRestart() throws {
        let story = try Story(DropRepeats(of: \.sequence, within: .minutes(10)), witness(), order: .zero)
        let numbers = [1000, 1001, 1002, 1, 2, 3, 2, 1]
        for (step, number) in numbers.enumerated() {
            try press(story, number, at: Double(step), measured: Double(step))
        }
        #expect(seen(story) == [1000, 1001, 1002, 1, 2, 3, 2, 1])
    }

    @Test("Without the device's time, a number that came again is a repeat and not a counter that began anew")
    func repeatsWithoutOrder() throws {
        let story = try Story(DropRepeats(of: \.sequence, within: .minutes(10)), witness())
        for (step, number) in [1, 2, 3, 2, 3, 4, 1, 5].enumerated() {
            try press(story, number, at: Double(step), measured: 0)
        }
        #expect(seen(story) == [1, 2, 3, 4, 5])
        for (step, number) in [500, 1, 2, 1, 3].enumerated() {
            try press(story, number, at: 100 + Double(step), measured: 0)
        }
        #expect(seen(story) == [1, 2, 3, 4, 5, 500, 1, 2, 3])
    }

    @Test("An event's id is remembered for its span")
    func eventIDs() throws {
        let story = try Story(DropRepeats(of: \.event, within: .minutes(10)), witness())
        for (seconds, event, number) in [
            (0, "x", 1), (10, "y", 2), (599, "x", 3), (601, "x", 4), (610, "y", 5), (611, "y", 6),
        ] {
            try story.say(
                at: Double(seconds),
                ["event": .string(event), "n": .integer(Int64(number)), "pressed": true]
            )
        }
        #expect(seen(story) == [1, 2, 4, 6])
    }

    @Test("What cannot be is left out under its reason, and so is what is not wanted")
    func leftOut() throws {
        let story = try Story(
            Drop("technician on site", when: \.isInspected),
            Reject(\.load, below: .zero, above: .kilograms(2000)),
            witness(),
            tellsDrops: true
        )
        try story.say(at: 1, ["inspected": true, "pressed": true])
        try story.say(at: 2, ["load": 2001, "pressed": true])
        try story.say(at: 3, ["load": -1, "pressed": true])
        try story.say(at: 4, ["load": 2000, "pressed": true])
        #expect(
            story.log == [
                "1 dropped: technician on site", "2 dropped: implausible", "3 dropped: implausible",
                "4 opened seen A",
            ]
        )
    }

    @Test("A topic that nobody listens to, and a payload that nobody can read, are said")
    func unreadable() throws {
        let story = try Story(witness(), tellsDrops: true)
        func message(_ topic: String, _ payload: String) -> Entry {
            .message(Message(topic: topic, payload: [UInt8](payload.utf8), arrivedAt: Story.at(1)))
        }
        try story.take(message("nobody/A", "{}"))
        try story.take(message("lifts/A", "{"))
        try story.take(message("lifts/A", #"{"stuck":"yes"}"#))
        try story.take(message("lifts/", "{}"))
        try story.take(message(repeatElement("lifts", count: 70).joined(separator: "/"), "{}"))
        #expect(
            story.log == [
                "1 dropped: unrouted", "1 dead: malformed", "1 dead: wrong type", "1 dead: field missing",
                "1 dead: too many topic levels",
            ]
        )
        #expect(story.engine.counted.deadLetters.values.reduce(0, +) == 4)
    }
}
