import Testing
import Units

@testable import Telemetry

@Suite("The recorded day of a building, everything at once")
struct BuildingDayTests {
    private static let day = Result { try BuildingDay() }

    private let day: BuildingDay

    init() throws {
        day = try Self.day.get()
    }

    /// A reading as a line: when it was measured (UTC) and by whose clock, and what it says.
    private func said(_ subject: String, _ name: String) -> [String] {
        day.said(subject, name).map { "\($0.at) \($0.clock) \($0.said)" }
    }

    @Test("Every message is read by the format of its sender")
    func counts() throws {
        #expect(
            day.messages == [
                "chirpstack": 390, "cloudevents": 48, "csv": 4, "home-assistant": 50, "homie": 105,
                "influx": 48,
                "json": 336, "plain": 48, "senml+cbor": 24, "senml+json": 24, "shelly-gen1": 156,
                "shelly-rpc": 99, "sparkplug-b": 287, "tasmota": 149, "the-things-stack": 390, "theengs": 151,
                "wmbusmeters": 456, "zigbee2mqtt": 309,
            ]
        )
        #expect(
            day.readings == [
                "chirpstack": 3627, "cloudevents": 120, "csv": 8, "home-assistant": 96, "homie": 100,
                "influx": 192, "json": 2496, "plain": 48, "senml+cbor": 48, "senml+json": 48,
                "shelly-gen1": 156, "shelly-rpc": 579, "sparkplug-b": 499, "tasmota": 772,
                "the-things-stack": 4156, "theengs": 889, "wmbusmeters": 4104, "zigbee2mqtt": 1388,
            ]
        )
        #expect(Set(day.messages.keys) == Set(MessageFormat.all.map(\.name)).subtracting(["cbor"]))
    }

    @Test(
        "What is not read is named: the message that was cut in two, and what says nothing that is measured"
    )
    func problems() {
        let (leftOut, others) = day.problems.reduce(into: ([String](), [BuildingDay.Problem]())) {
            lists,
            problem in
            guard problem.problem.reason == "left out" else { return lists.1.append(problem) }
            let topic = problem.topic.split(separator: "/").suffix(2).joined(separator: "/")
            let what = "\(problem.problem)".split(separator: ",").first ?? ""
            lists.0.append("\(topic) \(what)")
        }
        #expect(
            others == [
                BuildingDay.Problem(
                    topic: "v3/erables@ttn/devices/climat-local-velos/up",
                    problem: .malformed(offset: 256, expected: "a closing quote")
                )
            ]
        )
        #expect(
            leftOut == [
                "bridge/info left out: a message of the bridge",
                "vmc-a/$homie left out: an attribute of a device",
                "vmc-a/$name left out: an attribute of a device",
                "prise-loge/INFO1 left out: what the device says when it starts",
                "bouton/set left out: an order to a device",
                "event/ack left out: a downlink was or was not acknowledged",
                "event/ack left out: a downlink was or was not acknowledged",
                "climat-laverie/join left out: a device joined the network",
                "corde-cave-b/up left out: frame 2858 for the second time",
            ]
        )
    }

    @Test("A cellar is wet from 14:20 to 16:05, once each time although two networks said so at first")
    func leak() {
        #expect(
            Array(said("24E124136B500011", "leak").dropFirst(6).prefix(6)) == [
                "2026-01-15T11:50:02.143Z network leak no", "2026-01-15T13:20:00.800Z network leak yes",
                "2026-01-15T13:30:00.800Z network leak yes", "2026-01-15T13:50:01.952Z network leak yes",
                "2026-01-15T15:05:00.800Z network leak no", "2026-01-15T15:50:02.967Z network leak no",
            ]
        )
        #expect(day.said("b14/lave-linge", "leak").count { $0.value == .flag(true) } == 1)
        #expect(day.said("76340102", "leak").map(\.value).firstIndex(of: .flag(true)) == 16)
        #expect(
            Set(day.values.filter { $0.name == "leak" && $0.value == .flag(true) }.map(\.subject))
                == ["24E124136B500011", "b14/lave-linge", "76340102"]
        )
    }

    @Test("What a gateway stored while it was cut off is history, at the time it was heard")
    func outage() throws {
        let begin = try #require(Moment(iso8601: "2026-01-15T08:10:00Z"))
        let late = day.values.filter {
            $0.quality.contains(.historical) && $0.subject != "erables/chaufferie"
        }
        #expect(late.count == 77)
        #expect(late.allSatisfy { begin < $0.at && $0.at < begin + .minutes(40) && $0.clock == .network })
        #expect(
            Set(late.map(\.subject)) == [
                "24E124141C290050", "E8E1E10001040001", "E8E1E10001040002", "E8E1E10001040003",
                "E8E1E10001060002",
            ]
        )
        #expect(
            said("E8E1E10001040001", "motion").contains(
                "2026-01-15T08:26:03.221Z network motion no · historical"
            )
        )
    }

    @Test("A counter that begins anew is told; after a join it is expected")
    func counters() {
        #expect(
            day.values.filter { $0.name == "frameCounterReset" }.map { "\($0.subject) \($0.at)" }
                == ["24E124725B310022 2026-01-15T14:11:52.077Z"]
        )
        #expect(day.values.allSatisfy { $0.name != "missedFrames" })
        let rejoined = day.said("A81758FFFE050042", "frameCounter").map(\.value)
        #expect(Array(rejoined.dropFirst(12).prefix(3)) == [.number(3268), .number(0), .number(1)])
    }

    @Test("The total of a meter that was exchanged begins at 0; no other falls")
    func exchange() {
        var falls: [String] = []
        for (subject, values) in Dictionary(
            grouping: day.values.filter { $0.name == "volume" },
            by: \.subject
        ) {
            let totals = values.compactMap { if case .number(let total) = $0.value { total } else { nil } }
            for (before, after) in zip(totals, totals.dropFirst()) where after < before {
                falls.append("\(subject) \(before) \(after)")
            }
        }
        #expect(falls == ["70B3D5E75E010007 195728.0 35.0"])
    }

    @Test(
        "The boiler room: a gap asks for a birth, death and birth are told, what was stored comes as history"
    )
    func boilerRoom() {
        let room = "erables/chaufferie"
        #expect(
            day.requests.map { "\($0.at) \($0.request.topic)" } == [
                "2026-01-15T05:45:00.000Z spBv1.0/erables/NCMD/chaufferie"
            ]
        )
        #expect(day.said(room, "online").map(\.value) == [true, true, false, true].map { .flag($0) })
        let doubtful = day.values.filter { $0.quality.contains(.doubtful) }
        #expect(
            doubtful.map { "\($0.at) \($0.said)" } == [
                "2026-01-15T05:44:59.200Z Réseau/Pression 2.1 bar · doubtful"
            ]
        )
        #expect(
            day.said(room, "Départ/Température").filter { $0.quality.contains(.historical) }.map {
                "\($0.at) \($0.said)"
            }
                == [
                    "2026-01-15T11:10:00.000Z Départ/Température 65.8 °C · historical",
                    "2026-01-15T11:15:00.000Z Départ/Température 65.7 °C · historical",
                    "2026-01-15T11:20:00.000Z Départ/Température 65.7 °C · historical",
                    "2026-01-15T11:25:00.000Z Départ/Température 65.6 °C · historical",
                    "2026-01-15T11:30:00.000Z Départ/Température 65.5 °C · historical",
                ]
        )
    }

    @Test("A reading of each sender at its time")
    func readings() {
        let expected: KeyValuePairs = [
            "A81758FFFE050040 temperature": "2026-01-15T11:41:59.786Z network temperature 20.9 °C",
            "24E124725B310020 temperature": "2026-01-15T11:49:27.273Z network temperature 19.8 °C",
            "24E124136B500014 battery": "2026-01-14T23:44:51.091Z network battery 11 % · network",
            "A840410001810001 openings": "2026-01-15T01:42:30.415Z network openings 1200",
            "20117301 volume": "2026-01-15T11:22:51.000Z network volume 523.176 m³",
            "63011200 energy": "2026-01-15T11:04:17.000Z network energy 312.399 kWh",
            "10101010 power": "2026-01-15T11:13:31.000Z network power 1.452 kW",
            "a51/chambre temperature": "2026-01-15T11:58:10.517Z arrival temperature 20.1 °C",
            "a/hall/porte open": "2026-01-14T23:00:03.000Z arrival open yes",
            "b/cage/fumee smoke": "2026-01-15T09:05:00.000Z arrival smoke yes",
            "a32/appel call": "2026-01-15T20:14:00.000Z arrival call yes",
            "prise-laverie energy": "2026-01-15T05:25:28.739Z arrival energy 728.32 kWh",
            "erables/shellyplus1pm-441793d69718 energy":
                "2026-01-15T05:23:48.050Z device energy 48448.221 Wh",
            "erables/shellyplus1pm-441793d69718 button":
                "2026-01-15T16:02:59.750Z device button \"single_push\"",
            "vmc-a flow": "2026-01-15T11:27:52.127Z arrival flow 644 m³/h",
            "surpresseur pump.pressure": "2026-01-15T11:54:24.139Z arrival pump.pressure 394656 Pa",
            "parking-air carbonMonoxide": "2026-01-15T05:14:02.367Z arrival carbonMonoxide 5 ppm",
            "A4:C1:38:A1:B2:01 temperature": "2026-01-15T05:13:54.157Z arrival temperature 19.9 °C",
            "erables/chaufferie Départ/Température":
                "2026-01-15T01:54:59.200Z device Départ/Température 68.8 °C",
            "urn:dev:mac:0024befffe804ff1 urn:dev:mac:0024befffe804ff1:temperature":
                "2026-01-15T11:19:49.000Z device urn:dev:mac:0024befffe804ff1:temperature 19.4 Cel",
            "/erables/interphone-a calls": "2026-01-15T11:03:04.216Z device calls 3",
            "consigne-1 occupied": "2026-01-15T11:28:32.143Z device occupied 6",
            "escalier=A,etage=toit ventilation.power":
                "2026-01-15T05:22:56.220Z device ventilation.power 305.3",
            "erables/toit temperature": "2026-01-15T05:27:46.150Z arrival temperature 1.8 °C",
        ]
        for (key, line) in expected {
            let parts = key.split(separator: " ")
            #expect(said("\(parts[0])", "\(parts[1])").contains(line), "\(key)")
        }
    }
}
