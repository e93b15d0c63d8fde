/// Air, temperature, light, smoke.
extension NetvoxDevice {
    static let climate: [NetvoxDevice] = [
        .battery(0x01, "R711(R712)", air, settings: airChanges),
        .battery(0xBC, "R711A", temperature, settings: [temperatureChange]),
        .battery(0x0B, "R718A", air, settings: airChanges),
        .battery(0x13, "R718AB", air, settings: airChanges),
        .battery(0x9C, "R718AD", temperature, settings: [temperatureChange]),
        .battery(0x6E, "R720A", air, settings: airChanges),
        .battery(
            0x70,
            "R720C",
            [.number(.pressure, .u32(4), per: 100), .number(.temperature, .i16(8), per: 100)],
            settings: [temperatureChange, .number(.pressureChange, .u16(9), per: 10)]
        ),
        .battery(
            0xA5,
            "R720E",
            [
                .number(.voc, .u16(4)).when(.u8(10), is: 0),
                .number(.airQuality, .u16(4)).when(.u8(10), is: 1),
                .number(.temperature, .i16(6), per: 100), .number(.humidity, .u16(8), per: 100),
            ],
            settings: [
                .number(.vocChange, .u16(7)), .number(.temperatureChange, .u8(9), per: 10),
                .number(.humidityChange, .u8(10), per: 10),
            ],
            commands: [NetvoxCommand(0x83, "ResetTVOCBaseLineRsp")]
        ),
        .battery(0x4B, "R311B", light, settings: [.number(.illuminanceThreshold, .u16(7))]),
        .battery(0x04, "R311G", light, settings: [.number(.illuminanceChange, .u16(7))]),
        .battery(
            0x1E,
            "R718G",
            [.number(.illuminance, .u32(4))],
            settings: [.number(.illuminanceChange, .u32(7))],
            commands: [
                NetvoxCommand(0x83, "SetSunlightSampleRangeRsp"),
                NetvoxCommand(0x84, "GetSunlightSampleRangeRsp", .number(.range, .u8(2))),
            ]
        ),
        .battery(
            0x03,
            "RB11E",
            [
                .number(.temperature, .i16(4), per: 100), .number(.illuminance, .u16(6)),
                .flag(.occupied, .u8(8)), .flag(.tamper, .u8(9)),
            ],
            settings: [temperatureChange, .number(.illuminanceChange, .u16(9))],
            commands: [
                NetvoxCommand(0x83, "SetIRDisableTimeRsp"),
                NetvoxCommand(
                    0x84,
                    "GetIRDisableTimeRsp",
                    .number(.motionDisableTime, .u16(2)),
                    .number(.motionDetectionTime, .u16(4))
                ),
            ]
        ),
        .battery(
            0x0A,
            "RA02A",
            [.flag(.fire, .u8(4)), .flag(.heatAlarm, .u8(5)), .number(.temperature, .i16(6), per: 10)]
        ),
        .battery(
            0x11,
            "RA02C",
            [.flag(.gasAlarm, .u8(4)), .flag(.heatAlarm, .u8(5))],
            commands: [
                NetvoxCommand(0x83, "SetAlarmThresholdRsp"),
                NetvoxCommand(0x84, "GetAlarmThresholdRsp", .number(.alarmThreshold, .u8(2))),
            ]
        ),
        particles(0x35, "RA0716"), particles(0x36, "R72616"), particles(0x6A, "R72616A"),
        particles(0x37, "R72716"),
        station(0x05, "RA07Series"), station(0x09, "R726Series"), station(0x0D, "RA07**YSeries"),
    ]

    private static let temperature: [FrameField] = [.number(.temperature, .i16(4), per: 100)]
    private static let air: [FrameField] = temperature + [.number(.humidity, .u16(6), per: 100)]
    private static let light: [FrameField] = [.number(.illuminance, .u16(4))]
    private static let temperatureChange = FrameField.number(.temperatureChange, .u16(7), per: 100)
    private static let airChanges = [
        temperatureChange, FrameField.number(.humidityChange, .u16(9), per: 100),
    ]

