/// Sun, rain, wind, roads, greenhouses.
extension DecentlabSensor {
    static let weather: [(model: String, sensors: [DecentlabSensor])] = [
        ("dl-alb", [albedo, battery]),
        (
            "dl-par",
            [DecentlabSensor(1, .number(.plantLight, .o16(0), times: 15_000, per: 32_768)), battery]
        ),
        ("dl-pyr", [DecentlabSensor(1, .number(.solar, .o16(0), times: 15_000, per: 32_768)), battery]),
        (
            "dl-atm22",
            [
                DecentlabSensor(
                    8,
                    fields: wind(0) + [
                        deci(.temperature, 6), deci(.angleX, 8), deci(.angleY, 10),
                        centi(.windNorth, 12), centi(.windEast, 14),
                    ]
                ), battery,
            ]
        ),
        (
            "dl-atm41",
            [
                DecentlabSensor(
                    17,
                    fields: [.number(.solar, .o16(0)), .number(.rain, .o16(2), per: 1000)]
                        + lightning + wind(8) + station + [
                            .number(.heading, .o16(28)), centi(.windNorth, 30), centi(.windEast, 32),
                        ]
                ),
                battery,
            ]
        ),
        (
            "dl-atm41g2",
            [
                DecentlabSensor(
                    17,
                    fields: [deci(.solar, 0), .number(.rain, .u16(2), per: 1000)]
                        + lightning + wind(8) + station + [
                            .number(.rainConductivity, .o16(28)),
                            .formula(.totalRain) { bytes throws(FrameProblem) in
                                try double(bytes, 30) / 1000
                            },
                        ]
                ), battery,
            ]
        ),
        ("dl-cws", [road, battery]),
        (
            "dl-cws2",
            [
                DecentlabSensor(
                    2,
                    .number(.shadedTemperature, .u16(0), times: 175, per: 65_535, plus: -45),
                    .number(.shadedHumidity, .u16(2), times: 100, per: 65_535)
                ), road, battery,
            ]
        ),
        ("dl-gmm", [greenhouse, battery]),
        ("dl-itst", [infrared, battery]),
        ("dl-wrm", [climate, infrared, battery]),
        (
            "dl-tbrg",
            [
                DecentlabSensor(
                    4,
                    .number(.rain, .u16(0), per: 10),
                    .number(.rainInterval, .u16(2)),
                    .formula(.totalRain) { bytes throws(FrameProblem) in try double(bytes, 4) / 10 }
                ), battery,
            ]
        ),
    ]

    private static let albedo = DecentlabSensor(
        2,
        deci(.solar, 0),
        deci(.reflected, 2),
        .formula(.albedo) { bytes throws(FrameProblem) in
            let incoming = try bytes.integer(.o16(0))
            return incoming == 0 ? nil : Double(try bytes.integer(.o16(2))) / Double(incoming)
        }
    )

    private static func wind(_ offset: Int) -> [FrameField] {
        [centi(.windSpeed, offset), deci(.windDirection, offset + 2), centi(.gust, offset + 4)]
    }
    private static let lightning: [FrameField] = [
        .number(.lightnings, .o16(4)), .number(.lightningDistance, .o16(6)),
    ]
    private static let station: [FrameField] = [
        deci(.temperature, 14), centi(.vapourPressure, 16), deci(.pressure, 18), deci(.humidity, 20),
        deci(.deviceTemperature, 22), deci(.angleX, 24), deci(.angleY, 26),
    ]
    private static let road = DecentlabSensor(
        6,
        centi(.surfaceTemperature, 0),
        centi(.temperature, 2),
        centi(.humidity, 4),
        centi(.dewPoint, 6),
        .number(.angle, .o16(8)),
        centi(.deviceTemperature, 10)
    )
    private static let greenhouse = DecentlabSensor(
        7,
        deci(.plantLight, 0),
        centi(.temperature, 2),
        deci(.humidity, 4),
        .number(.co2, .o16(6)),
        deci(.pressure, 8),
        centi(.vapourDeficit, 10),
        centi(.dewPoint, 12)
    )
    private static let infrared = DecentlabSensor(
        2,
        .formula(.surfaceTemperature) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(0)) - 1000) / 10
        },
        .formula(.deviceTemperature) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(2)) - 1000) / 10
        }
    )
}

/// Names of weather.
extension ReadingName {
    fileprivate static let reflected = ReadingName("reflectedRadiation", "W/m²")
    fileprivate static let albedo = ReadingName("albedo")
    fileprivate static let solar = ReadingName("solarRadiation", "W/m²")
    fileprivate static let plantLight = ReadingName("plantLight", "µmol/(m²·s)")
    fileprivate static let rain = ReadingName("rain", "mm")
    fileprivate static let totalRain = ReadingName("totalRain", "mm")
    fileprivate static let rainInterval = ReadingName("rainInterval", "s")
    fileprivate static let rainConductivity = ReadingName("rainConductivity", "µS/cm")
    fileprivate static let gust = ReadingName("gust", "m/s")
    fileprivate static let windNorth = ReadingName("windNorth", "m/s")
    fileprivate static let windEast = ReadingName("windEast", "m/s")
    fileprivate static let lightnings = ReadingName("lightnings")
    fileprivate static let lightningDistance = ReadingName("lightningDistance", "km")
    fileprivate static let vapourPressure = ReadingName("vapourPressure", "kPa")
    fileprivate static let vapourDeficit = ReadingName("vapourPressureDeficit", "kPa")
    fileprivate static let shadedTemperature = ReadingName("shadedTemperature", "°C")
    fileprivate static let shadedHumidity = ReadingName("shadedHumidity", "%")
}
