import Units

/// B METERS: IWM-LR3 modules and HYDRODIGIT-S1 water meters.
///
/// The first byte tells the application: 0x2C and 0x44 are IWM-LR3, 0x45 and 0x50 HYDRODIGIT-S1. Source: B METERS, the
/// LoRaWAN protocol of each device, and the decoders in the device repositories of The Things Network and ChirpStack.
public struct BMetersCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try check(frame, ports: 1...1)
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let application = try bytes.byte(0)
        switch application {
        case 0x2C, 0x44: try Self.module.append(from: bytes, to: &readings)
        case 0x45, 0x50:
            if bytes.count < Self.logLength {
                try Self.meter.append(from: bytes, to: &readings)
            } else {
                try log(bytes, &readings)
            }
        default: throw .unknownCode(UInt32(application), of: "application", offset: 0)
        }
    }

    /// The total of now, one of a full hour, and how much less it was in each hour before.
    private func log(_ bytes: FrameBytes, _ readings: inout DecodedReadings) throws(FrameProblem) {
        let now = readings.time
        let moment = Moment(seconds: try bytes.integer(.u32le(5)) + Self.epoch)
        readings.at = moment
        readings.clock = .device
        readings.append(.volumeInLitres, Double(try bytes.integer(.u32le(1))))
        try Self.alarms(at: 45).append(from: bytes, to: &readings)
        try [Self.temperature(at: 46)].append(from: bytes, to: &readings)
        readings.time = now
        var volume = try bytes.integer(.u32le(9))
        var hour = try bytes.integer(.u32le(13)) + Self.epoch
        for step in 0...Self.logSteps {
            readings.measured(at: hour)
            readings.append(.volumeInLitres, Double(volume))
            readings.time = now
            if step < Self.logSteps { volume -= try bytes.integer(.i16le(17 + step * 2)) }
            hour -= 3600
        }
    }

    /// 2000-01-01, in seconds since 1970.
    private static let epoch: Int64 = 946_684_800
    /// From this length on a frame is a log.
    private static let logLength = 46
    private static let logSteps = 14

    private static let module: [FrameField] = [
        .number(.application, .u8(0)),
        litres(.volumeInLitres, 1), litres(.backflowInLitres, 5), .number(.pulseWeight, .u8(9)),
        .number(.mediumCode, .u8(10)), .number(.volumeScale, .u8(11)),
        .flag(.magnet, .u8(12).bit(0)), .flag(.removed, .u8(12).bit(1)), .flag(.tamper, .u8(12).bit(2)),
        .flag(.leak, .u8(12).bit(3)), .flag(.backflow, .u8(12).bit(4)), .flag(.batteryLow, .u8(12).bit(5)),
    ]

    /// 0x0D counts litres, 0x0E tens and 0x0F hundreds of them.
    private static func litres(_ name: ReadingName, _ offset: Int) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            let value = Double(try bytes.integer(.u32le(offset)))
            switch try bytes.byte(11) {
            case 0x0D: return value
            case 0x0E: return value * 10
            case 0x0F: return value * 100
            default: throw .notAllowed(offset: 11, expected: "0x0D, 0x0E or 0x0F as the scale of the volume")
            }
        }
    }

    /// The top four bits of both totals share a byte.
    private static let meter: [FrameField] =
        [
            .formula(.volumeInLitres) { bytes throws(FrameProblem) in
                Double(try bytes.integer(.u24le(1)) | bytes.integer(.u8(4).bits(4, 4)) << 24)
            },
            .formula(.backflowInLitres) { bytes throws(FrameProblem) in
                Double(try bytes.integer(.u24le(5)) | bytes.integer(.u8(4).bits(0, 4)) << 24)
            },
        ] + alarms(at: 8) + [temperature(at: 9)]

    private static func alarms(at offset: Int) -> [FrameField] {
        [
            .flag(.leak, .u8(offset).bit(0)), .flag(.wrongWayRound, .u8(offset).bit(1)),
            .flag(.overflow, .u8(offset).bit(2)), .flag(.burst, .u8(offset).bit(3)),
            .flag(.backflow, .u8(offset).bit(4)), .flag(.batteryLow, .u8(offset).bit(5)),
        ]
    }

    private static func temperature(at offset: Int) -> FrameField {
        .number(.waterTemperature, .i16(offset), per: 10).optional
    }
}

extension ReadingName {
    fileprivate static let backflowInLitres = ReadingName("backflowVolume", "L")
    fileprivate static let application = network("application")
    fileprivate static let pulseWeight = network("pulseWeight")
    fileprivate static let mediumCode = network("mediumCode")
    fileprivate static let volumeScale = network("volumeScale")
    fileprivate static let wrongWayRound = ReadingName("wrongWayRound")
    fileprivate static let overflow = ReadingName("overflow")
}
