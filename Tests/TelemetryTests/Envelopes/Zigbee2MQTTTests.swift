import Testing
import Units

@testable import Telemetry

@Suite("Zigbee2MQTT")
struct Zigbee2MQTTTests {
    static let devices = #"""
        [{"ieee_address":"0x00124b00120144ae","type":"Coordinator","supported":false,"friendly_name":"Coordinator",
          "definition":null},
         {"ieee_address":"0x00158d0001dc126a","friendly_name":"stairs/door","model_id":"lumi.sensor_magnet.aq2",
          "definition":{"model":"MCCGQ11LM","vendor":"Aqara","exposes":[
           {"type":"numeric","name":"battery","property":"battery","unit":"%","access":1},
           {"type":"binary","name":"contact","property":"contact","value_on":false,"value_off":true},
           {"type":"numeric","name":"draught","property":"draught","unit":"l/h","access":1},
           {"type":"enum","name":"grade","property":"grade","values":["1","2"]}]}},
         {"ieee_address":"0x00158d00018255df","friendly_name":"my_plug",
          "definition":{"model":"X1","vendor":"Y","exposes":[{"type":"lock","features":[
           {"type":"binary","name":"state","property":"state","value_on":"LOCK","value_off":"UNLOCK"}]}]}}]
        """#

    @Test("The state of a device before anything is known of it")
    func unknown() {
        var decoder = Zigbee2MQTT()
        let message =
            #"{"temperature":27.34,"humidity":44.72,"battery":97,"voltage":3005,"linkquality":84,"action":null,"contact":true}"#
        let decoding = Decoding(&decoder, "zigbee2mqtt/kitchen/sensor", message)
        #expect(
            decoding.said == [
                "temperature 27.34 °C", "humidity 44.72 %", "battery 97 % · network", "voltage 3005 mV",
                "linkQuality 84 · network", "open no",
            ]
        )
        #expect(decoding.omissions == ["action: null"])
        #expect(decoding.values.allSatisfy { $0.subject == "kitchen/sensor" && $0.clock == .arrival })
    }

    @Test(
        "Only what somebody pressed is a button",
        arguments: [
            ("single", true), ("1_double", true), ("button_2_hold", true), ("on", true), ("emergency", true),
            ("brightness_move_up", true), ("arrow_left_click", true), ("recall_1", true),
            ("vibration", false), ("tilt", false), ("drop", false), ("triple_strike", false),
            ("flip90", false), ("manual_unlock", false), ("key_lock", false), ("region_1_enter", false),
            ("rotate_left", false), ("W100_PMTSD_request", false),
        ]
    )
    func action(_ word: String, isPress: Bool) {
        var decoder = Zigbee2MQTT()
        let decoding = Decoding(&decoder, "zigbee2mqtt/x", #"{"action":"\#(word)","linkquality":9}"#)
        #expect(decoding.said.first == "\(isPress ? "button" : "event") \"\(word)\"")
    }

    @Test("A device is read the same before the list of devices and after it")
    func beforeAndAfter() {
        let devices = #"""
            [{"friendly_name":"plug","definition":{"model":"SP 120","vendor":"Innr","exposes":[
               {"type":"numeric","property":"voltage","unit":"V"},{"type":"numeric","property":"power","unit":"W"}]}},
             {"friendly_name":"pir","definition":{"model":"9290012607","vendor":"Philips","exposes":[
               {"type":"binary","property":"occupancy","value_on":true,"value_off":false},
               {"type":"numeric","property":"illuminance"},
               {"type":"numeric","property":"illuminance_lux","unit":"lx"}]}},
             {"friendly_name":"door","definition":{"model":"X","vendor":"Y","exposes":[
               {"type":"numeric","property":"voltage","unit":"mV"}]}}]
            """#
        let messages = [
            (
                "plug", #"{"state":"ON","voltage":231,"power":12}"#, "state \"ON\", voltage 231, power 12 W",
                "state \"ON\", voltage 231 V, power 12 W"
            ),
            (
                "pir",
                #"{"occupancy":true,"illuminance":16848,"illuminance_lux":48,"battery":80,"voltage":2900}"#,
                "motion yes, illuminance 48 lx, battery 80 % · network, voltage 2900 mV", nil
            ),
            (
                "door", #"{"contact":true,"voltage":3005}"#, "open no, voltage 3005",
                "open no, voltage 3005 mV"
            ),
        ]
        var decoder = Zigbee2MQTT()
        for (device, message, before, _) in messages {
            let said = Decoding(&decoder, "zigbee2mqtt/\(device)", message).said
            #expect(said.joined(separator: ", ") == before)
        }
        _ = Decoding(&decoder, "zigbee2mqtt/bridge/devices", devices)
        for (device, message, before, after) in messages {
            let said = Decoding(&decoder, "zigbee2mqtt/\(device)", message).said
            #expect(said.joined(separator: ", ") == after ?? before)
        }
        // A radar has both: what moves, and that somebody is there.
        #expect(
            Decoding(&decoder, "zigbee2mqtt/radar", #"{"presence":true,"occupancy":false}"#).said
                == ["occupied yes", "motion no"]
        )
    }

    @Test("The list of devices teaches units, words and kinds of fields")
    func learning() throws {
        var decoder = Zigbee2MQTT()
        #expect(Decoding(&decoder, "zigbee2mqtt/bridge/devices", Self.devices).said == [])
        let state = #"{"contact":false,"draught":2.5,"grade":"2","battery":100}"#
        let expected = ["open yes", "draught 2.5 L/h", "grade \"2\"", "battery 100 % · network"]
        #expect(Decoding(&decoder, "zigbee2mqtt/stairs/door", state).said == expected)
        #expect(Decoding(&decoder, "zigbee2mqtt/my_plug", #"{"state":"LOCK"}"#).said == ["state yes"])
        var restored = try Zigbee2MQTT().restored(from: decoder.bytes)
        #expect(restored.bytes == decoder.bytes)
        #expect(Decoding(&restored, "zigbee2mqtt/stairs/door", state).said == expected)
        // A later list without the device forgets it.
        #expect(Decoding(&decoder, "zigbee2mqtt/bridge/devices", "[]").problem == nil)
        #expect(Decoding(&decoder, "zigbee2mqtt/stairs/door", state).said[1] == "draught 2.5")
    }

    @Test("The time is when the bridge heard the device, where it says so with a zone or as a count")
    func lastSeen() {
        var decoder = Zigbee2MQTT()
        func at(_ lastSeen: String) -> DecodedValue? {
            Decoding(&decoder, "zigbee2mqtt/a", #"{"last_seen":\#(lastSeen),"contact":true}"#).values.first
        }
        let expected = Moment(iso8601: "2026-01-05T07:31:02.500Z")
        #expect(at("1767598262500")?.at == expected && at("1767598262500")?.clock == .network)
        #expect(at(#""2026-01-05T08:31:02.500+01:00""#)?.at == expected)
        #expect(at(#""2026-01-05 08:31:02""#)?.clock == .arrival)
        #expect(at("17")?.clock == .arrival)
    }

    @Test("Whether a device and the bridge can be reached, in both forms")
    func availability() {
        var decoder = Zigbee2MQTT()
        #expect(
            Decoding(&decoder, "zigbee2mqtt/a/b/availability", #"{"state":"offline"}"#).said == [
                "online no · network"
            ]
        )
        #expect(Decoding(&decoder, "zigbee2mqtt/a/b/availability", "online").said == ["online yes · network"])
        #expect(Decoding(&decoder, "zigbee2mqtt/a/b/availability", "online").values.first?.subject == "a/b")
        #expect(
            Decoding(&decoder, "zigbee2mqtt/bridge/state", #"{"state":"online"}"#).values.first?.subject
                == "bridge"
        )
    }

    @Test("With one topic for each value the device is the topic above")
    func attributes() {
        var decoder = Zigbee2MQTT()
        let decoding = Decoding(&decoder, "zigbee2mqtt/kitchen/sensor/temperature", "27.34")
        #expect(decoding.said == ["temperature 27.34 °C"])
        #expect(decoding.values.first?.subject == "kitchen/sensor")
    }

    @Test("Orders and other messages of the bridge are left out, other topics are not understood")
    func others() {
        var decoder = Zigbee2MQTT()
        for topic in ["a/set", "a/set/state", "a/get", "bridge/info", "bridge/response/permit_join"] {
            #expect(
                Decoding(&decoder, "zigbee2mqtt/\(topic)", "{}").problem?.reason == "left out",
                "\(topic)"
            )
        }
        #expect(Decoding(&decoder, "elsewhere/a", "{}").problem?.reason == "not understood")
    }

    @Test("A list with more devices than are remembered is refused, and what was learnt stays")
    func limit() {
        var decoder = Zigbee2MQTT()
        #expect(Decoding(&decoder, "zigbee2mqtt/bridge/devices", Self.devices).problem == nil)
        let before = decoder.bytes
        let many = (0...LearntDevices.deviceLimit).map { #"{"friendly_name":"d\#($0)"}"# }.joined(
            separator: ","
        )
        let problem = Decoding(&decoder, "zigbee2mqtt/bridge/devices", "[\(many)]").problem
        #expect(problem == .tooMany(what: "devices of one bridge", limit: LearntDevices.deviceLimit))
        #expect(decoder.bytes == before)
    }

    @Test("A damaged snapshot is refused at every length")
    func damagedSnapshot() {
        var decoder = Zigbee2MQTT()
        _ = Decoding(&decoder, "zigbee2mqtt/bridge/devices", Self.devices)
        for count in 0..<decoder.bytes.count {
            #expect(throws: DecoderSnapshotProblem.self) {
                try Zigbee2MQTT().restored(from: Array(decoder.bytes.prefix(count)))
            }
        }
        #expect(throws: DecoderSnapshotProblem.self) { try Zigbee2MQTT().restored(from: decoder.bytes + [0]) }
    }
}
