/// Elevators, as their monitors and gateways describe them.
///
/// Only what a public document describes is here. Of Otis, Schindler and TK Elevator none was found that says what the
/// messages of their monitoring look like; where they offer a BACnet gateway, `bacnet/lift` reads it.
extension DeviceProfile {
    static let elevators: [DeviceProfile] = [
        // The Lift object of BACnet, as gateways pass its properties on. ANSI/ASHRAE 135-2020, clause 12.59 and the
        // enumerations of clause 21.
        DeviceProfile(.elevator, "BACnet", ["lift"], bacnetLift),
        // EDNL LiftStatus, sensors by their numbers. EDNL LiftStatus web components, `sensorInfo`.
        DeviceProfile(
            .elevator,
            "EDNL",
            ["liftstatus"],
            [
                .flag("105", ReadingName("outOfService")), .flag("106", .fault),
                .flags("500", .state, ["U": ReadingName("movingUp"), "D": ReadingName("movingDown")]),
                .text("502", doors), .text("503", ReadingName("rearDoors")),
                .text("513", ReadingName("faults")), .number("515", floor), .flag("524", .online),
                .flag("550", ReadingName("noAnswer")),
            ]
        ),
        // KONE, Equipment Status API 2.0: availability, status and movement. KONE's public examples,
        // konecorp/kone-api-examples, src/common/types.ts. It tells no values of its texts; they are kept as they are.
        DeviceProfile(.elevator, "KONE", ["equipment-status"], kone, times: ["lastUpdate"]),
        // Knaq, a monitor for elevators of any maker. Knaq API v1, equipment-realtime. Its `availability` is that of the
        // connection.
        DeviceProfile(
            .elevator,
            "Knaq",
            ["equipment-realtime"],
            [
                .text("motor_status", ReadingName("drive")), .text("door_status", doors),
                .text("floor", floor), .number("net_uptime", ReadingName("uptime", "%"), scale: 100),
                .number("availability", ReadingName.network("connected", "%"), scale: 100),
                .number("battery_voltage", .batteryVoltage), .number("wall_wart_voltage", .supplyVoltage),
            ]
        ),
    ]

    private static let kone: [DeviceField] = [
        .flag("entrapment", ReadingName("entrapment")), .flag("outOfOrder", ReadingName("outOfOrder")),
        .text("state", .state), .text("status", ReadingName("status")), .text("mode", mode),
        .text("serviceMode", mode), .number("activeAlertCount", ReadingName("alerts")),
        .text("maintenance.status", ReadingName("maintenance")),
        .number("decks.#.stopFloor.floorIndex", floor), .number("decks.#.loadPercentage", load),
        .number("decks.#.estimatedPersons", ReadingName("persons")),
        .number("distanceMeters", ReadingName("distance", "m")),
        .number("durationSeconds", ReadingName("duration", "s")),
    ]

    /// Codes become the words of the standard; a gateway may send the words itself.
    private static let bacnetLift: [DeviceField] = [
        .number("car-position", floor), .code("car-moving-direction", direction, directions),
        .code("car-assigned-direction", ReadingName("assignedDirection"), directions),
        .code("car-door-status.#", doors, doorStates), .code("car-door-status", doors, doorStates),
        .code("car-mode", mode, carModes),
        .code("car-drive-status", ReadingName("drive"), driveStates),
        .number("car-load", load), .flag("passenger-alarm", .call),
        .flag("car-door-zone", ReadingName("doorZone")),
        // Of the object, not of the elevator: its properties are written by hand and no longer follow it.
        .flag("out-of-service", ReadingName("simulated")),
        .code("fault-signals.#", .fault, faults, none: "none"),
        .code("fault-signals", .fault, faults, none: "none"),
        .number("energy-meter", .energyInKilowattHours),
        .number("next-stopping-floor", ReadingName("nextFloor")),
    ]

    private static let floor = ReadingName("floor")
    private static let direction = ReadingName("direction")
    private static let doors = ReadingName("doors")
    private static let mode = ReadingName("mode")
    private static let load = ReadingName("load", "%")

    /// BACnetLiftCarDirection.
    private static let directions: [StaticString] = [
        "unknown", "none", "stopped", "up", "down", "up-and-down",
    ]

    /// BACnetDoorStatus.
    private static let doorStates: [StaticString] = [
        "closed", "opened", "unknown", "door-fault", "unused", "none", "closing", "opening", "safety-locked",
        "limited-opened",
    ]

    /// BACnetLiftCarMode.
    private static let carModes: [StaticString] = [
        "unknown", "normal", "vip", "homing", "parking", "attendant-control", "firefighter-control",
        "emergency-power", "inspection", "cabinet-recall", "earthquake-operation", "fire-operation",
        "out-of-service", "occupant-evacuation",
    ]

    /// BACnetLiftCarDriveStatus.
    private static let driveStates: [StaticString] = [
        "unknown", "stationary", "braking", "accelerate", "decelerate", "rated-speed", "single-floor-jump",
        "two-floor-jump", "three-floor-jump", "multi-floor-jump",
    ]

    /// BACnetLiftFault.
    private static let faults: [StaticString] = [
        "controller-fault", "drive-and-motor-fault", "governor-and-safety-gear-fault",
        "lift-shaft-device-fault",
        "power-supply-fault", "safety-interlock-fault", "door-closing-fault", "door-opening-fault",
        "car-stopped-outside-landing-zone", "call-button-stuck", "start-failure", "controller-supply-fault",
        "self-test-failure", "runtime-limit-exceeded", "position-lost", "drive-temperature-exceeded",
        "load-measurement-fault",
    ]
}
