/// Cayenne Low Power Payload: what many makers and hobbyists send, RAKwireless's standard format among them.
///
/// A row of channel, type and value, highest byte first; a reading has the number of its channel
/// (`temperature3`). Source: myDevices, "Cayenne Low Power Payload", and the types that ElectronicCats' library and
/// RAKwireless added to it.
public struct CayenneCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try Self.table.append(from: FrameBytes(frame.payload), to: &readings)
    }

    private static let table = ChannelTable(
        key: .typeOfChannel,
        channels: [
            FrameChannel(0, 1, .flag(.input, .u8(0))),
            FrameChannel(1, 1, .flag(.output, .u8(0))),
            FrameChannel(2, 2, .number(.analog, .i16(0), per: 100)),
            FrameChannel(3, 2, .number(.analogOutput, .i16(0), per: 100)),
            FrameChannel(100, 4, .number(.generic, .u32(0))),
            FrameChannel(101, 2, .number(.illuminance, .u16(0))),
            FrameChannel(102, 1, .flag(.occupied, .u8(0))),
            FrameChannel(103, 2, .number(.temperature, .i16(0), per: 10)),
            FrameChannel(104, 1, .number(.humidity, .u8(0), per: 2)),
            FrameChannel(112, 2, .number(.humidity, .u16(0), per: 10)),
            FrameChannel(
                113,
                6,
                .number(.accelerationX, .i16(0), per: 1000),
                .number(.accelerationY, .i16(2), per: 1000),
                .number(.accelerationZ, .i16(4), per: 1000)
            ),
            FrameChannel(115, 2, .number(.pressure, .u16(0), per: 10)),
            FrameChannel(116, 2, .number(.voltage, .u16(0), per: 100)),
            FrameChannel(117, 2, .number(.current, .u16(0), per: 1000)),
            FrameChannel(118, 4, .number(.frequency, .u32(0))),
            FrameChannel(120, 1, .number(.percentage, .u8(0))),
            FrameChannel(121, 2, .number(.altitude, .i16(0))),
            FrameChannel(125, 2, .number(.concentration, .u16(0))),
            FrameChannel(128, 2, .number(.power, .u16(0))),
            // In millimetres, as all distances of ours.
            FrameChannel(130, 4, .number(.distance, .u32(0))),
            FrameChannel(131, 4, .number(.energyInKilowattHours, .u32(0), per: 1000)),
            FrameChannel(132, 2, .number(.heading, .u16(0))),
            FrameChannel(133, 4, .number(.deviceTime, .u32(0))),
            FrameChannel(
                134,
                6,
                .number(.rotationX, .i16(0), per: 100),
                .number(.rotationY, .i16(2), per: 100),
                .number(.rotationZ, .i16(4), per: 100)
            ),
            FrameChannel(135, 3, .digits(.colour, .u24(0))),
            FrameChannel(
                136,
                9,
                .number(.latitude, .i24(0), per: 10_000),
                .number(.longitude, .i24(3), per: 10_000),
                .number(.altitude, .i24(6), per: 100)
            ),
            FrameChannel(142, 1, .flag(.relay, .u8(0))),
        ]
    )
}

extension ReadingName {
    fileprivate static let analogOutput = ReadingName("analogOutput")
    fileprivate static let generic = ReadingName("generic")
    fileprivate static let percentage = ReadingName("percentage", "%")
    fileprivate static let concentration = ReadingName("concentration", "ppm")
    fileprivate static let colour = ReadingName("colour")
    fileprivate static let rotationX = ReadingName("rotationX", "°/s")
    fileprivate static let rotationY = ReadingName("rotationY", "°/s")
    fileprivate static let rotationZ = ReadingName("rotationZ", "°/s")
    /// Seconds since 1970 on the device's clock.
    static let deviceTime = network("deviceTime", "s")
}
