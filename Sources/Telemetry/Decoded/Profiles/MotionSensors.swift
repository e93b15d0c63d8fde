/// Sensors that notice people moving or being there.
extension DeviceProfile {
    static let motionSensors: [DeviceProfile] = [
        // Aqara motion sensor. Zigbee2MQTT, RTCGQ11LM.
        DeviceProfile(.motion, "Aqara", ["RTCGQ11LM", "lumi.sensor_motion.aq2"], zigbeeMotion),
        // Aqara presence detector FP1. Zigbee2MQTT, RTCZCGQ11LM.
        DeviceProfile(
            .motion,
            "Aqara",
            ["RTCZCGQ11LM", "lumi.motion.ac01"],
            [.flag("presence", .occupied), .text("presence_event", ReadingName("event"))] + zigbeeBattery
        ),
        // SONOFF SNZB-03. Zigbee2MQTT, SNZB-03.
        DeviceProfile(.motion, "SONOFF", ["SNZB-03"], zigbeeMotion),
        // Philips Hue motion sensor. Zigbee2MQTT, 9290012607.
        DeviceProfile(.motion, "Philips", ["9290012607", "SML001"], zigbeeMotion),
        // Shelly Motion. Shelly technical documentation, first generation.
        DeviceProfile(
            .motion,
            "Shelly",
            ["shellymotionsensor"],
            [
                .flag("status.motion", .motion), .flag("status.vibration", .vibration),
                .number("status.lux", .illuminance), .number("status.bat", .batteryLevel),
            ]
        ),
        // Browan TBMS100. The Things Network device repository, browan/tbms100.
        DeviceProfile(
            .motion,
            "Browan",
            ["tbms100"],
            [.flag("status", .motion), .number("count", .motions)] + browan
        ),
        // Browan Tabs TBMS100. ChirpStack device profiles, browan/tabs-tbms100.
        DeviceProfile(
            .motion,
            "Browan",
            ["tabs-tbms100"],
            [
                .flag("mot_motionst", .motion), .number("mot_counts", .motions),
                .number("mot_times", .sinceChange), .number("temperature", .deviceTemperature),
            ] + browan
        ),
        // Netvox RB11E. The Things Network device repository, netvox/rb11e.
        DeviceProfile(
            .motion,
            "Netvox",
            ["RB11E"],
            [.flag("Occupy", .occupied), .flag("DisassembledAlarm", .tamper)] + netvox
        ),
        // ELSYS ERS Eye. ELSYS payload document.
        DeviceProfile(.motion, "ELSYS", ["ers-eye"], elsys),
    ]

    private static let zigbeeMotion: [DeviceField] =
        [
            .flag("occupancy", .motion), .number("illuminance", .illuminance),
            .number("illuminance_lux", .illuminance),
            .number("temperature", .temperature),
        ] + zigbeeBattery
}
