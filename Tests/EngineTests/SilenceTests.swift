import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Silence")
struct SilenceTests {
    private func silent(_ span: Duration = .minutes(15)) -> Detect<Lift> {
        detect("silent") { Silent(for: span) }
    }

    @Test("A device that stops speaking is silent, and its next word ends it")
    func silence() throws {
        let story = try Story(silent())
        try story.say(from: 0, to: 300, every: 60)
        try story.tick(at: 1199)
        #expect(story.log == [])
        try story.tick(at: 5000)
        #expect(story.log == ["1200 opened silent A"])
        #expect(story.interactions[0].openedAt == Story.at(300))
        try story.say(at: 6000)
        #expect(story.log == ["6000 resolved silent A"])
        try story.tick(at: 6901)
        #expect(story.log == ["6900 reopened silent A"])
    }

    @Test("A device of the directory that never spoke is silent too")
    func neverSpoke() throws {
        let story = try Story(silent(), directory: .house())
        try story.say("A", at: 60)
        try story.tick(at: 930)
        #expect(story.log == ["900 opened silent B"])
        try story.tick(at: 10_000)
        #expect(story.log == ["960 opened silent A"])
    }

    @Test(
        "By its own rhythm a device is silent after so many missing readings, and only once the rhythm is known"
    )
    func rhythm() throws {
        let story = try Story(detect("silent") { Silent(afterMissing: 10) }, directory: .house())
        for minute in 0...16 {
            if minute < 16 { try story.say("A", at: Double(minute) * 60) }
            try story.say("B", at: Double(minute) * 60 + 1)
        }
        try story.tick(at: 60 * 26 - 1)
        #expect(story.log == [])
        try story.tick(at: 100_000)
        #expect(story.log == ["1561 opened silent B"])
        try story.say("B", at: 100_060)
        #expect(story.log == ["100060 resolved silent B"])
    }

    @Test("By its rhythm a device of the directory that never spoke is not waited for")
    func neverSpokeInRhythm() throws {
        let story = try Story(detect("silent") { Silent(afterMissing: 10) }, directory: .house())
        try story.tick(at: 1_000_000)
        #expect(story.log == [])
    }

    @Test("A device that the directory does not have any more is not waited for")
    func decommissioned() throws {
        let story = try Story(silent(), directory: .house())
        try story.say("A", at: 60)
        try story.take(.directory(at: Story.at(100), json: Directory.house(lifts: ["A"]).json))
        try story.tick(at: 10_000)
        #expect(story.log == ["960 opened silent A"])
        // Back in the directory it is waited for again.
        try story.take(.directory(at: Story.at(20_000), json: Directory.house().json))
        try story.tick(at: 20_001)
        #expect(story.log == ["20000 opened silent B"])
    }

    @Test("A reading that goes no further is a sign of life all the same")
    func droppedReadings() throws {
        let story = try Story(Drop("technician", when: \.isInspected), silent())
        try story.say(from: 0, to: 6000, every: 600, ["inspected": true])
        try story.tick(at: 6899)
        #expect(story.log == [])
        try story.tick(at: 6901)
        #expect(story.log == ["6900 opened silent A"])
    }

    @Test("A retained message is no sign of life")
    func retained() throws {
        let story = try Story(silent(), retained: .isState)
        try story.say(at: 0)
        try story.say(at: 600, flags: [.qos1, .retained])
        try story.tick(at: 901)
        #expect(story.log == ["900 opened silent A"])
        try story.say(at: 1000, flags: [.qos1, .retained])
        #expect(story.log == [])
        // One that never spoke otherwise is waited for from then on.
        try story.say("B", at: 2000, flags: [.qos1, .retained])
        try story.tick(at: 3000)
        #expect(story.log == ["2900 opened silent B"])
    }

    @Test("Timers that were overtaken do not pile up")
    func timers() throws {
        let story = try Story(silent(.weeks(2)), order: .seconds(10))
        for minute in 0..<12_000 { try story.say(at: Double(minute) * 60) }
        #expect(story.engine.timers.count <= Engine.leastTimerLimit)
        try story.tick(at: 12_000 * 60 + 15 * 86_400)
        #expect(story.log == ["\(11_999 * 60 + 14 * 86_400) opened silent A"])
    }
}
