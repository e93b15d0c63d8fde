/// Currents, plugs, relays, sirens.
extension NetvoxDevice {
    static let power: [NetvoxDevice] = [
        .battery(
            0x22,
            "R718KA",
            [fineCurrent(.currentInMilliamperes, 4, fine: 5)],
            settings: [.number(.currentChange, .u8(7))]
        ),
        .battery(
            0x44,
            "R718KA2",
            [
                fineCurrent(.currentInMilliamperes[1], 4, fine: 6),
                fineCurrent(.currentInMilliamperes[2], 5, fine: 7),
            ],
            settings: [.number(.currentChange, .u8(7))]
        ),
        NetvoxDevice(
            code: 0x49,
            model: "R718N1",
            reports: [
                voltage + [
                    multiplied(.currentInMilliamperes, 4, by: 6), .number(.currentMultiplier, .u8(6)),
                ]
            ],
            settings: [.number(.currentChange, .u16(6))],
            commands: []
        ),
        NetvoxDevice(
            code: 0x4A,
            model: "R718N3",
            // The multipliers of the second and third phase come in a frame of their own.
            reports: [
                voltage + [
                    multiplied(.currentInMilliamperes[1], 4, by: 10),
                    .number(.unmultipliedCurrent[2], .u16(6)), .number(.unmultipliedCurrent[3], .u16(8)),
                    .number(.currentMultiplier[1], .u8(10)),
                ],
                voltage + [
                    .number(.currentMultiplier[2], .u8(4)), .number(.currentMultiplier[3], .u8(5)),
                ],
            ],
            settings: [.number(.currentChange, .u16(6))],
            commands: []
        ),
        plug(0x0E, "R809A"), plug(0x73, "R816B"),
        relays(0xB2, "R831A", [.flag(.relay, .u8(3))]),
        relays(0xB3, "R831B", [.flag(.relay, .u8(3))]),
        relays(0xAD, "R831C", threeRelays),
        relays(
            0xB0,
            "R831D",
            threeRelays + [
                .flag(.input[1], .u8(6)), .flag(.input[2], .u8(7)), .flag(.input[3], .u8(8)),
            ]
        ),
        NetvoxDevice(
            code: 0x69,
            model: "R602A",
            reports: [[.number(.interval, .u16(3)), .flag(.alarm, .u8(5))]],
            settings: [],
            commands: [NetvoxCommand(0x83, "StartWarningWithAckRsp")]
        ),
    ]

    private static let threeRelays: [FrameField] = [
        .flag(.relay[1], .u8(3)), .flag(.relay[2], .u8(4)), .flag(.relay[3], .u8(5)),
    ]

    private static func plug(_ code: UInt8, _ model: StaticString) -> NetvoxDevice {
        NetvoxDevice(
            code: code,
            model: model,
            reports: [
                [
                    .flag(.relay, .u8(3)), .number(.energy, .u32(4)), .flag(.overCurrent, .u8(8)),
                    .flag(.inrushCurrent, .u8(9)), .flag(.powerCut, .u8(10)),
                ],
                [
                    .number(.voltage, .u16(3)), .number(.currentInMilliamperes, .u16(5)),
                    .number(.power, .u16(7)),
                ],
            ],
            settings: [.number(.currentChange, .u16(6)), .number(.powerChange, .u16(8))],
            commands: []
        )
    }

    private static func relays(
        _ code: UInt8,
        _ model: StaticString,
        _ fields: [FrameField]
    ) -> NetvoxDevice {
        NetvoxDevice(
            code: code,
            model: model,
            reports: [fields],
            settings: [],
            commands: [
                NetvoxCommand(0x83, "SetSwitchTypeRsp"),
                NetvoxCommand(
                    0x84,
                    "GetSwitchTypeRsp",
                    .word(.switchType, .u8(2), [0: "Toggle", 1: "Momentary"])
                ),
            ]
        )
    }

    /// Whole milliamperes in one byte, tenths in another.
    private static func fineCurrent(_ name: ReadingName, _ whole: Int, fine: Int) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            Double(Int(try bytes.byte(whole)) * 10 + Int(try bytes.byte(fine))) / 10
        }
    }

    private static func multiplied(_ name: ReadingName, _ offset: Int, by multiplier: Int) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u16(offset)) * Int64(try bytes.byte(multiplier)))
        }
    }
}

extension ReadingName {
    fileprivate static let currentChange = network("currentChange", "mA")
    fileprivate static let powerChange = network("powerChange", "W")
    fileprivate static let currentMultiplier = network("currentMultiplier")
    /// Times its multiplier it is the current.
    fileprivate static let unmultipliedCurrent = ReadingName("unmultipliedCurrent", "mA")
    fileprivate static let overCurrent = ReadingName("overCurrent")
    fileprivate static let inrushCurrent = ReadingName("inrushCurrent")
    fileprivate static let powerCut = ReadingName("powerCut")
    fileprivate static let switchType = network("switchType")
}
