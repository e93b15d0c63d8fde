/// Air in rooms; pulses, inputs, currents, potentiometers.
extension DecentlabSensor {
    static let indoors: [(model: String, sensors: [DecentlabSensor])] = [
        (
            "dl-iam",
            [
                battery, climate, DecentlabSensor(1, pressure(0)),
                DecentlabSensor(
                    2,
                    .number(.light, .u16(0)),
                    .number(.infrared, .u16(2)),
                    .formula(.illuminance) { bytes throws(FrameProblem) in try illuminance(bytes) }
                ),
                DecentlabSensor(
                    3,
                    .number(.co2, .o16(0)),
                    .number(.sensorStatus, .u16(2)),
                    .number(.rawInfrared, .u16(4))
                ),
                DecentlabSensor(1, .number(.motions, .u16(0))), DecentlabSensor(1, .number(.voc, .u16(0))),
            ]
        ),
        (
            "dl-lp8p",
            [
                oldClimate,
                DecentlabSensor(
                    2,
                    .formula(.deviceTemperature) { bytes throws(FrameProblem) in
                        Double(try bytes.integer(.u16(0)) - 5000) / 100
                    },
                    pressure(2)
                ),
                DecentlabSensor(
                    8,
                    .number(.co2, .o16(0)),
                    .number(.co2Smoothed, .o16(2)),
                    .number(.sensorTemperature, .o16(4), per: 100),
                    .number(.capacitorVoltage[1], .u16(6), per: 1000),
                    .number(.capacitorVoltage[2], .u16(8), per: 1000),
                    .number(.sensorStatus, .u16(10)),
                    .number(.rawInfrared, .u16(12)),
                    .number(.rawInfraredSmoothed, .u16(14))
                ), battery,
            ]
        ),
        (
            "dl-pm",
            [
                battery,
                DecentlabSensor(
                    10,
                    .number(.pm1, .u16(0), per: 10),
                    .number(.pm25, .u16(2), per: 10),
                    .number(.pm4, .u16(4), per: 10),
                    .number(.pm10, .u16(6), per: 10),
                    .number(.particleSize, .u16(8)),
                    .number(.particles05, .u16(10), per: 10),
                    .number(.particles1, .u16(12), per: 10),
                    .number(.particles25, .u16(14), per: 10),
                    .number(.particles4, .u16(16), per: 10),
                    .number(.particles10, .u16(18), per: 10)
                ), oldClimate, DecentlabSensor(1, pressure(0)),
            ]
        ),
        ("dl-sht35", [climate, battery]),
        (
            "dl-rhc",
            [
                DecentlabSensor(
                    4,
                    .formula(.sensorNumber) { bytes throws(FrameProblem) in try double(bytes, 0) },
                    .number(.humidity, .u16(4), per: 100),
                    .number(.temperature, .o16(6), per: 100)
                ), battery,
            ]
        ),
        ("dl-ds18", [DecentlabSensor(1, .number(.temperature, .o16(0), per: 16)), battery]),
    ]

    /// The sensor's two diodes see light with and without infrared; lamps and the sun differ in how much.
    private static func illuminance(_ bytes: FrameBytes) throws(FrameProblem) -> Double {
        let all = Double(try bytes.integer(.u16(0)))
        let infrared = Double(try bytes.integer(.u16(2)))
        return max(all - 1.64 * infrared, 0.59 * all - 0.86 * infrared, 0) * 1.5504
    }

    static let inputs: [(model: String, sensors: [DecentlabSensor])] = [
        ("dl-dlr2-002", [pulses(0), battery]),
        ("dl-dlr2-003", [DecentlabSensor(1, .flag(.input, .u16(0))), battery]),
        // Over a resistor of ten ohms.
        (
            "dl-dlr2-004",
            [DecentlabSensor(1, .number(.currentInMilliamperes, .o16(0), times: 150, per: 32_768)), battery]
        ),
        ("dl-dlr2-005", [analog(.voltage, times: 3), battery]),
        ("dl-dlr2-006", [analog(.position, times: 1), battery]),
        ("dl-dlr2-008", [DecentlabSensor(2, .formula(.temperature, platinum100)), battery]),
        (
            "dl-dlr2-009",
            [
                DecentlabSensor(
                    2,
                    .formula(.resistance) { bytes throws(FrameProblem) in divider(try ratio(bytes, 0)) },
                    .formula(.temperature, platinum1000)
                ), battery,
            ]
        ),
        ("dl-dlr2-010", [pulses(1), pulses(2), battery]),
        (
            "dl-dlr2-011",
            [
                DecentlabSensor(1, .flag(.input[1], .u16(0))), DecentlabSensor(1, .flag(.input[2], .u16(0))),
                battery,
            ]
        ),
        ("dl-dlr2-012", [analog(.strain, times: 1_000_000 / 64 * 4 / 2.02), battery]),
        ("dl-lpw", [analog(.positionInPercent, times: 100), battery]),
        ("dl-lws", [analog(.leafWetness, times: 1), battery]),
        ("dl-zn1", [analog(.growth[1], times: 20_000), battery]),
        (
            "dl-zn2",
            [
                DecentlabSensor(
                    4,
                    .formula(.growth[1]) { bytes throws(FrameProblem) in try ratio(bytes, 0) * 20_000 },
                    .formula(.growth[2]) { bytes throws(FrameProblem) in
                        (try ratio(bytes, 0) - ratio(bytes, 4)) * 20_000
                    }
                ), battery,
            ]
        ),
        (
            "dl-blg",
            [
                DecentlabSensor(
                    2,
                    .formula(.position) { bytes throws(FrameProblem) in try ratio(bytes, 0) / 2 },
                    .formula(.resistance) { bytes throws(FrameProblem) in thermistor(try ratio(bytes, 0) / 2)
                    },
                    .formula(.temperature) { bytes throws(FrameProblem) in
                        thermistor(try ratio(bytes, 0) / 2).map(blackGlobe)
                    }
                ), battery,
            ]
        ),
    ]

