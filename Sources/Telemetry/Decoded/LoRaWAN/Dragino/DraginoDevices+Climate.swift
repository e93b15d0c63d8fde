/// Temperature, humidity, air quality; and the node that hobbyists build on.
extension DraginoDevices {
    static let climate: [Model] = [
        Model(
            ["lht65", "lht65n", "lht65s"],
            variants: ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9"],
            temperatureAndHumidity
        ),
        Model(["lht65n-e31f"], [twoClimates, about]),
        Model(["lht65n-vib"], vibrations),
        Model(["lht52"], [smallTemperatureAndHumidity, about]),
        Model(["laq4"], [air]),
        Model(["lsn50v2-d20-d22-d23", "lsn50v2-d22", "lsn50v2-d23"], [threeProbes]),
        Model(["lsn50", "lsn50-v2", "lsn50v2", "lsn50v2-d20", "lsn50v2-s31", "lsn50v2-s31b"], node),
        Model(["ltc2"], thermocouples),
    ]

    /// The low four bits of byte 6 say what is plugged into the socket; bit 6 marks the answer to a query for stored
    /// values.
    private static let temperatureAndHumidity: [FrameLayout] = [
        FrameLayout(
            port: 2,
            lengths: 11...242,
            when: (.u8(6).bit(6), 1),
            records: (11, .u32(7)),
            .number(.probeTemperature, .i16(0), per: 100, absent: 0x7FFF).when(socketKind, is: 1),
            .number(.temperature, .i16(2), per: 100, absent: 0x7FFF),
            .number(.humidity, .u16(4).bits(0, 12), per: 10, absent: 0xFFF)
        ),
        socket(0, "No external sensor", []),
        socket(1, "Temperature Sensor", [probe(7, per: 100)]),
        socket(4, "Interrupt Sensor send", [.flag(.input, .u8(7)), .flag(.interrupt, .u8(8))]),
        socket(5, "Illumination Sensor", [.number(.illuminance, .u16(7))]),
        socket(6, "ADC Sensor", [.number(.voltage, .u16(7), per: 1000)]),
        socket(7, "Interrupt Sensor count", [.number(.pulses, .u16(7))]),
        socket(8, "Interrupt Sensor count", [.number(.pulses, .u32(7))]),
        FrameLayout(
            port: 2,
            lengths: 11...11,
            when: (socketKind, 9),
            .number(.probeTemperature, .i16(0), per: 100, absent: 0x7FFF),
            .number(.batteryState, .u8(4).bits(6, 2)),
            .number(.temperature, .i16(2), per: 100),
            .number(.humidity, .u16(4).bits(0, 12), per: 10),
            .word(.mode, socketKind, [9: "DS18B20 & timestamp"]),
            .number(.deviceTime, .u32(7))
        ),
    ]

    private static let socketKind = FramePlace.u8(6).bits(0, 4)

    private static func socket(_ kind: Int64, _ name: StaticString, _ fields: [FrameField]) -> FrameLayout {
        FrameLayout(
            port: 2,
            lengths: 11...11,
            when: (socketKind, kind),
            fields: [
                battery, .number(.batteryState, .u8(0).bits(6, 2)),
                .number(.temperature, .i16(2), per: 100, absent: 0x7FFF),
                .number(.humidity, .u16(4).bits(0, 12), per: 10, absent: 0xFFF),
                .flag(.sensorConnected, .u8(6).bit(7), is: 0), .word(.mode, socketKind, [kind: name]),
            ] + fields
        )
    }

    /// A second sensor on a cable.
    private static let twoClimates = FrameLayout(
        port: 2,
        lengths: 11...11,
        when: (.u8(6).bit(6), 0),
        battery,
        .number(.temperature, .i16(2), per: 100, absent: 0x7FFF),
        .number(.humidity, .u16(4).bits(0, 12), per: 10, absent: 0xFFF),
        probe(7, per: 100),
        .number(.probeHumidity, .u16(9).bits(0, 12), per: 10, absent: 0xFFF)
    )

    /// What it counts and for how long, with the climate in the place of one of them.
    private static let vibrations: [FrameLayout] = [
        vibration(1, [.number(.vibrations, .u32(3)), .number(.workTime, .u32(7))]),
        vibration(
            2,
            [
                .number(.vibrations, .u32(3)), .number(.temperature, .i16(7), per: 100, absent: 0x7FFF),
                .number(.humidity, .u16(9).bits(0, 12), per: 10, absent: 0xFFF),
            ]
        ),
        vibration(
            3,
            [
                .number(.temperature, .i16(3), per: 100, absent: 0x7FFF),
                .number(.humidity, .u16(5).bits(0, 12), per: 10, absent: 0xFFF),
                .number(.workTime, .u32(7)),
            ]
        ),
        about,
    ]

    private static func vibration(_ mode: Int64, _ fields: [FrameField]) -> FrameLayout {
        FrameLayout(
            port: 2,
            lengths: 11...11,
            when: (.u8(2).bits(2, 3), mode),
            fields: [
                .number(.batteryVoltage, .u16(0), per: 1000), .number(.workMode, .u8(2).bits(2, 3)),
                .flag(.alarm, .u8(2).bit(0)),
            ] + fields
        )
    }

    private static let smallTemperatureAndHumidity = FrameLayout(
        port: 2,
        lengths: 11...11,
        .number(.temperature, .i16(0), per: 100, absent: 0x7FFF),
        .number(.humidity, .u16(2), per: 10, absent: 0xFFFF),
        probe(4, per: 100),
        .number(.socketKind, .u8(6)),
        .number(.deviceTime, .u32(7))
    )

