import RecordedFrames
import Testing
import Units

@testable import Telemetry

@Suite("What a device kept and sent later has its own time and is marked as history")
struct LoRaWANHistoryTests {
    private let received = Moment(seconds: 1_700_000_000)

    private func history(
        _ codec: any LoRaWANCodec,
        port: UInt8?,
        _ hex: String,
        _ name: String,
        at moment: Moment? = nil
    ) throws -> [FrameReadings.Value] {
        let readings = try codec.readings(port: port, RecordedFrame.bytes(of: hex), at: moment ?? received)
        return FrameReadings(readings).history(name)
    }

    @Test("Adeunis: values at the recording interval behind the device's time")
    func adeunis() throws {
        let codec = AdeunisCodec(recordingInterval: .seconds(600))
        let hex = "4C9600C51F00C72000C82100CA2200CC2300CD2414ABA3E9"
        // 2023-12-28T19:22:17Z.
        let newest: Int64 = 1_703_791_337
        let values = try history(codec, port: 1, hex, "temperature", at: Moment(seconds: newest + 60))
        #expect(values.map(\.number) == [19.9, 20, 20.2, 20.4, 20.5])
        let moments: [Moment] = (1...5).map { (age: Int64) in Moment(seconds: newest - 600 * age) }
        #expect(values.map(\.at) == moments)
    }

    @Test("Adeunis: a total is counted back by its differences")
    func adeunisPulses() throws {
        let codec = AdeunisCodec(recordingInterval: .seconds(3600))
        let hex = "5A6700000127000100020003000414ABA3E9"
        let newest: Int64 = 1_703_791_337
        let values = try history(codec, port: 1, hex, "pulses1", at: Moment(seconds: newest))
        #expect(values.map(\.number) == [294, 292, 289, 285])
        #expect(values.last?.at == Moment(seconds: newest - 4 * 3600))
    }

    @Test("Adeunis: a clock that was never set is not believed")
    func clockNeverSet() throws {
        let bytes = RecordedFrame.bytes(of: "4C24FF9C3C00000064")
        let readings = try AdeunisCodec().readings(port: 1, bytes, at: received)
        let temperature = try #require(readings.items.first { readings.text($0.name) == "temperature" })
        #expect(temperature.number == -10)
        #expect(temperature.at == received && temperature.clock != .device)
        #expect(temperature.quality == .doubtful)
        let battery = try #require(readings.items.first)
        #expect(battery.quality == .network)
    }