    private static func pulses(_ number: UInt8) -> DecentlabSensor {
        DecentlabSensor(
            4,
            .number(.pulses[number], .u16(0)),
            .number(.pulseInterval[number], .u16(2)),
            .formula(.totalPulses[number]) { bytes throws(FrameProblem) in try double(bytes, 4) }
        )
    }

    private static func analog(_ name: ReadingName, times factor: Double) -> DecentlabSensor {
        DecentlabSensor(2, .formula(name) { bytes throws(FrameProblem) in try ratio(bytes, 0) * factor })
    }

    /// The resistor in the divider below the sensor.
    private static let reference = 2000.0

    private static func divider(_ ratio: Double) -> Double? {
        ratio < 1 ? ratio * reference / (1 - ratio) : nil
    }

    @Sendable
    private static func platinum100(_ bytes: FrameBytes) throws(FrameProblem) -> Double? {
        divider(try ratio(bytes, 0) / 2).map { -244.83 + 2.3419 * $0 + 0.001_066_4 * $0 * $0 }
    }

    @Sendable
    private static func platinum1000(_ bytes: FrameBytes) throws(FrameProblem) -> Double? {
        divider(try ratio(bytes, 0)).map { -245.18 + 0.234_69 * $0 + 0.000_010_487_6 * $0 * $0 }
    }

    private static func thermistor(_ ratio: Double) -> Double? {
        let resistance = ratio > 0 ? 1000 / ratio - 41_000 : 0
        return resistance > 0 ? resistance : nil
    }

    /// Steinhart and Hart's equation with the coefficients of the black globe.
    private static func blackGlobe(_ resistance: Double) -> Double {
        let logarithm = logarithm(resistance)
        let inverse =
            0.000_827_111_1 + 0.000_208_802 * logarithm
            + 0.000_000_080_592 * logarithm * logarithm * logarithm
        return 1 / inverse - 273.15
    }

    /// The natural logarithm of a positive number, which the standard library does not have: of the binary exponent,
    /// and of the significand by the series of the area tangent (26 terms reach the last bit).
    static func logarithm(_ number: Double) -> Double {
        let ratio = (number.significand - 1) / (number.significand + 1)
        var power = ratio
        var sum = 0.0
        for term in 0..<26 {
            sum += power / Double(2 * term + 1)
            power *= ratio * ratio
        }
        return Double(number.exponent) * 0.693_147_180_559_945_3 + 2 * sum
    }
}

extension ReadingName {
    fileprivate static let light = ReadingName("light")
    fileprivate static let infrared = ReadingName("infrared")
    fileprivate static let rawInfrared = network("rawInfrared")
    fileprivate static let rawInfraredSmoothed = network("rawInfraredSmoothed")
    fileprivate static let co2Smoothed = ReadingName("co2Smoothed", "ppm")
    fileprivate static let sensorTemperature = ReadingName("sensorTemperature", "°C")
    fileprivate static let capacitorVoltage = network("capacitorVoltage", "V")
    fileprivate static let sensorNumber = network("sensorNumber")
    fileprivate static let particleSize = ReadingName("particleSize", "nm")
    fileprivate static let particles4 = ReadingName("particles4")
    fileprivate static let pulseInterval = ReadingName("pulseInterval", "s")
    fileprivate static let position = ReadingName("position")
    fileprivate static let positionInPercent = ReadingName("position", "%")
    fileprivate static let leafWetness = ReadingName("leafWetness")
    fileprivate static let growth = ReadingName("growth", "µm")
    static let strain = ReadingName("strain", "µm/m")
    static let sensorStatus = network("sensorStatus")
}
