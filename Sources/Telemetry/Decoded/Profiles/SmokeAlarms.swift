/// Smoke, heat and gas alarms.
extension DeviceProfile {
    static let smokeAlarms: [DeviceProfile] = [
        // frient (Develco) smoke alarm. Zigbee2MQTT, SMSZB-120.
        DeviceProfile(.smoke, "frient", ["SMSZB-120"], zigbeeSmoke),
        // HEIMAN smoke detector. Zigbee2MQTT, HS1SA.
        DeviceProfile(.smoke, "HEIMAN", ["HS1SA"], zigbeeSmoke),
        // Xiaomi Mijia Honeywell smoke detector. Zigbee2MQTT, JTYJ-GD-01LM/BW.
        DeviceProfile(
            .smoke,
            "Xiaomi",
            ["JTYJ-GD-01LM/BW", "lumi.sensor_smoke"],
            [.number("smoke_density", ReadingName("smokeDensity"))] + zigbeeSmoke
        ),
        // Shelly Smoke. Shelly technical documentation, first generation.
        DeviceProfile(
            .smoke,
            "Shelly",
            ["shellysmoke"],
            [
                .flag("sensor/smoke", .smoke), .number("sensor/temperature", .temperature),
                .number("sensor/battery", .batteryLevel),
            ]
        ),
        // Shelly Gas. Shelly technical documentation, first generation.
        DeviceProfile(
            .smoke,
            "Shelly",
            ["shellygas"],
            [
                .flag("sensor/gas", .gasAlarm, yes: ["mild", "heavy"], no: ["none"]),
                .number("sensor/concentration", ReadingName("gas", "ppm")), .text("sensor/operation", .state),
            ]
        ),
        // Netvox RA02A. The Things Network device repository, netvox/ra02a.
        DeviceProfile(
            .smoke,
            "Netvox",
            ["RA02A"],
            [
                .flag("FireAlarm", .smoke, no: ["No alarm"]),
                .flag("HighTempAlarm", .heatAlarm, no: ["No alarm"]),
            ]
                + netvox
        ),
        // Netvox RA02C, carbon monoxide. The Things Network device repository, netvox/ra02c.
        DeviceProfile(
            .smoke,
            "Netvox",
            ["RA02C"],
            [
                .flag("COAlarm", .gasAlarm, no: ["No alarm"]),
                .flag("HighTempAlarm", .heatAlarm, no: ["No alarm"]),
            ]
                + netvox
        ),
        // SEPT-S TG563A. The Things Network device repository, sept-s/tg563a.
        DeviceProfile(
            .smoke,
            "SEPT-S",
            ["tg563a"],
            [
                .flag("status.smokeAlarm", .smoke), .flag("status.batteryLow", .batteryLow),
                .inverse("status.mounted", .removed), .flag("status.smokeChamberFailure", .fault),
                .flag("status.obstacleDetected", ReadingName("obstructed")),
                .number("temperature", .temperature),
            ]
        ),
        // Yobiiq SD1001. The Things Network device repository, yobiiq/sd1001.
        DeviceProfile(
            .smoke,
            "YOBIIQ",
            ["sd1001", "SD-1001"],
            [
                .flag("smokeAlarm", .smoke), .flag("interconnectAlarm", .alarm), .flag("faultAlarm", .fault),
                .flag("lowBatteryAlarm", .batteryLow), .number("batteryLevelInPercentage", .batteryLevel),
                .flag("testButtonPressed", .button, yes: ["Pushed"], no: ["Normal"]),
            ]
        ),
        // Ei Electronics Ei6500-OMS. wmbusmeters, driver ei6500: the status does not say that it is alarming.
        DeviceProfile(
            .smoke,
            "Ei Electronics",
            ["ei6500"],
            [
                .number("alarm_counter", ReadingName("alarms")),
                .number("removed_counter", ReadingName("removals")),
                .flags(
                    "status",
                    .state,
                    [
                        "TAMPER_WHILE_REMOVED": .tamper,
                        "LOW_BATTERY_FAULT": .batteryLow, "POWER_LOW": .batteryLow,
                        "SOUNDER_FAULT": .fault, "ALARM_SENSOR_FAULT": .fault, "COMM_TO_HEAD_FAULT": .fault,
                        "OBSTACLE_DETECTOR_FAULT": .fault, "PERMANENT_ERROR": .fault,
                        "TEMPORARY_ERROR": .fault, "ERROR": .fault,
                        "OBSTACLE_DETECTED": ReadingName("obstructed"),
                        "SMOKE_DETECTOR_FULLY_COVERED": ReadingName("obstructed"),
                        "EOL_REACHED": ReadingName("endOfLife"),
                    ],
                    others: [
                        "BUSY", "RTC_INVALID", "EOL_WITHIN_12_MONTH", "ENV_CHANGED_SINCE_INSTALLATION",
                        "INTERFERENCE_PREVENTING_OBSTACLE_DETECTION",
                    ]
                ),
            ]
        ),
    ]

    private static let zigbeeSmoke: [DeviceField] =
        [
            .flag("smoke", .smoke), .flag("test", ReadingName("test")), .flag("tamper", .tamper),
            .number("temperature", .temperature),
        ] + zigbeeBattery
}
