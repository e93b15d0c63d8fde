/// Families whose frames are rows of channels.
extension FamilyRules {
    static let elsys = FamilyRules(
        makers: ["elsys"],
        fields: [
            "temperature": .same("temperature"), "humidity": .same("humidity"),
            "vdd": .same("battery", times: 1000), "externalTemperature": .same("probeTemperature1"),
            "analog1": .same("voltage1"), "pressure": .same("pressure"), "digital": .same("input1"),
            "pulse1": .same("pulses1"), "pulseAbs": .same("totalPulses1"),
            "x": .same("accelerationX", times: 63), "y": .same("accelerationY", times: 63),
            "z": .same("accelerationZ", times: 63), "distance": .same("distance"),
            "waterleak": .same("wetness"), "occupancy": .same("occupancy"), "light": .same("illuminance"),
            "motion": .same("motions"), "co2": .same("co2"), "soundPeak": .same("soundPeak"),
            "soundAvg": .same("sound"),
        ]
    )

    static let milesight = FamilyRules(
        makers: ["milesight", "milesight-iot"],
        fields: [
            "battery": .same("battery"), "temperature": .same("temperature"), "humidity": .same("humidity"),
            "leakage_status": .flag("leak", trueFor: "leak"), "report_interval": .same("interval"),
            "activity": .same("motions"), "illumination": .same("illuminance"),
            "infrared_and_visible": .same("visibleAndInfrared"), "infrared": .same("infrared"),
            "co2": .same("co2"), "tvoc": .same("voc"), "pressure": .same("pressure"),
            "history[0].temperature": history("temperature"), "history[0].humidity": history("humidity"),
            "history[0].leakage_status": .check { expected, readings in
                readings.history("leak").first.map { ($0.number == 1) == (expected.text == "leak") } ?? false
            },
            "history[0].timestamp": .check { expected, readings in
                readings.history("temperature").first?.at.microseconds
                    == expected.number.map { Int64($0) * 1_000_000 }
            },
        ]
    )

    static let cayenne = FamilyRules(
        makers: ["rakwireless"],
        fields: ["presence_48": .same("occupied48"), "voltage_1": .same("voltage1")]
    )

    private static func history(_ name: String) -> FieldRule {
        .check { expected, readings in FieldRule.equal(expected, readings.history(name).first) }
    }
}
