import Testing
import Units

@testable import Telemetry

@Suite("Home Assistant discovery")
struct HomeAssistantTests {
    @Test("Templates that point at a value are understood, others are not")
    func templates() {
        let understood: [(String, String)] = [
            ("{{ value }}", ""), ("{{value_json.temperature}}", "temperature"),
            ("{{ value_json.a.b | float }}", "a.b"),
            ("{{ value_json['DS18B20'].Temperature }}", "DS18B20.Temperature"),
            (#"{{ value_json["switch:0"].apower | round(1) }}"#, "switch:0.apower"),
            ("{{- value_json.list[0].x | float(0) | int -}}", "list.0.x"),
            ("{{ value_json.t|is_defined }}", "t"), ("{{ value | float }}", ""),
        ]
        for (template, path) in understood {
            #expect(ValueTemplate.path(of: template) == path, "\(template)")
        }
        for template in [
            "", "{{ value_json }}", "{{ value_json.a / 10 }}", "{{ value_json.a * 2 }}",
            "{{ value_json.a + value_json.b }}",
            "{% if value_json.a %}1{% endif %}", "{{ value_json.a | multiply(2) }}", "{{ value_json. }}",
            "{{ }}",
            "{{ value_json['a }}", "{{ value_json[a] }}", "{{ states('x') }}",
            "{{ 'ON' if value_json.a else 'OFF' }}",
            "{{ value_json.a | float(value_json.b) }}", "{{ value_json.a | }}", "{{value_json.a}} W", "{{",
            "{{}}", "}}{{",
        ] {
            #expect(ValueTemplate.path(of: template) == nil, "\(template)")
        }
    }

    static let sensor = #"""
        {"name":null,"device_class":"temperature","state_topic":"home/bedroom/state","unit_of_measurement":"°C",
         "value_template":"{{ value_json.temperature}}","unique_id":"temp01ae",
         "device":{"identifiers":["bedroom01ae"],"name":"Bedroom","manufacturer":"Example sensors Ltd.","model":"K9"}}
        """#

    @Test("A sensor of the documentation, and one that uses abbreviations")
    func sensors() throws {
        var decoder = HomeAssistantDiscovery()
        let topic = "home/bedroom/state"
        let state = #"{"temperature":23.20,"h":43.70,"door":"opened","battery":88}"#
        #expect(Decoding(&decoder, topic, state).problem == .missedBefore("an announcement of this topic"))
        #expect(Decoding(&decoder, "homeassistant/sensor/bedroom/t/config", Self.sensor).said == [])
        let short =
            #"{"~":"home/bedroom","stat_t":"~/state","dev_cla":"humidity","unit_of_meas":"%","val_tpl":"{{value_json.h|round(0)}}","uniq_id":"hum01ae","dev":{"ids":"bedroom01ae"}}"#
        #expect(Decoding(&decoder, "homeassistant/sensor/hum/config", short).said == [])
        let door =
            #"{"stat_t":"home/bedroom/state","dev_cla":"door","pl_on":"opened","pl_off":"closed","val_tpl":"{{value_json.door}}","uniq_id":"door","dev":{"ids":["bedroom01ae"]}}"#
        #expect(Decoding(&decoder, "homeassistant/binary_sensor/door/config", door).said == [])
        let battery =
            #"{"stat_t":"home/bedroom/state","dev_cla":"battery","unit_of_meas":"%","val_tpl":"{{value_json.battery}}","uniq_id":"a","dev":{"ids":["bedroom01ae"]}}"#
        #expect(Decoding(&decoder, "homeassistant/sensor/b/config", battery).said == [])
        let expected = ["open yes", "battery 88 % · network", "temperature 23.2 °C", "humidity 43.7 %"]
        #expect(Decoding(&decoder, topic, state).said == expected)
        #expect(Decoding(&decoder, topic, state).values.allSatisfy { $0.subject == "bedroom01ae" })
        #expect(decoder.topics == [topic])
        var restored = try HomeAssistantDiscovery().restored(from: decoder.bytes)
        #expect(Decoding(&restored, topic, state).said == expected)
        // What is announced and not sent is named.
        #expect(Decoding(&decoder, topic, #"{"temperature":20}"#).omissions.count == 3)
    }

    @Test("A plain value, and an entity that is taken back")
    func plain() {
        var decoder = HomeAssistantDiscovery()
        let config = #"{"stat_t":"water/meter","dev_cla":"water","unit_of_meas":"m³","uniq_id":"another id"}"#
        _ = Decoding(&decoder, "homeassistant/sensor/meter/config", config)
        #expect(Decoding(&decoder, "water/meter", "123.529").said == ["volume 123.529 m³"])
        #expect(Decoding(&decoder, "water/meter", "123.529").values.first?.subject == "another id")
        #expect(Decoding(&decoder, "homeassistant/sensor/meter/config", "").said == [])
        #expect(Decoding(&decoder, "water/meter", "1").problem?.reason == "missed before")
    }

    @Test("A device announced as a whole: one entity that is not understood does not take the others with it")
    func device() {
        var decoder = HomeAssistantDiscovery()
        let config = #"""
            {"dev":{"ids":"ea334450945afc","name":"Kitchen","mf":"Bla electronics","mdl":"xya"},"o":{"name":"bla2mqtt"},
             "cmps":{"a":{"p":"sensor","device_class":"temperature","unit_of_measurement":"°C",
              "value_template":"{{ value_json.temperature }}","unique_id":"temp01ae_t"},
             "b":{"p":"sensor","value_template":"{{ value_json.x * 2 }}","unique_id":"odd"},
             "c":{"p":"sensor","device_class":"humidity","unit_of_measurement":"%",
              "value_template":"{{ value_json.humidity }}","unique_id":"temp01ae_h"}},
             "state_topic":"sensorBedroom/state","qos":2}
            """#
        let problem = Decoding(&decoder, "homeassistant/device/ea334450945afc/config", config).problem
        #expect(problem == .notUnderstood("the value_template of device/ea334450945afc/b"))
        #expect(
            Decoding(&decoder, "sensorBedroom/state", #"{"temperature":21,"humidity":40,"x":1}"#).said
                == ["temperature 21 °C", "humidity 40 %"]
        )
        #expect(Decoding(&decoder, "homeassistant/device/ea334450945afc/config", "").problem == nil)
        #expect(decoder.topics.isEmpty)
    }

    @Test("Two entities with one class at one topic keep different names")
    func twice() {
        var decoder = HomeAssistantDiscovery()
        for probe in ["in", "out"] {
            let config =
                #"{"stat_t":"t","dev_cla":"temperature","val_tpl":"{{ value_json.\#(probe) }}","uniq_id":"\#(probe)"}"#
            _ = Decoding(&decoder, "homeassistant/sensor/\(probe)/config", config)
        }
        #expect(Decoding(&decoder, "t", #"{"in":20,"out":5}"#).said == ["temperature 20", "out 5"])
    }

    @Test("Entities without a state are left out, broken announcements are refused")
    func refused() {
        var decoder = HomeAssistantDiscovery()
        #expect(
            Decoding(&decoder, "homeassistant/button/x/config", "{}").problem
                == .leftOut("an entity of the kind button")
        )
        #expect(
            Decoding(&decoder, "homeassistant/sensor/x/config", "{}").problem
                == .missing(field: "state_topic")
        )
        #expect(Decoding(&decoder, "homeassistant/config", "{}").problem?.reason == "not understood")
        for count in 1..<Self.sensor.utf8.count {
            let prefix = String(decoding: Self.sensor.utf8.prefix(count), as: UTF8.self)
            #expect(
                Decoding(&decoder, "homeassistant/sensor/x/config", prefix).problem?.reason == "malformed"
            )
        }
        #expect(decoder.topics.isEmpty)
    }
}
