/// Soil and what grows and stands on it.
extension DecentlabSensor {
    static let soil: [(model: String, sensors: [DecentlabSensor])] = [
        (
            "dl-5tm",
            [
                DecentlabSensor(
                    2,
                    .number(.permittivity, .u16(0), per: 50),
                    .formula(.waterContent) { bytes throws(FrameProblem) in
                        topp(Double(try bytes.integer(.u16(0))) / 50)
                    },
                    .formula(.soilTemperature) { bytes throws(FrameProblem) in
                        Double(try bytes.integer(.u16(2)) - 400) / 10
                    }
                ), battery,
            ]
        ),
        ("dl-trs11", [DecentlabSensor(2, fields: teros), battery]),
        ("dl-trs12", [DecentlabSensor(3, fields: teros + [.number(.conductivity, .u16(4))]), battery]),
        (
            "dl-trs21",
            [
                DecentlabSensor(
                    2,
                    .number(.waterPotential, .u16(0), times: -1, per: 10),
                    .number(.soilTemperature, .o16(2), per: 10)
                ), battery,
            ]
        ),
        ("dl-sdd", [drill(firstLevel: 1), drill(firstLevel: 7), battery]),
        ("dl-smtp", [profile, battery]),
        (
            "dl-tp",
            [DecentlabSensor(16, fields: (0..<16).map { level(.temperature, $0, at: $0 * 2) }), battery]
        ),
    ]

    /// Topp, Davis and Annan's equation (1980): water in the soil from its permittivity.
    private static func topp(_ permittivity: Double) -> Double {
        0.000_004_3 * permittivity * permittivity * permittivity
            - 0.000_55 * permittivity * permittivity + 0.0292 * permittivity - 0.053
    }

