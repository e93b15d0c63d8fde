/// Doors, leaks, buttons, vibration, presence: one or two flags.
extension NetvoxDevice {
    static let contacts: [NetvoxDevice] = [
        .battery(0x02, "R311A", open),
        .battery(0x4C, "R311CA", inputs),
        .battery(0x56, "R311CB", inputs),
        .battery(0x6C, "R311CC", opens),
        .battery(0x4E, "R311D", signal),
        .battery(0xA8, "R311DA", vibration),
        .battery(0xA9, "R311DB", vibration),
        .battery(0x4F, "R311FA", vibration),
        .battery(0x50, "R311FB", [.number(.vibrations, .u32(4))]),
        .battery(0x51, "R311FC", [.number(.vibrationTime, .u32(4))]),
        .battery(
            0xAA,
            "R311LA",
            [.flag(.state, .u8(4)), .number(.rawSense, .u16(5))],
            commands: [
                NetvoxCommand(0x83, "SetOnDistanceThresholdRsp"),
                NetvoxCommand(0x84, "GetOnDistanceThresholdRsp", .number(.onDistance, .u16(2))),
            ]
        ),
        .battery(0x06, "R311W", [.flag(.leak[1], .u8(4)), .flag(.leak[2], .u8(5))]),
        .battery(
            0x5A,
            "R311WA",
            inputs,
            settings: [.number(.sensorDisableTime, .u16(7)), .number(.sensorDetectionTime, .u16(9))]
        ),
        .battery(0x55, "R312", [.flag(.button, .u8(4))]),
        .battery(0x4D, "R312A", [.flag(.call, .u8(4))]),
        .battery(0x31, "R718T", [.flag(.button, .u8(4))]),
        .battery(0x10, "RB02I", [.flag(.call, .u8(4))]),
        .battery(0x1A, "R718DA", vibration),
        .battery(0x2F, "R718DA2", vibrations),
        .battery(0x1B, "R718DB", vibration),
        .battery(0x3D, "R718DB2", vibrations),
        .battery(0x1D, "R718F", open),
        .battery(0x3E, "R718F2", opens),
        .battery(0x21, "R718J", input),
        .battery(0x43, "R718J2", inputs),
        .battery(0x25, "R718LB", open),
        .battery(0x45, "R718LB2", opens),
        .battery(0x26, "R718MA", signal),
        .battery(0x27, "R718MBA", vibration),
        .battery(0x2B, "R718MBB", [.number(.vibrations, .u32(4))]),
        .battery(0x2C, "R718MBC", [.number(.vibrationTime, .u32(4))]),
        .battery(0x5B, "R718Q", input),
        .battery(0x97, "R718QA", input),
        .battery(0x32, "R718WA", leak),
        .battery(0x12, "R718WB", leak),
        .battery(0xB7, "R720F", input),
        .battery(0x89, "R730DA", vibration),
        .battery(0x8B, "R730DB", vibration),
        .battery(0x82, "R730MBA", vibration),
    ]

    private static let open: [FrameField] = [.flag(.open, .u8(4))]
    private static let opens: [FrameField] = [.flag(.open[1], .u8(4)), .flag(.open[2], .u8(5))]
    private static let leak: [FrameField] = [.flag(.leak, .u8(4))]
    private static let vibration: [FrameField] = [.flag(.vibration, .u8(4))]
    private static let vibrations: [FrameField] = [
        .flag(.vibration[1], .u8(4)), .flag(.vibration[2], .u8(5)),
    ]
    /// A dry contact, or a switch whose meaning depends on what it is fixed to.
    private static let input: [FrameField] = [.flag(.input, .u8(4))]
    private static let inputs: [FrameField] = [.flag(.input[1], .u8(4)), .flag(.input[2], .u8(5))]
    /// Told when it is carried away.
    private static let signal: [FrameField] = [
        .number(.signal, .i16(4)), .number(.signalToNoise, .i8(6)), .number(.interval, .u16(7)),
    ]
}

extension ReadingName {
    /// How often the sensor was shaken, and for how many seconds.
    static let vibrations = ReadingName("vibrations")
    fileprivate static let vibrationTime = ReadingName("vibrationTime", "s")
    fileprivate static let rawSense = ReadingName("rawSense")
    fileprivate static let sensorDisableTime = network("sensorDisableTime", "s")
    fileprivate static let sensorDetectionTime = network("sensorDetectionTime", "s")
    /// Nearer than this counts as on.
    static let onDistance = network("onDistance", "mm")
}
