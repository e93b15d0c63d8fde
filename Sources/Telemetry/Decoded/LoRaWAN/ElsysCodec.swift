/// Elsys (ERS, EMS, ELT, EXT): climate, presence, doors, leaks, pulses.
///
/// A row of types with their values, highest byte first; only positions are sent lowest byte first. Source: Elektronik System i Umeå, "Sensor payload".
public struct ElsysCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try Self.table.append(from: FrameBytes(frame.payload), to: &readings)
    }

    /// Nil for one that is nowhere on Earth: a device without a fix, or of an older kind.
    private static func position(
        in bytes: FrameBytes
    ) throws(FrameProblem) -> (latitude: Double, longitude: Double)? {
        let latitude = Double(try bytes.integer(.i24le(0))) / 10_000
        let longitude = Double(try bytes.integer(.i24le(3))) / 10_000
        return abs(latitude) <= 90 && abs(longitude) <= 180 ? (latitude, longitude) : nil
    }

    /// 63 steps are one g.
    private static let stepsPerG = 63.0

    private static let table = ChannelTable(
        key: .byte,
        channels: [
            FrameChannel(0x01, 2, .number(.temperature, .i16(0), per: 10)),
            FrameChannel(0x02, 1, .number(.humidity, .u8(0))),
            FrameChannel(
                0x03,
                3,
                .number(.accelerationX, .i8(0), per: stepsPerG),
                .number(.accelerationY, .i8(1), per: stepsPerG),
                .number(.accelerationZ, .i8(2), per: stepsPerG)
            ),
            FrameChannel(0x04, 2, .number(.illuminance, .u16(0))),
            FrameChannel(0x05, 1, .flag(.motion, .u8(0)), .number(.motions, .u8(0))),
            FrameChannel(0x06, 2, .number(.co2, .u16(0))),
            FrameChannel(0x07, 2, .number(.batteryVoltage, .u16(0), per: 1000)),
            FrameChannel(0x08, 2, .number(.voltageInMillivolts[1], .u16(0))),
            FrameChannel(
                0x09,
                6,
                .formula(.latitude) { bytes throws(FrameProblem) in try position(in: bytes)?.latitude },
                .formula(.longitude) { bytes throws(FrameProblem) in try position(in: bytes)?.longitude }
            ),
            FrameChannel(0x0A, 2, .number(.pulses[1], .u16(0))),
            FrameChannel(0x0B, 4, .number(.totalPulses[1], .u32(0))),
            FrameChannel(0x0C, 2, .number(.probeTemperature[1], .i16(0), per: 10)),
            FrameChannel(0x0D, 1, .flag(.input[1], .u8(0))),
            FrameChannel(0x0E, 2, .number(.distance, .u16(0))),
            FrameChannel(0x0F, 1, .number(.movements, .u8(0))),
            FrameChannel(
                0x10,
                4,
                .number(.deviceTemperature, .i16(0), per: 10),
                .number(.surfaceTemperature, .i16(2), per: 10)
            ),
            // 1 is "perhaps": the sensor is still making sure.
            FrameChannel(0x11, 1, .flag(.occupied, .u8(0), is: 2), .number(.occupancy, .u8(0))),
            FrameChannel(0x12, 1, .flag(.leak, .u8(0)), .number(.wetness, .u8(0))),
            // The picture of a heat camera of 64 points; no reading of ours.
            FrameChannel(0x13, 65),
            FrameChannel(0x14, 4, .number(.pressure, .u32(0), per: 1000)),
            FrameChannel(0x15, 2, .number(.soundPeak, .u8(0)), .number(.sound, .u8(1))),
            FrameChannel(0x16, 2, .number(.pulses[2], .u16(0))),
            FrameChannel(0x17, 4, .number(.totalPulses[2], .u32(0))),
            FrameChannel(0x18, 2, .number(.voltageInMillivolts[2], .u16(0))),
            FrameChannel(0x19, 2, .number(.probeTemperature[2], .i16(0), per: 10)),
            FrameChannel(0x1A, 1, .flag(.input[2], .u8(0))),
            FrameChannel(0x1B, 4, .number(.microvolts, .i32(0))),
            FrameChannel(0x1C, 2, .number(.voc, .u16(0))),
            FrameChannel(0x3D, 4, .digits(.debug, .u32(0))),
            // All settings of the device, up to the end of the frame.
            FrameChannel(
                0x3E,
                nil,
                .formula(.settingsLength) { bytes throws(FrameProblem) in Double(bytes.count) }
            ),
        ]
    )
}

extension ReadingName {
    /// Since the device started; `pulses` counts since the frame before.
    static let totalPulses = ReadingName("totalPulses")
    static let movements = ReadingName("movements")
    static let occupancy = ReadingName("occupancy")
    static let wetness = ReadingName("wetness")
    fileprivate static let microvolts = ReadingName("voltage", "µV")
    fileprivate static let debug = network("debug")
    fileprivate static let settingsLength = network("settingsLength")
}