    /// METER TEROS 11 and 12, for mineral soil.
    private static let teros: [FrameField] = [
        .formula(.permittivity) { bytes throws(FrameProblem) in
            let raw = Double(try bytes.integer(.u16(0))) / 10
            let root = 2.887e-9 * raw * raw * raw - 2.08e-5 * raw * raw + 0.052_76 * raw - 43.39
            return root * root
        },
        .formula(.waterContent) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(0))) / 10 * 0.000_387_9 - 0.6956
        },
        .number(.soilTemperature, .o16(2), per: 10),
    ]

    /// A level whose raw value is 0 has no sensor.
    private static func level(_ name: ReadingName, _ level: Int, at offset: Int) -> FrameField {
        .number(name[UInt8(level + 1)], .o16(offset), per: 100, absent: -0x8000)
    }

    private static func drill(firstLevel: Int) -> DecentlabSensor {
        DecentlabSensor(
            18,
            fields: (0..<6).flatMap { step -> [FrameField] in
                let number = UInt8(firstLevel + step)
                return [
                    .number(.soilMoisture[number], .o16(step * 2), per: 100),
                    .number(.soilTemperature[number], .o16(12 + step * 2), per: 100),
                    .formula(.salinity[number]) { bytes throws(FrameProblem) in
                        Double(try bytes.integer(.u16(24 + step * 2)) - 100)
                    },
                ]
            }
        )
    }

    private static let profile = DecentlabSensor(
        16,
        fields: (0..<8).flatMap { step -> [FrameField] in
            [
                .formula(.soilMoistureIndex[UInt8(step + 1)]) { bytes throws(FrameProblem) in
                    let raw = try bytes.integer(.u16(step * 4))
                    return raw == 0 ? nil : Double(raw - 2500) / 500
                },
                level(.soilTemperature, step, at: step * 4 + 2),
            ]
        }
    )

    static let sapFlow = DecentlabSensor(
        16,
        fields: [
            heat(.sapFlow, 0), heat(.heatVelocity[1], 2), heat(.heatVelocity[2], 4),
            ratio(.alpha[1], 6), ratio(.alpha[2], 8), ratio(.beta[1], 10), ratio(.beta[2], 12),
            .number(.peakTime[1], .u16(14), per: 500), .number(.peakTime[2], .u16(16), per: 500),
            .number(.surfaceTemperature, .o16(18), per: 100),
            .number(.voltageMaximum, .o16(20), per: 1000), .number(.voltageMinimum, .o16(22), per: 1000),
            .formula(.diagnostic) { bytes throws(FrameProblem) in try double(bytes, 24) },
            .number(.upstreamPeakTime[1], .u16(28), per: 500),
            .number(.upstreamPeakTime[2], .u16(30), per: 500),
        ]
    )

    private static func heat(_ name: ReadingName, _ offset: Int) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(offset)) * 16 - 50_000) / 1000
        }
    }

    private static func ratio(_ name: ReadingName, _ offset: Int) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(offset)) * 32 - 1_000_000) / 100_000
        }
    }

    /// Vibrating wires: how many swings in how many ticks of a clock of 32 768 Hz.
    private static func frequency(_ bytes: FrameBytes) throws(FrameProblem) -> Double? {
        let ticks = try bytes.integer(.u16(2))
        return ticks == 0 ? nil : Double(try bytes.integer(.u16(0))) / Double(ticks) * 32_768
    }

    /// Each scale has a calibration of its own; this is that of the maker's example.
    static let weighing = DecentlabSensor(
        3,
        .formula(.wireFrequency) { bytes throws(FrameProblem) in try frequency(bytes) },
        .formula(.weight) { bytes throws(FrameProblem) in
            try frequency(bytes).map { ($0 * $0 - 232_263_168) * 0.000_302_459 + 1370 }
        }
    )

    static let strainGauge = DecentlabSensor(
        3,
        .number(.swings, .u16(0)),
        .number(.swingTime, .u16(2), per: 32_768),
        .formula(.wireFrequency) { bytes throws(FrameProblem) in try frequency(bytes) },
        .formula(.weight) { bytes throws(FrameProblem) in try frequency(bytes).map(load) },
        .formula(.elongation) { bytes throws(FrameProblem) in try frequency(bytes).map { load($0) * stretch }
        },
        .formula(.strain) { bytes throws(FrameProblem) in
            try frequency(bytes).map { load($0) * stretch / 0.066 }
        }
    )

    /// Grams, with the calibration of the maker's example.
    private static func load(_ frequency: Double) -> Double {
        (frequency * frequency - 15_383.72 * 15_383.72) * 46.4859 / 1_000_000
    }

    /// Micrometres for a gram.
    private static let stretch = -1.5 / 1000 * 9.8067
}

/// Names of soil and plants.
extension ReadingName {
    fileprivate static let permittivity = ReadingName("permittivity")
    fileprivate static let waterContent = ReadingName("waterContent", "m³/m³")
    fileprivate static let waterPotential = ReadingName("waterPotential", "kPa")
    fileprivate static let salinity = ReadingName("salinity")
    fileprivate static let soilMoistureIndex = ReadingName("soilMoistureIndex")
    fileprivate static let sapFlow = ReadingName("sapFlow", "L/h")
    fileprivate static let heatVelocity = ReadingName("heatVelocity", "cm/h")
    fileprivate static let alpha = ReadingName("alpha")
    fileprivate static let beta = ReadingName("beta")
    fileprivate static let peakTime = ReadingName("peakTime", "s")
    fileprivate static let upstreamPeakTime = ReadingName("upstreamPeakTime", "s")
    fileprivate static let voltageMaximum = ReadingName("voltageMaximum", "V")
    fileprivate static let voltageMinimum = ReadingName("voltageMinimum", "V")
    fileprivate static let diagnostic = network("diagnostic")
    fileprivate static let wireFrequency = ReadingName("wireFrequency", "Hz")
    fileprivate static let swings = ReadingName("swings")
    fileprivate static let swingTime = ReadingName("swingTime", "s")
    fileprivate static let elongation = ReadingName("elongation", "µm")
    fileprivate static let weight = ReadingName("weight", "g")
}
