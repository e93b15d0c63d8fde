import Foundation
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Listen", .timeLimit(.minutes(2)))
struct ListenTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    private static let recording = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/envelopes/a-building-unknown.jsonl").path

    private func survey(_ filters: [String], _ messages: [(topic: String, payload: String)]) -> DeviceSurvey {
        var survey = DeviceSurvey(filters)
        for (topic, payload) in messages {
            survey.take(
                Message(
                    topic: topic,
                    payload: [UInt8](payload.utf8),
                    arrivedAt: Moment(seconds: 1_767_598_262)
                )
            )
        }
        return survey
    }

    @Test("The pipeline file that it prints is the one that is compiled with these tests")
    func draft() throws {
        let run = try CommandRun(["listen", "--file", Self.recording])
        #expect(run.code == 0, "\(run.words)")
        let compiled = try String(
            contentsOf: Self.tests.appending(path: "ListenedDraft.swift"),
            encoding: .utf8
        )
        #expect(run.output == compiled)
    }

    @Test("The pipelines of that file have no mistakes")
    func sound() {
        let pipelines = [
            elevatorStatus, plainReading, shellyGen1Reading, tasmotaReading, theThingsStackReading,
            zigbee2mqttReading, influxReading,
        ]
        for pipeline in pipelines {
            #expect(pipeline.problems.filter { $0.kind == .error }.map(\.text) == [])
        }
    }

    @Test("It says of each device what came last, which profile fits, and what nobody explains")
    func report() throws {
        let run = try CommandRun(["listen", "--file", Self.recording])
        let words = run.words
        #expect(words.contains("landlord/+/elevator/+/status  json  6 messages"), "\(words)")
        #expect(words.contains("  shellyflood-B92C1E  2 messages  Shelly shellyflood (leak)\n"))
        #expect(words.contains("  70B3D57ED0000001  1 message  Milesight ws301 (door)\n"))
        #expect(
            words.contains("battery 98 % · open yes · tamper no · x_raw 7\n    under their own names: x_raw")
        )
        #expect(words.contains("  1 × malformed: not JSON at byte 8: expected a value"))
    }

    @Test("Topics are put together in the levels in which devices of one kind differ")
    func patterns() {
        let status = #"{"speed":1,"doors":"open"}"#
        let seen = survey(
            [],
            [
                ("a/one/lift/x/status", status), ("a/one/lift/y/status", status),
                ("a/two/lift/z/status", status), ("a/two/meter/z/status", #"{"total":1}"#),
            ]
        ).merged
        #expect(seen.map(\.pattern.filter) == ["a/+/lift/+/status", "a/two/meter/z/status"])
        #expect(seen.map(\.messages) == [3, 1])
        #expect(seen.first?.devices.count == 3)
    }

    @Test("A level in which all are alike stays as it is, though they resemble each other late")
    func alike() {
        let seen = survey(
            [],
            [("w/1", #"{"a":1,"b":1}"#), ("w/2", #"{"c":1,"d":1}"#), ("w/3", #"{"a":1,"b":1,"c":1,"d":1}"#)]
        ).merged
        #expect(seen.map(\.pattern.filter) == ["w/+"])
        #expect(seen.map(\.messages) == [3])
    }

    @Test("Of a recording only the topics that are asked for are looked at")
    func chosen() {
        let survey = survey(["v3/#"], [("v3/x", #"{"a":1}"#), ("w/2", #"{"a":1}"#)])
        #expect(survey.merged.map(\.pattern.filter) == ["v3/x"])
        #expect(survey.messages == 1)
    }

    @Test("Levels that the filter leaves open are those in which devices differ")
    func openLevels() {
        let seen = survey(["a/+/lift/+/status"], [("a/one/lift/x/status", #"{"speed":1}"#)]).merged
        #expect(seen.map(\.pattern.filter) == ["a/+/lift/+/status"])
        #expect(seen.first?.pattern.naming == "a/+/lift/{device}/status")
    }

    private static let bridge = (
        "zigbee2mqtt/bridge/devices",
        #"[{"friendly_name":"a32/appel","definition":{"vendor":"Tuya","model":"TS0215A_sos"}},"#
            + #"{"friendly_name":"porte","definition":{"vendor":"SONOFF","model":"SNZB-04"}},"#
            + #"{"friendly_name":"odd","definition":{"vendor":"Acme","model":"X-1"}}]"#
    )

    private func words(_ messages: [(topic: String, payload: String)]) -> String {
        let survey = survey([], messages)
        return SurveyReport(survey, survey.merged).text
    }

    @Test("The model is the one that the bridge has named, known here or not")
    func models() {
        let words = words([
            Self.bridge, ("zigbee2mqtt/bridge/state", #"{"state":"online"}"#),
            ("zigbee2mqtt/a32/appel", #"{"action":"emergency","battery":90,"linkquality":80}"#),
            ("zigbee2mqtt/porte", #"{"contact":true,"battery":90,"linkquality":80}"#),
            ("zigbee2mqtt/odd", #"{"contact":true}"#),
        ])
        #expect(
            words.contains("  a32/appel  1 message  Tuya TS0215A_sos (fall or call for help)\n"),
            "\(words)"
        )
        #expect(words.contains("  porte  1 message  SONOFF SNZB-04 (door)\n"), "\(words)")
        #expect(words.contains("  odd  1 message  Acme X-1\n"), "\(words)")
        #expect(words.contains("  bridge  1 message\n"), "\(words)")
    }

    @Test("Fields alone name no model, at most a kind of device")
    func kinds() {
        let words = words([
            ("attic/weather", #"{"temperature":21}"#), ("zigbee2mqtt/porte", #"{"contact":true}"#),
            ("zigbee2mqtt/cave", #"{"water_leak":true,"battery":90}"#),
        ])
        #expect(words.contains("  attic/weather  1 message\n"), "\(words)")
        #expect(words.contains("  porte  1 message  looks like: door\n"), "\(words)")
        #expect(words.contains("  cave  1 message  looks like: leak\n"), "\(words)")
    }

    @Test(
        "What happened does not keep its last value: a press would be a press with each message that follows"
    )
    func events() {
        let seen = survey(
            [],
            [
                Self.bridge, ("zigbee2mqtt/a32/appel", #"{"action":"emergency","battery":90}"#),
                ("zigbee2mqtt/a32/appel", #"{"battery":89}"#),
                ("zigbee2mqtt/sonnette", #"{"action":"single","temperature":20}"#),
            ]
        ).merged
        let draft = PipelineDraft(seen).text
        #expect(draft.contains(#"Field("button", \.button, missing: .keepsInitialValue)"#), "\(draft)")
        #expect(draft.contains(#"Field("call", \.call, missing: .keepsInitialValue)"#), "\(draft)")
        #expect(
            draft.contains(#"Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)"#),
            "\(draft)"
        )
    }

    @Test("Of one topic nobody knows which level names the device: none is made up")
    func oneTopic() {
        let seen = survey([], [("erables/events/boites-colis", #"{"occupied":3,"event":"open"}"#)]).merged
        let draft = PipelineDraft(seen).text
        #expect(draft.contains(#"Listen(to: "erables/events/boites-colis")"#), "\(draft)")
        #expect(draft.contains(#"var device = Name("boites-colis") ?? Name()"#), "\(draft)")
        #expect(draft.contains(#"Field("device", \.device, missing: .keepsInitialValue)"#), "\(draft)")
    }

    @Test("One name in two measures is two fields: a battery in per cent and in volts")
    func measures() {
        let seen = survey(
            [],
            [("attic/a/battery", "90 %"), ("attic/b/battery", "3.6 V"), ("attic/c/battery", "3600 mV")]
        ).merged
        let draft = PipelineDraft(seen).text
        #expect(
            draft.contains(#"Field("battery", \.battery, in: .percent, missing: .keepsLastValue)"#),
            "\(draft)"
        )
        #expect(
            draft.contains(#"Field("battery", \.battery2, in: .volts, missing: .keepsLastValue)"#),
            "\(draft)"
        )
        #expect(!draft.contains("battery3"))
    }

    @Test(
        "What a network server says besides uplinks is no kind of reading, and no topic is listened to twice"
    )
    func besides() {
        let up = #"{"end_device_ids":{"device_id":"d"},"uplink_message":{"decoded_payload":{"leak":true}}}"#
        let join = #"{"end_device_ids":{"device_id":"d"},"join_accept":{}}"#
        let messages = [("v3/a/devices/d/up", up), ("v3/a/devices/d/join", join)]
        let seen = survey([], messages).merged
        #expect(seen.map(\.pattern.filter).sorted() == ["v3/+/devices/+/up", "v3/a/devices/d/join"])
        #expect(PipelineDraft(seen).text.components(separatedBy: "/join").count == 2)
        // Whoever asks for all of it gets one filter for all of it.
        let all = survey(["v3/+/devices/+/+"], messages).merged
        #expect(PipelineDraft(all).text.contains("Listen(to: \"v3/+/devices/+/up\", as: .theThingsStack)"))
    }

    @Test("A reason is said once")
    func reasons() {
        let words = words([("zigbee2mqtt/bridge/info", "{}"), ("zigbee2mqtt/hall", #"{"contact":true}"#)])
        #expect(words.contains("  1 × left out: a message of the bridge, which says nothing"), "\(words)")
    }

    @Test("Everything has a limit, and what is beyond it is counted")
    func limits() {
        var many: [(String, String)] = []
        for number in 0..<DeviceSurvey.topicLimit + 5 { many.append(("\(number)/a\(number)/b", "{\"v\":1}")) }
        let survey = survey([], many)
        #expect(survey.messages == DeviceSurvey.topicLimit + 5)
        #expect(survey.furtherMessages == 5)
        #expect(SurveyReport(survey, []).text.contains("5 messages on further topics than the 2000"))
    }

    @Test(
        "Names of devices become names of Swift",
        arguments: [
            ("ENERGY.Power", "energyPower"), ("x_raw", "xRaw"), ("class", "classValue"), ("2nd", "value2nd"),
            ("", "value"), ("é", "e"), ("Départ/Température", "departTemperature"), ("水", "value"),
            ("batteryLow", "batteryLow"), ("temp-1", "temp1"),
        ]
    )
    func names(_ text: String, _ name: String) {
        #expect(SwiftName.property(text) == name)
    }

    @Test("Every unit that decoders know has a type and a unit of its dimension in Swift")
    func units() {
        for unit in KnownUnit.all {
            let quantity = SwiftQuantity(
                unit: unit.symbol,
                field: unit.dimension == "g" ? "acceleration" : "x"
            )
            #expect(quantity?.unit.isEmpty == false || unit.dimension == "", "\(unit.symbol)")
        }
        #expect(SwiftQuantity(unit: "varh", field: "x") == nil)
        #expect(SwiftQuantity(unit: "g", field: "weight")?.type == "Mass")
        #expect(SwiftQuantity(unit: "g", field: "accelerationX")?.type == "Acceleration")
    }

    @Test("Every format has the word by which Listen calls it")
    func words() {
        #expect(MessageFormat.all.allSatisfy { ListenWord.of($0.name) != nil })
    }

    @Test("At a real broker it sees what is there, takes no session, and prints the same kind of file")
    func broker() throws {
        let broker = try MosquittoServer(.deployed())
        let folder = try TestFolder()
        let lines = (1...3).map { number in
            #"{"at":"2026-01-05T07:31:0\#(number)Z","topic":"home/hall/sensor/s\#(number)","retain":true,"#
                + #""payload":"{\"speed\":\#(number),\"doors\":\"open\"}"}"#
        }
        try folder.write(lines.joined(separator: "\n"), to: "input.jsonl")
        let settings: [Setting: String] = [
            .broker: "mqtt://127.0.0.1:\(broker.port)", .data: folder.url.path,
        ]
        let play = try CommandRun(["play", folder.path("input.jsonl"), "--factor", "1000"], settings)
        #expect(play.code == 0, "\(play.words)")
        let words = ["listen", "--topic", "home/#", "--messages", "3", "--for", "90s"]
        let run = try CommandRun(words, settings)
        #expect(run.code == 0, "\(run.words)")
        #expect(run.words.contains("home/hall/sensor/+  json  3 messages"), "\(run.words)")
        #expect(run.output.contains(#"Listen(to: "home/hall/sensor/{device}")"#))
        // The same without settings, at a broker that is named.
        let named = try CommandRun(words + ["--broker", "mqtt://127.0.0.1:\(broker.port)"])
        #expect(named.code == 0, "\(named.words)")
    }

    @Test("Wrong use, no broker, nothing to decode and no file have exit codes of their own")
    func exitCodes() throws {
        let folder = try TestFolder()
        try folder.write(#"{"at":"2026-01-05T07:31:00Z","topic":"a","payload":"{"}"#, to: "broken.jsonl")
        let settings: [Setting: String] = [.broker: "mqtt://127.0.0.1:\(try Loopback.freePort())"]
        func code(_ words: String...) throws -> Int32 { try CommandRun(["listen"] + words, settings).code }
        #expect(try code() == 64)
        #expect(try code("--topic", "a", "--for", "soon") == 64)
        #expect(try code("--topic", "a", "--messages", "0") == 64)
        #expect(try code("--file", folder.path("broken.jsonl"), "--for", "1s") == 64)
        #expect(try code("--file", folder.path("broken.jsonl")) == 65)
        #expect(try code("--file", folder.path("none.jsonl")) == 74)
        #expect(try code("--topic", "a/#/b") == 78)
        #expect(try code("--topic", "a") == 69)
    }
}
