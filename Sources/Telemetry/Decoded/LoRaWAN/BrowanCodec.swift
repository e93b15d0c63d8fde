/// Browan (Tabs, MerryIoT): doors, motion, climate, light, sound, leaks, buttons. The port tells the kind of device.
///
/// Source: the reference manuals of Browan Communications for each device.
enum BrowanDevices {
    static let codec = LayoutCodec([
        FrameLayout(
            port: 100,
            lengths: 8...8,
            .flag(.open, .u8(0).bit(0)),
            battery,
            board,
            .number(.sinceChange, .u16le(3)),
            .number(.openings, .u24le(5))
        ),
        FrameLayout(
            port: 102,
            lengths: 8...8,
            .flag(.motion, .u8(0).bit(0)),
            battery,
            board,
            .number(.sinceChange, .u16le(3)),
            .number(.motions, .u24le(5))
        ),
        FrameLayout(
            port: 103,
            lengths: 8...8,
            .number(.statusBits, .u8(0)),
            battery,
            .number(.temperature, .u8(2).bits(0, 7), plus: -32),
            .number(.humidity, .u8(3).bits(0, 7), absent: 0x7F),
            .number(.co2, .u16le(4), absent: 0xFFFF),
            .number(.voc, .u16le(6), absent: 0xFFFF)
        ),
        FrameLayout(
            port: 103,
            lengths: 11...11,
            .flag(.triggered, .u8(0).bit(0)),
            .flag(.climateChanged, .u8(0).bit(4)),
            .flag(.airQualityChanged, .u8(0).bit(5)),
            battery,
            board,
            .number(.humidity, .u8(3).bits(0, 7), absent: 0x7F),
            .number(.co2, .u16le(4), absent: 0xFFFF),
            .number(.voc, .u16le(6), absent: 0xFFFF),
            .number(.airQuality, .u16le(8), absent: 0xFFFF),
            .number(.temperature, .u8(10).bits(0, 7), plus: -32)
        ),
        FrameLayout(
            port: 104,
            lengths: 6...6,
            .flag(.darker, .u8(0).bit(0)),
            .flag(.lighter, .u8(0).bit(1)),
            .flag(.statusChanged, .u8(0).bit(4)),
            .flag(.keepAlive, .u8(0).bit(5)),
            battery,
            board,
            .number(.illuminance, .u24le(3), per: 100)
        ),
        FrameLayout(
            port: 105,
            lengths: 4...4,
            .flag(.loud, .u8(0).bit(0)),
            battery,
            board,
            .number(.sound, .u8(3))
        ),
        FrameLayout(
            port: 106,
            lengths: 5...5,
            .flag(.leak, .u8(0).bit(0)),
            .flag(.temperatureChanged, .u8(0).bit(5)),
            .flag(.humidityChanged, .u8(0).bit(6)),
            battery,
            board,
            .number(.humidity, .u8(3)),
            .number(.temperature, .u8(4).bits(0, 7), plus: -32)
        ),
        FrameLayout(port: 147, lengths: 3...8, .flag(.button, .u8(0).bit(0)), battery, board),
        // MerryIoT; longer frames are those of newer firmware, with tenths of a degree.
        FrameLayout(
            port: 120,
            lengths: 9...9,
            .flag(.open, .u8(0).bit(0)),
            .flag(.button, .u8(0).bit(1)),
            .flag(.tamper, .u8(0).bit(2)),
            .flag(.tilted, .u8(0).bit(3)),
            merryBattery,
            .number(.temperature, .i8(2)),
            .number(.humidity, .u8(3)),
            .number(.sinceChange, .u16le(4)),
            .number(.openings, .u24le(6))
        ),
        FrameLayout(
            port: 120,
            lengths: 10...10,
            .flag(.open, .u8(0).bit(0)),
            .flag(.button, .u8(0).bit(1)),
            .flag(.tamper, .u8(0).bit(2)),
            .flag(.tilted, .u8(0).bit(3)),
            merryBattery,
            .number(.temperature, .i16le(2), per: 10),
            .number(.humidity, .u8(4)),
            .number(.sinceChange, .u16le(5)),
            .number(.openings, .u24le(7))
        ),
        FrameLayout(
            port: 127,
            lengths: 6...6,
            .flag(.triggered, .u8(0).bit(0)),
            .flag(.button, .u8(0).bit(1)),
            .flag(.co2High, .u8(0).bit(4)),
            .flag(.co2Calibrating, .u8(0).bit(5)),
            merryBattery,
            .number(.temperature, .i8(2)),
            .number(.humidity, .u8(3)),
            .number(.co2, .u16le(4))
        ),
        FrameLayout(
            port: 127,
            lengths: 7...7,
            .flag(.triggered, .u8(0).bit(0)),
            .flag(.button, .u8(0).bit(1)),
            .flag(.co2High, .u8(0).bit(4)),
            .flag(.co2Calibrating, .u8(0).bit(5)),
            merryBattery,
            .number(.temperature, .i16le(2), per: 10),
            .number(.humidity, .u8(4)),
            .number(.co2, .u16le(5))
        ),
    ])

    private static let battery = FrameField.number(.batteryVoltage, .u8(1).bits(0, 4), per: 10, plus: 2.5)
    private static let merryBattery = FrameField.number(.batteryVoltage, .u8(1), per: 10, plus: 2.1)
    private static let board = FrameField.number(.deviceTemperature, .u8(2).bits(0, 7), plus: -32)
}

extension ReadingName {
    /// Minutes since the flag changed the last time.
    static let sinceChange = ReadingName("sinceChange", "min")
    fileprivate static let loud = ReadingName("loud")
    fileprivate static let darker = ReadingName("darker")
    fileprivate static let lighter = ReadingName("lighter")
    static let co2High = ReadingName("co2High")
    static let co2Calibrating = network("co2Calibrating")
    static let climateChanged = network("climateChanged")
    static let airQualityChanged = network("airQualityChanged")
    fileprivate static let temperatureChanged = network("temperatureChanged")
    fileprivate static let humidityChanged = network("humidityChanged")
    fileprivate static let statusChanged = network("statusChanged")
    fileprivate static let keepAlive = network("keepAlive")
    fileprivate static let statusBits = network("statusBits")
    /// The frame was sent because something happened, not because it was time.
    static let triggered = network("triggered")
}
