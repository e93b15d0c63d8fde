import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// Messages of any format on their way to the readings of a pipeline.
@Suite("Formats")
struct FormatTests {
    static let uplinks = "v3/app/devices/d/up"

    static func uplink(_ device: String, at seconds: Double, count: Int, _ decoded: String) -> String {
        let time = Story.at(seconds)
        return #"""
            {"end_device_ids":{"device_id":"d","dev_eui":"\#(device)"},"received_at":"\#(time)",
             "uplink_message":{"f_port":85,"f_cnt":\#(count),"decoded_payload":\#(decoded),"received_at":"\#(time)"}}
            """#
    }

    /// `{"timestamp":…,"temperature":…}` as Milesight's devices send what they have stored.
    static func stored(_ readings: [(at: Double, temperature: Int)]) -> String {
        let entries = readings.map {
            #"{"timestamp":\#(Story.at($0.at).microseconds / 1_000_000),"temperature":\#($0.temperature)}"#
        }
        return "[" + entries.joined(separator: ",") + "]"
    }

    /// One SenML record; `unit` in the words of RFC 8428.
    static func record(
        _ device: String,
        at seconds: Double,
        _ name: String,
        _ value: Double,
        unit: String = ""
    )
        -> String
    {
        let time = Story.at(seconds).microseconds / 1_000_000
        let unit = unit.isEmpty ? "" : #""u":"\#(unit)","#
        return #"{"bn":"\#(device):","bt":\#(time),"n":"\#(name)",\#(unit)"v":\#(value)}"#
    }

    static func senML(order: Duration? = nil) -> Pipeline {
        tellingPipeline(to: "pack/#", as: .senML, order: order)
    }

    @Test("An uplink becomes a reading of its device, at the time of the network")
    func uplink() throws {
        let story = try Story([tellingPipeline(to: "v3/+/devices/+/up", as: .theThingsStack)])
        let payload = Self.uplink("AA", at: 8, count: 1, #"{"temperature":21.5,"humidity":40}"#)
        try story.hear(Self.uplinks, payload, at: 10)
        #expect(story.told == ["AA 8 21.5 °C 40.0 % 0.0 L"])
        #expect(story.deadLetters.isEmpty && story.drops.isEmpty)
    }

    @Test("Two pipelines on one topic share what is decoded: no frame comes twice")
    func shared() throws {
        let pipelines = ["one", "two"].map {
            tellingPipeline(named: $0, to: "v3/+/devices/+/up", as: .theThingsStack)
        }
        let story = try Story(pipelines)
        #expect(story.engine.sources.count == 1)
        for count in 1...3 {
            let payload = Self.uplink("AA", at: Double(count * 60), count: count, #"{"temperature":20}"#)
            try story.hear(Self.uplinks, payload, at: Double(count * 60))
        }
        #expect(story.engine.readings.map(\.count) == [3, 3])
        // Through a second gateway.
        try story.hear(
            Self.uplinks,
            Self.uplink("AA", at: 180, count: 3, #"{"temperature":20}"#),
            at: 181
        )
        #expect(story.engine.readings.map(\.count) == [3, 3])
        #expect(story.drops == ["left out": 2])
        #expect(story.deadLetters.isEmpty)
        try story.survivesRestarts()
    }

    @Test("A format has a decoder for each of its settings")
    func settings() throws {
        let story = try Story([
            tellingPipeline(named: "a", to: "zigbee2mqtt/#", as: .zigbee2mqtt),
            tellingPipeline(named: "b", to: "attic/#", as: .zigbee2mqtt(base: "attic")),
            tellingPipeline(named: "c", to: "zigbee2mqtt/+", as: .zigbee2mqtt),
        ])
        #expect(story.engine.sources.map(\.format.title) == ["zigbee2mqtt", "zigbee2mqtt (base attic)"])
        try story.hear("attic/hall", #"{"temperature":19}"#, at: 1)
        #expect(story.told == ["hall 1 19.0 °C 0.0 % 0.0 L"])
    }

    @Test("A message of many devices and times is as many readings, each with all that belongs to it")
    func manyReadings() throws {
        let story = try Story([Self.senML(order: .zero)])
        let pack = [
            Self.record("d1", at: 1, "temperature", 20, unit: "Cel"),
            Self.record("d2", at: 1, "temperature", 10, unit: "Cel"),
            Self.record("d1", at: 2, "temperature", 21, unit: "Cel"),
            Self.record("d1", at: 1, "humidity", 50, unit: "%RH"),
            Self.record("d1", at: 2, "humidity", 51, unit: "%RH"),
        ]
        try story.hear("pack/1", "[" + pack.joined(separator: ",") + "]", at: 3)
        #expect(
            story.told == [
                "d1 1 20.0 °C 50.0 % 0.0 L", "d2 1 10.0 °C 0.0 % 0.0 L", "d1 2 21.0 °C 51.0 % 0.0 L",
            ]
        )
    }

    @Test("What comes with a unit is converted, whatever unit the table names")
    func units() throws {
        let story = try Story([tellingPipeline(to: "home/#", as: .plain)])
        try story.hear("home/a/temperature", "212 °F", at: 1)
        try story.hear("home/a/volume", "2 m3", at: 2)
        try story.hear("home/a/volume", "7 l", at: 3)
        try story.hear("home/a/volume", "3", at: 4)
        let told = story.told.map { $0.split(separator: " ").suffix(2).joined(separator: " ") }
        #expect(told == ["0.0 L", "2000.0 L", "7.0 L", "3000.0 L"])
        #expect(
            story.told.first?.contains(" 100.0 °C ") == true || story.told.first?.contains(" 99.99") == true
        )
        try story.hear("home/a/volume", "5 kWh", at: 5)
        let letter = try #require(story.deadLetters.first)
        #expect(letter.reason == "wrong unit")
        #expect(
            letter.detail
                == #"in a reading of "home/a", "volume" came in "kWh", which is no unit of what the table has in m³"#
        )
    }

    @Test("What a device has stored is put in its place by Order, and is late behind what has gone on")
    func history() throws {
        let story = try Story([
            tellingPipeline(to: "v3/+/devices/+/up", as: .theThingsStack, order: .seconds(10))
        ])
        let first =
            #"{"temperature":22,"history":"#
            + Self.stored([(at: 40, temperature: 20), (at: 20, temperature: 19)])
            + "}"
        try story.hear(Self.uplinks, Self.uplink("AA", at: 60, count: 1, first), at: 60)
        try story.tick(at: 100)
        #expect(
            story.told.map { String($0.prefix(12)) + ($0.hasSuffix("history") ? "history" : "") } == [
                "AA 20 19.0 °history", "AA 40 20.0 °history", "AA 60 22.0 °",
            ]
        )
        let second = #"{"temperature":25,"history":"# + Self.stored([(at: 50, temperature: 9)]) + "}"
        try story.hear(Self.uplinks, Self.uplink("AA", at: 160, count: 2, second), at: 160)
        try story.tick(at: 200)
        #expect(story.told.count == 4)
        #expect(story.drops == ["late": 1])
        try story.survivesRestarts()
    }

    /// Looks at the present only.
    struct Present: Reading {
        var device = Name()
        var temperature = Temperature.zero

        static var fields: [Field<Self>] {
            Field("subject", \.device)
            Field("temperature", \.temperature, in: .celsius)
        }

        var isWarm: Bool { temperature > .celsius(30) }
    }

    @Test("Without Order what was stored is never taken for live")
    func historyIsNotLive() throws {
        let present = Pipeline("present", reading: Present.self) {
            Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
            Identify(by: \.device)
            Detect("warm", severity: .info) {
                Happens(\.isWarm)
            } react: {
                Note(in: "desk") { "\($0.reading.device)" }
            }
        }
        let story = try Story([present])
        let decoded = #"{"temperature":22,"history":"# + Self.stored([(at: 40, temperature: 45)]) + "}"
        try story.hear(Self.uplinks, Self.uplink("AA", at: 60, count: 1, decoded), at: 60)
        #expect(story.told == [] && story.drops == ["late": 1])
        let warm = #"{"temperature":45}"#
        try story.hear(Self.uplinks, Self.uplink("AA", at: 70, count: 2, warm), at: 70)
        #expect(story.told == ["AA"])
    }

    @Test("One reading that cannot be read stops none of the others, and the message is one dead letter")
    func poison() throws {
        let story = try Story([Self.senML()])
        let pack = [
            Self.record("d1", at: 1, "temperature", 20, unit: "lx"),
            Self.record("d2", at: 1, "temperature", 10, unit: "Cel"),
            Self.record("d3", at: 1, "leak", 7),
            Self.record("d4", at: 1, "noise", 7),
        ]
        try story.hear("pack/1", "[" + pack.joined(separator: ",") + "]", at: 3)
        #expect(story.told == ["d2 1 10.0 °C 0.0 % 0.0 L"])
        #expect(story.deadLetters.count == 1)
        let letter = try #require(story.deadLetters.first)
        #expect(letter.detail.hasPrefix(#"in a reading of "d1", "temperature" came in "lx""#))
        #expect(letter.detail.hasSuffix("; 1 more of this message could not be read either"))
        #expect(story.drops == ["no field of the table": 1])
        #expect(story.engine.devices.map(\.count) == [1])
    }

    @Test("Of a message that is for another pipeline nothing remains but a count")
    func foreign() throws {
        let story = try Story([Self.senML()], tellsDrops: true)
        try story.hear("pack/1", "[\(Self.record("d1", at: 1, "noise", 40))]", at: 1)
        #expect(story.log == ["1 dropped: no field of the table"])
        #expect(story.engine.devices.map(\.count) == [0])
    }

    @Test("Of one topic each pipeline takes what the directory says is of its kind, from when it says so")
    func others() throws {
        let pipeline = Pipeline("lifts only", reading: Sensed.self) {
            Listen(to: "pack/#", as: .senML)
            Identify(by: \.device, as: "lift", others: .dropped)
            Detect("told", severity: .info) {
                Happens(\.isThere)
            } react: {
                Note(in: "desk") { "\($0.reading.line)" }
            }
        }
        let story = try Story([pipeline])
        func say(_ device: String, at seconds: Double) throws {
            let record = Self.record(device, at: seconds, "temperature", 20)
            try story.hear("pack/1", "[\(record)]", at: seconds)
        }
        try say("A", at: 1)
        try story.change(.house(lifts: ["A"]), at: 2)
        try say("A", at: 3)
        try say("Z", at: 4)
        // What this pipeline could not read is no dead letter when it is another's device.
        try story.hear("pack/1", "[\(Self.record("Z", at: 5, "temperature", 20, unit: "lx"))]", at: 5)
        #expect(story.told == ["A 3 20.0 °C 0.0 % 0.0 L"])
        #expect(story.drops == ["not in the directory": 3])
        #expect(story.deadLetters.isEmpty)
        #expect(story.engine.devices.map(\.count) == [1])
        try story.survivesRestarts()
    }

    @Test("A message that was cut off asks nobody what the one before asked")
    func oversized() throws {
        let story = try Story([LearningTests.sparkplug()])
        try story.hear("spBv1.0/g/NDATA/n", LearningTests.payload(at: 1, sequence: 9, [(nil, 1, 23)]), at: 1)
        try story.hear("spBv1.0/g/NDATA/n", [1], at: 2, flags: [.qos1, .oversized])
        #expect(story.queries.count == 1)
        #expect(story.deadLetters.map(\.reason) == ["missed before", "too large"])
    }

    @Test("What a decoder leaves out is a drop with its reason, what it cannot read a dead letter")
    func leftOut() throws {
        let story = try Story(
            [tellingPipeline(to: "v3/+/devices/+/#", as: .theThingsStack)],
            tellsDrops: true
        )
        let join = #"{"end_device_ids":{"dev_eui":"AA"},"join_accept":{}}"#
        try story.hear("v3/app/devices/d/join", join, at: 1)
        try story.hear("v3/app/devices/d/up", "{", at: 2)
        #expect(story.log == ["1 dropped: left out: a device joined the network", "2 dead: malformed"])
    }
}
