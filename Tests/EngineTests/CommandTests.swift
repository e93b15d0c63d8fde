import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Commands to devices")
struct CommandTests {
    private func story() throws -> Story {
        let story = try Story(
            Detect("outage", severity: .warning) {
                Holds(\.isStuck, for: .zero)
            } react: {
                OpenCase(in: "desk") { _ in "Outage" }
                Offer("reset", to: "dispatcher", sending: "RESET") { "lifts/\($0.facts.subject)/set" }
            },
            directory: .house()
        )
        try story.say(at: 0, ["stuck": true])
        return story
    }

    private func answer(_ id: String, _ words: String, _ story: Story, at seconds: Double) throws {
        let topic = Interactions.Command.responsePrefix + id
        let payload = [UInt8](words.utf8)
        try story.take(.message(Message(topic: topic, payload: payload, arrivedAt: Story.at(seconds))))
    }

    @Test("A command that the case offers is sent, and what came back is on the case")
    func answered() throws {
        let story = try story()
        try story.order(.command(key: story.caseKey, name: "reset"), at: 10)
        #expect(
            story.log == ["0 opened outage A", "10 RESET on lifts/A/set", "10 updated outage A"]
        )
        let command = try #require(story.commands.first)
        #expect(command.by == "boss" && command.notAfter == Story.at(310))
        #expect(story.interactions.last?.text?.english == "boss commands: reset")
        try answer(command.id, "done", story, at: 15)
        #expect(story.log == ["15 updated outage A"])
        #expect(story.interactions.last?.text?.english == "The device answers reset: done")
        try story.tick(at: 100)
        #expect(story.log == [])
        try story.survivesRestarts()
    }

    @Test("That no answer came is said, and one that comes later opens nothing")
    func unanswered() throws {
        let story = try story()
        try story.order(.command(key: story.caseKey, name: "reset"), at: 10)
        try story.order(.command(key: story.caseKey, name: "reset"), at: 20)
        _ = story.log
        try story.tick(at: 41)
        #expect(story.log == ["40 updated outage A"])
        #expect(story.interactions.last?.text?.english == "The device did not answer reset")
        try answer(try #require(story.commands.first).id, "late", story, at: 45)
        #expect(story.log == ["45 held: nothing open"])
        try story.tick(at: 60)
        #expect(story.log == ["50 updated outage A"])
        #expect(Set(story.commands.map(\.id)).count == 2)
        try story.survivesRestarts()
    }

    @Test("Who may not, what is not offered, and a case that is over: nothing is sent, and it is said")
    func refused() throws {
        let story = try story()
        _ = story.log
        try story.order(.command(key: story.caseKey, name: "reset"), by: "tech", at: 10)
        #expect(story.log == ["10 held: not allowed", "10 noted outage A"])
        try story.order(.command(key: story.caseKey, name: "explode"), at: 20)
        #expect(story.log == ["20 held: unknown command"])
        try story.update(.closed, at: 30)
        _ = story.log
        try story.order(.command(key: story.caseKey, name: "reset"), at: 40)
        #expect(story.log == ["40 held: nothing open"])
        #expect(story.commands.isEmpty)
    }

    @Test("The same order twice is one command, also after a restart")
    func twice() throws {
        let story = try story()
        try story.order(.command(key: story.caseKey, name: "reset"), id: "o", at: 10)
        try story.restart()
        _ = story.log
        try story.order(.command(key: story.caseKey, name: "reset"), id: "o", at: 11)
        #expect(story.log == ["11 held: repeated news"])
        #expect(story.commands.count == 1)
    }

    @Test("No more commands wait for an answer than the limit, and that is said")
    func limit() throws {
        let story = try story()
        for number in 0...CaseFile.commandLimit {
            try story.order(.command(key: story.caseKey, name: "reset"), at: 10 + Double(number) / 10)
        }
        #expect(story.commands.count == CaseFile.commandLimit)
        #expect(story.engine.counted.held["too many cases"] == 1)
    }
}
