import Foundation
import RecordedFrames
import Testing
import Units

@testable import Telemetry

/// What decoders of network servers say (the expected side of `Fixtures/lorawan`), read through an envelope by the
/// profile of the device.
@Suite("Decoded objects of LoRaWAN devices")
struct ProfiledDeviceTests {
    struct Frame {
        var vendor: String
        var device: String
        /// What the server's decoder says, as it is written.
        var object: String
    }

    static func frames() throws -> [Frame] {
        try ["chirpstack-mit", "the-things-network-apache-2"].flatMap { name in
            try Decoding.fixture("lorawan/\(name).jsonl").split(separator: UInt8(ascii: "\n")).compactMap {
                line in
                try Array(line).withUnsafeBytes { line in
                    let json = try JSONCursor(line)
                    guard var vendor = try json.value(of: "vendor"),
                        var device = try json.value(of: "device"),
                        var object = try json.value(of: "expected")?.value(of: "data"),
                        try object.kind() == .object
                    else { return nil }
                    let start = object.offset
                    try object.skip()
                    return Frame(
                        vendor: String(decoding: try vendor.text().resolved, as: UTF8.self),
                        device: String(decoding: try device.text().resolved, as: UTF8.self),
                        object: String(decoding: object.written(from: start), as: UTF8.self)
                    )
                }
            }
        }
    }

    /// What The Things Stack would send of it.
    static func message(_ object: String, of vendor: String, _ model: String) -> String {
        #"{"uplink_message":{"version_ids":{"brand_id":"\#(vendor)","model_id":"\#(model)"},"#
            + #""decoded_payload":\#(object)}}"#
    }

    @Test("Every object of a device with a profile is read without a doubt")
    func all() throws {
        var devices: Set<String> = []
        var objects = 0
        for frame in try Self.frames() {
            guard let profile = DeviceProfile.named(vendor: frame.vendor, frame.device) else { continue }
            var decoder = TheThingsStack()
            let message = Self.message(frame.object, of: frame.vendor, frame.device)
            let decoding = Decoding(&decoder, "v3/app/devices/dev1/up", message)
            #expect(decoding.problem == nil)
            // Netvox's decoder writes the voltage of a weak battery as a text.
            let doubtful = decoding.values.filter {
                $0.quality.contains(.doubtful) && !$0.said.contains("(low battery)")
            }
            #expect(doubtful.isEmpty, "\(frame.vendor) \(frame.device) by \(profile.name)")
            devices.insert(profile.name)
            objects += 1
        }
        #expect(devices.count == 49 && objects == 129, "\(devices.count) devices, \(objects) objects")
    }

    /// What is only in the frame, or what their decoder adds to it: its own words for the device and the port, a part of
    /// the status bits, a probe's temperature where no probe is, a reading that older versions of it leave out.
    static let ofOneOnly: [String: Set<String>] = [
        "lds02": ["Node_type"], "lht65": ["sensorConnected"], "lht65n": ["sensorConnected"],
        "lbt1": ["beacon", "major", "minor", "uuid", "signal dBm"],
        "tabs-tbhh100": ["fPort", "statusBits", "thh_type"], "tabs-tbms100": ["fPort"],
        "tbhh100": ["status", "statusBits"], "ht-sensor": ["reason", "probeTemperature °C"],
        "vicki": [
            "targetTemperatureFloat", "opening %", "calibrationFailed", "frost", "mounted", "online",
        ],
    ]

