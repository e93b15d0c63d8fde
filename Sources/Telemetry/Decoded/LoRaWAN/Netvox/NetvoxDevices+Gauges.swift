/// Probes, distances, levels, angles, pulses, currents, relays.
extension NetvoxDevice {
    static let gauges: [NetvoxDevice] = [
        .battery(0x95, "R718B", probe, settings: [probeChange]),
        .battery(0x14, "R718B2", probes, settings: [probeChange]),
        .battery(0x91, "R718CK", probe, settings: [probeChange]),
        .battery(0x16, "R718CK2", probes, settings: [probeChange]),
        .battery(0x92, "R718CT", probe, settings: [probeChange]),
        .battery(0x17, "R718CT2", probes, settings: [probeChange]),
        NetvoxDevice(
            code: 0x1C,
            model: "R718E",
            reports: [
                voltage + [
                    .float(.accelerationX, .u16le(4)), .float(.accelerationY, .u16le(6)),
                    .float(.accelerationZ, .u16le(8)),
                ],
                [
                    .float(.velocityX, .u16le(3)), .float(.velocityY, .u16le(5)),
                    .float(.velocityZ, .u16le(7)), .number(.temperature, .i16(9), per: 10),
                ],
            ],
            settings: [batteryChange, .number(.accelerationChange, .u16(7))],
            commands: [
                NetvoxCommand(0x83, "SetActiveThresholdRsp"),
                NetvoxCommand(
                    0x84,
                    "GetActiveThresholdRsp",
                    .number(.activeThreshold, .u16(2)),
                    .number(.inactiveThreshold, .u16(4))
                ),
                NetvoxCommand(0x87, "SetRestoreReportRsp"),
                NetvoxCommand(0x88, "GetRestoreReportRsp", .number(.restoreReport, .u8(2))),
            ]
        ),
        .battery(
            0x9A,
            "R718EA",
            [
                .number(.angleX, .i8(4)), .number(.angleY, .i8(5)), .number(.angleZ, .i8(6)),
                .number(.temperature, .i16(7), per: 10),
            ],
            settings: [.number(.angleChange, .u8(7)), .number(.temperatureChange, .u8(8), per: 10)],
            commands: tiltCommands
        ),
        .battery(
            0xC8,
            "R718EB",
            [
                .number(.angleX, .i16(4), per: 10), .number(.angleY, .i16(6), per: 10),
                .number(.angleZ, .i16(8), per: 10),
            ],
            settings: [.number(.angleChange, .u16(7), per: 10)],
            commands: tiltCommands
        ),
        .battery(0x1F, "R718H", [.number(.pulses, .u16(4))], commands: pulseCommands),
        .battery(
            0x3F,
            "R718H2",
            [.number(.pulses[1], .u16(4)), .number(.pulses[2], .u16(6))],
            commands: pulseCommands
        ),
        .battery(0x20, "R718IA", [.number(.analog, .u16(4))]),
        .battery(0x2A, "R718IB", [.number(.analog, .u16(4))]),
        .battery(0x41, "R718IA2", analogs, settings: [.number(.analogChange, .u16(7))]),
        .battery(0x42, "R718IB2", analogs, settings: [.number(.analogChange, .u16(7))]),
        .battery(
            0x9B,
            "R718PA22",
            [
                .number(.depth, .u16(4)), .number(.temperature, .i16(6)),
                .flag(.installed, .u8(8), is: 0),
            ],
            settings: [.number(.depthChange, .u16(7)), .number(.temperatureChange, .u8(9))],
            commands: [
                NetvoxCommand(0x83, "SetMeasureTypeRsp"),
                NetvoxCommand(0x84, "GetMeasureTypeRsp", .word(.medium, .u8(2), [1: "Water"])),
            ]
        ),
        .battery(
            0x34,
            "R718X",
            [
                .flag(.state, .u8(4)), .number(.distance, .u16(5)),
                .number(.temperature, .i16(7), per: 10), .number(.fillLevel, .u8(9)),
                .number(.angle, .u8(10)),
            ],
            settings: [
                .number(.distanceChange, .u16(7)), .number(.temperatureChange, .u16(9), per: 10),
            ],
            commands: distanceCommands
        ),
        .battery(
            0xB1,
            "R718PE",
            [.flag(.state, .u8(4)), .number(.distance, .u16(5)), .number(.fillLevel, .u8(7))],
            settings: [.number(.distanceChange, .u16(7))],
            commands: distanceCommands
        ),
    ]

    static let batteryChange = FrameField.number(.batteryChange, .u8(6), per: 10)

    private static let probe: [FrameField] = [.number(.probeTemperature, .i16(4), per: 10)]
    private static let probes: [FrameField] = [
        .number(.probeTemperature[1], .i16(4), per: 10), .number(.probeTemperature[2], .i16(6), per: 10),
    ]
    private static let probeChange = FrameField.number(.temperatureChange, .u16(7), per: 10)
    private static let analogs: [FrameField] = [
        .number(.analog[1], .u16(4)), .number(.analog[2], .u16(6)),
    ]
    private static let tiltCommands = [
        NetvoxCommand(0x83, "SetActiveThresholdRsp"),
        NetvoxCommand(
            0x84,
            "GetActiveThresholdRsp",
            .number(.activeThreshold, .u16(2)),
            .number(.inactiveTime, .u8(4))
        ),
    ]
    private static let pulseCommands = [
        NetvoxCommand(0x83, "SetFiltertimeRsp"),
        NetvoxCommand(0x84, "GetFiltertimeRsp", .number(.filterTime, .u8(2), times: 5)),
        NetvoxCommand(0x85, "SetPulseCounterClearModeRsp"),
        NetvoxCommand(
            0x86,
            "GetPulseCounterClearModeRsp",
            .word(.clearMode, .u8(2), [0: "Clear when send", 1: "Clear when Roll-Over"])
        ),
    ]
    private static let distanceCommands = [
        NetvoxCommand(0x83, "SetOnDistanceThresholdRsp"),
        NetvoxCommand(0x84, "GetOnDistanceThresholdRsp", .number(.onDistance, .u16(2))),
        NetvoxCommand(0x85, "SetFillMaxDistanceRsp"),
        NetvoxCommand(0x86, "GetFillMaxDistanceRsp", .number(.fillDistance, .u16(2))),
        NetvoxCommand(0x8B, "SetDeadZoneDistanceRsp"),
        NetvoxCommand(0x8C, "GetDeadZoneDistanceRsp", .number(.deadZone, .u16(2))),
    ]
}

extension ReadingName {
    fileprivate static let velocityX = ReadingName("velocityX", "mm/s")
    fileprivate static let velocityY = ReadingName("velocityY", "mm/s")
    fileprivate static let velocityZ = ReadingName("velocityZ", "mm/s")
    fileprivate static let installed = network("installed")
    fileprivate static let accelerationChange = network("accelerationChange", "m/s²")
    fileprivate static let activeThreshold = network("activeThreshold")
    fileprivate static let inactiveThreshold = network("inactiveThreshold")
    fileprivate static let inactiveTime = network("inactiveTime", "s")
    fileprivate static let restoreReport = network("restoreReport")
    fileprivate static let angleChange = network("angleChange", "°")
    fileprivate static let analogChange = network("analogChange")
    fileprivate static let depthChange = network("depthChange", "mm")
    fileprivate static let distanceChange = network("distanceChange", "mm")
    fileprivate static let fillDistance = network("fillDistance", "mm")
    fileprivate static let deadZone = network("deadZone", "mm")
    fileprivate static let filterTime = network("filterTime", "ms")
    fileprivate static let clearMode = network("clearMode")
}
