import Testing
import Units

@testable import Telemetry

@Suite("Shelly")
struct ShellyTests {
    @Test("First generation: one value a topic")
    func firstGeneration() {
        var decoder = ShellyGen1()
        func said(_ topic: String, _ payload: String) -> String {
            Decoding(&decoder, "shellies/\(topic)", payload).said.joined(separator: ", ")
        }
        #expect(said("shellyflood-B92C1E/sensor/flood", "true") == "leak yes")
        #expect(said("shellyflood-B92C1E/sensor/temperature", "21.38") == "temperature 21.38 °C")
        #expect(said("shellyflood-B92C1E/sensor/battery", "95") == "battery 95 % · network")
        #expect(said("shellydw2-1/sensor/state", "close") == "open no")
        #expect(said("shellydw2-1/sensor/tilt", "14") == "angle 14 °")
        // -1 is that nobody knows it.
        #expect(said("shellydw2-1/sensor/tilt", "-1") == "")
        #expect(said("shellyswitch25-1/roller/0/pos", "40") == "opening 40 %")
        #expect(said("shellyswitch25-1/roller/0/pos", "-1") == "")
        #expect(said("shelly1pm-1/relay/0", "on") == "relay yes")
        #expect(said("shelly1pm-1/relay/0/power", "25.30") == "power 25.3 W")
        #expect(said("shelly1pm-1/relay/0/energy", "600") == "energy 10 Wh")
        #expect(said("shellyswitch25-1/relay/1/power", "7") == "power2 7 W")
        #expect(said("shellyem3-1/emeter/2/total", "12345.6") == "energy3 12345.6 Wh")
        #expect(
            said("shellybutton1-1/input_event/0", #"{"event":"S","event_cnt":2}"#)
                == "button \"S\", presses 2"
        )
        #expect(said("shellygas-1/sensor/gas", "heavy") == "gasAlarm yes")
        // A test is no alarm, and is not lost.
        #expect(said("shellygas-1/sensor/gas", "test") == "gasAlarm \"test\" · doubtful")
        #expect(said("shelly1-1/online", "false") == "online no · network")
        #expect(said("shellyht-1/sensor/error", "0") == "sensor/error 0")
        #expect(said("shellyplug-1/temperature_f", "80") == "")
        #expect(Decoding(&decoder, "shellies/announce", "{}").problem?.reason == "left out")
        #expect(Decoding(&decoder, "shellies/shelly1-1/relay/0/command", "on").problem?.reason == "left out")
        #expect(Decoding(&decoder, "shellies/shelly1-1", "on").problem?.reason == "not understood")
        #expect(Decoding(&decoder, "elsewhere/a/b", "on").problem?.reason == "not understood")
    }

    @Test("First generation: a radiator valve, and probes on an add-on")
    func valveAndProbes() {
        var decoder = ShellyGen1()
        func said(_ topic: String, _ payload: String) -> [String] {
            Decoding(&decoder, "shellies/\(topic)", payload).said
        }
        let thermostat =
            #"{"pos":12.5,"target_t":{"value":21,"units":"C"},"tmp":{"value":20.6,"units":"C"}}"#
        let valve = [
            "opening 12.5 %", "targetTemperature 21 °C", "temperature 20.6 °C", "battery 88 % · network",
            "battery 3.9 V · network",
        ]
        for message in ["info", "status"] {
            let payload = #"{"thermostats":[\#(thermostat)],"bat":{"value":88,"voltage":3.9}}"#
            #expect(said("shellytrv-588E/\(message)", payload) == valve)
        }
        let fahrenheit = thermostat.replacing(#""C""#, with: #""F""#)
        #expect(
            said("shellytrv-588E/status", #"{"thermostats":[\#(fahrenheit)]}"#)
                == ["opening 12.5 %", "targetTemperature 21 °F", "temperature 20.6 °F"]
        )
        #expect(
            said(
                "shelly1-B929/ext_temperatures",
                #"{"0":{"hwID":"28ff","tC":21.5,"tF":70.7},"1":{"hwID":"28fe","tC":-3,"tF":26.6}}"#
            ) == [
                "ext_temperatures.0.hwID \"28ff\"", "probeTemperature 21.5 °C",
                "ext_temperatures.1.hwID \"28fe\"", "probeTemperature2 -3 °C",
            ]
        )
    }

