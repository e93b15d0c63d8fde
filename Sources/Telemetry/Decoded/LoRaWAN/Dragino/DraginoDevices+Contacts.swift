/// Doors, leaks, pulses, inputs and outputs.
extension DraginoDevices {
    static let contacts: [Model] = [
        Model(["lds03a"], [door, doorHistory, doorSettings, about]),
        Model(["lds01", "lds02", "lwl01", "lwl02"], doorOrLeak),
        Model(["cpl01"], [contact, contactHistory, contactSettings, about]),
        Model(["lt22222", "lt-22222", "lt33222", "lt-33222"], variants: ["l"], inputsAndOutputs),
        Model(["sw3l"], [flow, flowSettings, about]),
    ]

    /// The older ones: a door contact or a leak probe, as the third byte says. Some servers pass on frames that are
    /// cut short; the length of the last opening is then doubtful.
    private static let doorOrLeak: [FrameLayout] = [
        FrameLayout(
            port: 10,
            lengths: 7...10,
            when: (.u8(2), 1),
            battery,
            .number(.workMode, .u8(2)),
            .flag(.open, .u8(0).bit(7)),
            .number(.openings, .u24(3)),
            .number(.lastOpen, .u24(6)).padded,
            .flag(.alarm, .u8(9).bit(0)).padded
        ),
        FrameLayout(
            port: 10,
            lengths: 9...10,
            when: (.u8(2), 2),
            battery,
            .number(.workMode, .u8(2)),
            .flag(.leak, .u8(0).bit(6)),
            .number(.leaks, .u24(3)),
            .number(.lastLeak, .u24(6))
        ),
        FrameLayout(
            port: 10,
            lengths: 10...10,
            when: (.u8(2), 3),
            battery,
            .number(.workMode, .u8(2)),
            .flag(.open, .u8(0).bit(7)),
            .flag(.leak, .u8(0).bit(6)),
            .flag(.alarm, .u8(9).bit(0))
        ),
    ]

    private static let doorFields: [FrameField] = [
        .flag(.alarm, .u8(0).bit(1)), .flag(.open, .u8(0).bit(0)), .number(.openings, .u24(1)),
        .number(.lastOpen, .u24(4)), .number(.deviceTime, .u32(7)),
    ]
    private static let door = FrameLayout(port: 2, lengths: 11...11, fields: doorFields)
    private static let doorHistory = history(doorFields)
    private static let doorSettings = FrameLayout(port: 4, lengths: 7...8, fields: alarmSettings)

    private static let contactFields: [FrameField] = [
        .flag(.alarm, .u8(0).bit(1)), .flag(.input, .u8(0).bit(0), is: 0), .number(.pulses, .u24(1)),
        .number(.disconnected, .u24(4)), .number(.deviceTime, .u32(7)),
    ]
    private static let contact = FrameLayout(port: 2, lengths: 11...11, fields: contactFields)
    private static let contactHistory = history(contactFields)
    private static let contactSettings = FrameLayout(
        port: 4,
        lengths: 8...8,
        fields: alarmSettings + [.number(.triggerMode, .u8(7).bit(0))]
    )

    private static func history(_ fields: [FrameField]) -> FrameLayout {
        FrameLayout(port: 3, lengths: 11...242, records: (11, .u32(7)), fields: fields)
    }

    private static let alarmSettings: [FrameField] = [
        .number(.interval, .u24(0)), .flag(.alarmDisabled, .u8(3).bit(0)),
        .flag(.keepStatus, .u8(4).bit(0)), .number(.keepTime, .u16(5)),
    ]

    /// 450, 360 or 60 pulses are a litre, by the diameter of the flow meter.
    private static let flow = FrameLayout(
        port: 2,
        lengths: 11...11,
        .flag(.alarm, .u8(0).bit(1)),
        .formula(.volumeInLitres) { bytes throws(FrameProblem) in
            let kind = try bytes.integer(.u8(0).bits(2, 6))
            let pulsesPerLitre: Double = kind == 2 ? 60 : kind == 1 ? 360 : 450
            return Double(try bytes.integer(.u32(1))) / pulsesPerLitre
        },
        .number(.pulses, .u32(1)),
        .number(.workMode, .u8(5)),
        .number(.deviceTime, .u32(7))
    )
    private static let flowSettings = FrameLayout(
        port: 4,
        lengths: 7...7,
        .number(.interval, .u24(0)),
        .number(.stopTimer, .u8(4)),
        .number(.alarmTimer, .u16(5))
    )

    /// LT-22222-L and LT-33222-L. High is true for digital outputs and inputs.
    private static let inputsAndOutputs: [FrameLayout] = [
        inputs(1, "2ACI+2AVI", voltages + currents + digitalInputs),
        inputs(2, "Count mode 1", [count(1, 0), count(2, 4), first]),
        inputs(3, "2ACI+1Count", [count(1, 0), first] + currents),
        inputs(4, "Count mode 2", [count(1, 0), count(2, 4), first]),
        inputs(
            5,
            "1ACI+2AVI+1Count",
            voltages + [
                .number(.currentInMilliamperes[1], .i16(4), per: 1000), .number(.pulses[1], .u16(6)), first,
            ]
        ),
    ]

    private static func inputs(_ mode: Int64, _ name: StaticString, _ fields: [FrameField]) -> FrameLayout {
        FrameLayout(
            port: 2,
            lengths: 11...11,
            when: (.u8(10).bits(0, 6), mode),
            fields: [
                .word(.model, .u8(10).bits(6, 2), [0: "LT33222", 1: "LT22222"]),
                .word(.mode, .u8(10).bits(0, 6), [mode: name]),
                .flag(.output[1], .u8(8).bit(0), is: 0), .flag(.output[2], .u8(8).bit(1), is: 0),
                .flag(.output[3], .u8(8).bit(2), is: 0).when(.u8(10).bits(6, 2), is: 0),
                .flag(.relay[1], .u8(8).bit(7)), .flag(.relay[2], .u8(8).bit(6)),
            ] + fields
        )
    }

    private static func count(_ number: UInt8, _ offset: Int) -> FrameField {
        .number(.pulses[number], .u32(offset))
    }
    private static let first = FrameField.flag(.firstSinceStart, .u8(8).bit(5))
    private static let voltages: [FrameField] = [
        .number(.voltage[1], .i16(0), per: 1000), .number(.voltage[2], .i16(2), per: 1000),
    ]
    private static let currents: [FrameField] = [
        .number(.currentInMilliamperes[1], .i16(4), per: 1000),
        .number(.currentInMilliamperes[2], .i16(6), per: 1000),
    ]
    private static let digitalInputs: [FrameField] = [
        .flag(.input[1], .u8(8).bit(3)), .flag(.input[2], .u8(8).bit(4)),
        .flag(.input[3], .u8(8).bit(5)).when(.u8(10).bits(6, 2), is: 0),
    ]
}

extension ReadingName {
    /// How long it was open, or wet, the last time.
    static let lastOpen = ReadingName("openDuration", "min")
    static let lastLeak = ReadingName("leakDuration", "min")
    static let leaks = ReadingName("leaks")
    fileprivate static let disconnected = ReadingName("disconnected", "min")
    static let workMode = network("workMode")
    fileprivate static let alarmDisabled = network("alarmDisabled")
    fileprivate static let keepStatus = network("keepStatus")
    fileprivate static let keepTime = network("keepTime", "s")
    fileprivate static let triggerMode = network("triggerMode")
    fileprivate static let stopTimer = network("stopTimer")
    fileprivate static let alarmTimer = network("alarmTimer")
    fileprivate static let firstSinceStart = network("firstSinceStart")
}
