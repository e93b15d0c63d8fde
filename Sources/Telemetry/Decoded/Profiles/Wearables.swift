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
        // Whatever writes data points of Open mHealth. Schemas blood-pressure, heart-rate, step-count, body-temperature.
        DeviceProfile(
            .wearable,
            "Open mHealth",
            ["omh"],
            [
                .number("body.systolic_blood_pressure.value", .bloodPressureSystolic),
                .number("body.diastolic_blood_pressure.value", .bloodPressureDiastolic),
                .number("body.heart_rate.value", .heartRate), .number("body.step_count.value", .steps),
                .number("body.step_count", .steps),
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
