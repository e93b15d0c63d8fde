/// Water meters. Those over wireless M-Bus are called as wmbusmeters calls their drivers; source: the drivers'
/// descriptions in wmbusmeters, one for each.
extension DeviceProfile {
    static let waterMeters: [DeviceProfile] = [
        // Kamstrup MULTICAL 21, flowIQ 2200 and others. Driver kamwater.
        DeviceProfile(.waterMeter, "Kamstrup", ["kamwater"], kamstrupWater),
        // Kamstrup MULTICAL 21. Driver multical21.
        DeviceProfile(.waterMeter, "Kamstrup", ["multical21"], kamstrupWater),
        // Kamstrup flowIQ 2200. Driver flowiq2200.
        DeviceProfile(.waterMeter, "Kamstrup", ["flowiq2200"], kamstrupWater),
        // Diehl IZAR radio module. Driver izar.
        DeviceProfile(.waterMeter, "Diehl", ["izar"], izar),
        // Diehl HYDRUS. Driver hydrus.
        DeviceProfile(.waterMeter, "Diehl", ["hydrus"], mbusWater),
        // Sensus iPERL. Driver iperl.
        DeviceProfile(.waterMeter, "Sensus", ["iperl"], mbusWater),
        // Apator AT-WMBUS-16-2. Driver apator162.
        DeviceProfile(.waterMeter, "Apator", ["apator162"], mbusWater),
        // Zenner Minomess. Driver minomess.
        DeviceProfile(.waterMeter, "Zenner", ["minomess"], mbusWater),
        // B Meters Hydrodigit. Driver hydrodigit.
        DeviceProfile(.waterMeter, "B Meters", ["hydrodigit"], hydrodigit),
        // Itron Cyble. Driver itron.
        DeviceProfile(.waterMeter, "Itron", ["itron"], mbusWater),
        // Talkpool OY1320, an M-Bus bridge. The Things Network device repository, talkpool/oy1320.
        DeviceProfile(
            .waterMeter,
            "Talkpool",
            ["oy1320"],
            [.number("MeterReading", .pulses), .text("Status", .state)]
        ),
    ]

    /// The status of a meter: words of its maker, and what the status byte of the M-Bus transport layer says (EN 13757-7),
    /// in wmbusmeters' words. Older versions call it `current_status`.
    static func mbusStatus(
        _ words: KeyValuePairs<StaticString, ReadingName> = [:],
        others: [StaticString] = []
    ) -> [DeviceField] {
        ["status", "current_status"].map { mbusFlags($0, words, others: others) }
    }

    static func mbusFlags(
        _ path: StaticString,
        _ words: KeyValuePairs<StaticString, ReadingName> = [:],
        others: [StaticString] = []
    ) -> DeviceField {
        .flags(
            path,
            .state,
            words,
            and: [
                "POWER_LOW": .batteryLow, "PERMANENT_ERROR": .fault, "TEMPORARY_ERROR": .fault,
                "ERROR": .fault, "ALARM": .alarm,
            ],
            others: ["BUSY"] + others
        )
    }

    private static let mbusWater: [DeviceField] =
        [
            .number("total_m3", .volume), .number("target_m3", dueVolume), .text("target_date", dueDate),
            .number("flow_m3h", .flow), .number("volume_flow_m3h", .flow),
            .number("max_flow_m3h", largestFlow),
            .number("flow_temperature_c", waterTemperature), .number("external_temperature_c", .temperature),
            .number("remaining_battery_life_y", batteryYears),
        ] + mbusStatus()

    /// Of the bits of its status that have no word, such as `ERROR_FLAGS_800`, none is one of these.
    private static let kamstrupWater: [DeviceField] =
        mbusStatus(
            [
                "DRY": .dry, "REVERSE": .backflow, "REVERSED": .backflow, "LEAK": .leak, "BURST": .burst,
                "TAMPER": .tamper, "LOW_BATTERY": .batteryLow,
            ],
            others: [
                "LOW_ABIENT_TEMPERATURE", "LOW_AMBIENT_TEMPERATURE", "FLOW_ABOVE_Q4", "NO_CONSUMPTION",
                "ERROR_FLAGS_*",
            ]
        ) + [
            .text("time_dry", ReadingName("timeDry")), .text("time_reversed", ReadingName("timeReversed")),
            .text("time_leaking", ReadingName("timeLeaking")),
            .text("time_bursting", ReadingName("timeBursting")),
        ] + mbusWater

    private static let izar: [DeviceField] =
        [
            .flags(
                "current_alarms",
                .state,
                [
                    "leakage": .leak, "meter_blocked": ReadingName("blocked"), "back_flow": .backflow,
                    "overflow": .burst, "submarine": ReadingName("flooded"), "sensor_fraud": .tamper,
                    "mechanical_fraud": .tamper, "general_alarm": .alarm,
                ],
                others: ["no_alarm", "underflow"],
                vague: ["general_alarm"]
            ),
            .text("previous_alarms", ReadingName("previousAlarms")),
            .number("last_month_total_m3", dueVolume), .text("last_month_measure_date", dueDate),
            .text("serial_number", .meter),
        ] + mbusWater

    private static let hydrodigit: [DeviceField] =
        [
            .number("backflow_m3", .backflowVolume), .number("voltage_v", .batteryVoltage),
        ] + mbusWater

    /// The total on the day for which it is billed; not the total now.
    static let dueVolume = ReadingName("dueVolume", "m³")
    static let dueDate = ReadingName("dueDate")
    private static let largestFlow = ReadingName("largestFlow", "m³/h")
    static let waterTemperature = ReadingName("waterTemperature", "°C")
    static let batteryYears = ReadingName.network("batteryLife", "y")
}