    /// What the envelope makes of a frame, as bytes or as the server's object: names and units, with the readings.
    private static func names(_ frame: RecordedFrame, object: String? = nil) -> (
        names: Set<String>, decoding: Decoding
    ) {
        var decoder = TheThingsStack()
        let said =
            object.map { #""decoded_payload":\#($0)"# }
            ?? #""frm_payload":"\#(Data(frame.bytes).base64EncodedString())""#
        let message =
            #"{"uplink_message":{"version_ids":{"brand_id":"\#(frame.vendor)","model_id":"\#(frame.device)"},"#
            + (frame.fPort.map { #""f_port":\#($0),"# } ?? "") + said + "}}"
        let decoding = Decoding(&decoder, "v3/app/devices/dev1/up", message)
        let names = decoding.values.map { $0.unit.isEmpty ? $0.name : "\($0.name) \($0.unit)" }
        return (Set(names).subtracting(ofOneOnly[frame.device] ?? []), decoding)
    }

    @Test("A frame and the server's object of it become readings with the same names and units")
    func sameNames() throws {
        let makers: Set<String> = ["browan", "dragino", "elsys", "mclimate", "milesight", "milesight-iot"]
        var count = 0
        let recorded = RecordedFrame.all.filter { $0.expected.data != nil }
        for (frame, decoded) in zip(recorded, try Self.frames()) where makers.contains(frame.vendor) {
            #expect(frame.device == decoded.device)
            guard DeviceProfile.named(vendor: frame.vendor, frame.device) != nil else { continue }
            let (raw, object) = (Self.names(frame), Self.names(frame, object: decoded.object))
            // Their decoder reads frames that no device sends.
            if raw.decoding.problem != nil { continue }
            let (onlyRaw, onlyObject) = (
                raw.names.subtracting(object.names).sorted(), object.names.subtracting(raw.names).sorted()
            )
            #expect(
                onlyRaw.isEmpty && onlyObject.isEmpty,
                "\(frame.vendor) \(frame.device): only raw \(onlyRaw), only object \(onlyObject)"
            )
            count += 1
        }
        #expect(count > 40, "\(count) frames")
    }

    static let messages: [(vendor: String, model: String, object: String, said: [String])] = [
        (
            "milesight", "em300-sld-zld", #"{"battery":92,"temperature":30.8,"leakage_status":"leak"}"#,
            ["battery 92 % · network", "temperature 30.8 °C", "leak yes"]
        ),
        (
            "dragino", "lht65n-vib",
            #"{"battery":3.094,"vib_count":5,"temperature":25,"humidity":60,"alarm":"FALSE"}"#,
            ["battery 3.094 V · network", "vibrations 5", "temperature 25 °C", "humidity 60 %", "alarm no"]
        ),
        (
            "netvox", "r311w", #"{"Volt":3,"WaterLeak_1":"NoLeak","WaterLeak_2":"Leak"}"#,
            ["battery 3 V · network", "leak1 no", "leak2 yes"]
        ),
        (
            "netvox", "r311a", #"{"Volt":"2.3(low battery)","OnOff":1}"#,
            ["battery \"2.3(low battery)\" · network · doubtful", "open yes"]
        ),
        (
            "netvox", "rb11e", #"{"Volt":3.6,"Occupy":1,"DisassembledAlarm":0}"#,
            ["battery 3.6 V · network", "occupied yes", "tamper no"]
        ),
        (
            "netvox", "ra02a", #"{"FireAlarm":"Alarm","HighTempAlarm":"No Alarm"}"#,
            ["smoke yes", "heatAlarm no"]
        ),
        ("netvox", "r312a", #"{"Alarm":1}"#, ["call yes"]),
        (
            "browan", "merryiot-dw10", #"{"open":1,"tamper":0,"count":9682}"#,
            ["open yes", "tamper no", "openings 9682"]
        ),
        ("browan", "tbwl100", #"{"status":1.0,"battery":3.6}"#, ["leak yes", "battery 3.6 V · network"]),
        (
            "dragino", "lds02",
            #"{"DOOR_OPEN_STATUS":1,"DOOR_OPEN_TIMES":7,"LAST_DOOR_OPEN_DURATION":2,"MOD":1}"#,
            ["open yes", "openings 7", "openDuration 2 min", "workMode 1 · network"]
        ),
        (
            "mclimate", "flood-sensor", #"{"boxTamper":true,"flood":false,"battery":3.216}"#,
            ["tamper yes", "leak no", "battery 3.216 V · network"]
        ),
        ("sept-s", "tg563a", #"{"status":{"mounted":0,"smokeAlarm":1}}"#, ["removed yes", "smoke yes"]),
        (
            "milesight", "vs373",
            #"{"detection_status":"fall","target_status":"normal","region_2_occupancy":"vacant"}"#,
            [
                "fall yes", "inBed no", "outOfBed no", "state \"fall\"", "motionless no", "target \"normal\"",
                "occupied2 no",
            ]
        ),
        (
            "digital-matter", "oyster", #"{"latitudeDeg":-32,"inTrip":true,"speedKmph":7}"#,
            ["latitude -32 °", "moving yes", "speed 7 km/h"]
        ),
        (
            "elsys", "ers-eye", #"{"occupancy":2,"vdd":3594}"#,
            ["occupied yes", "occupancy 2", "battery 3.594 V · network"]
        ),
    ]

    @Test("Objects become readings with exact values", arguments: messages.indices)
    func exact(_ index: Int) throws {
        let (vendor, model, object, said) = Self.messages[index]
        var decoder = TheThingsStack()
        let message = Self.message(object, of: vendor, model)
        #expect(Decoding(&decoder, "v3/app/devices/dev1/up", message).said == said)
    }

    @Test("What a device has stored is history, each at its own time")
    func history() {
        var decoder = TheThingsStack()
        let message = #"""
            {"uplink_message":{"version_ids":{"brand_id":"milesight","model_id":"em300-zld"},
             "received_at":"2026-01-05T07:31:02Z","decoded_payload":{"temperature":20,"history":[
             {"timestamp":1700000000,"temperature":25.5,"leakage_status":"leak"},{"temperature":26}]}}}
            """#
        let decoding = Decoding(&decoder, "v3/app/devices/dev1/up", message)
        #expect(
            decoding.said == [
                "temperature 20 °C", "temperature 25.5 °C · historical", "leak yes · historical",
                "temperature 26 °C · historical",
            ]
        )
        #expect(decoding.values.map(\.clock) == [.network, .device, .device, .network])
        #expect(decoding.values[1].at == Moment(seconds: 1_700_000_000))
        #expect(decoding.values[3].at == Moment(iso8601: "2026-01-05T07:31:02Z"))
        // A field that is only called so is no history.
        let plain = #"{"uplink_message":{"decoded_payload":{"history":5}}}"#
        #expect(Decoding(&decoder, "v3/app/devices/dev1/up", plain).said == ["history 5"])
    }

    @Test("A frame that the server has not decoded goes to the codec of its family")
    func rawFrame() {
        var decoder = TheThingsStack()
        // Battery 92 %, 30.8 °C (01 75 5C, 03 67 34 01): Milesight's user guide.
        let message =
            #"{"uplink_message":{"version_ids":{"brand_id":"milesight","model_id":"em300-th"},"f_port":85,"frm_payload":"AXVcA2c0AQ=="}}"#
        #expect(
            Decoding(&decoder, "v3/app/devices/dev1/up", message).said == [
                "battery 92 % · network", "temperature 30.8 °C",
            ]
        )
        let broken = message.replacing("AXVcA2c0AQ==", with: "AXVcA2c0")
        #expect(Decoding(&decoder, "v3/app/devices/dev1/up", broken).problem?.reason == "frame too short")
    }

    /// What `.device(path)` makes of a message.
    private func decoding(_ path: String, _ topic: String, _ payload: String, level: Int = -1) throws
        -> Decoding
    {
        var decoder = try #require(try MessageFormat.device(path, subject: level).decoder() as? DeviceJSON)
        return Decoding(&decoder, topic, payload)
    }

    @Test("A profile is found by maker and model, and what there is instead is said")
    func paths() throws {
        #expect(try DeviceProfile.at("open-mhealth/blood-pressure").path == "openmhealth/omh")
        #expect(try DeviceProfile.at("BACnet/Lift").path == "bacnet/lift")
        for profile in DeviceProfile.all { #expect(try DeviceProfile.at(profile.path).name == profile.name) }
        func problem(_ path: String) -> String? {
            do throws(UnknownDeviceProfile) {
                _ = try DeviceProfile.at(path)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(problem("bacnet/lfit")?.hasSuffix("of this maker there are bacnet/lift") == true)
        for path in ["lift", "acme/x", "", "/", "bacnet/"] {
            #expect(problem(path)?.hasPrefix("there is no profile \"\(path)\"") == true)
        }
    }

    @Test("No fault is something that a lift says: what was kept of an earlier one is over")
    func noFault() throws {
        func said(_ payload: String) throws -> [String] {
            try decoding("bacnet/lift", "bacnet/lift/A7/status", payload, level: 2).said
        }
        #expect(
            try said(#"{"fault-signals":[],"car_mode":1}"#)
                == ["fault \"none\"", "mode \"normal\"", "fault2 \"none\"", "fault3 \"none\""]
        )
        #expect(
            try said(#"{"fault_signals":[0]}"#)
                == ["fault \"controller-fault\"", "fault2 \"none\"", "fault3 \"none\""]
        )
        #expect(try said(#"{"fault_signals":[9,5,0,1]}"#).count == 4)
        let unknown = try decoding("bacnet/lift", "lift/A7", #"{"fault-signals":null,"car-door-status":[]}"#)
        #expect(
            unknown.said == [] && unknown.omissions == ["fault-signals: null", "car-door-status: an object"]
        )
    }

    @Test(
        "The times of a profile, the first that a message has: when it was measured before when it was written"
    )
    func times() throws {
        func at(_ path: String, _ payload: String) throws -> Moment? {
            let values = try decoding(path, "a/b", payload).values
            #expect(values.allSatisfy { $0.clock == .device })
            return values.first?.at
        }
        let frame = #""effective_time_frame":{"date_time":"2026-01-05T08:00:00+01:00"}"#
        let header = #""header":{"source_creation_date_time":"2026-01-05T09:00:00Z"}"#
        let rate = #""heart_rate":{"value":50,"unit":"beats/min"}"#
        #expect(
            try at("openmhealth/heart-rate", "{\(header),\"body\":{\(rate),\(frame)}}")
                == Moment(iso8601: "2026-01-05T07:00:00Z")
        )
        #expect(
            try at("openmhealth/heart-rate", "{\(header),\"body\":{\(rate)}}")
                == Moment(iso8601: "2026-01-05T09:00:00Z")
        )
        #expect(
            try at("owntracks/location", #"{"_type":"location","lat":1,"lon":2,"tst":1767598262}"#)
                == Moment(seconds: 1_767_598_262)
        )
    }

    @Test("A monitor of KONE, one of Knaq, a tracker behind Traccar")
    func makers() throws {
        #expect(
            try decoding(
                "kone/equipment-status",
                "kone/10",
                #"{"equipmentId":"ken:10","entrapment":true,"outOfOrder":false,"serviceMode":"x","lastUpdate":"2026-01-05T07:31:02Z"}"#
            ).said == ["equipmentId \"ken:10\"", "entrapment yes", "outOfOrder no", "mode \"x\""]
        )
        #expect(
            try decoding(
                "knaq/equipment-realtime",
                "knaq/1",
                #"{"door_status":"closed","net_uptime":0.98917}"#
            )
            .said == ["doors \"closed\"", "uptime 98.917 %"]
        )
        let place = try decoding(
            "traccar/position",
            "traccar/velo-1",
            #"{"position":{"fixTime":"2024-05-20T14:29:55.000+00:00","latitude":48.5,"longitude":2.25,"speed":10,"attributes":{"motion":true,"batteryLevel":85}}}"#
        )
        #expect(
            place.said == [
                "latitude 48.5 °", "longitude 2.25 °", "speed 18.52 km/h", "moving yes",
                "battery 85 % · network",
            ]
        )
        #expect(place.values.first?.at == Moment(iso8601: "2024-05-20T14:29:55Z"))
    }

    @Test("An alarm without a fix has its own time, and its place is doubtful")
    func withoutFix() throws {
        let alarm = try decoding(
            "traccar/position",
            "traccar/velo-1",
            #"{"position":{"outdated":true,"valid":true,"fixTime":"2026-11-19T18:00:00Z","deviceTime":"2026-11-20T09:59:58Z","latitude":48.5,"longitude":2.25,"attributes":{"alarm":"sos","batteryLevel":85}}}"#
        )
        #expect(
            alarm.said == [
                "position.outdated yes", "position.valid yes", "latitude 48.5 ° · doubtful",
                "longitude 2.25 ° · doubtful", "alarmType \"sos\"", "battery 85 % · network",
            ]
        )
        #expect(alarm.values.allSatisfy { $0.at == Moment(iso8601: "2026-11-20T09:59:58Z") })
    }

    @Test("A place on the map of a phone is not where the phone is")
    func waypoint() throws {
        let place = try decoding(
            "owntracks/location",
            "owntracks/user/phone",
            #"{"_type":"waypoint","desc":"home","tst":1495168700,"lat":40,"lon":9}"#
        )
        #expect(place.said == ["_type \"waypoint\"", "desc \"home\"", "tst 1495168700", "lat 40", "lon 9"])
        #expect(place.values.allSatisfy { $0.clock == .arrival })
        let edge = try decoding(
            "owntracks/location",
            "owntracks/user/phone",
            #"{"_type":"transition","tst":1767598262,"lat":40,"lon":9}"#
        )
        #expect(edge.said.contains("latitude 40 °"))
    }

    @Test("An elevator's BACnet properties, a phone and a blood pressure in JSON of their own")
    func ownJSON() throws {
        var lift = DeviceJSON(profile: try #require(DeviceProfile.named("lift")), subject: 1)
        let status =
            #"{"car_position":3,"car_moving_direction":3,"car_door_status":[0,7],"car_mode":8,"passenger_alarm":true,"fault_signals":[8,99],"car_load":12.5}"#
        #expect(
            Decoding(&lift, "bacnet/A7/status", status).said == [
                "floor 3", "direction \"up\"", "doors \"closed\"", "doors2 \"opening\"",
                "mode \"inspection\"",
                "call yes", "fault \"car-stopped-outside-landing-zone\"", "fault2 \"99\" · doubtful",
                "load 12.5 %", "fault3 \"none\"",
            ]
        )
        var phone = DeviceJSON(profile: try #require(DeviceProfile.named("owntracks")), time: "tst")
        let place = Decoding(
            &phone,
            "owntracks/user/bike",
            #"{"_type":"location","lat":48.85,"lon":2.35,"batt":80,"tst":1767598262}"#
        )
        #expect(
            place.said == [
                "_type \"location\"", "latitude 48.85 °", "longitude 2.35 °", "battery 80 % · network",
            ]
        )
        #expect(
            place.values.allSatisfy {
                $0.subject == "bike" && $0.at == Moment(seconds: 1_767_598_262) && $0.clock == .device
            }
        )
        var omh = DeviceJSON(
            profile: try #require(DeviceProfile.named("omh")),
            time: "header.creation_date_time"
        )
        let pressure = Decoding(
            &omh,
            "omh/4711",
            #"{"header":{"creation_date_time":"2026-01-05T08:31:02+01:00"},"body":{"systolic_blood_pressure":{"value":160,"unit":"mmHg"},"diastolic_blood_pressure":{"value":60,"unit":"mmHg"}}}"#
        )
        #expect(
            pressure.said.contains("bloodPressureSystolic 160 mmHg")
                && pressure.said.contains("bloodPressureDiastolic 60 mmHg")
        )
        #expect(pressure.values.first?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
    }
}
