import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// What becomes of cases when the pipeline is edited while they are open.
@Suite("Cases under a new version of their pipeline")
struct NewVersionTests {
    private func edited(_ detect: Detect<Lift>) -> [Pipeline] { [liftPipeline([detect])] }

    @Test("Announcements that moved are still the same ones: whoever was told hears the end")
    func movedAnnouncement() throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        let moved = Detect<Lift>("outage", severity: .warning) {
            Holds(\.isStuck, for: .zero)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
            Note(in: "desk") { _ in "New" }
            Inform(Audience("tenant"), by: .outage)
        }
        #expect(try story.restart(edited(moved)) == [])
        _ = story.log
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A", "20 cleared to t1"])
    }

    @Test("An announcement that is gone is reported with the number of those who hear no end")
    func lostAnnouncement() throws {
        let story = try Story(Detect.outage(), directory: .house())
        try story.say(at: 0, ["stuck": true])
        let silent = Detect<Lift>("outage", severity: .warning) {
            Holds(\.isStuck, for: .zero)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
        }
        let report = try story.restart(edited(silent))
        #expect(report.count == 1)
        #expect(report.first?.contains("2 people are not told the end") == true)
        _ = story.log
        try story.say(at: 20)
        #expect(story.log == ["20 resolved outage A"])
    }

    @Test("A question under way goes on with what follows it now")
    func movedQuestion() throws {
        let story = try Story(Detect.fall(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        let moved = Detect<Lift>("fall", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            Note(in: "care") { _ in "New" }
            Ask(.wearer, waiting: .minutes(2)) { _ in "All well?" }
            OpenCase(in: "care") { _ in "Fall" }
            Escalate(.stuck) { _ in "Fall" }
        }
        _ = try story.restart(edited(moved))
        _ = story.log
        try story.tick(at: 130)
        #expect(story.log == ["120 opened fall A", "120 updated fall A", "120 ask-1 to tech"])
    }

    @Test("A question that is gone leaves nobody unasked")
    func lostQuestion() throws {
        let story = try Story(Detect.fall(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        let short = Detect<Lift>("fall", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            Escalate(.stuck) { _ in "Fall" }
        }
        _ = try story.restart(edited(short))
        _ = story.log
        try story.tick(at: 130)
        #expect(story.log == ["120 ask-1 to tech"])
    }

    @Test("A chain whose words are gone asks in words of its own, and does not end")
    func lostWords() throws {
        let story = try Story(Detect.stuck(.warning), directory: .house())
        try story.say(at: 0, ["pressed": true])
        let silent = Detect<Lift>("stuck", severity: .warning) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { _ in "Stuck" }
        }
        _ = try story.restart(edited(silent))
        try story.tick(at: 301)
        #expect(story.notices.last?.recipient == "boss")
        #expect(story.notices.last?.text.contains("Sans réponse. Stuck A. Répondez 1") == true)
    }

    @Test("A detector that is gone takes its cases with it, and that is reported")
    func lostDetector() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        try story.say(at: 0, ["pressed": true])
        let report = try story.restart(edited(Detect.outage()))
        #expect(report.contains { $0.contains(story.caseKey) && $0.contains("the detector is gone") })
        #expect(story.engine.openEpisodes == 0)
    }
}
