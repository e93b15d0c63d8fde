import Testing
import Units

@testable import Telemetry

@Suite("wmbusmeters")
struct WmbusmetersTests {
    @Test("A water meter: its status is flags, its history stays apart from the total")
    func water() throws {
        var decoder = Wmbusmeters()
        let decoding = Decoding(
            &decoder,
            "wmbusmeters/77001122",
            #"""
            {"_":"telegram","media":"cold water","meter":"multical21","name":"Cellar","id":"77001122",
             "status":"LEAK REVERSE","total_m3":310.045,"target_m3":298.7,"flow_temperature_c":11,
             "external_temperature_c":17,"max_flow_m3h":0.42,"current_status":"LEAK REVERSE","time_dry":"",
             "time_leaking":"9-24 hours","timestamp":"2026-01-05T07:31:02Z","device":"rtlwmbus[1]","rssi_dbm":-71}
            """#
        )
        #expect(
            decoding.said == [
                "medium \"cold water\"", "dry no", "backflow yes", "leak yes", "burst no", "tamper no",
                "batteryLow no · network", "fault no", "alarm no",
                "state \"LEAK REVERSE\"",
                "volume 310.045 m³", "dueVolume 298.7 m³", "waterTemperature 11 °C", "temperature 17 °C",
                "largestFlow 0.42 m³/h", "timeLeaking \"9-24 hours\"",
                "signal -71 dBm · network",
            ]
        )
        #expect(decoding.omissions == ["time_dry: null"])
        #expect(decoding.values.allSatisfy { $0.subject == "77001122" && $0.clock == .network })
        #expect(decoding.values.first?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
    }

    @Test("What goes out and comes back, for a heat meter that no profile knows")
    func otherHeat() {
        var decoder = Wmbusmeters()
        let message =
            #"{"media":"heat","meter":"sharky","id":"68926025","flow_temperature_c":42.3,"return_temperature_c":28.1}"#
        #expect(
            Decoding(&decoder, "wmbusmeters/heat", message).said
                == ["medium \"heat\"", "supplyTemperature 42.3 °C", "returnTemperature 28.1 °C"]
        )
    }

    @Test("A heat meter: units off the ends of the names, local times stay texts")
    func heat() {
        var decoder = Wmbusmeters()
        let decoding = Decoding(
            &decoder,
            "wmbusmeters/88003344",
            #"""
            {"media":"heat","meter":"kamheat","name":"Boiler","id":"88003344","status":"OK",
             "total_energy_consumption_kwh":4102,"total_volume_m3":351.5,"volume_flow_m3h":1.25,
             "t1_temperature_c":61.5,"t2_temperature_c":48.25,"forward_energy_m3c":20111,"meter_date":"2025-12-10",
             "target_energy_kwh":3900,"approx_power_m3ch":6.5,"collector":"c1","timestamp":"2026-01-05T07:31:02Z"}
            """#
        )
        #expect(
            decoding.said == [
                "medium \"heat\"", "leak no", "burst no", "backflow no", "batteryLow no · network",
                "fault no", "alarm no",
                "state \"OK\"", "energy 4102 kWh", "volume 351.5 m³", "flow 1.25 m³/h",
                "supplyTemperature 61.5 °C",
                "returnTemperature 48.25 °C", "forward_energy_m3c 20111 m³°C", "meter_date \"2025-12-10\"",
                "dueEnergy 3900 kWh", "approx_power_m3ch 6.5 m³°C/h", "collector \"c1\"",
            ]
        )
    }

    /// What is said of a status, flags first.
    private func status(_ meter: String, _ status: String, as field: String = "status") -> [String] {
        var decoder = Wmbusmeters()
        return Decoding(&decoder, "w", #"{"meter":"\#(meter)","id":"1","\#(field)":"\#(status)"}"#).said
    }

    @Test("A heat meter that says what is wrong is not said to be well")
    func heatStatus() {
        let weak = status("kamheat", "LOW_BATTERY_LEVEL SENSOR_ERROR")
        #expect(weak.contains("batteryLow yes · network") && weak.contains("fault yes"))
        #expect(weak.contains("leak no") && weak.contains("backflow no"))
        let leaks = status("multical603", "IN_A1_LEAKAGE_IN_THE_SYSTEM V2_WRONG_FLOW_DIRECTION")
        #expect(leaks.contains("leak yes") && leaks.contains("backflow yes") && leaks.contains("fault no"))
        #expect(status("multical403", "BURST_WATER_LOSS").contains("burst yes"))
        #expect(status("multical603", "IN-A1_A2_EXTERNAL_ALARM").contains("alarm yes"))
    }

    @Test("A status with a word that nobody knows says what is so, and of nothing else that it is not so")
    func unknownWord() {
        #expect(status("kamheat", "RESERVED_BIT_10") == ["state \"RESERVED_BIT_10\" · doubtful"])
        #expect(
            status("kamheat", "SENSOR_ERROR RESERVED_BIT_10")
                == ["fault yes", "state \"SENSOR_ERROR RESERVED_BIT_10\" · doubtful"]
        )
        #expect(
            status("izar", "general_alarm", as: "current_alarms")
                == ["alarm yes", "state \"general_alarm\" · doubtful"]
        )
        #expect(status("izar", "no_alarm", as: "current_alarms").contains("leak no"))
        #expect(status("flowiq2200", "ERROR_FLAGS_800").contains("leak no"))
    }

    @Test("Newer wmbusmeters calls the driver of a meter by that word")
    func driver() throws {
        let message =
            #"{"_":"telegram","media":"cold water","driver":"kamwater","id":"76348799","status":"LEAK BURST","current_status":"LEAK BURST","total_m3":6.408}"#
        var decoder = Wmbusmeters()
        let said = Decoding(&decoder, "w", message).said
        #expect(said.contains("leak yes") && said.contains("burst yes") && said.contains("dry no"))
        #expect(said.contains("volume 6.408 m³") && !said.contains { $0.contains("driver") })
        #expect(said.count { $0.hasPrefix("leak") } == 1)
        #expect(FormatFinderTests.likely("any", [UInt8](message.utf8)) == [Wmbusmeters.name])
    }

    @Test("The status of older versions has another name")
    func currentStatus() {
        let said = status("multical21", "DRY", as: "current_status")
        #expect(said.contains("dry yes") && said.contains("leak no") && said.last == "state \"DRY\"")
    }

    @Test("Meters and sensors of which the status is not all: Hydrocal M3, Ei6500, Lansen")
    func partial() {
        var decoder = Wmbusmeters()
        let heat =
            #"{"media":"heat","meter":"hydrocalm3","id":"1","status":"SABOTAGE_ENCLOSURE","total_heating_kwh":4460.5,"total_cooling_kwh":0,"total_heating_m3":479.967,"supply_temperature_c":21.8,"return_temperature_c":21.1}"#
        #expect(
            Decoding(&decoder, "w", heat).said == [
                "medium \"heat\"", "tamper yes", "batteryLow no · network", "fault no", "alarm no",
                "state \"SABOTAGE_ENCLOSURE\"", "energy 4460.5 kWh", "coolingEnergy 0 kWh",
                "volume 479.967 m³", "supplyTemperature 21.8 °C", "returnTemperature 21.1 °C",
            ]
        )
        let smoke = Decoding(&decoder, "w", #"{"meter":"ei6500","id":"2","status":"OK","alarm_counter":1}"#)
            .said
        #expect(smoke.contains("alarms 1") && smoke.contains("tamper no"))
        #expect(!smoke.contains { $0.hasPrefix("alarm ") })
        let door = Decoding(&decoder, "w", #"{"meter":"lansendw","id":"3","status":"CLOSED","a_counter":22}"#)
        #expect(door.said == ["open no", "openingsAndClosings 22"])
    }

    @Test("The letter of a tariff is no unit")
    func tariffs() {
        var decoder = Wmbusmeters()
        let said = Decoding(&decoder, "w", #"{"meter":"nosuch","id":"1","total_tariff_a":7,"current_a":2}"#)
            .said
        #expect(said == ["total_tariff_a 7", "current_a 2 A"])
    }

    @Test("A driver without a profile, and alarms in a list with commas")
    func others() {
        var decoder = Wmbusmeters()
        let unknown =
            #"{"media":"water","meter":"nosuch","id":"1","total_m3":123.5,"voltage_at_phase_1_v":230.1,"x":null}"#
        #expect(
            Decoding(&decoder, "w", unknown).said
                == ["medium \"water\"", "volume 123.5 m³", "voltage_at_phase_1_v 230.1 V"]
        )
        let izar =
            #"{"meter":"izar","id":"2","current_alarms":"meter_blocked,leakage","remaining_battery_life_y":9}"#
        let said = Decoding(&decoder, "w", izar).said
        #expect(said.contains("leak yes") && said.contains("blocked yes") && said.contains("backflow no"))
        #expect(said.last == "batteryLife 9 y · network")
    }

    @Test("A telegram without an id, or without a driver, is refused")
    func missing() {
        var decoder = Wmbusmeters()
        #expect(Decoding(&decoder, "w", #"{"meter":"iperl"}"#).problem == .missing(field: "id"))
        #expect(Decoding(&decoder, "w", #"{"id":"1"}"#).problem == .missing(field: "meter"))
        #expect(Decoding(&decoder, "w", "[1]").problem == .missing(field: "id"))
    }
}
