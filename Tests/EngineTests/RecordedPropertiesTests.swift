import Interactions
import PipelineKit
import Telemetry
import Testing

@testable import Engine

@Suite("Properties from a recording to a reading")
struct RecordedPropertiesTests {
    private func properties(_ json: String) throws -> [MessageProperty]? {
        let line = #"{"at":"2026-01-05T07:31:02Z","topic":"t","payload":"{}","properties":\#(json)}"#
        guard case .entry(.message(let message)) = try RecordedLine(parsing: line.utf8) else { return nil }
        return message.properties
    }

    @Test("A line has them in their order, and gives them back as they were")
    func roundTrip() throws {
        let text = #"[["content-type","application/json"],["note","a"],["note",""]]"#
        let read = try #require(try properties(text))
        #expect(read.map(\.name) == ["content-type", "note", "note"])
        #expect(read.map(\.value) == ["application/json", "a", ""])
        #expect("\(read.recorded)" == text)
        #expect(try properties("[]") == [])
    }

    @Test(
        "What is no list of pairs of texts is refused by name",
        arguments: [
            #"{"a":"b"}"#, "1", "null", #"["a","b"]"#, #"[["a"]]"#, #"[["a",1]]"#, #"[["a","b","c"]]"#,
        ]
    )
    func malformed(json: String) {
        let problem = #expect(throws: RecordingProblem.self) { try properties(json) }
        #expect(problem?.text.contains(#""properties" is not a list of pairs"#) == true)
    }

    @Test("A message that cannot be read keeps its properties as a dead letter")
    func deadLetter() throws {
        let story = try Story(Detect.stuck(), directory: .house())
        let properties = [MessageProperty(name: "content-type", value: "text/plain")]
        for properties in [properties, []] {
            let message = Message(
                topic: "lifts/A",
                payload: [0x7B],
                properties: properties,
                arrivedAt: Story.at(1)
            )
            try story.take(.message(message))
        }
        let letters = story.effects.compactMap { effect in
            if case .deadLetter(let letter) = effect { letter.properties } else { nil }
        }
        #expect(letters == [PropertyBlock(properties).bytes, []])
    }

    @Test("An event whose attributes are properties is read by them, before and after a restart")
    func binaryEvent() throws {
        let story = try Story([tellingPipeline(to: "events/#", as: .cloudEvents)])
        func hear(at seconds: Double, _ properties: [MessageProperty]) throws {
            let message = Message(
                topic: "events/1",
                payload: [UInt8](#"{"temperature":21.5}"#.utf8),
                properties: properties,
                arrivedAt: Story.at(seconds)
            )
            try story.take(.message(message))
        }
        let event = [
            "specversion": "1.0", "id": "7", "source": "/house", "type": "com.example.room",
            "subject": "salon",
            "time": "\(Story.at(3))", "content-type": "application/json",
        ]
        let properties = event.sorted { $0.key < $1.key }.map {
            MessageProperty(name: $0.key, value: $0.value)
        }
        try hear(at: 5, properties)
        #expect(story.told == ["salon 3 21.5 °C 0.0 % 0.0 L"])
        try hear(at: 6, properties.filter { $0.name != "id" })
        #expect(story.deadLetters.map(\.detail) == [#""id" is missing"#])
        #expect(story.deadLetters.first.map { PropertyBlock.properties(in: $0.properties)?.count } == 6)
        try story.survivesRestarts()
    }

    @Test("A recording never loses some of them: more than a message keeps is refused")
    func limits() {
        let pairs = (0..<66).map { #"["p\#($0)","v"]"# }.joined(separator: ",")
        let problem = #expect(throws: RecordingProblem.self) { try properties("[\(pairs)]") }
        #expect(problem?.text.hasPrefix(#"2 of 66 "properties" would not be kept"#) == true)
    }
}
