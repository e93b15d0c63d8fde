import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// A tap on a watch, a key in a call: the notice says which case and who.
@Suite("Answers to a notice")
struct AnsweredNoticeTests {
    private func stuck(_ lifts: String..., directory: Directory = .house()) throws -> Story {
        let story = try Story(Detect.stuck(), directory: directory)
        for (index, lift) in lifts.enumerated() { try story.say(lift, at: Double(index), ["pressed": true]) }
        _ = story.log
        return story
    }

    @Test(
        "Each action does what the same words do in a text",
        arguments: [Reply.Action.ack, .decline, .arrived, .done, .help]
    )
    func actions(action: Reply.Action) throws {
        let story = try stuck("A")
        try story.answer(action, by: "tech", at: 10)
        let texted = try stuck("A")
        try texted.reply(action.words, from: Phone.technician, id: "x", at: 10)
        let decided = story.log
        #expect(!decided.isEmpty)
        #expect(decided == texted.log)
        #expect(story.interactions.map(\.text) == texted.interactions.map(\.text))
        try story.survivesRestarts()
    }

    @Test("Ack takes the case, decline asks the next, done closes it, help calls the team")
    func outcomes() throws {
        func log(_ action: Reply.Action) throws -> [String] {
            let story = try stuck("A")
            try story.answer(action, by: "tech", at: 10)
            return story.log
        }
        #expect(try log(.ack) == ["10 acknowledged stuck A", "10 reply x to tech"])
        #expect(try log(.decline) == ["10 noted stuck A", "10 escalated stuck A", "10 ask-2 to boss"])
        #expect(try log(.arrived) == ["10 updated stuck A"])
        #expect(try log(.done).contains("10 closed stuck A"))
        #expect(try log(.help) == ["10 noted stuck A", "10 reply x to tech", "10 noted reply tech"])
    }

    @Test("A text is read as any other: a plain yes takes it, whatever else is read by the team")
    func text() throws {
        let story = try stuck("A")
        try story.answer(.text, by: "tech", "lequel ?", at: 10)
        #expect(story.log == ["10 noted stuck A", "10 reply x to tech"])
        try story.answer(.text, by: "tech", "j'y vais", id: "y", at: 20)
        #expect(story.log == ["20 acknowledged stuck A", "20 reply y to tech"])
    }

    @Test("What is written besides a tap is read by the team, and a call for help in it is heard")
    func words() throws {
        let story = try stuck("A")
        try story.answer(.decline, by: "tech", "je suis en réunion", at: 10)
        #expect(story.interactions.last?.text?.french == "tech écrit : je suis en réunion")
        let help = try stuck("A")
        try help.answer(.ack, by: "tech", "au secours", at: 10)
        #expect(help.log == ["10 noted stuck A", "10 reply x to tech", "10 noted reply tech"])
    }

    @Test("The notice says which of several cases is meant, so that nobody is asked for a code")
    func several() throws {
        let story = try stuck("A", "B")
        let first = try #require(story.notices.first { $0.recipient == "tech" })
        try story.answer(.ack, by: "tech", to: first, at: 10)
        #expect(story.log == ["10 acknowledged stuck A", "10 reply x to tech"])
        try story.survivesRestarts()
    }

    @Test("The same id twice is the same answer, also after a restart")
    func twice() throws {
        let story = try stuck("A")
        let notice = try #require(story.notices.last)
        try story.answer(.ack, by: "tech", to: notice, at: 10)
        try story.restart()
        _ = story.log
        try story.answer(.ack, by: "tech", to: notice, at: 11)
        #expect(story.log == ["11 held: repeated news"])
    }

    @Test("Who answers after another hears who has it, and after the end that it is over")
    func late() throws {
        let story = try stuck("A")
        let asked = try #require(story.notices.last)
        try story.tick(at: 301)
        try story.answer(.ack, by: "boss", at: 310)
        _ = story.log
        try story.answer(.ack, by: "tech", to: asked, id: "late", at: 320)
        #expect(story.log == ["320 noted stuck A", "320 reply late to tech"])
        try story.update(.closed, at: 400)
        _ = story.log
        try story.answer(.ack, by: "tech", to: asked, id: "later", at: 500)
        #expect(story.log == ["500 noted stuck A", "500 reply later to tech"])
        #expect(story.texts(to: "tech").last?.contains("terminé") == true)
    }

    @Test("An answer about a case that is forgotten reaches the team")
    func forgotten() throws {
        let story = try stuck("A")
        let asked = try #require(story.notices.last)
        try story.update(.closed, at: 100)
        try story.tick(at: 100 + Casebook.memory.inSeconds + 1)
        _ = story.log
        try story.answer(.ack, by: "tech", to: asked, at: 700_000)
        #expect(story.log == ["700000 noted reply tech"])
    }

    @Test("A receipt that came before does not hide to what it is an answer")
    func afterReceipt() throws {
        let story = try stuck("A", "B")
        let first = try #require(story.notices.first { $0.recipient == "tech" })
        try story.take(.receipt(Receipt(id: first.id, sink: "webhook", outcome: .delivered, at: Story.at(5))))
        _ = story.log
        try story.answer(.ack, by: "tech", to: first, at: 10)
        #expect(story.log == ["10 acknowledged stuck A", "10 reply x to tech"])
    }

    @Test("The wearer says that all is well below the question and nowhere else, and only plainly")
    func wearer() throws {
        func fallen() throws -> Story {
            let story = try Story(Detect.fall(), directory: .house())
            try story.say(at: 0, ["pressed": true])
            _ = story.log
            return story
        }
        let well = try fallen()
        try well.answer(.ack, by: "w1", at: 60)
        #expect(well.log == ["60 held: reassured"])
        let other = try fallen()
        var news = try #require(other.notices.last)
        news.phase = "begins"
        try other.answer(.ack, by: "w1", to: news, at: 60)
        #expect(!other.log.contains("60 held: reassured"))
        try other.tick(at: 121)
        #expect(other.log.contains("120 ask-1 to tech"))
        for (action, words) in [(Reply.Action.decline, nil), (.help, nil), (.ack, "j'ai mal")] {
            let unwell = try fallen()
            try unwell.answer(action, by: "w1", words, at: 60)
            #expect(unwell.log.contains("60 ask-1 to tech"), "\(action)")
        }
    }

    @Test("Somebody whom the directory does not have any more: kept whole, nothing is decided")
    func stranger() throws {
        let story = try stuck("A")
        let notice = try #require(story.notices.last)
        try story.answer(.ack, by: "gone", to: notice, at: 10)
        #expect(story.log == ["10 dead: unknown sender"])
        let letters = story.effects.compactMap {
            if case .deadLetter(let letter) = $0 { letter } else { nil }
        }
        let kept = try Reply(recorded: JSON(parsing: try #require(letters.last).payload), at: Story.at(10))
        #expect(story.entries.last == .reply(kept))
    }
}
