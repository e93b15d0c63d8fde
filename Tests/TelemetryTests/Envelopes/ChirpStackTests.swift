import Testing
import Units

@testable import Telemetry

@Suite("ChirpStack")
struct ChirpStackTests {
    static let four = "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/0101010101010101/event/"
    static let info = #""deviceInfo":{"deviceProfileName":"Test device-profile","devEui":"0101010101010a01"}"#

    /// The example of the documentation of version 4, with a decoded object.
    static let up = #"""
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2022-07-18T09:34:15.775023242+00:00",
         "deviceInfo":{"tenantName":"ChirpStack","deviceProfileName":"Test device-profile","deviceName":"Test device",
         "devEui":"0101010101010101","tags":{"key":"value"}},"devAddr":"00189440","dr":1,"fPort":1,"data":"qg==",
         "object":{"temperature":21.5,"leak":1.0,"list":[],"door":{"open":false}},
         "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-36,"snr":10.5,"context":"E3OWOQ==",
         "metadata":{"region_name":"eu868"}}],"txInfo":{"frequency":867100000}}
        """#

    @Test("An uplink of version 4")
    func uplinkOfFour() throws {
        var decoder = ChirpStack()
        let decoding = Decoding(&decoder, Self.four + "up", Self.up)
        #expect(
            decoding.said == [
                "signal -36 dBm · network", "signalToNoise 10.5 dB · network",
                "gateway \"0016C001F153A14C\" · network", "gateways 1 · network", "temperature 21.5 °C",
                "leak yes",
                "door.open no",
            ]
        )
        #expect(decoding.omissions == ["list: an object"])
        #expect(decoding.values.allSatisfy { $0.subject == "0101010101010101" && $0.clock == .network })
        #expect(decoding.values.first?.at == Moment(iso8601: "2022-07-18T09:34:15.775023Z"))
    }

    @Test(
        "The name of a device profile is maker and model, however people join them",
        arguments: [
            "em300-zld", "Milesight EM300-ZLD", "milesight/em300-zld", "milesight-em300-zld",
            "MILESIGHT_EM300-ZLD", "Milesight IoT EM300-ZLD", "milesight-iot/em300-zld",
        ]
    )
    func typeName(_ name: String) {
        var decoder = ChirpStack()
        func said(_ members: String) -> [String] {
            Decoding(
                &decoder,
                Self.four + "up",
                #"{"deviceInfo":{"deviceProfileName":"\#(name)","devEui":"0101010101010a01"},"rxInfo":[],\#(members)}"#
            ).said
        }
        #expect(said(#""fPort":85,"object":{"leakage_status":"leak"}"#) == ["leak yes"])
        // The frame says the same: battery 92, temperature 30.8, a leak.
        let frame = said(#""fPort":85,"data":"AXVcA2c0AQUAAQ==""#)
        #expect(frame == ["battery 92 % · network", "temperature 30.8 °C", "leak yes"])
    }

    @Test("A maker that nobody here knows, and a model that is an ordinary word, pick no profile")
    func unknownTypeName() {
        for (name, vendor, model) in [
            ("Acme Thing 5", "Acme", "Thing 5"), ("thing", "", "thing"), ("acme/box 5", "acme", "box 5"),
            ("-", "", "-"),
            ("dragino-", "", "dragino-"),
            ("nke Watteco inso", "nke-watteco", "inso"), ("b-meters hydrodigit", "bmeters", "hydrodigit"),
        ] {
            let type = DeviceTypeName(name)
            #expect(type.vendor == vendor && type.model == model)
        }
    }

    @Test("A frame that nobody reads says whose it is; the author may say what reads it")
    func device() {
        func decoding(
            _ decoder: ChirpStack,
            _ name: String,
            _ members: String,
            port: Int = 85
        ) -> Decoding {
            var decoder = decoder
            return Decoding(
                &decoder,
                Self.four + "up",
                #"{"deviceInfo":{"deviceProfileName":"\#(name)","devEui":"0101010101010a01"},"fPort":\#(port),\#(members)}"#
            )
        }
        let frame = #""data":"AXVcA2c0AQ==""#
        let said = ["battery 92 % · network", "temperature 30.8 °C"]
        #expect(decoding(ChirpStack(), "Rooms", frame).omissions == ["frame: no decoder for Rooms"])
        #expect(decoding(ChirpStack(), "Acme Box", frame).omissions == ["frame: no decoder for Acme/Box"])
        #expect(
            decoding(ChirpStack(), "", frame).omissions == [
                "frame: no decoder for a device whose model nobody says"
            ]
        )
        let named = ChirpStack(device: "milesight/em300-th")
        #expect(decoding(named, "Rooms", frame).said == said && decoding(named, "", frame).said == said)
        #expect(decoding(named, "", #""object":{"illumination":12}"#).said == ["illuminance 12 lx"])
        // What the server says goes first: this one is an ELSYS sensor, 22.6 °C.
        #expect(decoding(named, "elsys ers", #""data":"AQDi""#).said == ["temperature 22.6 °C"])
        // So does one that has a codec and no profile: a distance of 1234 mm.
        let distance = decoding(named, "dragino ldds75", #""data":"C7gE0gAAAAE=""#, port: 2).said
        #expect(
            distance.contains("distance 1234 mm") && distance.contains("battery 3 V · network"),
            "\(distance)"
        )
        let wrong = ChirpStack(device: "milesite/em999")
        #expect(decoding(wrong, "", frame).omissions == ["frame: no decoder for milesite/em999"])
    }

    @Test("A device that nobody knows is a mistake of the author")
    func unknownDevice() {
        #expect(ChirpStack().mistake == nil && ChirpStack(device: "milesight/em300-th").mistake == nil)
        #expect(TheThingsStack(device: "dragino/ldds75").mistake == nil)
        #expect(
            ChirpStack(device: "dragino/em300").mistake
                == "the device to read by is not known: the model \"em300\" of \"dragino\" is not in our tables"
        )
        #expect(TheThingsStack(device: "milesite/em999").mistake?.contains("milesite") == true)
    }

    @Test("What the gateway heard long before the server got it is history")
    func stored() throws {
        var decoder = ChirpStack()
        let late =
            #"{"time":"2026-01-05T07:31:02Z",\#(Self.info),"fCnt":3,"fPort":1,"object":{"leak":true},"#
            + #""rxInfo":[{"gatewayId":"0016c001f153a14c","gwTime":"2026-01-05T07:31:02Z","nsTime":"2026-01-05T09:00:00Z"}]}"#
        let decoding = Decoding(&decoder, Self.four + "up", late)
        #expect(decoding.said.last == "leak yes · historical")
        #expect(decoding.values.last?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
    }

    @Test("An uplink of version 3, with ids in Base64 and the object as a text")
    func uplinkOfThree() throws {
        var decoder = ChirpStack()
        let message = #"""
            {"applicationID":"123","applicationName":"temperature-sensor","deviceName":"garden-sensor",
             "devEUI":"AgICAgICAgI=","rxInfo":[{"gatewayID":"AwMDAwMDAwM=","time":"2019-11-08T13:59:25.048445Z",
             "timeSinceGPSEpoch":null,"rssi":-48,"loRaSNR":9,"channel":5}],"adr":true,"dr":1,"fCnt":10,"fPort":5,
             "data":"...","objectJSON":"{\"temperatureSensor\":25,\"humiditySensor\":{\"1\":32}}","tags":{"key":"value"}}
            """#
        let decoding = Decoding(&decoder, "application/123/device/0202020202020202/event/up", message)
        #expect(
            decoding.said == [
                "frameCounter 10 · network", "signal -48 dBm · network", "signalToNoise 9 dB · network",
                "gateway \"0303030303030303\" · network", "gateways 1 · network", "temperatureSensor 25",
                "humiditySensor.1 32",
            ]
        )
        #expect(decoding.values.allSatisfy { $0.subject == "0202020202020202" })
        #expect(decoding.values.first?.at == Moment(iso8601: "2019-11-08T13:59:25.048445Z"))
        let broken = message.replacing(#"{\"1\":32}}"#, with: #"{\"1\":32}"#)
        #expect(
            Decoding(&decoder, "application/123/device/0202020202020202/event/up", broken).problem?.reason
                == "malformed"
        )
    }

    @Test("A status says battery and margin; a device on external power has no level")
    func status() {
        var decoder = ChirpStack()
        func said(_ members: String) -> [String] {
            Decoding(
                &decoder,
                Self.four + "status",
                #"{"time":"2022-07-18T09:35:06.927172638+00:00",\#(Self.info),\#(members)}"#
            ).said
        }
        #expect(
            said(#""margin":10,"batteryLevel":88.3"#) == [
                "linkMargin 10 dB · network", "externalPower no · network", "battery 88.3 % · network",
            ]
        )
        #expect(
            said(#""margin":-3,"externalPowerSource":true,"batteryLevel":0"#) == [
                "linkMargin -3 dB · network", "externalPower yes · network",
            ]
        )
        #expect(
            said(#""margin":7,"batteryLevelUnavailable":true,"batteryLevel":0"#) == [
                "linkMargin 7 dB · network", "externalPower no · network",
            ]
        )
    }

    @Test("A location is read; joins, acknowledgements and log entries are left out by name")
    func others() {
        var decoder = ChirpStack()
        let place = #"{\#(Self.info),"location":{"latitude":37.344214,"longitude":-8.839375,"altitude":2}}"#
        #expect(
            Decoding(&decoder, Self.four + "location", place).said == [
                "latitude 37.344214 °", "longitude -8.839375 °", "altitude 2 m",
            ]
        )
        for event in ["join", "ack", "txack", "log", "error", "integration"] {
            let decoding = Decoding(&decoder, Self.four + event, "{\(Self.info)}")
            #expect(decoding.problem?.reason == "left out", "\(event)")
        }
        #expect(Decoding(&decoder, "elsewhere", "{\(Self.info)}").problem == .missing(field: "data"))
        #expect(Decoding(&decoder, "elsewhere", Self.up).said.contains("temperature 21.5 °C"))
    }

    @Test("A frame that nobody reads is named as left out, and the network's facts stay")
    func unreadFrame() {
        var decoder = ChirpStack()
        let message = #"{\#(Self.info),"fCnt":1,"fPort":2,"data":"qg=="}"#
        let decoding = Decoding(&decoder, Self.four + "up", message)
        #expect(decoding.said == ["frameCounter 1 · network"])
        #expect(decoding.omissions == ["frame: no decoder for Test/device-profile"])
        let wrong = Decoding(
            &decoder,
            Self.four + "up",
            message.replacing("qg==", with: "%%%%").replacing(":1,", with: ":2,")
        )
        #expect(wrong.problem == .wrongType(field: "the frame", expected: "Base64", offset: 0))
    }

    /// Reads the first byte as a temperature, and refuses a frame without one.
    struct FirstByte: LoRaWANCodec {
        func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
            guard let first = frame.payload.first else { throw .empty }
            readings.append(.temperature, Double(first) + Double(frame.port ?? 0) / 10)
        }
    }

    @Test("A codec gets the frame, its port, and the model")
    func codec() {
        var decoder = ChirpStack { vendor, model throws(FrameProblem) in
            guard model == "Test device-profile" || (vendor, model) == ("Test", "device-profile") else {
                throw .unknownDevice(maker: vendor, model: model)
            }
            return FirstByte()
        }
        let message = #"{\#(Self.info),"fCnt":1,"fPort":2,"data":"qg=="}"#
        let decoding = Decoding(&decoder, Self.four + "up", message)
        #expect(decoding.said == ["frameCounter 1 · network", "temperature 170.2 °C"])
        let empty = message.replacing("qg==", with: "").replacing(#""fCnt":1"#, with: #""fCnt":2"#)
        #expect(Decoding(&decoder, Self.four + "up", empty).said == ["frameCounter 2 · network"])
    }

    @Test("Every beginning of a message is refused, and nothing that is changed in it crashes")
    func damage() {
        Decoding.checkDamage(ChirpStack(), [UInt8](Self.up.utf8), topic: Self.four + "up", seed: 2)
    }
}
