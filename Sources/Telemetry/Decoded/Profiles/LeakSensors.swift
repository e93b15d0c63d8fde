/// Sensors and ropes that find water where none should be.
extension DeviceProfile {
    static let leakSensors: [DeviceProfile] = [
        // Aqara water leak sensor. Zigbee2MQTT, SJCGQ11LM.
        DeviceProfile(.leak, "Aqara", ["SJCGQ11LM", "lumi.sensor_wleak.aq1"], zigbeeLeak),
        // SONOFF SNZB-05P. Zigbee2MQTT, SNZB-05P.
        DeviceProfile(.leak, "SONOFF", ["SNZB-05P"], zigbeeLeak),
        // IKEA BADRING. Zigbee2MQTT, E2202.
        DeviceProfile(.leak, "IKEA", ["E2202", "BADRING Water Leakage Sensor"], zigbeeLeak),
        // frient water leak detector. Zigbee2MQTT, FLSZB-110.
        DeviceProfile(.leak, "frient", ["FLSZB-110"], zigbeeLeak),
        // Shelly Flood. Shelly technical documentation, first generation.
        DeviceProfile(
            .leak,
            "Shelly",
            ["shellyflood"],
            [
                .flag("sensor/flood", .leak), .number("sensor/temperature", .temperature),
                .number("sensor/battery", .batteryLevel),
            ]
        ),
        // Milesight EM300-SLD (spot) and EM300-ZLD (rope). Milesight decoder em300-zld, em300-sld.
        DeviceProfile(.leak, "Milesight", ["em300-zld", "em300-sld", "em300-sld-zld"], milesightLeak),
        // ELSYS EMS, contact on its lower side. The Things Network device repository, elsys/ems.
        DeviceProfile(
            .leak,
            "ELSYS",
            ["ems", "ems-lite"],
            elsys
        ),
        // MClimate Flood Sensor. The Things Network device repository, mclimate/flood-sensor.
        DeviceProfile(
            .leak,
            "MClimate",
            ["flood-sensor"],
            [
                .flag("flood", .leak), .flag("boxTamper", .tamper), .number("battery", .batteryVoltage),
                .text("reason", .messageType),
            ]
        ),
        // Browan TBWL100. The Things Network device repository, browan/tbwl100.
        DeviceProfile(.leak, "Browan", ["tbwl100"], [.flag("status", .leak)] + browan),
        // Netvox R311W (two spots), R718WB (rope), R718WA (spot). The Things Network device repository, netvox.
        DeviceProfile(.leak, "Netvox", ["R311W"], netvoxLeak),
        DeviceProfile(.leak, "Netvox", ["R718WB"], netvoxLeak),
        DeviceProfile(.leak, "Netvox", ["R718WA"], netvoxLeak),
        // Dragino LWL02. Dragino LWL02 user manual, "Real-time open/close status".
        DeviceProfile(
            .leak,
            "Dragino",
            ["lwl02", "lwl01"],
            draginoContact
        ),
        // Aquascope wireless water detector. The Things Network device repository, aquascope/wwd.
        DeviceProfile(
            .leak,
            "Aquascope",
            ["wwd"],
            [
                .flag("leak", .leak), .flag("remote", ReadingName("remoteLeak")),
                .number("battery", .batteryLevel),
                .number("temperature", .temperature),
            ]
        ),
    ]

    private static let zigbeeLeak: [DeviceField] =
        [
            .flag("water_leak", .leak), .flag("tamper", .tamper), .number("temperature", .temperature),
        ] + zigbeeBattery

    private static let milesightLeak: [DeviceField] = [
        .flag("leakage_status", .leak), .number("temperature", .temperature), .number("humidity", .humidity),
        .number("battery", .batteryLevel), .number("report_interval", .interval),
    ]

    private static let netvoxLeak: [DeviceField] =
        [
            .flag("WaterLeak", .leak, yes: ["Leak"], no: ["NoLeak", "No leak"]),
            .flag("WaterLeak_#", .leak, yes: ["Leak"], no: ["NoLeak", "No leak"], first: 1),
        ] + netvox
}
