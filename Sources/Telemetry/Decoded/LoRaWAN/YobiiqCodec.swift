/// Yobiiq: electricity meters EM2101 and EM4301, smoke detectors SD-1001.
///
/// Rows of channels whose meaning depends on the port. Source: Yobiiq, the payload description of each device.
struct YobiiqCodec: LoRaWANCodec {
    private let ports: [Port]

    private struct Port: Sendable {
        var number: UInt8
        var table: ChannelTable
    }

    /// Nil for a model that is not in our table.
    init?(model: String) {
        switch model.lowercased() {
        case "em2101", "em4301": ports = Self.meter
        case "sd1001": ports = Self.smoke
        default: return nil
        }
    }

    func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let number = frame.port ?? ports[0].number
        if number == 0 {
            // Commands of the network itself.
            return readings.append(.answer, text: readings.intern("MAC"))
        }
        guard let port = ports.first(where: { $0.number == number }) else {
            let expected = ports.map { "\($0.number)" }.joined(separator: ", ")
            throw .unexpectedPort(number, expected: expected)
        }
        if bytes.count == 1 {
            // The answer to an order: 0 is done.
            return readings.append(.accepted, flag: try bytes.byte(0) == 0)
        }
        try port.table.append(from: bytes, to: &readings)
    }

    private static func port(_ number: UInt8, _ channels: FrameChannel...) -> Port {
        Port(number: number, table: ChannelTable(key: .channelAndType, channels: channels))
    }

    private static let meter = [
        port(
            1,
            FrameChannel(0x0100, 4, .number(.index, .u32(0))),
            FrameChannel(0x0101, 4, .number(.deviceTime, .u32(0))),
            FrameChannel(0x0104, 4, .number(.energy[1], .u32(0))),
            FrameChannel(0x0105, 4, .number(.energy[2], .u32(0))),
            FrameChannel(0x010C, 4, .number(.voltage[1], .u32(0), per: 10)),
            FrameChannel(0x010D, 4, .number(.voltage[2], .u32(0), per: 10)),
            FrameChannel(0x010E, 4, .number(.voltage[3], .u32(0), per: 10)),
            FrameChannel(0x0110, 4, .number(.currentInMilliamperes[1], .i32(0))),
            FrameChannel(0x0111, 4, .number(.currentInMilliamperes[2], .i32(0))),
            FrameChannel(0x0112, 4, .number(.currentInMilliamperes[3], .i32(0))),
            FrameChannel(0x0114, 4, .number(.power[1], .i32(0))),
            FrameChannel(0x0115, 4, .number(.power[2], .i32(0))),
            FrameChannel(0x0116, 4, .number(.power[3], .i32(0))),
            FrameChannel(0x0123, 2, .number(.frequency, .u16(0), per: 100)),
            FrameChannel(0x0124, 4, .number(.powerInKilowatts, .i32(0))),
            FrameChannel(0x0125, 4, .number(.reactivePower, .i32(0)))
        ),
        port(
            11,
            FrameChannel(0x0101, 1, .flag(.relay, .u8(0))),
            FrameChannel(0x0202, 1, .flag(.input, .u8(0)))
        ),
        port(
            50,
            FrameChannel(0xFF00, 1, .flag(.relay, .u8(0))),
            FrameChannel(0xFF09, 2, .version(.hardware, .u16(0), per: 256)),
            FrameChannel(0xFF0A, 2, .version(.firmware, .u16(0), per: 256)),
            FrameChannel(0xFF0B, 1, .flag(.externalPower, .u8(0))),
            FrameChannel(0xFF0F, 1, deviceClass),
            FrameChannel(0xFF16, 4, .number(.serial, .u32(0))),
            FrameChannel(0xFF1E, 2, .number(.transformerPrimary, .u16(0))),
            FrameChannel(0xFF1F, 1, .number(.transformerSecondary, .u8(0))),
            FrameChannel(0xFF28, 6, .characters(.model, from: 0, count: 6)),
            FrameChannel(0xFF3C, 2, .number(.currentLimit, .u16(0), per: 10)),
            FrameChannel(0xFF3D, 2, .number(.voltageLimit, .u16(0)))
        ),
        port(
            60,
            FrameChannel(0xFD01, 1, .word(.switchedOff, .u8(0), [1: "Due to too high current limit"])),
            FrameChannel(0xFD03, 4, .number(.switchedOffAt, .u32(0))),
            FrameChannel(0xFD05, 4, .number(.currentInMilliamperes, .u32(0)))
        ),
    ]

    private static let smoke = [
        port(
            8,
            FrameChannel(0x0100, 1, .number(.batteryLevel, .u8(0))),
            FrameChannel(0x0200, 1, .flag(.externalPower, .u8(0))),
            FrameChannel(0x0300, 1, .flag(.batteryLow, .u8(0))),
            FrameChannel(0x0400, 1, .flag(.fault, .u8(0))),
            FrameChannel(0x0500, 1, .flag(.smoke, .u8(0))),
            FrameChannel(0x0600, 1, .flag(.alarm, .u8(0))),
            FrameChannel(0x0700, 1, .flag(.button, .u8(0)))
        ),
        port(
            50,
            FrameChannel(0xFF09, 2, .version(.hardware, .u16(0), per: 256)),
            FrameChannel(0xFF0A, 2, .version(.firmware, .u16(0), per: 256)),
            FrameChannel(0xFF0B, 1, .flag(.externalPower, .u8(0))),
            FrameChannel(0xFF0F, 1, deviceClass),
            FrameChannel(0xFF16, 5, .digits(.serialNumber, .bytes(0, 5)))
        ),
    ]

    private static let deviceClass = FrameField.word(
        .deviceClass,
        .u8(0),
        [0: "Class A", 1: "Class B", 2: "Class C"]
    )
}

extension ReadingName {
    fileprivate static let index = network("index")
    fileprivate static let deviceClass = network("deviceClass")
    fileprivate static let serial = network("serialNumber")
    fileprivate static let transformerPrimary = network("transformerPrimary", "A")
    fileprivate static let transformerSecondary = network("transformerSecondary", "A")
    fileprivate static let currentLimit = network("currentLimit", "A")
    fileprivate static let voltageLimit = network("voltageLimit", "V")
    fileprivate static let switchedOff = ReadingName("switchedOff")
    fileprivate static let switchedOffAt = network("switchedOffAt", "s")
}
