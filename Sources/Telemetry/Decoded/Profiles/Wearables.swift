/// What people wear, and what measures them.
extension DeviceProfile {
    static let wearables: [DeviceProfile] = [
        // Xiaomi Mi Band. Theengs Decoder documentation, MiBand.
        DeviceProfile(
            .wearable,
            "Xiaomi",
            ["MiBand"],
            [.number("steps", .steps), .number("act_bpm", .heartRate), .number("rssi", .signal)]
        ),
        // Amazfit. Theengs Decoder documentation, Amazfit.
        DeviceProfile(
            .wearable,
            "Amazfit",
            ["Amazfit"],
            [.number("steps", .steps), .number("act_bpm", .heartRate), .number("rssi", .signal)]
        ),
        // Whatever writes data points of Open mHealth. Schemas blood-pressure, heart-rate, step-count,
        // and the headers of Open mHealth and of IEEE 1752.1. The time of the measurement comes before that of the point.
        DeviceProfile(
            .wearable,
            "Open mHealth",
            ["omh", "blood-pressure", "heart-rate", "step-count"],
            [
                .number("body.systolic_blood_pressure.value", .bloodPressureSystolic),
                .number("body.diastolic_blood_pressure.value", .bloodPressureDiastolic),
                .number("body.heart_rate.value", .heartRate),
                .flag(
                    "body.temporal_relationship_to_physical_activity",
                    ReadingName("resting"),
                    yes: ["at rest", "before exercise"],
                    no: ["active", "during exercise", "after exercise"]
                ), .number("body.step_count.value", .steps),
                .number("body.step_count", .steps),
            ],
            times: [
                "body.effective_time_frame.date_time",
                "body.effective_time_frame.time_interval.end_date_time",
                "header.source_creation_date_time", "header.creation_date_time",
            ]
        ),
        // Dragino LBT1, worn or carried. The Things Network device repository, dragino/lbt1.
        DeviceProfile(
            .wearable,
            "Dragino",
            ["lbt1"],
            [
                .number("step_count", .steps), .flag("alarm", .call), .number("batV", .batteryVoltage),
                .number("rssi", .signal),
            ]
        ),
    ]
}
