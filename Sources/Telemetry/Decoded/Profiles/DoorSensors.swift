/// Contacts on doors and windows.
extension DeviceProfile {
    static let doorSensors: [DeviceProfile] = [
        // Aqara door and window sensor. Zigbee2MQTT, MCCGQ11LM.
        DeviceProfile(.door, "Aqara", ["MCCGQ11LM", "lumi.sensor_magnet.aq2"], zigbeeContact),
        // SONOFF SNZB-04. Zigbee2MQTT, SNZB-04.
        DeviceProfile(.door, "SONOFF", ["SNZB-04"], zigbeeContact),
        // IKEA PARASOLL. Zigbee2MQTT, E2013.
        DeviceProfile(.door, "IKEA", ["E2013", "PARASOLL Door/Window Sensor"], zigbeeContact),
        // Shelly Door/Window 2. Shelly technical documentation, first generation.
        DeviceProfile(
            .door,
            "Shelly",
            ["shellydw2", "shellydw"],
            [
                .flag("sensor/state", .open), .number("sensor/tilt", .angle, absent: -1),
                .flag("sensor/vibration", .vibration),
                .number("sensor/lux", .illuminance), .number("sensor/temperature", .temperature),
                .number("sensor/battery", .batteryLevel),
            ]
        ),
        // Lansen door and window sensor. wmbusmeters, driver lansendw.
        DeviceProfile(
            .door,
            "Lansen",
            ["lansendw"],
            [
                .flag("status", .open), .number("a_counter", ReadingName("openingsAndClosings")),
                mbusFlags("error_flags"),
            ]
        ),
        // Browan MerryIoT Open/Close. ChirpStack device profiles, browan/merryiot-dw10.
        DeviceProfile(
            .door,
            "Browan",
            ["merryiot-dw10"],
            [
                .flag("open", .open), .flag("tamper", .tamper), .flag("tilt", .tilted),
                .number("count", .openings),
            ] + browan
        ),
        // Browan TBDW100. The Things Network device repository, browan/tbdw100.
        DeviceProfile(
            .door,
            "Browan",
            ["tbdw100"],
            [.flag("status", .open), .number("count", .openings)] + browan
        ),
        // Dragino LDS02. The Things Network device repository, dragino/lds02; user manual: the duration is in minutes.
        DeviceProfile(
            .door,
            "Dragino",
            ["lds02", "lds01"],
            draginoContact
        ),
        // Netvox R311A. The Things Network device repository, netvox/r311a.
        DeviceProfile(.door, "Netvox", ["R311A"], [.flag("OnOff", .open)] + netvox),
        // Milesight WS301. Milesight decoder ws301.
        DeviceProfile(
            .door,
            "Milesight",
            ["ws301"],
            [
                .flag("magnet_status", .open), .number("battery", .batteryLevel),
                .flag("tamper_status", .tamper, yes: ["uninstalled"], no: ["installed"]),
            ]
        ),
    ]

    private static let zigbeeContact: [DeviceField] =
        [
            .inverse("contact", .open), .flag("tamper", .tamper),
        ] + zigbeeBattery
}
