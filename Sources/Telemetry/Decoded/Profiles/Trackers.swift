/// Things and people that say where they are.
extension DeviceProfile {
    static let trackers: [DeviceProfile] = [
        // Dragino LGT-92. The Things Network device repository, dragino/lgt92.
        DeviceProfile(
            .tracker,
            "Dragino",
            ["lgt92", "lgt-92"],
            [
                .number("latitude", .latitude), .number("longitude", .longitude),
                .number("BatV", .batteryVoltage),
                .flag("ALARM_status", .call), .number("Pitch", ReadingName("pitch", "°")),
                .number("Roll", ReadingName("roll", "°")), .text("MD", .mode),
                .flag("LON", .lightOn), .number("FW", .firmwareCode),
            ]
        ),
        // Digital Matter Oyster. The Things Network device repository, digital-matter/oyster. `cached` is where it was.
        DeviceProfile(
            .tracker,
            "Digital Matter",
            ["oyster"],
            [
                .number("latitudeDeg", .latitude), .number("longitudeDeg", .longitude),
                .number("speedKmph", .speed), .number("headingDeg", .heading),
                .number("batV", .batteryVoltage),
                .flag("inTrip", moving), .flag("fixFailed", ReadingName("positionFailed")),
                .flag("manDown", .fall), .number("cached.latitudeDeg", ReadingName("lastLatitude", "°")),
                .number("cached.longitudeDeg", ReadingName("lastLongitude", "°")),
            ]
        ),
        // RiverCity Innovations Lynx. The Things Network device repository, rivercity-innovations/lynx.
        DeviceProfile(
            .tracker,
            "RiverCity",
            ["lynx"],
            [
                .number("latitudeDeg", .latitude), .number("longitudeDeg", .longitude),
                .flag("inTrip", moving),
                .flag("fixFailed", ReadingName("positionFailed")), .number("batV", .batteryVoltage),
                .number("direction", .heading), .number("temperature", .temperature),
            ]
        ),
        // Moko LW001-BG. The Things Network device repository, moko/lw001-bg.
        DeviceProfile(
            .tracker,
            "Moko",
            ["lw001-bg"],
            [
                .number("lat", .latitude), .number("lon", .longitude), .flag("motion_state", moving),
                .flag("demolish_state", .tamper), .flag("low_power_state", .batteryLow),
            ]
        ),
        // Milesight AT101. Milesight SensorDecoders, AT_Series/AT101.
        DeviceProfile(
            .tracker,
            "Milesight",
            ["at101"],
            [
                .number("latitude", .latitude), .number("longitude", .longitude),
                .number("battery", .batteryLevel), .number("temperature", .temperature),
                .flags("motion_status", .state, ["start": moving, "moving": moving], others: ["stop"]),
                .text("geofence_status", ReadingName("geofence")), .text("position", ReadingName("tilt")),
                .flag("tamper_status", .tamper, yes: ["uninstall"], no: ["install"]),
            ]
        ),
        // OwnTracks, an app. OwnTracks booklet, "JSON": location, and transition, which is one at the edge of a region. Other
        // kinds speak of places, or of the connection.
        DeviceProfile(
            .tracker,
            "OwnTracks",
            ["location", "owntracks"],
            [
                .number("lat", .latitude), .number("lon", .longitude), .number("alt", .altitude),
                .number("vel", .speed), .number("cog", .heading), .number("batt", .batteryLevel),
                .number("acc", accuracy), .number("steps", .steps),
            ],
            times: ["tst"],
            kinds: Kinds(path: "_type", words: ["location", "transition"])
        ),
        // Traccar, a server for trackers of any maker, forwarding positions as JSON. Traccar documentation, position
        // forwarding and API, Position; its speed is in knots. Without a fix the place is that of the last one, and only the
        // rest is new.
        DeviceProfile(
            .tracker,
            "Traccar",
            ["position"],
            [
                .number("position.latitude", .latitude), .number("position.longitude", .longitude),
                .number("position.altitude", .altitude), .number("position.speed", .speed, scale: 1.852),
                .number("position.course", .heading), .number("position.accuracy", accuracy),
                .flag("position.attributes.motion", moving),
                .number("position.attributes.batteryLevel", .batteryLevel),
                .text("position.attributes.alarm", ReadingName("alarmType")),
            ],
            times: ["position.deviceTime", "position.fixTime"],
            doubts: [
                Doubt(path: "position.outdated", word: "true", fields: place),
                Doubt(path: "position.valid", word: "false", fields: place),
            ]
        ),
    ]

    private static let place: [StaticString] = [
        "position.latitude", "position.longitude", "position.altitude", "position.speed", "position.course",
        "position.accuracy",
    ]
    private static let moving = ReadingName("moving")
    private static let accuracy = ReadingName("accuracy", "m")
}