    @Test("First generation: the time that a motion sensor says is that of the last motion")
    func motion() {
        var decoder = ShellyGen1()
        let message =
            #"{"motion":true,"timestamp":1767598000,"active":true,"vibration":false,"lux":55,"bat":98}"#
        let decoding = Decoding(&decoder, "shellies/shellymotionsensor-60A4/status", message)
        #expect(
            decoding.said == [
                "motion yes", "armed yes", "vibration no", "illuminance 55 lx", "battery 98 % · network",
            ]
        )
        #expect(
            decoding.values[0].clock == .device && decoding.values[0].at == Moment(seconds: 1_767_598_000)
        )
        #expect(decoding.values.dropFirst().allSatisfy { $0.clock == .arrival && $0.at == Decoding.arrival })
        let still = message.replacing(#""motion":true"#, with: #""motion":false"#)
        let after = Decoding(&decoder, "shellies/shellymotionsensor-60A4/status", still)
        #expect(after.said.first == "motion no" && after.said.contains("status.timestamp 1767598000"))
        #expect(after.values.allSatisfy { $0.clock == .arrival })
    }

    @Test("Every recorded status says what is measured, with its time")
    func recorded() throws {
        var said: [[String]] = []
        for message in try Decoding.messages(of: "shelly-status") {
            let decoding: Decoding
            if message.contains(#""fs_size":233681"#) {
                var decoder = ShellyGen1()
                decoding = Decoding(&decoder, "shellies/shelly-1/info", message)
            } else {
                var decoder = ShellyRPC()
                let notice =
                    #"{"src":"shelly-1","dst":"shelly-1/events","method":"NotifyFullStatus","params":\#(message)}"#
                decoding = Decoding(&decoder, "shelly-1/events/rpc", notice)
            }
            #expect(decoding.problem == nil && decoding.values.allSatisfy { $0.subject == "shelly-1" })
            said.append(decoding.values.filter { !$0.quality.contains(.network) }.map(\.said))
        }
        #expect(said == Self.recordedReadings)
    }

    static let recordedReadings: [[String]] = [
        [
            "probeTemperature 23.06 °C", "power 0 W", "energy 0 Wh", "heatAlarm no", "relay no",
            "deviceTemperature 33.89 °C",
        ],
        ["gas 0 ppm", "gasAlarm no"],
        // 2 632 watt-minutes.
        [
            "power 0 W", "energy 43.86666666666667 Wh", "heatAlarm no", "relay no",
            "deviceTemperature 24.14 °C",
        ],
        [
            "input no", "energy 110.046 Wh", "power 0 W", "current 0 A", "relay no",
            "deviceTemperature 30.3 °C", "voltage 232.8 V",
        ],
        [
            "power1 375.5 W", "apparentPower1 547.4 VA", "current1 2.392 A", "frequency 50 Hz",
            "powerFactor1 0.76",
            "voltage1 229 V", "power2 170.8 W", "apparentPower2 237.2 VA", "current2 1.037 A",
            "em:0.b_freq 50",
            "powerFactor2 0.78", "voltage2 229 V", "power3 12.7 W", "apparentPower3 97.8 VA",
            "current3 0.428 A",
            "em:0.c_freq 50", "powerFactor3 0.53", "voltage3 229.2 V", "power 558.965 W",
            "apparentPower 882.413 VA",
            "current 3.856 A", "energy1 2034616.71 Wh", "energyExported1 0 Wh", "energy2 185686.89 Wh",
            "energyExported2 40.7 Wh", "energy3 369469.8 Wh", "energyExported3 985.91 Wh",
            "energy 2589773.39 Wh",
            "energyExported 1026.61 Wh", "temperature 46.6 °C",
        ],
        [
            "awaiting_auth_code no", "humidity 43.8 %", "light \"twilight\"", "illuminance 30 lx", "input no",
            "relay no",
            "temperature 21.3 °C", "thermostat:0.current_C 21.3", "thermostat:0.enable yes",
            "thermostat:0.output no",
            "thermostat:0.schedules.enable no", "targetTemperature 21 °C",
        ],
        [
            "energy 314.614 Wh", "power 0 W", "current 0 A", "opening 100 %", "frequency 50 Hz",
            "cover:0.last_direction \"open\"", "powerFactor 0", "cover:0.pos_control yes", "state \"open\"",
            "deviceTemperature 52 °C", "voltage 219.2 V", "number:200.value 4",
        ],
        [
            "temperature 21 °C", "blutrv:200.paired yes", "opening 0 %", "blutrv:200.rpc yes",
            "targetTemperature 19 °C",
        ],
        ["input no", "relay no", "deviceTemperature 64.4 °C"],
    ]

    @Test("Later generations: a notice of the documentation")
    func notice() {
        var decoder = ShellyRPC()
        let message =
            #"{"src":"shellypro4pm-f008d1d8b8b8","dst":"shellypro4pm-f008d1d8b8b8/events","method":"NotifyStatus","params":{"ts":1631186545.04,"switch:2":{"id":2,"output":true,"source":"button"}}}"#
        let decoding = Decoding(&decoder, "building/shelly7/events/rpc", message)
        #expect(decoding.said == ["relay3 yes"])
        #expect(decoding.values.allSatisfy { $0.subject == "building/shelly7" && $0.clock == .device })
        #expect(decoding.values.first?.at == Moment(microseconds: 1_631_186_545_040_000))
    }

    @Test("Later generations: the status of a component, and a device that is gone")
    func status() {
        var decoder = ShellyRPC()
        let message =
            #"{"id":0,"apower":8.9,"aenergy":{"total":6.532,"by_minute":[45.1]},"temperature":{"tC":23.5,"tF":74.4}}"#
        let decoding = Decoding(&decoder, "shellyplus1pm-a8/status/switch:0", message)
        #expect(decoding.said.contains("power 8.9 W") && decoding.said.contains("energy 6.532 Wh"))
        #expect(decoding.said.contains("deviceTemperature 23.5 °C"))
        #expect(decoding.values.allSatisfy { $0.subject == "shellyplus1pm-a8" && $0.clock == .arrival })
        #expect(Decoding(&decoder, "shellyplus1pm-a8/online", "false").said == ["online no · network"])
        #expect(
            Decoding(&decoder, "plus-smoke/status/smoke:0", #"{"alarm":true,"mute":false}"#).said.first
                == "smoke yes"
        )
    }

    @Test("Later generations: every press of a button is a reading at its own time")
    func events() {
        var decoder = ShellyRPC()
        let message =
            #"{"src":"shellyplusi4-1","dst":"x","method":"NotifyEvent","params":{"ts":1631266595.44,"events":[{"component":"input:0","id":0,"event":"single_push","ts":1631266595.44},{"component":"input:3","id":3,"event":"long_push","ts":1631266596},{"component":"sys","event":"sleep","ts":1631266597}]}}"#
        let decoding = Decoding(&decoder, "shellyplusi4-1/events/rpc", message)
        #expect(
            decoding.said == ["button \"single_push\"", "button4 \"long_push\"", "event \"sleep\" · network"]
        )
        #expect(
            decoding.values.map(\.at.microseconds) == [
                1_631_266_595_440_000, 1_631_266_596_000_000, 1_631_266_597_000_000,
            ]
        )
    }

    static func event(_ events: String) -> String {
        #"{"src":"shellyplus1-a8","dst":"x","method":"NotifyEvent","params":{"ts":1767598262,"events":[\#(events)]}}"#
    }

    @Test("Later generations: a change of settings is no press of a button")
    func settings() {
        var decoder = ShellyRPC()
        let events =
            #"{"component":"bthome","event":"device_discovered","device":{"mac":"aa","rssi":-60}},"#
            + #"{"component":"input:0","id":0,"event":"config_changed","cfg_rev":12,"restart_required":false},"#
            + #"{"component":"bthomesensor:200","id":200,"event":"config_changed"},"#
            + #"{"component":"switch:0","id":0,"event":"overheated"}"#
        let decoding = Decoding(&decoder, "shellyplus1-a8/events/rpc", Self.event(events))
        #expect(
            decoding.said == [
                "event \"device_discovered\" · network", "event \"config_changed\" · network",
                "gateway \"shellyplus1-a8\" · network", "event \"config_changed\" · network",
                "event \"overheated\"",
            ]
        )
        #expect(
            decoding.omissions == [
                "device: a detail of an event", "cfg_rev: a detail of an event",
                "restart_required: a detail of an event",
            ]
        )
    }

    @Test("Later generations: the keys of a remote control are told apart, and so are two of them")
    func remotes() {
        var decoder = ShellyRPC()
        func said(_ component: String, _ rest: String) -> [String] {
            let event = #"{"component":"\#(component)","event":"single_push"\#(rest)}"#
            let values = Decoding(&decoder, "site/gate/events/rpc", Self.event(event)).values
            return values.filter { !$0.quality.contains(.network) }.map { "\($0.subject) \($0.said)" }
        }
        let first = "site/gate/bthomedevice:200"
        #expect(said("bthomedevice:200", #","id":200,"idx":0"#) == ["\(first) button \"single_push\""])
        #expect(said("bthomedevice:200", #","id":200,"idx":2"#) == ["\(first) button3 \"single_push\""])
        let second = "site/gate/bthomedevice:299"
        #expect(said("bthomedevice:299", #","id":299,"idx":2"#) == ["\(second) button3 \"single_push\""])
        // As firmware before 1.6 says it.
        let sensor = "site/gate/bthomesensor:201"
        #expect(said("bthomesensor:201", #","id":201"#) == ["\(sensor) button \"single_push\""])
    }

    @Test("Later generations: what a script hears of Bluetooth sensors is said of them")
    func beacons() {
        var decoder = ShellyRPC()
        func decoding(_ data: String) -> Decoding {
            let event = #"{"component":"script:1","id":1,"event":"shelly-blu",\#(data)}"#
            return Decoding(&decoder, "gate/events/rpc", Self.event(event))
        }
        let begin = ["gateway \"gate\" · network", "event \"shelly-blu\""]
        let packet =
            #""encryption":false,"BTHome_version":2,"pid":33,"rssi":-66,"address":"3c:2e:f5:00:00:01""#
        let press = decoding(#""data":{"battery":100,"button":1,\#(packet)}"#)
        #expect(
            press.said == begin + [
                "button \"single_push\"", "battery 100 % · network", "signal -66 dBm · network",
            ]
        )
        #expect(press.values.allSatisfy { $0.subject == "3c:2e:f5:00:00:01" })
        #expect(press.omissions.isEmpty)
        let climate = decoding(#""data":{"humidity":50,"temperature":19.7,"button":[0,254,9],\#(packet)}"#)
        #expect(
            climate.said == begin + [
                "button2 \"hold_press\"", "button3 \"9\" · doubtful", "humidity 50 %", "temperature 19.7 °C",
                "signal -66 dBm · network",
            ]
        )
        #expect(climate.omissions == ["button: null"])
        let door = decoding(#""battery":9,"window":1,"motion":0,"rotation":-4.5,\#(packet)"#)
        #expect(
            door.said == begin + [
                "battery 9 % · network", "open yes", "motion no", "angle -4.5 °", "signal -66 dBm · network",
            ]
        )
    }

    @Test(
        "Later generations: an event with odd names, or twice, is read as far as it says something",
        arguments: [
            #"{"event":"x","":{"":{"":1}},".":2,"..":3}"#, #"{"event":"x"}],"events":[7,[8]"#, "{}", "7",
        ]
    )
    func odd(_ event: String) {
        var decoder = ShellyRPC()
        let decoding = Decoding(&decoder, "gate/events/rpc", Self.event(event))
        #expect(decoding.problem == nil)
        #expect(decoding.said == (event.contains("x") ? ["event \"x\""] : []))
    }

    @Test("Later generations: what an event says besides is omitted by name")
    func details() {
        var decoder = ShellyRPC()
        let event =
            #"{"component":"emdata:0","id":0,"event":"data","data":{"ts":1767598200,"period":60,"values":[[1,2],[3,4]]}}"#
        let decoding = Decoding(&decoder, "pro3em/events/rpc", Self.event(event))
        #expect(decoding.said == ["event \"data\""])
        #expect(
            decoding.omissions
                == ["data.ts", "data.period", "data.values"].map { "\($0): a detail of an event" }
        )
    }

    @Test("Orders and their answers are left out, the answer to a question for the status is read")
    func rpc() {
        var decoder = ShellyRPC()
        let order = #"{"id":1,"src":"me","method":"Switch.Set","params":{"id":0,"on":true}}"#
        #expect(Decoding(&decoder, "shelly-1/rpc", order).problem == .leftOut("an order to a device"))
        let done = #"{"id":1,"src":"shelly-1","dst":"me","result":{"was_on":false}}"#
        #expect(Decoding(&decoder, "me/rpc", done).problem == .leftOut("the answer to an order"))
        let answer =
            #"{"id":2,"src":"shelly-1","dst":"me","result":{"sys":{"unixtime":1767598262},"flood:0":{"alarm":true}}}"#
        let decoding = Decoding(&decoder, "me/rpc", answer)
        #expect(decoding.said.last == "leak yes" && decoding.values.last?.subject == "shelly-1")
        #expect(decoding.values.last?.at == Moment(seconds: 1_767_598_262))
    }

    @Test("Every beginning of a message is refused, and nothing that is changed in it crashes")
    func damage() throws {
        for message in try Decoding.messages(of: "shelly-status").prefix(1) {
            Decoding.checkDamage(ShellyGen1(), [UInt8](message.utf8), topic: "shellies/s/info", seed: 3)
        }
        let notice =
            #"{"src":"s","method":"NotifyStatus","params":{"ts":1631186545.04,"smoke:0":{"alarm":true}}}"#
        Decoding.checkDamage(ShellyRPC(), [UInt8](notice.utf8), topic: "s/events/rpc", seed: 4)
    }
}
