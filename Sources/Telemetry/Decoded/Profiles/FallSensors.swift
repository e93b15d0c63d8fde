/// Radars that notice somebody falling. Buttons that are worn are with the buttons.
extension DeviceProfile {
    static let fallSensors: [DeviceProfile] = [
        // OWON fall detection sensor. Zigbee2MQTT, FDS315.
        DeviceProfile(
            .fall,
            "OWON",
            ["FDS315"],
            [
                .flags(
                    "status",
                    .state,
                    ["falling": .fall, "low_posture": ReadingName("lowPosture")],
                    others: ["occupied", "sitting", "on_the_bed"]
                ),
                .number("breathing_rate", ReadingName("breathingRate", "/min")),
                .number("location_x", ReadingName("positionX", "cm")),
                .number("location_y", ReadingName("positionY", "cm")), .number("linkquality", .linkQuality),
            ]
        ),
        // HEIMAN fall detection sensor. Zigbee2MQTT, HS2FD-EF1-3.0. A warning is not yet an alarm.
        DeviceProfile(
            .fall,
            "HEIMAN",
            ["HS2FD-EF1-3.0"],
            [
                .flag("occupancy", .occupied),
                .flags(
                    "fall_status",
                    .state,
                    ["fall_alarm": .fall, "fall_warning": ReadingName("fallWarning")]
                ),
                .text("sensor_status", ReadingName("activity")), .number("linkquality", .linkQuality),
            ]
        ),
        // Tuya human presence sensor with fall function. Zigbee2MQTT, MIR-HE200-TY.
        DeviceProfile(
            .fall,
            "Tuya",
            ["MIR-HE200-TY", "TS0601_human_presence_sensor"],
            [
                .flag("presence", .occupied), .flag("occupancy", .occupied), .flag("motion", .motion),
                .flags(
                    "fall_down_status",
                    .state,
                    ["fall": .fall, "maybe_fall": ReadingName("fallWarning")]
                ),
                .text("static_dwell_alarm", ReadingName("dwell")), .number("illuminance", .illuminance),
                .number("illuminance_lux", .illuminance), .number("linkquality", .linkQuality),
            ]
        ),
        // Milesight VS373 radar. Milesight decoder vs373.
        DeviceProfile(
            .fall,
            "Milesight",
            ["vs373"],
            [
                .flags(
                    "detection_status",
                    .state,
                    ["fall": .fall, "in_bed": ReadingName("inBed"), "out_of_bed": ReadingName("outOfBed")]
                ),
                .flags(
                    "target_status",
                    ReadingName("target"),
                    ["motionless": ReadingName("motionless")],
                    others: ["abnormal"]
                ),
                .flag("region_#_occupancy", .occupied, first: 1),
                .text("events.#.alarm_type", ReadingName("alarmType")),
                .flag(
                    "events.#.alarm_status",
                    .alarm,
                    yes: ["alarm_triggered"],
                    no: ["alarm_deactivated", "alarm_ignored"]
                ),
                .text("alarm_type", ReadingName("alarmType")),
                .flag(
                    "alarm_status",
                    .alarm,
                    yes: ["alarm_triggered"],
                    no: ["alarm_deactivated", "alarm_ignored"]
                ),
            ]
        ),
    ]
}
