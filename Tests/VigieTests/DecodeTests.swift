import Foundation
import Interactions
import TestSupport
import Testing

@testable import vigie

@Suite("Decode", .timeLimit(.minutes(1)))
struct DecodeTests {
    private let at = "2026-01-05T07:31:02Z"

    private func decode(_ arguments: [String], input: String = "") throws -> CommandRun {
        try CommandRun(["decode"] + arguments, input: input)
    }

    @Test("A message is printed as its readings, with the format that was found")
    func message() throws {
        let run = try decode(["--topic", "hall/ground/temperature", "--at", at, "-"], input: "21.5 °C\n")
        #expect(run.code == 0, "\(run.words)")
        #expect(
            run.output == """
                {"topic":"hall/ground/temperature","format":"plain","readings":[{"subject":"hall/ground",\
                "name":"temperature","value":21.5,"unit":"°C","at":"2026-01-05T07:31:02.000Z"}]}

                """
        )
    }

    @Test("Readings say whose clock it was and what is known of them; fields that gave none are named")
    func details() throws {
        let uplink = """
            {"end_device_ids":{"dev_eui":"70B3D57ED0000001"},"uplink_message":{"f_port":2,"f_cnt":7,\
            "received_at":"2026-01-05T07:30:59Z","decoded_payload":{"humidity":44,"note":null}}}
            """
        let run = try decode(["--topic", "v3/a/devices/b/up", "--at", at, "-"], input: uplink)
        let line = try #require(try run.json.first)
        #expect(line["format"]?.string == "the-things-stack")
        #expect(
            line["readings"]?.array?.map(\.description) == [
                """
                {"subject":"70B3D57ED0000001","name":"frameCounter","value":7,"unit":"",\
                "at":"2026-01-05T07:30:59.000Z","clock":"network","quality":["network"]}
                """,
                """
                {"subject":"70B3D57ED0000001","name":"humidity","value":44,"unit":"%",\
                "at":"2026-01-05T07:30:59.000Z","clock":"network"}
                """,
            ]
        )
        #expect(line["omitted"]?.description == #"[{"name":"note","reason":"null"}]"#)
        #expect(line["problem"] == nil)
    }

    @Test("A recording is one line for each message, and what was learnt goes on")
    func recording() throws {
        let folder = try TestFolder()
        let lines = [
            #"{"at":"\#(at)","topic":"zigbee2mqtt/bridge/devices","payload":"[{\"friendly_name\":\"hall\",\"definition\":{\"exposes\":[{\"property\":\"dose\",\"unit\":\"m^3\",\"type\":\"numeric\"}]}}]"}"#,
            #"{"at":"\#(at)","tick":true}"#,
            #"{"at":"\#(at)","topic":"zigbee2mqtt/hall","payload":"{\"dose\":3}"}"#,
            #"{"at":"\#(at)","topic":"a","payloadBase64":"oWFhAQ=="}"#,
            #"{"at":"\#(at)","topic":"zigbee2mqtt/hall","payload":"{\"dose\":"}"#,
        ]
        try folder.write(lines.joined(separator: "\n"), to: "day.jsonl")
        let run = try decode([folder.path("day.jsonl")])
        #expect(run.code == 0, "\(run.words)")
        let json = try run.json
        #expect(
            json.map { $0["format"]?.string } == ["zigbee2mqtt", "zigbee2mqtt", "cbor", "zigbee2mqtt"]
        )
        #expect(json[1]["readings"]?.array?.first?["unit"]?.string == "m³")
        #expect(json[3]["problem"]?.string == "not JSON at byte 8: expected a value")
    }

    @Test("A line that cannot be read ends it; the lines before it are there")
    func damagedRecording() throws {
        let folder = try TestFolder()
        let line = #"{"at":"\#(at)","topic":"a","payload":"1"}"#
        try folder.write(line + "\nno line\n" + line, to: "day.jsonl")
        let run = try decode([folder.path("day.jsonl")])
        #expect(run.code == 65)
        #expect(run.lines.count == 1)
        #expect(run.words.contains("day.jsonl:2: error:"))
    }

    @Test("When nothing can be decoded the line says why, and so does the exit code")
    func nothing() throws {
        let run = try decode(["--topic", "tele/boiler/SENSOR", "-"], input: #"{"Time":"#)
        #expect(run.code == 65)
        let line = try #require(try run.json.first)
        #expect(line["problem"]?.string == "not JSON at byte 8: expected a value")
        #expect(line["readings"]?.array?.isEmpty == true)
        #expect(try decode(["--topic", "a", "-"]).code == 65, "an empty payload")
    }

    @Test(
        "What the format of a topic or a payload refuses is a problem, not a value of another format",
        arguments: [
            ("v3/a/devices/d/up", "garbage", "the-things-stack", "not JSON at byte 0"),
            (
                "v3/a/devices/d/up",
                #"{"end_device_ids":{"device_id":"d"},"uplink_message":{"f_port":2,"frm_payload":"?!"}}"#,
                "the-things-stack", "is not Base64"
            ),
            (
                "homeassistant/sensor/x/config",
                #"{"stat_t":"x/f","uniq_id":"x","val_tpl":"{{ value | float / 10 }}"}"#, "home-assistant",
                "the value_template of sensor/x is not understood here"
            ),
            ("a", #"[{"bver":11,"n":"t","v":1}]"#, "senml+json", "SenML version 11"),
            ("a", "weather,at=roof wind=", "influx", "not line protocol at byte 21"),
            ("wmbusmeters/x", #"{"media":"water","total_m3":1}"#, "wmbusmeters", #""id" is missing"#),
            ("a", "{}", "json", "there is no value in it"),
            (
                "tele/boiler/SENSOR", #"{"Time":"2026-01-05T08:31:02","DS18B20":{"Temperature":null}}"#,
                "tasmota", "1 field was omitted"
            ),
            ("homie/hall/climate/temperature", "", "homie", "1 field was omitted"),
        ]
    )
    func refusals(_ topic: String, _ payload: String, _ format: String, _ problem: String) throws {
        let run = try decode(["--topic", topic, "-"], input: payload)
        #expect(run.code == 65)
        let line = try #require(try run.json.first)
        #expect(line["format"]?.string == format)
        #expect(line["problem"]?.string?.contains(problem) == true, "\(line)")
        #expect(line["readings"]?.array?.isEmpty == true)
    }

    @Test("Bytes of no format are no number, and what to do stands behind it")
    func strange() throws {
        let run = try decode(["--topic", "cellar/frame", "-"], input: "\u{1}g\u{3}")
        #expect(run.code == 65)
        let line = try #require(try run.json.first)
        #expect(line["format"] == .null)
        #expect(
            line["problem"]?.string
                == "the payload has 3 bytes that are neither a text nor begin as CBOR does"
        )
        #expect(run.words.contains("the device of a bare LoRaWAN frame with --device"), "\(run.words)")
    }

    @Test("A value whose template calculates is not read as it came")
    func calculated() throws {
        let folder = try TestFolder()
        let lines = [
            #"{"at":"\#(at)","topic":"homeassistant/sensor/x/config","payload":"{\"stat_t\":\"x/f\",\"uniq_id\":\"x\",\"val_tpl\":\"{{ value | float / 10 }}\"}"}"#,
            #"{"at":"\#(at)","topic":"x/f","payload":"700"}"#,
        ]
        try folder.write(lines.joined(separator: "\n"), to: "day.jsonl")
        let run = try decode([folder.path("day.jsonl")])
        #expect(run.code == 65, "\(run.words)")
        let json = try run.json
        #expect(json.map { $0["format"]?.string } == ["home-assistant", "home-assistant"])
        #expect(json.last?["readings"]?.array?.isEmpty == true)
        #expect(
            json.last?["omitted"]?.description.contains("calculated by a template that is not understood")
                == true
        )
    }

    @Test("A message that only describes later ones is decoded, though it gives no reading")
    func description() throws {
        let run = try decode(["--topic", "zigbee2mqtt/bridge/devices", "-"], input: "[]")
        #expect(run.code == 0)
        #expect(try run.json.first?["problem"] == nil)
    }

    @Test("MQTT 5 properties of a recording count: the recorded day's CloudEvents in binary mode")
    func properties() throws {
        let day = try Self.recordedDay().split(separator: "\n").filter { $0.contains("boites-colis") }
        #expect(day.count == 24)
        let folder = try TestFolder()
        try folder.write(day.joined(separator: "\n"), to: "day.jsonl")
        let run = try decode([folder.path("day.jsonl")])
        #expect(run.code == 0, "\(run.words)")
        let json = try run.json
        #expect(json.allSatisfy { $0["format"]?.string == "cloudevents" })
        let readings = try #require(json.first?["readings"]?.array)
        let first = readings.first { $0["name"]?.string == "occupied" }
        #expect(
            first?.description == """
                {"subject":"consigne-1","name":"occupied","value":0,"unit":"",\
                "at":"2026-01-14T23:28:32.778Z","clock":"device"}
                """
        )
    }

    private static func recordedDay() throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.deletingLastPathComponent().appending(path: "Fixtures/building/day/messages.jsonl")
        return try String(contentsOf: file, encoding: .utf8)
    }

    // What the gateway's LWT says is a plain value: nothing in its topic tells whose it is.
    @Test("Every message of the recorded day is of the format that its topic has")
    func day() throws {
        let folder = try TestFolder()
        try folder.write(try Self.recordedDay(), to: "day.jsonl")
        let run = try decode([folder.path("day.jsonl")])
        #expect(run.code == 0, "\(run.words)")
        let counts = try run.json.reduce(into: [String: Int]()) {
            $0[$1["format"]?.string ?? "none", default: 0] += 1
        }
        #expect(
            counts == [
                "chirpstack": 390, "cloudevents": 48, "csv": 4, "home-assistant": 50, "homie": 105,
                "influx": 48, "json": 336, "plain": 49, "senml+cbor": 24, "senml+json": 24,
                "shelly-gen1": 156,
                "shelly-rpc": 99, "sparkplug-b": 287, "tasmota": 149, "the-things-stack": 390, "theengs": 150,
                "wmbusmeters": 456, "zigbee2mqtt": 309,
            ]
        )
    }

    @Test("A frame that nobody reads: the reason, the maker and model, what to do, and no success")
    func unreadFrame() throws {
        func uplink(_ ids: String) -> String {
            """
            {"end_device_ids":{"device_id":"b"},"uplink_message":{"f_port":2,"f_cnt":7,"frm_payload":"AQID",\
            \(ids)"received_at":"2026-01-05T07:30:59Z"}}
            """
        }
        let versions = #""version_ids":{"brand_id":"acme","model_id":"x1"},"#
        let run = try decode(["--topic", "v3/a/devices/b/up", "-"], input: uplink(versions))
        #expect(run.code == 65)
        #expect(try run.json.first?["omitted"]?.array?.first?["name"]?.string == "frame")
        #expect(run.words.contains("no decoder for acme/x1, 1 frame not read"), "\(run.words)")
        #expect(run.words.contains("--device MAKER/MODEL"))
        let nameless = try decode(["--topic", "v3/a/devices/b/up", "-"], input: uplink(""))
        #expect(nameless.code == 65)
        #expect(nameless.words.contains("whose maker and model the server does not say"), "\(nameless.words)")
    }

    @Test("A bare LoRaWAN frame is read by the maker and the model")
    func frame() throws {
        let run = try decode(["--device", "elsys/ers", "--port", "5", "-"], input: "0100E2\n")
        #expect(run.code == 0, "\(run.words)")
        #expect(try run.json.first?["format"]?.string == "lorawan")
        #expect(try run.json.first?["readings"]?.array?.first?["value"]?.number == 22.6)
    }

    @Test("A maker's own JSON is read by its profile, the device where the topic says it")
    func profile() throws {
        let run = try decode(
            [
                "--profile", "bacnet/lift", "--subject", "2", "--topic", "bacnet/lift/A7/status", "--at", at,
                "-",
            ],
            input: #"{"car_mode":8,"passenger-alarm":false}"#
        )
        #expect(
            run.output == """
                {"topic":"bacnet/lift/A7/status","format":"device-json","readings":[{"subject":"A7","name":"mode",\
                "value":"inspection","unit":"","at":"2026-01-05T07:31:02.000Z"},{"subject":"A7","name":"call",\
                "value":false,"unit":"","at":"2026-01-05T07:31:02.000Z"}]}

                """,
            "\(run.words)"
        )
    }

    @Test(
        "Wrong use is said",
        arguments: [
            (["-"], "--topic is missing"), (["--topic", "a"], "expected one FILE"),
            (["--topic", "a", "--as", "yaml", "-"], "there is no format \"yaml\"; known: json, cbor"),
            (["--device", "acme/x", "-"], "no decoder for devices of \"acme\""),
            (["--device", "elsys", "-"], "expected MAKER/MODEL"),
            (["--device", "elsys/ers", "--port", "300", "-"], "--port is \"300\""),
            (["--device", "elsys/ers", "--as", "json", "-"], "do not go together"),
            (["--port", "3", "--topic", "a", "-"], "--port goes with --device"),
            (["--subject", "2", "--topic", "a", "-"], "--subject goes with --profile"),
            (["--profile", "bacnet/lfit", "--topic", "a", "-"], "of this maker there are bacnet/lift"),
            (["--profile", "bacnet/lift", "--subject", "x", "--topic", "a", "-"], "--subject is \"x\""),
            (["--profile", "bacnet/lift", "--as", "json", "--topic", "a", "-"], "do not go together"),
            (["--topic", "a", "day.jsonl"], "--topic does not go with a recording"),
            (["--topic", "a", "--at", "noon", "-"], "--at is \"noon\""),
        ]
    )
    func usage(_ arguments: [String], _ words: String) throws {
        let run = try decode(arguments)
        #expect(run.code == 64)
        #expect(run.words.contains(words), "\(run.words)")
    }

    @Test("A file that is not there has its own exit code")
    func file() throws {
        #expect(try decode(["--topic", "a", "/none/there"]).code == 74)
    }
}
