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

    @Test("Whoever was told before the wearer was asked hears that all is well")
    func toldBeforeTheWearer() throws {
        let story = try Story(
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
}
