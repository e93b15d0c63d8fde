import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("The person concerned is asked first")
struct WellbeingTests {
    @Test("Who is asked before anybody else: well, unwell, silent, out of reach")
    func wearer() throws {
        func story(_ act: (Story) throws -> Void) throws -> [String] {
            let story = try Story(Detect.fall(), directory: .house())
            try story.say(at: 0, ["pressed": true])
            #expect(story.log == ["0 ask to w1"])
            try act(story)
            try story.tick(at: 130)
            try story.survivesRestarts()
            return story.log
        }
        let asked = ["opened fall A", "updated fall A", "ask-1 to tech"]
        #expect(try story { _ in } == asked.map { "120 \($0)" })
        #expect(try story { try $0.reply("OK", from: Phone.wearer, at: 60) } == ["60 held: reassured"])
        #expect(
            try story { try $0.reply("non", from: Phone.wearer, at: 60) }
                == asked.map { "60 \($0)" } + ["60 noted fall A"]
        )
        #expect(try story { try $0.receipt(.failed, to: "w1", at: 9) } == asked.map { "9 \($0)" })
        #expect(
            try story { try $0.say(at: 30, ["pressed": true]) } == asked.map { "30 \($0)" }
        )
        #expect(try story { try $0.say(at: 30, ["ended": true]) } == [])
    }

    /// The case is open, and tenants are told, before the wearer is asked.
    private static func storyOpenBeforeTheQuestion() throws -> Story {
        try Story(
            Detect("fall", severity: .critical) {
                Raised(\.isPressed, until: \.isEnded)
            } react: {
                OpenCase(in: "care") { _ in "Fall" }
                Inform(Audience("tenant"), by: .sixTexts)
                Ask(.wearer, waiting: .minutes(2)) { _ in "All well?" }
                Escalate(.technicianFirst) { _ in "Fall" }
            },
            directory: .house()
        )
    }

    @Test("Whoever was told before the wearer was asked hears that all is well")
    func toldBeforeTheWearer() throws {
        let story = try Self.storyOpenBeforeTheQuestion()
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        try story.reply("tout va bien", from: Phone.wearer, at: 60)
        #expect(
            story.log == [
                "60 held: reassured", "60 cancelled fall A", "60 cleared to t1", "60 cleared to t2",
            ]
        )
        try story.survivesRestarts()
    }

    private static func fallen() throws -> Story {
        let story = try Story(Detect.fall(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        _ = story.log
        return story
    }

    @Test(
        "Who says yes and please wants somebody to come",
        arguments: ["oui svp vite", "yes please", "d'accord", "volontiers", "1 vite"]
    )
    func yesPlease(text: String) throws {
        let story = try Self.fallen()
        try story.reply(text, from: Phone.wearer, at: 40)
        #expect(story.log.contains("40 ask-1 to tech"))
        try story.survivesRestarts()
    }

    @Test(
        "Whoever was well and then says anything else is heeded, as long as a day, also after a restart",
        arguments: ["non", "2", "j'ai mal", "AIDE", "où êtes-vous", "oui svp vite", "fini"]
    )
    func wellThenNot(text: String) throws {
        for seconds in [50.0, 86_000] {
            let story = try Self.fallen()
            try story.reply("1", from: Phone.wearer, at: 20)
            try story.receipt(.delivered, to: "w1", at: 21)
            try story.restart()
            _ = story.log
            try story.reply(text, from: Phone.wearer, at: seconds)
            let log = story.log
            #expect(log.prefix(3).contains("\(Int(seconds)) opened fall A"), "\(log)")
            #expect(log.contains("\(Int(seconds)) ask-1 to tech"), "\(log)")
            #expect(!story.texts(to: "w1").contains { $0.contains("terminé") })
            // Said again, nobody is asked twice.
            try story.reply(text, from: Phone.wearer, at: seconds + 5)
            #expect(!story.log.contains { $0.contains("ask-") })
        }
    }

    @Test("Thanks after all is well, or a second yes, disturb nobody", arguments: ["merci", "1", "ok merci"])
    func wellThenThanks(text: String) throws {
        let story = try Self.fallen()
        try story.reply("1", from: Phone.wearer, at: 20)
        try story.reply(text, from: Phone.wearer, at: 60)
        try story.reply("non", from: Phone.wearer, at: 90_000)
        #expect(story.notices.allSatisfy { $0.recipient == "w1" })
        try story.survivesRestarts()
    }

    @Test("What the device took back is asked about when the wearer says no, and closed by a person")
    func cancelledThenNo() throws {
        let story = try Self.fallen()
        try story.say(at: 30, ["ended": true])
        #expect(story.log == [])
        try story.reply("non", from: Phone.wearer, id: "x", at: 60)
        #expect(
            story.log == [
                "60 opened fall A", "60 updated fall A", "60 ask-1 to tech", "60 noted fall A",
                "60 reply x to w1",
            ]
        )
        #expect(story.texts(to: "w1").last?.contains("transmis à l'équipe") == true)
        try story.reply("1", from: Phone.technician, at: 70)
        try story.reply("fini", from: Phone.technician, at: 80)
        #expect(story.interactions.last?.verb == .closed)
        _ = story.log
        // Somebody has been there.
        try story.reply("non", from: Phone.wearer, id: "y", at: 90)
        #expect(story.log == ["90 noted fall A", "90 reply y to w1"])
        #expect(story.texts(to: "w1").last?.contains("transmis à l'équipe") == true)
        try story.survivesRestarts()
    }

    @Test("A no after the question stands on the alert under way, not on one that is long over")
    func noWithAnOldCase() throws {
        let story = try Self.fallen()
        try story.reply("1", from: Phone.technician, at: 130)
        try story.reply("fini", from: Phone.technician, at: 200)
        try story.say(at: 3600, ["pressed": true])
        try story.tick(at: 3721)
        _ = story.log
        try story.reply("non", from: Phone.wearer, id: "x", at: 3730)
        #expect(story.log == ["3730 noted fall A", "3730 reply x to w1"])
        #expect(story.interactions.last?.status == .new)
        #expect(story.texts(to: "w1").last?.contains("transmis à l'équipe") == true)
        try story.survivesRestarts()
    }

    @Test("A case that was open before the question is opened again")
    func openBeforeTheQuestion() throws {
        let story = try Self.storyOpenBeforeTheQuestion()
        try story.say(at: 0, ["pressed": true])
        try story.reply("1", from: Phone.wearer, at: 20)
        _ = story.log
        try story.reply("non", from: Phone.wearer, id: "x", at: 50)
        #expect(
            story.log == [
                "50 reopened fall A", "50 begins-2 to t1", "50 begins-2 to t2", "50 updated fall A",
                "50 ask-1 to tech", "50 noted fall A", "50 reply x to w1",
            ]
        )
        try story.survivesRestarts()
    }
}
