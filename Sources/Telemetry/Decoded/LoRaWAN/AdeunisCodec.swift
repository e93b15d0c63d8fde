import Units

/// Adeunis (TEMP, COMFORT, PULSE, DRY CONTACTS, MOTION): climate, meters, contacts, presence.
///
/// The first byte tells the kind of frame, the second is a status. Periodic frames hold the newest value and older
/// ones at the interval of recording, which is a setting of the device and not in the frame. Source: Adeunis, the
/// technical reference manual of each product, and its public codec.
public struct AdeunisCodec: LoRaWANCodec {
    private let recordingInterval: Duration?
    private let isThermometer: Bool

    /// - Parameters:
    ///   - model: as on the device: `TEMP 4`, `comfort`. Only keep-alive frames need it: those of thermometers hold the
    ///     temperatures.
    ///   - recordingInterval: how far apart the values of a frame are. Without it the older ones have no time: they are
    ///     counted and left out.
    public init(model: String = "", recordingInterval: Duration? = nil) {
        self.recordingInterval = recordingInterval
        isThermometer = model.lowercased().hasPrefix("temp")
    }

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let code = try bytes.byte(0)
        let status = try bytes.byte(1)
        readings.append(.batteryLow, flag: status & 0x02 != 0)
        let hasTime = status & 0x04 != 0
        let isTwofold = status & 0x10 != 0
        switch code {
        case 0x30 where isThermometer:
            let now = readings.time
            if hasTime { try takeTime(bytes, &readings) }
            let fields = isTwofold ? Self.temperatures : Self.temperature
            try fields.append(from: bytes.from(2), to: &readings)
            readings.time = now
        // Keep alive, settings, answers: the status is all that concerns us.
        case 0x10...0x3F: break
        case 0x40: try append(Self.contacts, from: bytes, hasTime, &readings)
        case 0x46: try append(Self.counters, from: bytes, hasTime, &readings)
        case 0x47: try append(Self.flowAlarm, from: bytes, hasTime, &readings)
        case 0x4C: try periodic(Self.climate, of: 3, from: 2, in: bytes, hasTime, &readings)
        case 0x4D: try append(Self.climateAlarm, from: bytes, hasTime, &readings)
        case 0x51, 0x52:
            try append(Self.inputAlarm, from: bytes, hasTime, number: code - 0x50, &readings)
        case 0x57:
            let fields = isTwofold ? Self.temperatures : Self.temperature
            try periodic(fields, of: isTwofold ? 4 : 2, from: 2, in: bytes, hasTime, &readings)
        case 0x58:
            let fields = isTwofold ? Self.temperatureAlarms : Self.temperatureAlarm
            try append(fields, from: bytes, hasTime, &readings)
        case 0x5A, 0x5B: try pulses(bytes, number: code - 0x59, hasTime, &readings)
        case 0x5C:
            try append([.flag(.motion, .u8(2).bit(0))], from: bytes, false, &readings)
            try periodic(Self.presence, of: 2, from: 3, in: bytes, hasTime, &readings)
        default: throw .unknownCode(UInt32(code), of: "frame", offset: 0)
        }
    }

    /// Values with fixed places, the device's time behind them.
    private func append(
        _ fields: [FrameField],
        from bytes: FrameBytes,
        _ hasTime: Bool,
        number: UInt8 = 0,
        _ readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let now = readings.time
        if hasTime { try takeTime(bytes, &readings) }
        try fields.append(from: bytes, number: number, to: &readings)
        readings.time = now
    }

    /// The newest values, then older ones, each set as long as the first.
    private func periodic(
        _ fields: [FrameField],
        of size: Int,
        from start: Int,
        in bytes: FrameBytes,
        _ hasTime: Bool,
        _ readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let now = readings.time
        if hasTime { try takeTime(bytes, &readings) }
        let end = bytes.count - (hasTime ? 4 : 0)
        try bytes.require(start + size + (hasTime ? 4 : 0))
        let newest = readings.time
        for (age, offset) in stride(from: start, through: end - size, by: size).enumerated() {
            guard isDated(age, newest, &readings) else { break }
            try fields.append(from: bytes.from(offset), to: &readings)
        }
        readings.time = now
        countUndated((end - start) / size, &readings)
    }

    /// A total, then by how much it had grown since each moment before.
    private func pulses(
        _ bytes: FrameBytes,
        number: UInt8,
        _ hasTime: Bool,
        _ readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let now = readings.time
        if hasTime { try takeTime(bytes, &readings) }
        let end = bytes.count - (hasTime ? 4 : 0)
        try bytes.require(6 + (hasTime ? 4 : 0))
        let newest = readings.time
        var total = try bytes.integer(.u32(2))
        readings.append(.pulses[number], Double(total))
        for (age, offset) in stride(from: 6, through: end - 2, by: 2).enumerated() {
            guard isDated(age + 1, newest, &readings) else { break }
            total -= try bytes.integer(.u16(offset))
            readings.append(.pulses[number], Double(total))
        }
        readings.time = now
        countUndated(1 + (end - 6) / 2, &readings)
    }

    /// Sets the time of a value so many intervals old; false when the interval is not known.
    private func isDated(
        _ age: Int,
        _ newest: (at: Moment, clock: DecodedReadings.Clock, quality: DecodedReadings.Quality),
        _ readings: inout DecodedReadings
    ) -> Bool {
        readings.time = newest
        guard age > 0 else { return true }
        guard let recordingInterval else { return false }
        readings.at = newest.at - recordingInterval * age
        readings.quality.formUnion(.historical)
        return true
    }

    private func countUndated(_ values: Int, _ readings: inout DecodedReadings) {
        if recordingInterval == nil, values > 1 { readings.append(.undatedValues, Double(values - 1)) }
    }

    /// Seconds since 2013 in the last four bytes, when the status says that they are there. A clock that is far from that
    /// of the network was never set: the time stays that of the frame, and the readings are doubtful.
    private func takeTime(_ bytes: FrameBytes, _ readings: inout DecodedReadings) throws(FrameProblem) {
        let moment = Moment(seconds: try bytes.integer(.u32(max(0, bytes.count - 4))) + Self.epoch)
        let error = max(moment, readings.at).since(min(moment, readings.at))
        guard error <= Self.clockError else {
            readings.quality.formUnion(.doubtful)
            return
        }
        readings.at = moment
        readings.clock = .device
    }

    /// These clocks are set by their owners, in local time or not, and run on for years.
    private static let clockError = Duration.seconds(2 * 86_400)

    /// 2013-01-01, in seconds since 1970.
    private static let epoch: Int64 = 1_356_998_400

    private static let contacts: [FrameField] = [
        .number(.pulses[1], .u16(2)), .number(.pulses[2], .u16(4)), .number(.pulses[3], .u16(6)),
        .number(.pulses[4], .u16(8)), .flag(.input[1], .u8(10).bit(0)), .flag(.input[2], .u8(10).bit(2)),
        .flag(.input[3], .u8(10).bit(4)), .flag(.input[4], .u8(10).bit(6)),
    ]
    private static let counters: [FrameField] = [
        .number(.pulses[1], .u32(2)), .number(.pulses[2], .u32(6)),
    ]
    /// The flows when one of them was too large; their unit is a setting of the device.
    private static let flowAlarm: [FrameField] = [
        .formula(.alarm) { _ in 1 }, .number(.pulseFlow[1], .u16(2)), .number(.pulseFlow[2], .u16(4)),
    ]
    private static let climate: [FrameField] = [
        .number(.temperature, .i16(0), per: 10), .number(.humidity, .u8(2)),
    ]
    private static let climateAlarm: [FrameField] = [
        .flag(.alarm, .u8(2)), .number(.temperature, .i16(3), per: 10), .number(.humidity, .u8(5)),
    ]
    private static let inputAlarm: [FrameField] = [
        .flag(.input, .u8(2).bit(0)), .number(.pulses, .u32(3)),
    ]
    private static let temperature: [FrameField] = [.number(.temperature[1], .i16(0), per: 10)]
    private static let temperatures = temperature + [.number(.temperature[2], .i16(2), per: 10)]
    private static let temperatureAlarm: [FrameField] = [
        .flag(.alarm[1], .u8(2)), .number(.temperature[1], .i16(3), per: 10),
    ]
    private static let temperatureAlarms =
        temperatureAlarm + [
            .flag(.alarm[2], .u8(5)), .number(.temperature[2], .i16(6), per: 10),
        ]
    private static let presence: [FrameField] = [
        .number(.presence, .u8(0)), .number(.brightness, .u8(1)),
    ]
}

extension ReadingName {
    /// Of the time since the value before, how much somebody was there.
    fileprivate static let presence = ReadingName("presence", "%")
    fileprivate static let brightness = ReadingName("brightness", "%")
    fileprivate static let pulseFlow = ReadingName("pulseFlow")
    /// Older values in the frame whose time is not known, left out.
    static let undatedValues = network("undatedValues")
}
