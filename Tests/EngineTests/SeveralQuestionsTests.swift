import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Several questions to one person")
struct SeveralQuestionsTests {
    private func stuck(_ lifts: String...) throws -> Story {
        let story = try Story(Detect.stuck(), directory: .house())
        for (index, lift) in lifts.enumerated() { try story.say(lift, at: Double(index), ["pressed": true]) }
        _ = story.log
        return story
    }

    private func code(_ lift: String, _ story: Story) throws -> String {
        let key = try #require(story.interactions.first { $0.subject == lift }).key
        return try #require(ReplyCode(for: key)).description
    }

    @Test("Several open questions are told apart by codes, which nobody with a single one sees")
    func codes() throws {
        let story = try stuck("A", "B")
        let (a, b) = (try code("A", story), try code("B", story))
        #expect(story.texts(to: "tech")[0].contains(". 1 or 2"))
        #expect(story.texts(to: "tech")[1].contains(". 1 \(b) or 2 \(b)"))
        try story.reply("1", from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 noted stuck A", "10 noted stuck B", "10 reply x to tech"])
        #expect(
            story.texts(to: "tech").last?.contains("1 \(a) (Ascenseur A) ou 1 \(b) (Ascenseur B)") == true
        )
        try story.reply("1 \(b)", from: Phone.technician, id: "y", at: 20)
        #expect(story.log == ["20 acknowledged stuck B", "20 reply y to tech"])
        // The other one is the only one that a "1" can be for now.
        try story.reply("1", from: Phone.technician, id: "z", at: 30)
        #expect(story.log == ["30 acknowledged stuck A", "30 reply z to tech"])
        try story.reply("sur place", from: Phone.technician, id: "v", at: 40)
        #expect(story.log == ["40 noted stuck A", "40 noted stuck B", "40 reply v to tech"])
        try story.reply("sur place \(a)", from: Phone.technician, id: "w", at: 50)
        #expect(story.log == ["50 updated stuck A"])
        #expect(story.interactions.last?.status == .inProgress)
        try story.survivesRestarts()
    }

    @Test("A code that names none of the open questions is asked back")
    func wrongCode() throws {
        let story = try stuck("A")
        let right = try code("A", story)
        let wrong = try #require(ReplyCode.all.first { $0.description != right })
        try story.reply("1 \(wrong)", from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 noted stuck A", "10 reply x to tech"])
        try story.tick(at: 301)
        #expect(story.log.last == "300 ask-2 to boss")
    }

    @Test("A no without a code is for the new question, not for what they have taken")
    func noToTheNewOne() throws {
        let story = try stuck("A")
        try story.reply("1", from: Phone.technician, at: 10)
        try story.say("B", at: 20, ["pressed": true])
        _ = story.log
        try story.reply("2", from: Phone.technician, at: 30)
        #expect(story.log == ["30 noted stuck B", "30 escalated stuck B", "30 ask-2 to boss"])
        try story.survivesRestarts()
    }

    @Test("A dispatcher with more open questions than are remembered of others can answer the first one")
    func manyQuestions() throws {
        let lifts = (1...40).map { "L\($0)" }
        let story = try Story(Detect.stuck(), directory: .house(lifts: lifts))
        for lift in lifts { try story.say(lift, at: 0, ["pressed": true]) }
        let first = try code("L1", story)
        _ = story.log
        try story.reply("1 \(first)", from: Phone.technician, at: 10)
        #expect(story.log.first == "10 acknowledged stuck L1")
        try story.survivesRestarts()
    }

    @Test("A no with a wrong code is a no where only one question is open")
    func noWithAWrongCode() throws {
        func wrong(_ story: Story) throws -> String {
            let keys = Set(story.interactions.map(\.key))
            let right = keys.compactMap { ReplyCode(for: $0)?.description }
            return try #require(ReplyCode.all.first { !right.contains($0.description) }).description
        }
        let one = try stuck("A")
        try one.reply("2 \(wrong(one))", from: Phone.technician, at: 10)
        #expect(one.log == ["10 noted stuck A", "10 escalated stuck A", "10 ask-2 to boss"])
        let two = try stuck("A", "B")
        try two.reply("2 \(wrong(two))", from: Phone.technician, id: "x", at: 10)
        #expect(two.log == ["10 noted stuck A", "10 noted stuck B", "10 reply x to tech"])
        try two.reply("aide \(wrong(two))", from: Phone.technician, id: "y", at: 20)
        #expect(two.interactions.last?.kind == .callback)
    }

    @Test("Other words of who has taken a case stand on that case")
    func wordsOfATaker() throws {
        let story = try Story(Detect.stuck(by: .bothAtOnce), directory: .house())
        try story.say("A", at: 0, ["pressed": true])
        try story.reply("1", from: Phone.technician, at: 10)
        try story.say("B", at: 20, ["pressed": true])
        let code = try code("B", story)
        try story.reply("1 \(code)", from: Phone.dispatcher, at: 30)
        _ = story.log
        try story.reply("je suis coincée sur la route", from: Phone.technician, id: "x", at: 40)
        #expect(story.log == ["40 noted stuck A", "40 reply x to tech"])
        try story.survivesRestarts()
    }
}

extension Escalation {
    fileprivate static let bothAtOnce = Escalation("both", arrivalWithin: .minutes(20)) {
        Ask("technician", "dispatcher")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
