import Testing
import Units

@testable import Telemetry

@Suite("Homie")
struct HomieTests {
    @Test("Version 4: units and types are learnt from attributes, and go through a snapshot")
    func four() throws {
        var decoder = Homie()
        let value = "homie/super-car/engine/temperature"
        #expect(Decoding(&decoder, value, "21.5").said == ["engine.temperature 21.5"])
        #expect(Decoding(&decoder, value + "/$unit", "°C").said == [])
        #expect(Decoding(&decoder, value + "/$datatype", "float").said == [])
        #expect(Decoding(&decoder, value, "21.5").said == ["engine.temperature 21.5 °C"])
        #expect(Decoding(&decoder, value, "21.5").values.first?.subject == "super-car")
        #expect(
            Decoding(&decoder, value, "hot").problem
                == .wrongType(field: "engine.temperature", expected: "a number", offset: 0)
        )
        _ = Decoding(&decoder, "homie/super-car/lights/on/$datatype", "boolean")
        #expect(Decoding(&decoder, "homie/super-car/lights/on", "true").said == ["lights.on yes"])
        #expect(Decoding(&decoder, "homie/super-car/lights/on", "TRUE").problem?.reason == "unknown word")
        _ = Decoding(&decoder, "homie/super-car/plate/number/$datatype", "string")
        #expect(Decoding(&decoder, "homie/super-car/plate/number", "4711").said == ["plate.number \"4711\""])
        var restored = try Homie().restored(from: decoder.bytes)
        #expect(Decoding(&restored, value, "21.5").said == ["engine.temperature 21.5 °C"])
        #expect(restored.bytes == decoder.bytes)
    }

    @Test("Version 5: the description teaches all of a device at once")
    func five() {
        var decoder = Homie()
        let description = #"""
            {"homie":"5.0","name":"Super car","version":7,"nodes":{"engine":{"name":"Car engine","properties":{
             "temperature":{"name":"Engine temperature","datatype":"float","unit":"°C","format":"-20:120"},
             "serial":{"datatype":"string"}}}}}
            """#
        #expect(Decoding(&decoder, "homie/5/super-car/$description", description).said == [])
        #expect(
            Decoding(&decoder, "homie/5/super-car/engine/temperature", "21.5").said == [
                "engine.temperature 21.5 °C"
            ]
        )
        #expect(
            Decoding(&decoder, "homie/5/super-car/engine/serial", "4711").said == ["engine.serial \"4711\""]
        )
        let second =
            #"{"homie":"5.0","nodes":{"engine":{"properties":{"temperature":{"datatype":"float","unit":"°F"}}}}}"#
        #expect(Decoding(&decoder, "homie/5/super-car/$description", second).problem == nil)
        #expect(
            Decoding(&decoder, "homie/5/super-car/engine/temperature", "70").said == [
                "engine.temperature 70 °F"
            ]
        )
        #expect(Decoding(&decoder, "homie/5/super-car/engine/serial", "4711").said == ["engine.serial 4711"])
        #expect(
            Decoding(&decoder, "homie/5/a/$description", #"{"homie":"6.0"}"#).problem?.reason
                == "not understood"
        )
    }

    @Test("States and statistics are of the network")
    func state() {
        var decoder = Homie()
        #expect(
            Decoding(&decoder, "homie/d/$state", "ready").said == [
                "state \"ready\" · network", "online yes · network",
            ]
        )
        #expect(
            Decoding(&decoder, "homie/5/d/$state", "lost").said == [
                "state \"lost\" · network", "online no · network",
            ]
        )
        #expect(Decoding(&decoder, "homie/d/$stats/battery", "80").said == ["battery 80 % · network"])
        #expect(Decoding(&decoder, "homie/d/$stats/signal", "24").said == ["signalQuality 24 % · network"])
        #expect(
            Decoding(&decoder, "homie/5/d/$alert/low-battery", "Battery is low").said == [
                "$alert/low-battery \"Battery is low\" · network"
            ]
        )
    }

    @Test("What says nothing of a device is left out by name")
    func others() {
        var decoder = Homie()
        for topic in [
            "d/$name", "d/$stats/interval", "d/n/$type", "d/n/p/$settable", "d/n/p/set", "$broadcast/alert",
            "d/n",
        ] {
            #expect(Decoding(&decoder, "homie/\(topic)", "x").problem?.reason == "left out", "\(topic)")
        }
        #expect(Decoding(&decoder, "house/d/n/p", "1").problem?.reason == "not understood")
    }

    @Test("A device with more properties than are remembered is refused")
    func limit() {
        var decoder = Homie()
        for property in 0..<LearntDevices.fieldLimit {
            #expect(Decoding(&decoder, "homie/d/n/p\(property)/$unit", "V").problem == nil)
        }
        let problem = Decoding(&decoder, "homie/d/n/one-more/$unit", "V").problem
        #expect(problem == .tooMany(what: "fields of one device", limit: LearntDevices.fieldLimit))
        let long = String(repeating: "V", count: LearntDevices.textLimit + 1)
        #expect(Decoding(&decoder, "homie/d/n/p0/$unit", long).problem?.reason == "too many")
        #expect(Decoding(&decoder, "homie/d/n/p0", "1").said == ["n.p0 1 V"])
    }
}
