import Testing
import Units

@testable import Telemetry

@Suite("Tasmota")
struct TasmotaTests {
    @Test("A sensor, with a local time that says no zone")
    func sensor() {
        var decoder = Tasmota()
        let decoding = Decoding(
            &decoder,
            "tele/tasmota_0A1B2C/SENSOR",
            #"{"Time":"2017-02-16T10:13:52","DS18B20":{"Id":"01144A0CB2AA","Temperature":20.6},"TempUnit":"C"}"#
        )
        #expect(decoding.said == ["DS18B20.Id \"01144A0CB2AA\"", "temperature 20.6 °C"])
        #expect(decoding.values.allSatisfy { $0.subject == "tasmota_0A1B2C" && $0.clock == .arrival })
    }

    @Test("Degrees Fahrenheit stay degrees Fahrenheit")
    func fahrenheit() {
        var decoder = Tasmota()
        let message =
            #"{"Time":"2017-02-16T10:13:52","AM2301":{"Temperature":69.1,"Humidity":41.2,"DewPoint":44.6},"TempUnit":"F"}"#
        #expect(
            Decoding(&decoder, "tele/t/SENSOR", message).said
                == ["temperature 69.1 °F", "humidity 41.2 %", "dewPoint 44.6 °F"]
        )
    }

    @Test("Two sensors on one board are two readings, whichever of them answers")
    func severalSensors() {
        var decoder = Tasmota()
        func said(_ sensors: String) -> [String] { Decoding(&decoder, "tele/t/SENSOR", "{\(sensors)}").said }
        #expect(
            said(#""DS18B20-1":{"Temperature":-19.4},"DS18B20-2":{"Temperature":55.4},"TempUnit":"C""#)
                == ["temperature1 -19.4 °C", "temperature2 55.4 °C"]
        )
        #expect(said(#""DS18B20-2":{"Temperature":131},"TempUnit":"F""#) == ["temperature2 131 °F"])
        #expect(
            said(#""AM2301":{"Temperature":20,"Humidity":40},"DS18B20":{"Temperature":55}"#)
                == ["temperature 20 °C", "humidity 40 %", "DS18B20.Temperature 55 °C"]
        )
        // A sensor that fails for a while does not lend its name to the other.
        #expect(
            said(#""AM2301":{"Temperature":null,"Humidity":null},"DS18B20":{"Temperature":55}"#)
                == ["DS18B20.Temperature 55 °C"]
        )
        #expect(
            said(#""SHT3X-0x44":{"Temperature":20},"SHT3X-0x45":{"Temperature":21}"#)
                == ["temperature 20 °C", "SHT3X-0x45.Temperature 21 °C"]
        )
        #expect(said(#""SCD40":{"CarbonDioxide":700,"eCO2":690}"#) == ["co2 700 ppm", "SCD40.eCO2 690 ppm"])
    }

    @Test("The temperature of the chip is not that of the room")
    func chip() {
        var decoder = Tasmota()
        let message = #"{"ESP32":{"Temperature":53.3},"DS18B20":{"Temperature":20.6},"TempUnit":"C"}"#
        #expect(
            Decoding(&decoder, "tele/p/SENSOR", message).said
                == ["deviceTemperature 53.3 °C", "temperature 20.6 °C"]
        )
    }

    @Test("Command Time 3 leaves a count of seconds")
    func seconds() {
        var decoder = Tasmota()
        let message = #"{"Time":1795000000,"AM2301":{"Temperature":20.6},"TempUnit":"C"}"#
        let decoding = Decoding(&decoder, "tele/p/SENSOR", message)
        #expect(decoding.said == ["temperature 20.6 °C"])
        #expect(decoding.values.allSatisfy { $0.clock == .device && $0.at == Moment(seconds: 1_795_000_000) })
    }

    @Test("A time with a zone, or a count of seconds, is the device's own")
    func epoch() {
        var decoder = Tasmota()
        func first(_ time: String) -> DecodedValue? {
            Decoding(&decoder, "tele/t/SENSOR", "{\(time),\"COUNTER\":{\"C1\":17}}").values.first
        }
        let epoch = first(#""Time":"2026-01-05T08:31:02","Epoch":1767598262"#)
        #expect(epoch?.said == "pulses1 17" && epoch?.clock == .device)
        #expect(epoch?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
        #expect(first(#""Time":"2026-01-05T08:31:02+01:00""#)?.at == Moment(iso8601: "2026-01-05T07:31:02Z"))
        // Before the device has asked for the time.
        #expect(first(#""Time":"1970-01-01T00:00:09","Epoch":9"#)?.clock == .arrival)
    }

    @Test("Energy of one phase and of three")
    func energy() {
        var decoder = Tasmota()
        let one =
            #"{"Time":"2022-10-02T15:14:06","ENERGY":{"TotalStartTime":"2021-01-01T00:00:00","Total":3.185,"Yesterday":3.058,"Today":0.127,"Period":2,"Power":30,"ApparentPower":35,"ReactivePower":19,"Factor":0.85,"Voltage":230,"Current":0.152}}"#
        #expect(
            Decoding(&decoder, "tele/plug/SENSOR", one).said == [
                "ENERGY.TotalStartTime \"2021-01-01T00:00:00\"", "energy 3.185 kWh",
                "energyYesterday 3.058 kWh",
                "energyToday 0.127 kWh", "energyOfPeriod 2 Wh", "power 30 W", "apparentPower 35 VA",
                "reactivePower 19 var", "powerFactor 0.85", "voltage 230 V", "current 0.152 A",
            ]
        )
        let three = #"{"ENERGY":{"Power":[10,20,30],"Voltage":[230,231,229],"Frequency":50}}"#
        #expect(
            Decoding(&decoder, "tele/plug/SENSOR", three).said == [
                "power 10 W", "power2 20 W", "power3 30 W", "voltage 230 V", "voltage2 231 V",
                "voltage3 229 V",
                "frequency 50 Hz",
            ]
        )
    }

    @Test("The state of the device, its relays and its radio")
    func state() {
        var decoder = Tasmota()
        let message =
            #"{"Time":"2020-01-01T00:00:00","Uptime":"0T00:30:10","UptimeSec":1810,"Heap":26,"POWER1":"ON","POWER2":"OFF","Wifi":{"AP":1,"SSId":"net","RSSI":82,"Signal":-59}}"#
        #expect(
            Decoding(&decoder, "tele/t/STATE", message).said == [
                "Uptime \"0T00:30:10\" · network", "uptime 1810 s · network", "Heap 26 · network",
                "relay1 yes",
                "relay2 no", "Wifi.AP 1 · network", "Wifi.SSId \"net\" · network",
                "signalQuality 82 % · network",
                "signal -59 dBm · network",
            ]
        )
    }

    @Test("Other full topics, answers, words and what is no telemetry")
    func topics() {
        var decoder = Tasmota()
        func subject(_ topic: String) -> String? {
            Decoding(&decoder, topic, #"{"SHT3X":{"Temperature":20}}"#).values.first?.subject
        }
        #expect(subject("tasmota/bedroom/sensor1/tele/SENSOR") == "sensor1")
        #expect(subject("tele/home/cellar/sensor2/SENSOR") == "sensor2")
        #expect(Decoding(&decoder, "tele/t/LWT", "Offline").said == ["online no · network"])
        #expect(Decoding(&decoder, "stat/t/POWER", "ON").said == ["relay yes"])
        #expect(Decoding(&decoder, "stat/t/RESULT", #"{"POWER":"OFF"}"#).said == ["relay no"])
        let answer =
            #"{"StatusSNS":{"Time":"2026-01-05T08:31:02","Epoch":1767598262,"BME280":{"Pressure":1013.2},"PressureUnit":"hPa"}}"#
        let status = Decoding(&decoder, "stat/t/STATUS10", answer)
        #expect(status.said == ["pressure 1013.2 hPa"] && status.values.first?.clock == .device)
        #expect(Decoding(&decoder, "cmnd/t/POWER", "ON").problem?.reason == "left out")
        #expect(Decoding(&decoder, "tele/t/INFO1", "{}").problem?.reason == "left out")
        #expect(Decoding(&decoder, "tele", "{}").problem?.reason == "not understood")
    }
}
