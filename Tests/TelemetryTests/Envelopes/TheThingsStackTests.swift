import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("The Things Stack")
struct TheThingsStackTests {
    static let topic = "v3/app1@tenant/devices/dev1/up"

    @Test("The documented messages become readings, or are left out by name")
    func documented() throws {
        var outcomes: [String] = []
        for message in try Decoding.messages(of: "the-things-stack") {
            var decoder = TheThingsStack()
            outcomes.append(Decoding(&decoder, Self.topic, message).said.joined(separator: ", "))
        }
        let left = "which says nothing that is measured now"
        #expect(
            outcomes == [
                "frameCounter 202 · network, signal -27 dBm · network, signalToNoise 9.2 dB · network, "
                    + "gateway \"gw1\" · network, gateways 1 · network, humidity 44 %, temperature 32 °C",
                "left out: a device joined the network, \(left)",
                "left out: a downlink was queued, \(left)",
                "left out: a downlink was acknowledged, \(left)",
                "left out: a downlink failed, \(left)",
                "left out: a downlink failed, \(left)",
                "left out: an order for a downlink, \(left)",
                "left out: a device joined the network, \(left)",
                "signal -35 dBm · network, signalToNoise 5 dB · network, gateway \"eui-0242020000247803\" · network, "
                    + "gateways 1 · network",
                "left out: a downlink was acknowledged, \(left)",
                "frameCounter 113 · network, temperature3 27.200000762939453 °C, temperature5 25.5 °C",
                "frameCounter 113 · network, pressure 1017.5 hPa, temperature 22.200000762939453 °C",
                "temperature -21.3 °C, battery 3250 · network, event \"setup\", light 1152, "
                    + "recvTime \"Tue Jan 21 2025 17:56:54 GMT+0100 (CET)\"",
                "temperature -21.3 °C",
                "\"uplink_message\" is missing",
                "signal 42 dBm · network, signalToNoise 4.2 dB · network, gateway \"test\" · network, "
                    + "gateways 1 · network",
            ]
        )
    }

    @Test("Normalized measurements have their units and their own times, where no profile knows the device")
    func normalized() {
        var decoder = TheThingsStack()
        func decoding(_ model: String, _ members: String) -> Decoding {
            Decoding(
                &decoder,
                Self.topic,
                #"{"uplink_message":{"received_at":"2026-01-05T07:31:02Z","f_port":85,"#
                    + #""version_ids":{\#(model)},\#(members)}}"#
            )
        }
        let list =
            #""normalized_payload":[{"air":{"temperature":-21.3,"lightIntensity":12},"battery":3.6,"#
            + #""time":"2026-01-05T07:31:00Z"},{"air":{"temperature":-20},"time":"2026-01-05T06:31:00Z"},"#
            + #"{"water":{"leak":true},"action":{"contactState":"open"},"metering":{"water":{"total":17}}}]"#
        let said = [
            "temperature -21.3 °C", "illuminance 12 lx", "battery 3.6 V · network",
            "temperature -20 °C · historical",
            "leak yes", "open yes", "volume 17 L",
        ]
        let unknown = decoding("", #""decoded_payload":{"temperature":-21.3,"mode":3},\#(list)"#)
        #expect(unknown.said == said + ["mode 3"])
        #expect(unknown.values.map(\.clock).prefix(5) == [.device, .device, .device, .device, .network])
        #expect(unknown.values[0].at == Moment(iso8601: "2026-01-05T07:31:00Z"))
        #expect(unknown.values[3].at == Moment(iso8601: "2026-01-05T06:31:00Z"))
        #expect(unknown.values[4].at == Moment(iso8601: "2026-01-05T07:31:02Z"))
        #expect(decoding("", list).said == said)
        // Nothing decoded: the codec reads the frame.
        let milesight = #""brand_id":"milesight","model_id":"em300-th""#
        let frame = ["battery 92 % · network", "temperature 30.8 °C"]
        let bytes = #""frm_payload":"AXVcA2c0AQ==""#
        #expect(decoding(milesight, #""decoded_payload":{},\#(bytes)"#).said == frame)
        #expect(decoding(milesight, #""decoded_payload":{},"normalized_payload":[],\#(bytes)"#).said == frame)
        // The profile knows more words than the normalized form has.
        #expect(
            decoding(
                milesight,
                #""decoded_payload":{"battery":92,"temperature":1},"normalized_payload":[{"air":{"temperature":1}}]"#
            ).said == ["battery 92 % · network", "temperature 1 °C"]
        )
    }

    static func uplink(
        count: Int,
        received: String,
        gateways: String = #"{"gateway_ids":{"gateway_id":"gw1"},"rssi":-90,"snr":2}"#
    ) -> String {
        #"{"end_device_ids":{"device_id":"dev1","dev_eui":"0004a30b001c0530"},"received_at":"\#(received)","#
            + #""uplink_message":{"f_cnt":\#(count),"received_at":"\#(received)","rx_metadata":[\#(gateways)],"#
            + #""decoded_payload":{"leak":true}}}"#
    }

    @Test("The subject is the DevEUI in capital letters, the time that of the network")
    func subjectAndTime() throws {
        var decoder = TheThingsStack()
        let message = Self.uplink(count: 7, received: "2026-01-05T07:31:02.120456789Z")
        let readings = Decoding(&decoder, Self.topic, message)
        let leak = try #require(readings.values.last)
        #expect(leak.subject == "0004A30B001C0530")
        #expect(leak.at == Moment(iso8601: "2026-01-05T07:31:02.120456Z") && leak.clock == .network)
        #expect(leak.value == .flag(true) && leak.quality.isEmpty)
    }

    @Test("Of several gateways the one with the strongest signal is named")
    func gateways() throws {
        var decoder = TheThingsStack()
        let gateways =
            #"{"gateway_ids":{"gateway_id":"far"},"rssi":-110,"snr":-7},"#
            + #"{"gateway_ids":{"gateway_id":"near"},"rssi":-60,"snr":9},"#
            + #"{"gateway_ids":{"gateway_id":"other"},"rssi":-61,"snr":10}"#
        let message = Self.uplink(count: 1, received: "2026-01-05T07:31:02Z", gateways: gateways)
        let lines = Decoding(&decoder, Self.topic, message).said
        #expect(
            lines == [
                "frameCounter 1 · network", "signal -60 dBm · network", "signalToNoise 9 dB · network",
                "gateway \"near\" · network", "gateways 3 · network", "leak yes",
            ]
        )
    }

    @Test("What a gateway stored and sent later is history, at the time when the gateway heard it")
    func stored() throws {
        var decoder = TheThingsStack()
        func at(_ time: String) -> String {
            #"{"gateway_ids":{"gateway_id":"gw1"},"rssi":-90,"time":"\#(time)"}"#
        }
        let late = Self.uplink(
            count: 1,
            received: "2026-01-05T08:00:00Z",
            gateways: at("2026-01-05T07:31:02Z")
        )
        let stored = Decoding(&decoder, Self.topic, late)
        #expect(stored.values.allSatisfy { $0.quality.contains(.historical) && $0.clock == .network })
        #expect(stored.values.last?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
        // A second gateway that was on line heard it as well: it is live.
        let both = at("2026-01-05T07:31:02Z") + "," + at("2026-01-05T07:59:59Z")
        let heard = Self.uplink(count: 2, received: "2026-01-05T08:00:00Z", gateways: both)
        let live = Decoding(&decoder, Self.topic, heard)
        #expect(live.values.allSatisfy { !$0.quality.contains(.historical) })
        #expect(live.values.last?.at == Moment(iso8601: "2026-01-05T08:00:00Z"))
        // The clock of a gateway without the time is ahead: it says nothing.
        let ahead = Self.uplink(
            count: 3,
            received: "2026-01-05T08:01:00Z",
            gateways: at("2036-01-05T07:31:02Z")
        )
        let taken = Decoding(&decoder, Self.topic, ahead)
        #expect(taken.values.last?.at == Moment(iso8601: "2026-01-05T08:01:00Z"))
    }

    @Test("A frame for the second time is left out; a reset and missed frames are said; a join begins anew")
    func counting() throws {
        var decoder = TheThingsStack()
        _ = Decoding(&decoder, Self.topic, Self.uplink(count: 7, received: "2026-01-05T07:31:02Z")).said
        let second = Self.uplink(count: 7, received: "2026-01-05T07:31:09Z")
        #expect(Decoding(&decoder, Self.topic, second).problem == .leftOut("frame 7 for the second time"))
        let gap = Decoding(&decoder, Self.topic, Self.uplink(count: 10, received: "2026-01-05T07:41:02Z"))
            .said
        #expect(gap.contains("missedFrames 2 · network"))
        let reset = Decoding(&decoder, Self.topic, Self.uplink(count: 0, received: "2026-01-05T08:41:02Z"))
            .said
        #expect(reset.contains("frameCounterReset yes · network"))
        let join = #"{"end_device_ids":{"device_id":"dev1","dev_eui":"0004A30B001C0530"},"join_accept":{}}"#
        #expect(Decoding(&decoder, Self.topic, join).problem?.reason == "left out")
        let anew = Decoding(&decoder, Self.topic, Self.uplink(count: 0, received: "2026-01-05T08:41:12Z"))
            .said
        #expect(anew.first == "frameCounter 0 · network" && anew.last == "leak yes")
    }

    @Test("A frame that was overtaken by seconds is live, one that comes hours later is history")
    func overtaken() {
        var decoder = TheThingsStack()
        for (count, received) in [(7, "07:31:02"), (9, "07:31:05")] {
            let message = Self.uplink(count: count, received: "2026-01-05T\(received)Z")
            _ = Decoding(&decoder, Self.topic, message)
        }
        let overtaken = Self.uplink(count: 8, received: "2026-01-05T07:31:04Z")
        #expect(Decoding(&decoder, Self.topic, overtaken).said.last == "leak yes")
        let late = Self.uplink(count: 6, received: "2026-01-05T05:00:00Z")
        #expect(Decoding(&decoder, Self.topic, late).said.last == "leak yes · historical")
    }

    static func measurement(_ payload: String, count: Int, received: String, heard: String = "") -> String {
        let time = heard.isEmpty ? "" : #","time":"\#(heard)""#
        return #"{"end_device_ids":{"device_id":"dev1","dev_eui":"0004a30b001c0530"},"uplink_normalized":"#
            + #"{"f_cnt":\#(count),"received_at":"\#(received)","rx_metadata":[{"gateway_ids":{"gateway_id":"gw1"},"#
            + #""rssi":-90,"snr":2\#(time)}],"normalized_payload":\#(payload)}}"#
    }

    @Test("A measurement for the second time is left out, another one of the same frame is not")
    func measurements() {
        var decoder = TheThingsStack()
        func said(_ message: String) -> String {
            Decoding(&decoder, Self.topic, message).said.last ?? ""
        }
        func measurement(_ payload: String, _ count: Int = 7, _ time: String = "07:31:02") -> String {
            Self.measurement(payload, count: count, received: "2026-01-05T\(time)Z")
        }
        let up = Self.uplink(count: 7, received: "2026-01-05T07:31:02Z")
        let second = "left out: frame 7 for the second time, which says nothing that is measured now"
        #expect(said(up) == "leak yes")
        #expect(said(measurement(#"{"air":{"temperature":21.5,"co2":400}}"#)) == "co2 400 ppm")
        #expect(said(measurement(#"{"air":{"temperature":22}}"#)) == "temperature 22 °C")
        #expect(said(up) == second)
        #expect(said(measurement(#"{"air":{"co2":400,"temperature":21.5}}"#, 7, "07:31:04")) == second)
        #expect(said(measurement(#"{"air":{"temperature":22}}"#)) == second)
        #expect(said(measurement(#"{"air":{"temperature":22}}"#, 8, "07:41:02")) == "temperature 22 °C")
        // Counted anew.
        #expect(said(measurement(#"{"air":{"temperature":21.5}}"#, 0, "08:41:02")) == "temperature 21.5 °C")
        #expect(said(measurement(#"{"air":{"temperature":22}}"#, 0, "08:41:02")) == "temperature 22 °C")
    }

    @Test("A measurement says what its frame does, and gaps only where no frame does")
    func measurementFacts() {
        let alone = [3, 6].map { count in
            Self.measurement(
                #"{"air":{"temperature":22}}"#,
                count: count,
                received: "2026-01-05T07:\(30 + count):02Z"
            )
        }
        let facts = [
            "frameCounter 6 · network", "signal -90 dBm · network", "signalToNoise 2 dB · network",
            "gateway \"gw1\" · network", "gateways 1 · network", "temperature 22 °C",
        ]
        var decoder = TheThingsStack()
        _ = Decoding(&decoder, Self.topic, alone[0])
        let gap = Decoding(&decoder, Self.topic, alone[1]).said
        #expect(gap == facts.prefix(1) + ["missedFrames 2 · network"] + facts.dropFirst())
        var both = TheThingsStack()
        _ = Decoding(&both, Self.topic, Self.uplink(count: 3, received: "2026-01-05T07:33:02Z"))
        _ = Decoding(&both, Self.topic, alone[0])
        #expect(Decoding(&both, Self.topic, alone[1]).said == facts)
    }

    @Test("A measurement that a gateway stored and sent later is history")
    func storedMeasurement() {
        var decoder = TheThingsStack()
        let message = Self.measurement(
            #"{"air":{"temperature":22}}"#,
            count: 1,
            received: "2026-01-05T08:00:00Z",
            heard: "2026-01-05T06:00:00Z"
        )
        let values = Decoding(&decoder, Self.topic, message).values
        #expect(values.allSatisfy { $0.quality.contains(.historical) && $0.clock == .network })
        #expect(values.last?.at == Moment(iso8601: "2026-01-05T06:00:00Z"))
        // Of a server that passes on the newer frame first, every measurement of the older one.
        for (count, time, words) in [(9, "08:30:00", ""), (8, "08:10:00", " · historical")] {
            for payload in [#"{"air":{"co2":400}}"#, #"{"air":{"co2":401}}"#] {
                let message = Self.measurement(payload, count: count, received: "2026-01-05T\(time)Z")
                let said = Decoding(&decoder, Self.topic, message).said.last
                #expect(said?.hasSuffix("ppm\(words)") == true)
            }
        }
    }

    @Test("The battery that the network asked for has the time when the device answered")
    func battery() throws {
        var decoder = TheThingsStack()
        func decoding(_ count: Int, _ members: String) -> Decoding {
            let message = Self.uplink(count: count, received: "2026-01-05T07:31:02Z")
                .replacing(#""decoded_payload""#, with: "\(members),\"decoded_payload\"")
            return Decoding(&decoder, Self.topic, message)
        }
        func answer(_ time: String) -> String {
            #""last_battery_percentage":{"f_cnt":5,"value":3.9,"received_at":"2026-01-05T\#(time)Z"}"#
        }
        let old = decoding(1, answer("05:31:02"))
        #expect(old.said.suffix(2) == ["leak yes", "battery 3.9 % · network · historical"])
        #expect(old.values.last?.at == Moment(iso8601: "2026-01-05T05:31:02Z"))
        #expect(decoding(2, answer("07:31:02")).said.last == "battery 3.9 % · network")
        let none = decoding(3, #""last_battery_percentage":{"f_cnt":5,"value":null}"#)
        #expect(none.said.last == "leak yes" && none.omissions == ["last_battery_percentage: null"])
    }

    @Test("What it has counted goes through a snapshot")
    func snapshot() throws {
        var decoder = TheThingsStack()
        let measured = Self.measurement(
            #"{"air":{"temperature":22}}"#,
            count: 7,
            received: "2026-01-05T07:31:02Z"
        )
        _ = Decoding(&decoder, Self.topic, measured)
        _ = Decoding(&decoder, Self.topic, Self.uplink(count: 7, received: "2026-01-05T07:31:02Z")).said
        var restored = try TheThingsStack().restored(from: decoder.bytes)
        #expect(restored.bytes == decoder.bytes)
        let again = Self.uplink(count: 7, received: "2026-01-05T07:31:03Z")
        #expect(Decoding(&restored, Self.topic, again).problem?.reason == "left out")
        #expect(Decoding(&restored, Self.topic, measured).problem?.reason == "left out")
        for count in 0..<decoder.bytes.count {
            #expect(throws: DecoderSnapshotProblem.self) {
                try TheThingsStack().restored(from: Array(decoder.bytes.prefix(count)))
            }
        }
        #expect(throws: DecoderSnapshotProblem.version(found: 9, known: 2)) {
            try TheThingsStack().restored(from: [9] + decoder.bytes.dropFirst())
        }
    }

    @Test("Every beginning of a message is refused, and nothing that is changed in it crashes")
    func damage() throws {
        Decoding.checkDamage(
            TheThingsStack(),
            [UInt8](try Decoding.messages(of: "the-things-stack")[0].utf8),
            topic: Self.topic,
            seed: 1
        )
    }
}
