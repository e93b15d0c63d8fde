import RecordedFrames
import Testing
import Units

@testable import Telemetry

/// The examples that makers print in their own documents.
@Suite("Frames from the makers' documents become the readings that stand beside them")
struct LoRaWANDocumentedTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var codec: any LoRaWANCodec
        var port: UInt8?
        var hex: String
        var numbers: [String: Double]
        var texts: [String: String] = [:]

        var testDescription: String { hex }
    }

    @Test("Every number and text is as documented", arguments: examples)
    func documented(_ example: Example) throws {
        let readings = FrameReadings(
            try example.codec.readings(port: example.port, RecordedFrame.bytes(of: example.hex))
        )
        for (name, number) in example.numbers {
            let value = try #require(readings[name], "\(name) is missing in \(example.hex)")
            #expect(abs(value.number - number) < 1e-9 * max(1, abs(number)), "\(name)")
        }
        for (name, text) in example.texts { #expect(readings[name]?.text == text) }
    }

    static let examples = cayenne + milesight + adeunis + watteco + meters

    static let cayenne = [
        Example(
            codec: CayenneCodec(),
            hex: "03670110056700FF",
            numbers: ["temperature3": 27.2, "temperature5": 25.5]
        ),
        Example(codec: CayenneCodec(), hex: "0167FFD7", numbers: ["temperature1": -4.1]),
        Example(
            codec: CayenneCodec(),
            hex: "067104D2FB2E0000",
            numbers: ["accelerationX6": 1.234, "accelerationY6": -1.234, "accelerationZ6": 0]
        ),
        Example(
            codec: CayenneCodec(),
            hex: "018806765FF2960A0003E8",
            numbers: ["latitude1": 42.3519, "longitude1": -87.9094, "altitude1": 10]
        ),
    ]

    static let milesight = [
        Example(
            codec: MilesightCodec(model: "AM319-868M"),
            hex: "0367EE0004687C05000106CB02077DA803087D2500097366270A7D04000B7D20000C7D3000",
            numbers: [
                "temperature": 23.8, "humidity": 62, "motion": 1, "lightLevel": 2, "co2": 936,
                "vocLevel": 0.37, "pressure": 1008.6, "formaldehyde": 0.04, "pm25": 32, "pm10": 48,
            ]
        ),
        Example(
            codec: MilesightCodec(model: "ws301"),
            hex: "017564030001040001",
            numbers: ["battery": 100, "open": 1, "tamper": 1]
        ),
        Example(
            codec: MilesightCodec(model: "em400-mud"),
            hex: "0175648482E8030103670A01",
            numbers: ["battery": 100, "distance": 1000, "distanceAlarm": 1, "temperature": 26.6]
        ),
        Example(
            codec: MilesightCodec(model: "ws101"),
            hex: "FF0BFFFF0101FF166127A12345670001FF090300FF0A0103FF0F00FFFF0101",
            numbers: ["online": 1],
            texts: ["serialNumber": "6127A12345670001", "hardware": "3.0", "firmware": "1.3"]
        ),
    ]

    static let adeunis = [
        Example(
            codec: AdeunisCodec(),
            port: 1,
            hex: "4C9600C51F00C72000C82100CA2200CC2300CD2414ABA3E9",
            numbers: ["temperature": 19.7, "humidity": 31, "batteryLow": 1, "undatedValues": 5]
        ),
        Example(
            codec: AdeunisCodec(),
            port: 1,
            hex: "579601B3FF9C01F4FFFF14ABA3E9",
            numbers: ["temperature1": 43.5, "temperature2": -10, "undatedValues": 1]
        ),
        Example(
            codec: AdeunisCodec(model: "TEMP 4"),
            port: 1,
            hex: "301001B3FF9C",
            numbers: ["temperature1": 43.5, "temperature2": -10, "batteryLow": 0]
        ),
        Example(
            codec: AdeunisCodec(),
            port: 1,
            hex: "40C00001000200030004A5",
            numbers: [
                "pulses1": 1, "pulses2": 2, "pulses3": 3, "pulses4": 4, "input1": 1, "input2": 1,
                "input3": 0, "input4": 0, "batteryLow": 0,
            ]
        ),
        Example(
            codec: AdeunisCodec(model: "pulse"),
            port: 1,
            hex: "47A00F780000",
            numbers: ["alarm": 1, "pulseFlow1": 3960, "pulseFlow2": 0]
        ),
        Example(
            codec: AdeunisCodec(model: "pulse"),
            port: 1,
            hex: "47240F78000019E8B0A0",
            numbers: ["alarm": 1, "pulseFlow1": 3960, "pulseFlow2": 0]
        ),
        Example(
            codec: AdeunisCodec(),
            port: 1,
            hex: "5C80011E320020",
            numbers: ["motion": 1, "presence": 30, "brightness": 50, "undatedValues": 1]
        ),
    ]

    static let watteco = [
        report("110A04020000290B89", ["temperature": 29.53]),
        report("118A0402000029075590B0B1", ["temperature": 18.77, "alarm": 1]),
        report(
            "118A0402000029010EA0B008FC000001B10834000001B207D0000001",
            ["temperature": 2.7, "alarm": 1]
        ),
        report("110A04050000210E89", ["humidity": 37.21]),
        report("110A000F00551001", ["tamper": 1]),
        report("110A000F04022300000000", ["pulses1": 0]),
        report("1107040200800000", ["accepted": 1]),
        report("11010402000000290992", ["temperature": 24.5]),
        report("310A000F00551001", ["open": 1], model: "closo"),
        report("110A80050000190371", ["input1": 1, "input2": 0, "input3": 0], model: "pulse-senso"),
        report("110A00500006410503040E6804", ["battery": 3.688], model: "pulse-senso"),
        report("110A000600001000", ["relay": 0], model: "smartplug"),
        report(
            "310A00520000410C000047FFFFBE0063002FFFD6",
            ["energy": 71, "reactiveEnergy": -66, "samples": 99, "power": 47, "reactivePower": -42],
            model: "smartplug"
        ),
        report(
            "310A80520000411822221111FFFF000100000003001100002222000100020003",
            [
                "frequency": 30.97, "voltage": 0.1, "voltageMinimum": 0, "voltageMaximum": 0.3,
                "overVoltages": 1, "voltageSags": 2,
            ],
            model: "smartplug"
        ),
        Example(
            codec: WattecoCodec(model: "closo"),
            port: 125,
            hex: "110100000002000D0305020015E2",
            numbers: [:],
            texts: ["firmware": "3.5.2.5602"]
        ),
        report(
            "362100808098C31ECB824D7B07BA3D",
            ["temperature": 28.7, "humidity": 37, "battery": 3.707]
        ),
    ]

    private static func report(
        _ hex: String,
        _ numbers: [String: Double],
        model: String = "hygrotempo"
    ) -> Example {
        Example(codec: WattecoCodec(model: model), port: 125, hex: hex, numbers: numbers)
    }

    static let meters = [
        // 16059 MJ, 7 GJ and 0.5 GJ.
        Example(
            codec: ElvacoCodec(),
            port: 2,
            hex: "000C0E5960010004FB090700000002FB080500",
            numbers: ["energy": 16_059 / 3.6, "energy1": 7_000 / 3.6, "energy2": 500 / 3.6]
        ),
        Example(
            codec: ElvacoCodec(),
            port: 2,
            hex: "1E04068FA10100041384B71E00022BCF0F023B5D00025A1003025E98010779822532"
                + "69A511400401FD1700",
            numbers: [
                "energy": 106_895, "volume": 2013.06, "power": 4047, "flow": 0.093,
                "supplyTemperature": 78.4, "returnTemperature": 40.8, "fault": 0,
            ],
            texts: ["meter": "69322582"]
        ),
        Example(
            codec: ElvacoCodec(),
            port: 2,
            hex: "000C06526761020C14978999000B2D0000000B3B0000000A5A33060A5E41050C782911036602FD170000",
            numbers: [
                "energy": 2_616_752, "volume": 9989.97, "power": 0, "flow": 0, "supplyTemperature": 63.3,
                "returnTemperature": 54.1, "fault": 0,
            ],
            texts: ["meter": "66031129"]
        ),
        Example(
            codec: AxiomaCodec(),
            port: 100,
            hex: "01AEAC986A003217000000000000000000008003800054000E4005100048000240020000200000000000"
                + "000000000000000000",
            numbers: ["volume": 6.054, "leak": 0, "backflow": 0, "burst": 0, "batteryLow": 0]
        ),
        Example(
            codec: BMetersCodec(),
            port: 1,
            hex: "45393000000500002900D7",
            numbers: [
                "volume": 12_345, "backflowVolume": 5, "leak": 1, "burst": 1, "batteryLow": 1,
                "backflow": 0, "waterTemperature": 21.5,
            ]
        ),
    ]
}
