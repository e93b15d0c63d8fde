import Testing
import Units

@testable import Telemetry

@Suite("Theengs and OpenMQTTGateway")
struct TheengsTests {
    @Test("A thermometer: degrees Celsius only, and the gateway that heard it")
    func thermometer() {
        var decoder = Theengs()
        let message =
            #"{"id":"A4:C1:38:12:34:56","mac_type":0,"name":"ATC_123456","rssi":-71,"brand":"Xiaomi","model":"TH Sensor","model_id":"LYWSD03MMC_ATC","type":"THB","tempc":21.5,"tempf":70.7,"hum":45,"batt":90,"volt":2.9}"#
        let decoding = Decoding(&decoder, "home/OMG_lobby/BTtoMQTT/A4C138123456", message)
        #expect(
            decoding.said == [
                "gateway \"OMG_lobby\" · network", "signal -71 dBm · network", "temperature 21.5 °C",
                "humidity 45 %", "battery 90 % · network", "battery 2.9 V · network",
            ]
        )
        #expect(decoding.values.allSatisfy { $0.subject == "A4:C1:38:12:34:56" })
        #expect(
            Decoding(&decoder, "home/G/BTtoMQTT/A", #"{"id":"A","tempf":70.7}"#).said.last
                == "temperature 70.7 °F"
        )
        #expect(
            Decoding(&decoder, "home/G/BTtoMQTT/A", #"{"id":"A","tempc":20,"tempc2":5,"tempf2":41}"#).said
                .dropFirst() == ["temperature 20 °C", "temperature2 5 °C"]
        )
    }

    @Test("How far a device is, from the gateway that the topic names")
    func presence() {
        var decoder = Theengs()
        let topic = "home/presence/TheengsGateway"
        let message = #"{"id":"AA:BB:CC:DD:EE:FF","rssi":-81,"distance":5.6}"#
        let decoding = Decoding(&decoder, topic, message)
        #expect(
            decoding.said == [
                "gateway \"TheengsGateway\" · network", "signal -81 dBm · network", "distance 5.6 m",
            ]
        )
        #expect(decoding.values.allSatisfy { $0.subject == "AA:BB:CC:DD:EE:FF" })
        #expect(FormatFinderTests.likely(topic, [UInt8](message.utf8)).first == Theengs.name)
    }

    @Test("The gateway itself, orders, and a message of nobody")
    func gateway() {
        var decoder = Theengs()
        #expect(Decoding(&decoder, "home/OMG/LWT", "offline").said == ["online no · network"])
        let state = Decoding(
            &decoder,
            "home/OMG/SYStoMQTT",
            #"{"uptime":120,"version":"v1.7.0","rssi":-60,"freemem":1000}"#
        )
        #expect(
            state.said == [
                "uptime 120 s · network", "firmware \"v1.7.0\" · network", "signal -60 dBm · network",
                "freemem 1000 · network",
            ]
        )
        #expect(state.values.first?.subject == "OMG")
        #expect(Decoding(&decoder, "home/OMG/commands/MQTTtoBT", "{}").problem?.reason == "left out")
        #expect(Decoding(&decoder, "home/OMG/BTtoMQTT/A", #"{"tempc":20}"#).problem == .missing(field: "id"))
    }
}
