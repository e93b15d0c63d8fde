import Interactions
import PipelineKit
import Testing
import Units

@testable import Engine
@testable import Telemetry

/// What decoders learn from messages, and keep.
@Suite("Decoders that learn")
struct LearningTests {
    static func sparkplug(retained: Retained = .dropped) -> Pipeline {
        tellingPipeline(to: "spBv1.0/#", as: .sparkplugB, retained: retained)
    }

    /// A Sparkplug payload of whole numbers: by names and aliases in a birth, by aliases alone in data.
    static func payload(
        at seconds: Double,
        sequence: UInt64,
        _ metrics: [(name: String?, alias: UInt64, value: UInt64)]
    ) -> [UInt8] {
        let time = UInt64(Story.at(seconds).microseconds / 1000)
        var writer = ProtobufWriter()
        writer.write(1, time)
        for metric in metrics {
            writer.write(2) { writer in
                if let name = metric.name { writer.write(1, name) }
                writer.write(2, metric.alias)
                writer.write(3, time)
                if metric.name != nil { writer.write(4, UInt64(SparkplugType.int32.rawValue)) }
                writer.write(10, metric.value)
            }
        }
        writer.write(3, sequence)
        return writer.bytes
    }

    static func birth(at seconds: Double) -> [UInt8] {
        payload(at: seconds, sequence: 0, [("temperature", 1, 20), ("humidity", 2, 50)])
    }

    @Test("What a birth declares is known after a restart")
    func restart() throws {
        let story = try Story([Self.sparkplug()])
        try story.hear("spBv1.0/g/NBIRTH/n", Self.birth(at: 1), at: 1)
        #expect(try story.restart() == [])
        try story.hear("spBv1.0/g/NDATA/n", Self.payload(at: 2, sequence: 1, [(nil, 1, 23)]), at: 2)
        #expect(story.told == ["g/n 1 20.0 °C 50.0 % 0.0 L", "g/n 2 23.0 °C 50.0 % 0.0 L"])
        #expect(story.queries.isEmpty && story.deadLetters.isEmpty)
        try story.survivesRestarts()
    }

    @Test("A birth that the broker kept teaches, though its readings are left out")
    func retained() throws {
        let story = try Story([Self.sparkplug()])
        try story.hear("spBv1.0/g/NBIRTH/n", Self.birth(at: 1), at: 100, flags: [.qos1, .retained])
        #expect(story.told == [] && story.drops == ["retained": 1])
        try story.hear("spBv1.0/g/NDATA/n", Self.payload(at: 102, sequence: 1, [(nil, 2, 55)]), at: 102)
        #expect(story.told == ["g/n 102 0.0 °C 55.0 % 0.0 L"])
        #expect(story.queries.isEmpty)
    }

    @Test("A node whose birth was missed is asked once a minute to be born again, over restarts as well")
    func rebirth() throws {
        let story = try Story([Self.sparkplug()])
        for second in [1.0, 2, 30, 59] {
            let data = Self.payload(at: second, sequence: UInt64(second), [(nil, 1, 23)])
            try story.hear("spBv1.0/g/NDATA/n", data, at: second)
            #expect(try story.restart() == [])
        }
        #expect(story.queries.map(\.topic) == ["spBv1.0/g/NCMD/n"])
        #expect(story.deadLetters.map(\.reason) == Array(repeating: "missed before", count: 4))
        #expect(story.told == [])
        try story.hear("spBv1.0/g/NDATA/n", Self.payload(at: 62, sequence: 62, [(nil, 1, 23)]), at: 62)
        #expect(story.queries.count == 2)
        try story.hear("spBv1.0/g/NBIRTH/n", Self.birth(at: 63), at: 63)
        try story.hear("spBv1.0/g/NDATA/n", Self.payload(at: 64, sequence: 1, [(nil, 1, 24)]), at: 64)
        #expect(story.told == ["g/n 63 20.0 °C 50.0 % 0.0 L", "g/n 64 24.0 °C 50.0 % 0.0 L"])
        #expect(story.queries.count == 2)
        try story.survivesRestarts()
    }

    @Test("Two pipelines ask once, and share the dead letter")
    func askedOnce() throws {
        let story = try Story(
            ["a", "b"].map { tellingPipeline(named: $0, to: "spBv1.0/#", as: .sparkplugB) }
        )
        try story.hear("spBv1.0/g/NDATA/n", Self.payload(at: 1, sequence: 9, [(nil, 1, 23)]), at: 1)
        #expect(story.queries.count == 1 && story.deadLetters.count == 1)
    }

    @Test("The list of devices that a bridge keeps at the broker teaches units")
    func zigbee() throws {
        let story = try Story([tellingPipeline(to: "zigbee2mqtt/#", as: .zigbee2mqtt)])
        let devices = #"""
            [{"friendly_name":"meter","definition":{"model":"M1","vendor":"V","exposes":[
              {"type":"numeric","property":"volume","unit":"l"}]}}]
            """#
        try story.hear("zigbee2mqtt/meter", #"{"volume":7}"#, at: 1)
        try story.hear("zigbee2mqtt/bridge/devices", devices, at: 2, flags: [.qos1, .retained])
        #expect(story.drops == ["retained": 1])
        #expect(try story.restart() == [])
        try story.hear("zigbee2mqtt/meter", #"{"volume":7}"#, at: 3)
        #expect(story.told == ["meter 1 0.0 °C 0.0 % 7000.0 L", "meter 3 0.0 °C 0.0 % 7.0 L"])
        try story.survivesRestarts()
    }

    @Test("A snapshot of before decoders kept anything is taken over")
    func before() throws {
        let story = try Story([tellingPipeline(to: "home/#", as: .plain)])
        try story.hear("home/a/temperature", "21", at: 1)
        var snapshot = story.engine.snapshot()
        // The number of the format behind the magic word, and the empty list of what was learnt at the end.
        snapshot[4] = 3
        snapshot.removeLast(4)
        let engine = Engine(story.pipelines)
        #expect(try engine.restore(snapshot) == [])
        #expect(engine.devices.map(\.count) == [1])
    }

    @Test("What cannot be taken over is said and begins anew; the start does not fail")
    func damaged() throws {
        let story = try Story([Self.sparkplug()])
        try story.hear("spBv1.0/g/NBIRTH/n", Self.birth(at: 1), at: 1)
        var snapshot = story.engine.snapshot()
        let title = [UInt8]("sparkplug-b".utf8)
        let places = snapshot.indices.filter { snapshot[$0...].starts(with: title) }
        // The title, the length of what was learnt, and its first byte.
        snapshot[try #require(places.last) + title.count + 4] = 0xFF
        let engine = Engine(story.pipelines)
        let report = try engine.restore(snapshot)
        #expect(report.count == 1 && report[0].hasPrefix("sparkplug-b: the decoder's snapshot "), "\(report)")
        #expect(engine.devices.map(\.count) == [1])
        #expect(
            try Engine(PipelineSet([tellingPipeline(to: "home/#", as: .plain)])).restore(
                story.engine.snapshot()
            )
            .contains("no pipeline listens to sparkplug-b any more: what it had learnt is dropped")
        )
        let other = Engine(PipelineSet([tellingPipeline(to: "zigbee2mqtt/#", as: .zigbee2mqtt)]))
        #expect(try other.restore(Engine(story.pipelines).snapshot()).count == 1)
    }
}
