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
                "medium \"cold water\"", "dry no", "backflow yes", "leak yes", "burst no",
                "state \"LEAK REVERSE\"",
                "volume 310.045 m³", "dueVolume 298.7 m³", "waterTemperature 11 °C", "temperature 17 °C",
                "largestFlow 0.42 m³/h", "current_status \"LEAK REVERSE\"", "timeLeaking \"9-24 hours\"",
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
