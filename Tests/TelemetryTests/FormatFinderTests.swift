import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("The format of a message is found by its topic and by what it is")
struct FormatFinderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var topic: String
        var payload: String
        var formats: [String]
        var properties: [String: String] = [:]

        var testDescription: String { "\(topic) \(payload.prefix(40))" }
    }

    @Test("The likely formats, the likeliest first", arguments: cases)
    func likely(_ example: Case) {
        let formats = Self.likely(example.topic, [UInt8](example.payload.utf8), example.properties)
        #expect(formats == example.formats)
    }

    static func likely(_ topic: String, _ payload: [UInt8], _ properties: [String: String] = [:]) -> [String]
    {
        [UInt8](topic.utf8).withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                let look = MessageLook(
                    topic: topic,
                    payload: payload,
                    properties: properties.map { (name: $0.key, value: $0.value) }
                )
                return MessageFormat.likely(look).map(\.name)
            }
        }
    }

    static let cases: [Case] = [
        Case(
            topic: "v3/app@ttn/devices/door-1/up",
            payload: #"{"end_device_ids":{"device_id":"door-1"},"uplink_message":{}}"#,
            formats: ["the-things-stack"]
        ),
        Case(
            topic: "bridged/from/elsewhere",
            payload: #"{"end_device_ids":{"device_id":"door-1"},"uplink_message":{}}"#,
            formats: ["the-things-stack"]
        ),
        Case(
            topic: "application/7/device/0102030405060708/event/up",
            payload: #"{"deviceInfo":{"devEui":"0102030405060708"},"fPort":2}"#,
            formats: ["chirpstack"]
        ),
        Case(
            topic: "application/7/device/0102030405060708/rx",
            payload: #"{"devEUI":"AQI="}"#,
            formats: ["chirpstack"]
        ),
        Case(
            topic: "spBv1.0/site/NDATA/plc",
            payload: "\u{8}\u{1}",
            formats: ["sparkplug-b"]
        ),
        Case(
            topic: "tele/boiler/SENSOR",
            payload: #"{"Time":"2026-01-05T08:31:02"}"#,
            formats: ["tasmota"]
        ),
        Case(topic: "boiler/tele/LWT", payload: "Online", formats: ["tasmota"]),
        Case(
            topic: "house/boiler/SENSOR",
            payload: #"{"Time":"2026-01-05T08:31:02","TempUnit":"C"}"#,
            formats: ["tasmota"]
        ),
        Case(
            topic: "shellies/shellyht-1/sensor/temperature",
            payload: "21.5",
            formats: ["shelly-gen1"]
        ),
        Case(
            topic: "shellyplus1pm-4417/events/rpc",
            payload: #"{"src":"shellyplus1pm-4417","method":"NotifyStatus","params":{"ts":1}}"#,
            formats: ["shelly-rpc"]
        ),
        Case(
            topic: "shellyplus1pm-4417/online",
            payload: "true",
            formats: ["shelly-rpc"]
        ),
        Case(
            topic: "vigie/rpc",
            payload: #"{"id":1,"src":"shellyplus1pm-4417","dst":"vigie","result":{"output":true}}"#,
            formats: ["shelly-rpc"]
        ),
        Case(topic: "cellar/online", payload: "true", formats: ["plain", "json"]),
        Case(topic: "cellar/status/switch:0", payload: "{}", formats: ["shelly-rpc"]),
        Case(topic: "cellar/status/door", payload: "{}", formats: ["json"]),
        Case(topic: "shellyplus1-4417/status/sys", payload: "{}", formats: ["shelly-rpc"]),
        Case(
            topic: "a",
            payload: #"[{"specversion":"1.0","source":"s","type":"t"}]"#,
            formats: ["cloudevents"]
        ),
        Case(
            topic: "a",
            payload: "[]",
            formats: ["cloudevents"],
            properties: ["content-type": "application/cloudevents-batch+json; charset=utf-8"]
        ),
        Case(topic: "zigbee2mqtt/hall", payload: #"{"contact":true}"#, formats: ["zigbee2mqtt"]),
        Case(topic: "homie/hall/climate/temperature", payload: "21.5", formats: ["homie"]),
        Case(topic: "homeassistant/sensor/a/config", payload: "{}", formats: ["home-assistant"]),
        Case(
            topic: "home/gateway/BTtoMQTT/A4C138000000",
            payload: #"{"id":"A4:C1:38:00:00:00","rssi":-60,"tempc":21.5}"#,
            formats: ["theengs"]
        ),
        Case(
            topic: "meters/12345678",
            payload: #"{"media":"water","meter":"multical21","id":"12345678","total_m3":6.4}"#,
            formats: ["wmbusmeters"]
        ),
        Case(topic: "a", payload: #"[{"bn":"a/","n":"b","v":1}]"#, formats: ["senml+json"]),
        Case(topic: "a", payload: #"[{"temperature":1}]"#, formats: ["json"]),
        Case(
            topic: "a",
            payload: #"{"specversion":"1.0","source":"s","type":"t","id":"1"}"#,
            formats: ["cloudevents"]
        ),
        Case(
            topic: "a",
            payload: "{}",
            formats: ["cloudevents"],
            properties: ["specversion": "1.0"]
        ),
        Case(
            topic: "a",
            payload: "1",
            formats: ["csv"],
            properties: ["content-type": "text/csv"]
        ),
        Case(topic: "a/b", payload: "21.5", formats: ["plain", "json"]),
        Case(topic: "a", payload: "weather,at=roof wind=3 1767598262", formats: ["influx"]),
        Case(topic: "a", payload: "time,wind\n1767598262,3", formats: ["csv", "plain", "json"]),
        Case(topic: "hall/stat/door", payload: "open", formats: ["plain", "json"]),
        Case(topic: "a", payload: "the door is = open", formats: ["plain", "json"]),
        Case(topic: "a", payload: #"two\ words,at=a\ b wind=3"#, formats: ["influx"]),
        Case(topic: "a", payload: "weather wind=", formats: ["influx"]),
        Case(topic: "a", payload: #"[{"bver":11,"v":1}]"#, formats: ["senml+json"]),
        Case(topic: "a", payload: "", formats: []),
        Case(topic: "zigbee2mqtt/hall", payload: "", formats: ["zigbee2mqtt"]),
    ]

    @Test(
        "Bytes that are no text are CBOR if they begin as a list or a map does; a list of maps may be SenML"
    )
    func bytes() {
        #expect(Self.likely("a", [0xA1, 0x61, 0x61, 0x01]) == ["cbor"])
        #expect(Self.likely("a", [0x82, 0x01, 0x02]) == ["cbor"])
        #expect(Self.likely("a", [0x81, 0xA1, 0x61, 0x61, 0x01]) == ["senml+cbor", "cbor"])
        #expect(Self.likely("a", [0xD9, 0xD9, 0xF7, 0x9F, 0xBF, 0xFF, 0xFF]) == ["senml+cbor", "cbor"])
        #expect(Self.likely("a", [0xC1, 0x18, 0x2A]) == ["cbor"])
        #expect(Self.likely("a", [0x18, 0x2A], ["content-type": "application/cbor"]) == ["cbor"])
    }

    @Test(
        "Other bytes are of no format, and no number that nobody sent",
        arguments: [[0x00], [0x18, 0x2A], [0x01, 0x67, 0x03], [0xFF, 0xFE], [0xF5]] as [[UInt8]]
    )
    func strange(_ bytes: [UInt8]) {
        #expect(Self.likely("a", bytes) == [])
        var finder = FormatFinder()
        #expect(read(&finder, "a", bytes).outcome == .init(problem: .unknownFormat(bytes: bytes.count)))
    }

    @Test("Every format that is likely is in the list of formats, and none twice, whatever comes")
    func random() {
        var dice = Dice(seed: 4)
        let words = ["v3", "devices", "tele", "application", "device", "homie", "online", "status", "up", ""]
        let known = Set(MessageFormat.all.map(\.name))
        for _ in 0..<2_000 {
            let topic = (0...dice.below(5)).map { _ in words[dice.below(words.count)] }.joined(separator: "/")
            let bytes = (0..<dice.below(12)).map { _ in UInt8(dice.below(256)) }
            let json = Array(#"{"id":1}"#.utf8)
            let formats = Self.likely(topic, dice.below(2) == 0 ? bytes : json)
            #expect(Set(formats).isSubset(of: known))
            #expect(Set(formats).count == formats.count, "\(formats)")
        }
    }

    private func read(
        _ finder: inout FormatFinder,
        _ topic: String,
        _ payload: [UInt8]
    ) -> (outcome: FormatFinder.Outcome, names: [String]) {
        var readings = DecodedReadings()
        let outcome = [UInt8](topic.utf8).withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                let message = MessageView(topic: topic, payload: payload, arrivedAt: Decoding.arrival)
                return finder.read(message, into: &readings)
            }
        }
        return (outcome, readings.items.map { readings.text($0.name) })
    }

    private func read(
        _ finder: inout FormatFinder,
        _ topic: String,
        _ payload: String
    ) -> (outcome: FormatFinder.Outcome, names: [String]) {
        read(&finder, topic, [UInt8](payload.utf8))
    }

    @Test("What is wrong is said of the likeliest format, where another one takes no part of it either")
    func misleading() {
        var finder = FormatFinder()
        let rows = "timestamp,device,temp\n2026-11-20 10:00,d1,21.5"
        let problem = DecodeProblem.wrongType(
            field: "timestamp",
            expected: "a time with its zone, or a count since 1970",
            offset: 22
        )
        #expect(read(&finder, "a", rows).outcome == .init(format: "csv", problem: problem))
    }

    @Test("The next format is tried when no sign speaks for the likeliest and it cannot read the message")
    func next() {
        var finder = FormatFinder()
        let found = read(&finder, "hall", [0x81, 0xA1, 0x61, 0x61, 0x01])
        #expect(found.outcome == .init(format: "cbor"))
        #expect(found.names == ["0.a"])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var topic: String
        var payload: String
        var format: String
        var problem: String

        var testDescription: String { "\(topic) \(payload.prefix(40))" }
    }

    static let refusals: [Refusal] = [
        Refusal(
            topic: "v3/a/devices/d/up",
            payload: "garbage",
            format: "the-things-stack",
            problem: "not JSON at byte 0: expected a value"
        ),
        Refusal(
            topic: "v3/a/devices/d/up",
            payload: #"{"temperature":21.5}"#,
            format: "the-things-stack",
            problem: #""uplink_message" is missing"#
        ),
        Refusal(
            topic: "v3/a/devices/d/up",
            payload:
                #"{"end_device_ids":{"device_id":"d"},"uplink_message":{"f_port":2,"frm_payload":"?!"}}"#,
            format: "the-things-stack",
            problem: #""the frame" at byte 0 is not Base64"#
        ),
        Refusal(
            topic: "homeassistant/sensor/x/config",
            payload: #"{"stat_t":"x/f","uniq_id":"x","val_tpl":"{{ value | float / 10 }}"}"#,
            format: "home-assistant",
            problem: "the value_template of sensor/x is not understood here"
        ),
        Refusal(
            topic: "a",
            payload: #"[{"bver":11,"n":"t","v":1}]"#,
            format: "senml+json",
            problem: "SenML version 11 is not understood here"
        ),
        Refusal(
            topic: "a",
            payload: "weather,at=roof wind=",
            format: "influx",
            problem: "not line protocol at byte 21: expected a number, i or u behind a whole one, "
                + "true or false, or a text in quotes"
        ),
        Refusal(
            topic: "wmbusmeters/x",
            payload: #"{"media":"water","total_m3":1}"#,
            format: "wmbusmeters",
            problem: #""id" is missing"#
        ),
        Refusal(topic: "a", payload: "{}", format: "json", problem: "there is no value in it"),
        Refusal(
            topic: "a",
            payload: #"{"a":null}"#,
            format: "json",
            problem: "no value in it became a reading: 1 field was omitted"
        ),
        Refusal(
            topic: "tele/boiler/SENSOR",
            payload: #"{"Time":"2026-01-05T08:31:02","DS18B20":{"Temperature":null}}"#,
            format: "tasmota",
            problem: "no value in it became a reading: 1 field was omitted"
        ),
        Refusal(
            topic: "homie/hall/climate/temperature",
            payload: "",
            format: "homie",
            problem: "no value in it became a reading: 1 field was omitted"
        ),
    ]

    @Test("What a format refuses that a sign speaks for is not read as something else", arguments: refusals)
    func refused(_ refusal: Refusal) {
        var finder = FormatFinder()
        let found = read(&finder, refusal.topic, refusal.payload)
        #expect(found.outcome.format == refusal.format)
        #expect(found.outcome.problem?.description == refusal.problem)
    }

    @Test("A value that a template calculates is not read without it")
    func calculated() {
        var finder = FormatFinder()
        let config = #"{"stat_t":"x/f","uniq_id":"x","val_tpl":"{{ value | float / 10 }}"}"#
        _ = read(&finder, "homeassistant/sensor/x/config", config)
        let found = read(&finder, "x/f", "700")
        #expect(found.names == [])
        #expect(found.outcome == .init(format: "home-assistant", problem: .noReading(omitted: 1)))
        // Announced anew with one that is understood, it is read.
        _ = read(&finder, "homeassistant/sensor/x/config", #"{"stat_t":"x/f","uniq_id":"x"}"#)
        #expect(read(&finder, "x/f", "700").names == ["x"])
    }

    @Test(
        "A message that says what later ones mean needs no readings",
        arguments: [
            ("zigbee2mqtt/bridge/devices", "[]"), ("homie/hall/climate/temperature/$unit", "°C"),
            ("homie/5/hall/$description", #"{"homie":"5.0"}"#), ("homeassistant/sensor/x/config", ""),
        ]
    )
    func descriptions(_ topic: String, _ payload: String) {
        var finder = FormatFinder()
        #expect(read(&finder, topic, payload).outcome.problem == nil)
    }

    @Test("When none can, the problem is that of the likeliest")
    func none() {
        var finder = FormatFinder()
        let found = read(&finder, "tele/boiler/SENSOR", #"{"Time":"#)
        #expect(found.outcome.format == "tasmota")
        #expect(found.outcome.problem == .malformed(offset: 8, expected: "a value"))
        #expect(read(&finder, "a", "").outcome == .init(problem: .empty))
    }

    @Test("What a network server says besides uplinks is left out, and not read as something else")
    func leftOut() {
        var finder = FormatFinder()
        let found = read(
            &finder,
            "v3/a/devices/b/join",
            #"{"end_device_ids":{"device_id":"b"},"join_accept":{}}"#
        )
        #expect(found.outcome.format == "the-things-stack")
        #expect(found.outcome.problem == .leftOut("a device joined the network"))
    }

    @Test("What was learnt from one message is there for the next: units from Home Assistant's announcements")
    func learning() {
        var finder = FormatFinder()
        let announcement = """
            {"name":"Hall","unique_id":"h","state_topic":"esp/hall/state","device_class":"temperature",\
            "unit_of_measurement":"°C","device":{"identifiers":["esp-hall"]}}
            """
        #expect(read(&finder, "esp/hall/state", "21.5").outcome.format == "plain")
        #expect(
            read(&finder, "homeassistant/sensor/h/config", announcement).outcome
                == .init(format: "home-assistant")
        )
        let found = read(&finder, "esp/hall/state", "21.5")
        #expect(found.outcome == .init(format: "home-assistant"))
        #expect(found.names == ["temperature"])
    }

    @Test("Sparkplug's data before the birth wait for it; after it they are read by their alias")
    func sparkplug() throws {
        var finder = FormatFinder()
        let vectors = try SparkplugTests.vectors()
        func payload(_ name: String) throws -> [UInt8] { [UInt8](try #require(vectors[name]).base64) }
        #expect(read(&finder, "spBv1.0/g/NDATA/n", try payload("NDATA_V1")).outcome.format == "sparkplug-b")
        #expect(
            read(&finder, "spBv1.0/g/NBIRTH/n", try payload("NBIRTH_V1")).outcome
                == .init(format: "sparkplug-b")
        )
        let found = read(&finder, "spBv1.0/g/NDATA/n", try payload("NDATA_V1"))
        #expect(found.names == ["Temperature"])
    }

    @Test("A format that was named is the only one that is tried")
    func only() {
        var finder = FormatFinder(only: MessageFormat.named("senml+json"))
        let found = read(&finder, "zigbee2mqtt/hall", #"{"contact":true}"#)
        #expect(found.outcome.format == "senml+json")
        #expect(found.outcome.problem != nil)
    }
}

@Suite("A payload that is a bare LoRaWAN frame")
struct LoRaWANPayloadTests {
    /// 22.6 °C, by an Elsys sensor.
    static let frame: [UInt8] = [0x01, 0x00, 0xE2]

    @Test(
        "Bytes, hexadecimal digits and Base64 say the same",
        arguments: [
            frame, [UInt8]("0100e2".utf8), [UInt8]("01 00 E2\n".utf8), [UInt8]("AQDi".utf8),
        ]
    )
    func forms(_ payload: [UInt8]) {
        var decoder = LoRaWANPayload(ElsysCodec(), port: 5)
        let decoding = Decoding(&decoder, payload, topic: "devices/hall")
        #expect(decoding.values.map(\.said) == ["temperature 22.6 °C"])
        #expect(decoding.values.map(\.subject) == ["hall"])
    }

    @Test("What is wrong with the frame is said, and an empty one is empty")
    func problems() {
        #expect(
            Decoding(LoRaWANPayload(ElsysCodec()), [0x01, 0x00]).problem
                == .frame(.tooShort(bytes: 2, expected: 3))
        )
        #expect(Decoding(LoRaWANPayload(ElsysCodec()), []).problem == .empty)
    }
}