    @Test("Milesight: what a WS203, an EM500-CO2 and an AM319 have kept may stand first")
    func milesightStoredFirst() throws {
        func kept(_ model: String, _ hex: String) throws -> [String: Double] {
            let bytes = RecordedFrame.bytes(of: "20CE" + "80F15365" + hex)
            let readings = try MilesightCodec(model: model).readings(port: 85, bytes, at: received)
            #expect(readings.items.allSatisfy { $0.at == Moment(seconds: 1_700_000_128) })
            #expect(readings.items.allSatisfy { $0.quality.contains(.historical) })
            return Dictionary(
                uniqueKeysWithValues: readings.items.map { (readings.text($0.name), $0.number) }
            )
        }
        #expect(try kept("ws203", "0401EB0050") == ["occupied": 1, "temperature": 23.5, "humidity": 40])
        #expect(
            try kept("em500-co2", "2003" + "6427" + "EB00" + "50")
                == ["co2": 800, "pressure": 1008.4, "temperature": 23.5, "humidity": 40]
        )
        #expect(
            try kept("am319-868m", "EB0050000103" + "20032500" + "6427" + "070009000400")
                == [
                    "temperature": 23.5, "humidity": 40, "motion": 1, "lightLevel": 3, "co2": 800,
                    "pressure": 1008.4, "pm25": 7, "pm10": 9,
                ]
        )
    }

    @Test("Axioma: 23 totals, an hour apart")
    func axioma() throws {
        let hex =
            "01AEAC986A003217000000000000000000008003800054000E4005100048000240020000200000000000"
            + "000000000000000000"
        let values = try history(AxiomaCodec(), port: 100, hex, "volume")
        #expect(values.count == 23)
        #expect(values.first?.number == 5.938)
        #expect(values.first?.at == Moment(seconds: 1_788_390_574 - 23 * 3600))
        #expect(values.last?.at == Moment(seconds: 1_788_390_574 - 3600))
        let steps = zip(values.dropFirst(), values).map { ($0.number * 1000 - $1.number * 1000).rounded() }
        #expect(steps.filter { $0 > 0 } == [14, 8, 21, 14, 21, 1, 18, 2, 9, 8])
    }

    @Test("Axioma: the interval is the longest usual one between the two times of the frame")
    func axiomaExtended() throws {
        // Sent at 1 700 000 000; 16 hours and ten minutes after the first of fifteen differences of ten litres.
        let sent: UInt32 = 1_700_000_000
        var bytes = Self.little(sent) + [0x30] + Self.little(10_150)
        bytes += Self.little(sent - 58_200) + Self.little(10_000)
        bytes += (0..<15).flatMap { _ in [10, 0] as [UInt8] }
        let readings = FrameReadings(try AxiomaCodec().readings(port: 100, bytes, at: received))
        #expect(readings["volume"]?.number == 10.15)
        #expect(readings["leak"]?.number == 1)
        let values = readings.history("volume")
        let totals: [Double] = (0...15).map { (step: Int) in Double(10_000 + step * 10) / 1000 }
        #expect(values.map(\.number) == totals)
        #expect(values.last?.at == Moment(seconds: Int64(sent) - 58_200 + 15 * 3600))
    }

    @Test("B METERS: fourteen hours back from the last full hour")
    func bMeters() throws {
        // 2023-11-14T22:13:20Z is 753 315 200 seconds after 2000.
        var bytes: [UInt8] = [0x50] + Self.little(2000) + Self.little(753_315_200)
        bytes += Self.little(1990) + Self.little(753_314_400)
        bytes += (1...14).flatMap { [UInt8($0), 0] } + [0x10, 0x00, 0x64]
        let readings = FrameReadings(try BMetersCodec().readings(port: 1, bytes, at: received))
        #expect(readings["volume"]?.number == 2000)
        #expect(readings["volume"]?.at == received)
        #expect(readings["backflow"]?.number == 1)
        #expect(readings["waterTemperature"]?.number == 10)
        let values = readings.history("volume")
        #expect(values.count == 15)
        #expect(values.first?.at == Moment(seconds: 1_699_999_200))
        #expect(values.last?.number == Double(1990 - 105))
        #expect(values.last?.at == Moment(seconds: 1_699_999_200 - 14 * 3600))
    }

    @Test("Watteco: a batch of three counters, four hours")
    func wattecoCommon() throws {
        let hex = "3203032CD2DC00000000117B02000080903D005000401040801D11604704D8119024912492247B"
        let codec = WattecoCodec(model: "pulse-senso")
        let all = FrameReadings(try codec.readings(port: 125, RecordedFrame.bytes(of: hex), at: received))
        for (name, number) in [("pulses1", 0.0), ("pulses2", 67_108_864), ("pulses3", 4_194_560)] {
            let values = all.values.filter { $0.name == name }
            #expect(values.map(\.number) == [Double](repeating: number, count: 4))
            let moments: [Moment] = (0..<4).map { (hour: Int) in received - .seconds(3600 * (3 - hour)) }
            #expect(values.map(\.at) == moments)
            #expect(values.map(\.isHistorical) == [true, true, true, false])
        }
    }

    @Test("Watteco: a batch of one series, the newest of four seconds ago")
    func wattecoSeparate() throws {
        let hex = "100180E3C61800202614B45B16BB65B15B16BB65B15B1613"
        let codec = WattecoCodec(model: "smartplug")
        let all = FrameReadings(try codec.readings(port: 125, RecordedFrame.bytes(of: hex), at: received))
        let values = all.values.filter { $0.name == "energy" }
        #expect(values.map(\.number) == [Double](repeating: 49, count: 6))
        #expect(values.last?.at == received - .seconds(4))
        #expect(values.first?.at == received - .seconds(3004))
    }

    @Test("Milesight: a clock that was never set is not believed")
    func brokenClock() throws {
        let values = try history(
            MilesightCodec(model: "em300-sld"),
            port: nil,
            "20CE01000000FF007801",
            "temperature"
        )
        #expect(values.map(\.number) == [25.5])
        #expect(values.first?.isDoubtful == true)
        #expect(values.first?.at == received)
    }

    @Test("Dragino: the answer to a query is a row of records")
    func dragino() throws {
        let codec = try LoRaWANFamilies.codec(maker: "dragino", model: "lht65n")
        let record = "0ADD0B0D0376416553F100"
        let values = try history(codec, port: 2, record + record, "temperature")
        #expect(values.map(\.number) == [28.29, 28.29])
        #expect(values.first?.at == Moment(seconds: 1_700_000_000))
    }

    private static func little(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