    private static func particles(_ code: UInt8, _ model: StaticString) -> NetvoxDevice {
        let fields = voltage + air + [.number(.pm25, .u16(8), absent: 0xFFFF)]
        return NetvoxDevice(code: code, model: model, reports: [fields], settings: [], commands: [])
    }

    /// A weather and air station: fourteen reports of three sensors each, most of them not fitted.
    private static func station(_ code: UInt8, _ model: StaticString) -> NetvoxDevice {
        NetvoxDevice(
            code: code,
            model: model,
            reports: stationReports.map { voltage + $0 },
            settings: [],
            commands: []
        )
    }

    private static let stationReports: [[FrameField]] = [
        [fitted(.pm1, 4), fitted(.pm25, 6), fitted(.pm10, 8)],
        [fitted(.pm1, 4), fitted(.pm25, 6), fitted(.pm10, 8)],
        [fitted(.particles03, 4), fitted(.particles05, 6), fitted(.particles1, 8)],
        [fitted(.particles25, 4), fitted(.particles5, 6), fitted(.particles10, 8)],
        [fitted(.ozone, 4, per: 10), fitted(.carbonMonoxide, 6, per: 10), fitted(.nitricOxide, 8, per: 10)],
        [
            fitted(.nitrogenDioxide, 4, per: 10), fitted(.sulphurDioxide, 6, per: 10),
            fitted(.hydrogenSulphide, 8, per: 10),
        ],
        [fitted(.co2, 4, per: 10), fitted(.ammonia, 6, per: 10), fitted(.sound, 8, per: 10)],
        [fitted(.ph, 4, per: 100), signed(.probeTemperature, 6, per: 100), signed(.redox, 8)],
        [
            fitted(.turbidity, 4, per: 10), signed(.probeTemperature, 6, per: 100),
            fitted(.soilMoisture, 8, per: 100),
        ],
        [
            fitted(.soilMoisture, 4, per: 100), signed(.soilTemperature, 6, per: 100),
            fitted(.depth, 8), .number(.soilConductivity, .u8(10), per: 10, absent: 0xFF),
        ],
        [
            signed(.probeTemperature, 4, per: 100), fitted(.oxygen, 6, per: 100),
            fitted(.oxygenSaturation, 8, per: 10),
        ],
        [
            signed(.temperature, 4, per: 100), fitted(.humidity, 6, per: 100),
            fitted(.windSpeed, 8, per: 100),
        ],
        [fitted(.windDirection, 4), .number(.pressure, .u32(6), per: 100, absent: 0xFFFF_FFFF)],
        [fitted(.voc, 4, per: 10)],
    ]

    private static func fitted(_ name: ReadingName, _ offset: Int, per: Double = 1) -> FrameField {
        .number(name, .u16(offset), per: per, absent: 0xFFFF)
    }

    private static func signed(_ name: ReadingName, _ offset: Int, per: Double = 1) -> FrameField {
        .number(name, .i16(offset), per: per, absent: -1)
    }
}

extension ReadingName {
    fileprivate static let humidityChange = network("humidityChange", "%")
    fileprivate static let pressureChange = network("pressureChange", "hPa")
    fileprivate static let vocChange = network("vocChange")
    fileprivate static let illuminanceChange = network("illuminanceChange", "lx")
    fileprivate static let illuminanceThreshold = network("illuminanceThreshold", "lx")
    fileprivate static let range = network("range")
    fileprivate static let motionDisableTime = network("motionDisableTime", "s")
    fileprivate static let motionDetectionTime = network("motionDetectionTime", "s")
    fileprivate static let alarmThreshold = network("alarmThreshold")
    static let temperatureChange = network("temperatureChange", "°C")
}