    private static let air = FrameLayout(
        port: 2,
        lengths: 11...11,
        when: (.u8(2).bits(2, 5), 1),
        .number(.batteryVoltage, .u16(0), per: 1000),
        .word(.mode, .u8(2).bits(2, 5), [1: "CO2"]),
        .flag(.alarm, .u8(2).bit(0)),
        .number(.voc, .u16(3)),
        .number(.co2, .u16(5)),
        .number(.temperature, .i16(7), per: 10),
        .number(.humidity, .u16(9), per: 10)
    )

    private static let threeProbes = FrameLayout(
        port: 2,
        lengths: 11...11,
        when: (.u8(6).bits(2, 5), 3),
        .number(.batteryVoltage, .u16(0), per: 1000),
        .word(.mode, .u8(6).bits(2, 5), [3: "DS18B20"]),
        .flag(.alarm, .u8(6).bit(0)),
        .number(.probeTemperature[1], .i16(2), per: 10, absent: -1),
        .number(.probeTemperature[2], .i16(7), per: 10, absent: -1),
        .number(.probeTemperature[3], .i16(9), per: 10, absent: -1)
    )

    private static let node: [FrameLayout] = [
        nodeMode(0, "IIC", nodeCommon + [adc] + i2c),
        nodeMode(
            1,
            "Distance",
            nodeCommon + [
                adc, .number(.distance, .u16(7), absent: 0),
                .number(.signalStrength, .u16(9), absent: 0xFFFF),
            ]
        ),
        nodeMode(
            2,
            "3ADC+IIC",
            nodeSwitch + [
                .number(.batteryVoltage, .u8(11), per: 10), .number(.voltage[1], .u16(0), per: 1000),
                .number(.voltage[2], .u16(2), per: 1000), .number(.voltage[3], .u16(4), per: 1000),
            ] + i2c,
            lengths: 12...12
        ),
        nodeMode(
            3,
            "3DS18B20",
            nodeCommon + [adc, probe(7, .probeTemperature[2]), probe(9, .probeTemperature[3])]
        ),
        nodeMode(4, "Weight", nodeCommon + [adc, weight]),
        nodeMode(5, "1Count", nodePower + [adc, .number(.pulses, .u32(7))]),
        nodeMode(
            7,
            "3ADC+1DS18B20",
            nodeCommon + [
                adc, .number(.voltage[2], .u16(7), per: 1000), .number(.voltage[3], .u16(9), per: 1000),
            ]
        ),
        nodeMode(
            8,
            "3DS18B20+2Count",
            nodeCommon + [
                probe(4, .probeTemperature[2]), probe(7, .probeTemperature[3]),
                .number(.pulses[1], .u32(9)), .number(.pulses[2], .u32(13)),
            ],
            lengths: 17...17
        ),
    ]

    private static func nodeMode(
        _ mode: Int64,
        _ name: StaticString,
        _ fields: [FrameField],
        lengths: ClosedRange<Int> = 11...11
    ) -> FrameLayout {
        let place = FramePlace.u8(6).bits(2, 5)
        return FrameLayout(
            port: 2,
            lengths: lengths,
            when: (place, mode),
            fields: [.word(.mode, place, [mode: name]), .flag(.input, .u8(6).bit(1))] + fields
        )
    }

    private static let nodePower: [FrameField] = [
        .number(.batteryVoltage, .u16(0), per: 1000), probe(2, .probeTemperature[1]),
    ]
    private static let nodeSwitch: [FrameField] = [
        .flag(.interrupt, .u8(6).bit(0)), .flag(.open, .u8(6).bit(7), is: 0),
    ]
    private static let nodeCommon = nodePower + nodeSwitch
    private static let adc = FrameField.number(.voltage[1], .u16(4), per: 1000)
    private static let weight = FrameField.formula(.weight) { bytes throws(FrameProblem) in
        Double(try bytes.integer(.i16(9)) << 16 | bytes.integer(.u16(7)))
    }
    /// A thermometer, or a light sensor, which leaves the humidity zero.
    private static let i2c: [FrameField] = [
        .number(.illuminance, .u16(7)).when(.u16(9), is: 0),
        .number(.temperature, .i16(7), per: 10, absent: 0x7FFF).unless(.u16(9), is: 0),
        .number(.humidity, .u16(9), per: 10, absent: 0xFFFF).unless(.u16(9), is: 0),
    ]

    private static let thermocouples: [FrameLayout] = [
        thermocouple(
            1,
            [
                .number(.probeTemperature[1], .i16(3), per: 100),
                .number(.probeTemperature[2], .i16(5), per: 100),
            ]
        ),
        thermocouple(
            2,
            [
                .number(.probeTemperature[1], .i16(3), per: 10),
                .number(.probeTemperature[2], .i16(5), per: 10),
            ]
        ),
        thermocouple(
            3,
            [.number(.resistance[1], .u16(3), per: 100), .number(.resistance[2], .u16(5), per: 100)]
        ),
    ]

    private static func thermocouple(_ kind: Int64, _ fields: [FrameField]) -> FrameLayout {
        FrameLayout(
            port: 2,
            lengths: 11...11,
            when: (.u8(2).bits(0, 4), kind),
            fields: [battery, .number(.socketKind, .u8(2).bits(0, 4))] + fields
                + [.number(.deviceTime, .u32(7))]
        )
    }
}

extension ReadingName {
    /// 0 is very low, 3 is good.
    static let batteryState = network("batteryState")
    static let probeHumidity = ReadingName("probeHumidity", "%")
    static let workTime = ReadingName("workTime", "min")
    fileprivate static let socketKind = network("socketKind")
    fileprivate static let weight = ReadingName("weight", "g")
    static let resistance = ReadingName("resistance", "Ω")
    /// Of the light that came back to a distance meter.
    static let signalStrength = ReadingName("signalStrength")
}
