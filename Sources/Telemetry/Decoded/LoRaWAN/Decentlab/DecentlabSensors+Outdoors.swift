/// Levels and distances, water, what grows.
extension DecentlabSensor {
    static let outdoors: [(model: String, sensors: [DecentlabSensor])] =
        [
            ("dl-lid", [lidar, battery]),
            (
                "dl-mbx",
                [DecentlabSensor(2, .number(.distance, .u16(0)), .number(.samples, .u16(2))), battery]
            ),
            (
                "dl-rad",
                [
                    DecentlabSensor(
                        4,
                        .number(.distance, .u16(0)),
                        centi(.temperature, 2),
                        centi(.reliability, 4),
                        .number(.sensorStatus, .u16(6))
                    ), battery,
                ]
            ),
            ("dl-pr21", [keller(minimum: -1, span: 11), battery]),
            ("dl-pr26", [keller(minimum: 0, span: 1), battery]),
            (
                "dl-pr36",
                [
                    DecentlabSensor(
                        2,
                        .number(.waterPressure, .o16(0), per: 8192),
                        .number(.temperature, .o16(2), per: 256)
                    ), battery,
                ]
            ),
            (
                "dl-pr36ctd",
                [
                    DecentlabSensor(
                        4,
                        .number(.waterPressure, .o16(0), per: 8192),
                        .number(.deviceTemperature, .o16(2), per: 256),
                        .number(.temperature, .o16(4), per: 256),
                        .number(.conductivityInMillisiemens, .o16(6), per: 1024)
                    ), battery,
                ]
            ),
            ("dl-ctd10", [waterLevel(conductivity: 1), battery]),
            ("dl-ctd10b", [waterLevel(conductivity: 2), battery]),
            (
                "dl-ntu",
                [
                    DecentlabSensor(
                        5,
                        .number(.sensorStatus, .u16(0)),
                        centi(.temperature, 2),
                        .number(.turbidity, .u16(4), per: 10),
                        .number(.turbidityFNU, .u16(6), per: 10),
                        .number(.turbidityWeight, .u16(8), per: 10)
                    ), battery,
                ]
            ),
            (
                "dl-mes5",
                [
                    DecentlabSensor(
                        5,
                        .number(.sensorStatus, .u16(0)),
                        centi(.temperature, 2),
                        .number(.sludge, .u16(4), per: 100),
                        .number(.suspended, .u16(6), per: 100),
                        .number(.turbidityFAU, .u16(8), per: 10)
                    ), battery,
                ]
            ),
            (
                "dl-optod",
                [
                    DecentlabSensor(
                        5,
                        .number(.sensorStatus, .u16(0)),
                        centi(.temperature, 2),
                        centi(.oxygenSaturation, 4),
                        centi(.oxygen, 6),
                        centi(.oxygenParts, 8)
                    ), battery,
                ]
            ),
            (
                "dl-pheht",
                [
                    DecentlabSensor(
                        5,
                        .number(.sensorStatus, .u16(0)),
                        centi(.temperature, 2),
                        centi(.ph, 4),
                        deci(.redox, 6),
                        deci(.phVoltage, 8)
                    ), battery,
                ]
            ),
            ("dl-ifd", [DecentlabSensor(1, .number(.fruitSize, .u16(0), per: 100)), battery]),
            ("dl-ilt", [DecentlabSensor(1, centi(.surfaceTemperature, 0)), battery]),
            ("dl-isd", [DecentlabSensor(1, .number(.stemSize, .u16(0), per: 1000)), battery]),
            ("dl-isf", [sapFlow, battery]),
            ("dl-dws", [weighing, battery]),
            ("dl-kl66", [strainGauge, battery]),
        ] + weather + soil

    static func centi(_ name: ReadingName, _ offset: Int) -> FrameField {
        .number(name, .o16(offset), per: 100)
    }

    static func deci(_ name: ReadingName, _ offset: Int) -> FrameField {
        .number(name, .o16(offset), per: 10)
    }

    private static let lidar = DecentlabSensor(
        11,
        .number(.distance, .u16(0)),
        .number(.distanceMinimum, .u16(2)),
        .number(.distanceMaximum, .u16(4)),
        .number(.distanceMedian, .u16(6)),
        .number(.distance10, .u16(8)),
        .number(.distance25, .u16(10)),
        .number(.distance75, .u16(12)),
        .number(.distance90, .u16(14)),
        .number(.distanceMode, .u16(16)),
        .number(.samples, .u16(18)),
        .number(.acquisition, .u16(20), times: 1000, per: 1024)
    )

    /// The range is a setting of the order; this is that of the usual device.
    private static func keller(minimum: Double, span: Double) -> DecentlabSensor {
        DecentlabSensor(
            2,
            .formula(.waterPressure) { bytes throws(FrameProblem) in
                Double(try bytes.integer(.u16(0)) - 16_384) / 32_768 * span + minimum
            },
            .formula(.temperature) { bytes throws(FrameProblem) in
                Double(try bytes.integer(.u16(2)) - 384) * 0.003_125 - 50
            }
        )
    }

    private static func waterLevel(conductivity factor: Double) -> DecentlabSensor {
        DecentlabSensor(
            4,
            .number(.depth, .o16(0)),
            deci(.temperature, 2),
            .number(.conductivity, .u16(4), times: factor),
            .flag(.frost, .u16(6))
        )
    }

}

/// Names of levels and water.
extension ReadingName {
    fileprivate static let samples = network("samples")
    fileprivate static let acquisition = network("acquisition", "ms")
    fileprivate static let reliability = ReadingName("reliability", "dB")
    fileprivate static let distanceMinimum = ReadingName("distanceMinimum", "mm")
    fileprivate static let distanceMaximum = ReadingName("distanceMaximum", "mm")
    fileprivate static let distanceMedian = ReadingName("distanceMedian", "mm")
    fileprivate static let distance10 = ReadingName("distancePercentile10", "mm")
    fileprivate static let distance25 = ReadingName("distancePercentile25", "mm")
    fileprivate static let distance75 = ReadingName("distancePercentile75", "mm")
    fileprivate static let distance90 = ReadingName("distancePercentile90", "mm")
    fileprivate static let distanceMode = ReadingName("distanceMode", "mm")
    fileprivate static let waterPressure = ReadingName("waterPressure", "bar")
    fileprivate static let conductivityInMillisiemens = ReadingName("conductivity", "mS/cm")
    fileprivate static let turbidityFNU = ReadingName("turbidity", "FNU", number: 2)
    fileprivate static let turbidityWeight = ReadingName("turbidity", "mg/L", number: 3)
    fileprivate static let turbidityFAU = ReadingName("turbidity", "FAU")
    fileprivate static let sludge = ReadingName("sludge", "%")
    fileprivate static let suspended = ReadingName("suspended", "g/L")
    fileprivate static let oxygenParts = ReadingName("oxygen", "ppm", number: 2)
    fileprivate static let phVoltage = ReadingName("phVoltage", "mV")
    fileprivate static let fruitSize = ReadingName("fruitSize", "mm")
    fileprivate static let stemSize = ReadingName("stemSize", "mm")
    static let conductivity = ReadingName("conductivity", "µS/cm")
}
