import Units

/// Axioma Qalcosonic W1 water meters: the total, alarms, and what ran in each hour of the last day.
///
/// Source: Axioma Metering, "Qalcosonic W1 LoRa payload", and the decoders in The Things Network's device repository.
public struct AxiomaCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try check(frame, ports: 100...100)
        let bytes = FrameBytes(frame.payload)
        switch bytes.count {
        case 0: throw .empty
        case 51: try enhanced(bytes, &readings)
        case 9, 17...50: try extended(bytes, &readings)
        case 1...8: throw .tooShort(bytes: bytes.count, expected: 9)
        case 10...16: throw .tooShort(bytes: bytes.count, expected: 17)
        default: throw .notAllowed(offset: 51, expected: "the end of the frame")
        }
    }

    /// The total of now; then one of earlier, and how much ran in each interval after it.
    private func extended(_ bytes: FrameBytes, _ readings: inout DecodedReadings) throws(FrameProblem) {
        let sent = try bytes.integer(.u32le(0))
        let now = readings.time
        takeTime(sent, &readings)
        appendStatus(try bytes.byte(4), &readings)
        let total = try bytes.integer(.u32le(5))
        readings.append(.volume, Double(total) / Self.litresPerCubicMetre)
        readings.time = now
        guard bytes.count >= 17 else { return }
        let start = try bytes.integer(.u32le(9))
        var volume = try bytes.integer(.u32le(13))
        let count = (bytes.count - 17) / 2
        let interval = Self.interval(between: start, and: sent, count)
        appendHistory(volume, at: start, &readings)
        for position in 0..<count {
            let offset = 17 + position * 2
            // What is left over at the end is filled with 0x2F, the filler of M-Bus.
            if try bytes.integer(.u16le(offset)) == 0x002F, volume == total { break }
            volume += try bytes.integer(.u16le(offset))
            appendHistory(volume, at: start + interval * Int64(position + 1), &readings)
        }
        readings.time = now
    }

    /// A total of 23 hours ago and how much ran in each hour since, in fourteen bits.
    private func enhanced(_ bytes: FrameBytes, _ readings: inout DecodedReadings) throws(FrameProblem) {
        let version = try bytes.byte(0)
        guard version == 1 else { throw .unknownCode(UInt32(version), of: "frame version", offset: 0) }
        let sent = try bytes.integer(.u32le(1))
        let now = readings.time
        let multiplier = try Self.packed(bytes, Self.hours * 14, 6)
        guard multiplier == 0 else {
            throw .notAllowed(offset: 50, expected: "0 as the multiplier of the volumes")
        }
        takeTime(sent, &readings)
        appendStatus(try bytes.byte(5), &readings)
        readings.time = now
        var volume = try bytes.integer(.u32le(6))
        appendHistory(volume, at: sent - Int64(Self.hours) * 3600, &readings)
        for hour in 0..<Self.hours {
            volume += try Self.packed(bytes, hour * 14, 14)
            if hour < Self.hours - 1 {
                appendHistory(volume, at: sent - Int64(Self.hours - 1 - hour) * 3600, &readings)
            }
        }
        readings.time = now
        takeTime(sent, &readings)
        readings.append(.volume, Double(volume) / Self.litresPerCubicMetre)
        readings.time = now
    }

    private func takeTime(_ seconds: Int64, _ readings: inout DecodedReadings) {
        let moment = Moment(seconds: seconds)
        guard Moment.plausible.contains(moment) else {
            readings.quality.formUnion(.doubtful)
            return
        }
        readings.at = moment
        readings.clock = .device
    }

    private func appendHistory(_ litres: Int64, at seconds: Int64, _ readings: inout DecodedReadings) {
        let before = readings.quality
        readings.measured(at: seconds)
        readings.append(.volume, Double(litres) / Self.litresPerCubicMetre)
        readings.quality = before
    }

    /// Bits that alone are one alarm mean another one together.
    private func appendStatus(_ status: UInt8, _ readings: inout DecodedReadings) {
        let isBackflow = status & 0x60 == 0x60
        let isBurst = status & 0xA0 == 0xA0
        readings.append(.batteryLow, flag: status & 0x04 != 0)
        readings.append(.fault, flag: status & 0x08 != 0)
        readings.append(.dry, flag: status == 0x10)
        readings.append(.backflow, flag: isBackflow)
        readings.append(.burst, flag: isBurst)
        readings.append(.leak, flag: status & 0x20 != 0 && !isBackflow && !isBurst)
        readings.append(.frost, flag: status & 0x80 != 0 && !isBurst)
    }

    /// The interval is a setting and not in the frame: the longest usual one that fits between the two times.
    private static func interval(between start: Int64, and sent: Int64, _ count: Int) -> Int64 {
        let most = count > 0 ? (sent - start) / Int64(count) : 0
        return intervals.last { $0 <= most } ?? intervals[0]
    }

    /// Bits in a row, lowest first, from the tenth byte on.
    private static func packed(_ bytes: FrameBytes, _ bit: Int, _ width: Int) throws(FrameProblem) -> Int64 {
        let place = FramePlace.bytes(10 + bit / 8, (bit % 8 + width + 7) / 8, little: true)
        return try bytes.integer(place.bits(bit % 8, width))
    }

    private static let litresPerCubicMetre = 1000.0
    private static let hours = 23
    private static let intervals: [Int64] = [900, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]
}
