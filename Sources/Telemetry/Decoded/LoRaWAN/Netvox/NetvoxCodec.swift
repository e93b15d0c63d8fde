/// Netvox (R311, R718, R720, RA, RB and R8 series): doors, leaks, climate, buttons, meters, plugs.
///
/// Every frame names its device itself. Port 6 carries reports, port 7 answers to settings, port 13 those of
/// buttons, port 14 those of calibrations. Source: Netvox, "LoRaWAN Application Command".
public struct NetvoxCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        switch frame.port {
        case 6, nil: try report(bytes, into: &readings)
        case 7: try answer(bytes, into: &readings)
        case 13: try buttonAnswer(bytes, into: &readings)
        case 14: try calibrationAnswer(bytes, into: &readings)
        case let port?: throw .unexpectedPort(port, expected: "6, 7, 13 or 14")
        }
    }

    private func report(_ bytes: FrameBytes, into readings: inout DecodedReadings) throws(FrameProblem) {
        let device = try device(bytes)
        let report = Int(try bytes.byte(2))
        readings.append(.model, text: readings.intern(device.model))
        if report == 0 {
            try Self.version.append(from: bytes, to: &readings)
        } else if report <= device.reports.count {
            try device.reports[report - 1].append(from: bytes, to: &readings)
        } else {
            throw .unknownCode(UInt32(report), of: "report", offset: 2)
        }
    }

    /// Odd codes confirm a setting; even ones tell it.
    private func answer(_ bytes: FrameBytes, into readings: inout DecodedReadings) throws(FrameProblem) {
        let device = try device(bytes)
        let code = try bytes.byte(0)
        readings.append(.model, text: readings.intern(device.model))
        if code == 0x82 {
            readings.append(.answer, text: readings.intern("ReadConfigReportRsp"))
            try Self.intervals.append(from: bytes, to: &readings)
            return try device.settings.append(from: bytes, to: &readings)
        }
        let command = code == 0x81 ? Self.configured : device.commands.first { $0.code == code }
        guard let command else { throw .unknownCode(UInt32(code), of: "command", offset: 0) }
        readings.append(.answer, text: readings.intern(command.name))
        if code % 2 == 1 {
            try accepted(.u8(2)).append(from: bytes, to: &readings)
        } else {
            try command.fields.append(from: bytes, to: &readings)
        }
    }

    private func buttonAnswer(
        _ bytes: FrameBytes,
        into readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let code = try bytes.byte(0)
        switch code {
        case 0x81:
            readings.append(.answer, text: readings.intern("SetButtonPressTimeRsp"))
            try accepted(.u8(1)).append(from: bytes, to: &readings)
        case 0x82:
            readings.append(.answer, text: readings.intern("GetButtonPressTimeRsp"))
            readings.append(.pressTime, Double(try bytes.byte(1)))
        default: throw .unknownCode(UInt32(code), of: "command", offset: 0)
        }
    }

    private func calibrationAnswer(
        _ bytes: FrameBytes,
        into readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let code = try bytes.byte(0)
        switch code {
        case 0x81:
            readings.append(.answer, text: readings.intern("SetGlobalCalibrateRsp"))
            try Self.calibrated.append(from: bytes, to: &readings)
            try accepted(.u8(3)).append(from: bytes, to: &readings)
        case 0x82:
            readings.append(.answer, text: readings.intern("GetGlobalCalibrateRsp"))
            try Self.calibrated.append(from: bytes, to: &readings)
            try Self.calibration.append(from: bytes, to: &readings)
        case 0x83:
            readings.append(.answer, text: readings.intern("ClearGlobalCalibrateRsp"))
            try accepted(.u8(1)).append(from: bytes, to: &readings)
        default: throw .unknownCode(UInt32(code), of: "command", offset: 0)
        }
    }

    private func device(_ bytes: FrameBytes) throws(FrameProblem) -> NetvoxDevice {
        guard bytes.count > 0 else { throw .empty }
        let code = try bytes.byte(1)
        let position = Int(NetvoxDevice.positions[Int(code)])
        guard position > 0 else { throw .unknownCode(UInt32(code), of: "device", offset: 1) }
        return NetvoxDevice.all[position - 1]
    }

    private func accepted(_ place: FramePlace) -> FrameField { .flag(.accepted, place, is: 0) }

    private static let version: [FrameField] = [
        .version(.firmware, .u8(3), per: 10), .number(.hardware, .u8(4)),
        .digits(.releaseDate, .bytes(5, 4)),
    ]
    private static let intervals: [FrameField] = [
        .number(.minimumInterval, .u16(2)), .number(.maximumInterval, .u16(4)),
    ]
    private static let configured = NetvoxCommand(0x81, "ConfigReportRsp")
    private static let calibrated: [FrameField] = [
        .word(.calibrated, .u8(1), [1: "Temperature", 2: "Humidity", 3: "Light", 6: "Voltage"]),
        .number(.channel, .u8(2), plus: 1),
    ]
    private static let calibration: [FrameField] = [
        .number(.multiplier, .u16(3)), .number(.divisor, .u16(5)), .number(.delta, .i16(7)),
    ]
}

/// One device of the family: what its reports and its settings hold.
struct NetvoxDevice: Sendable {
    /// The second byte of its frames.
    let code: UInt8
    let model: StaticString
    /// By the number of the report, beginning with 1.
    let reports: [[FrameField]]
    /// What `ReadConfigReportRsp` tells after the intervals.
    let settings: [FrameField]
    let commands: [NetvoxCommand]

    static let all = contacts + climate + gauges + power

    /// By code: 1 + the position in `all`, 0 for none.
    static let positions: [UInt8] = {
        var positions = [UInt8](repeating: 0, count: 256)
        for (position, device) in all.enumerated() { positions[Int(device.code)] = UInt8(position + 1) }
        return positions
    }()

    /// A device on batteries: its reports begin with their voltage.
    static func battery(
        _ code: UInt8,
        _ model: StaticString,
        _ reports: [FrameField]...,
        settings: [FrameField] = [],
        commands: [NetvoxCommand] = []
    ) -> Self {
        Self(
            code: code,
            model: model,
            reports: reports.map { voltage + $0 },
            settings: [.number(.batteryChange, .u8(6), per: 10)] + settings,
            commands: commands
        )
    }

    static let voltage: [FrameField] = [
        .number(.batteryVoltage, .u8(3).bits(0, 7), per: 10), .flag(.batteryLow, .u8(3).bit(7)),
    ]
}

/// An answer that only some devices give.
struct NetvoxCommand: Sendable {
    let code: UInt8
    let name: StaticString
    let fields: [FrameField]

    init(_ code: UInt8, _ name: StaticString, _ fields: FrameField...) {
        self.code = code
        self.name = name
        self.fields = fields
    }
}

/// Settings of Netvox devices.
extension ReadingName {
    static let releaseDate = network("releaseDate")
    static let pressTime = network("pressTime", "s")
    static let calibrated = network("calibrated")
    static let channel = network("channel")
    static let multiplier = network("multiplier")
    static let divisor = network("divisor")
    static let delta = network("delta")
    static let batteryChange = network("batteryChange", "V")
}
