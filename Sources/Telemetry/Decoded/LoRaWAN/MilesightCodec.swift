/// Milesight (AM, EM, WS, VS series): climate, leaks, doors, presence, distance, sound, sockets, buttons.
///
/// A row of channels and types with their values, lowest byte first. The same channel means different things in
/// different models, so the model must be known. Source: Milesight IoT, the user guide of each device, chapter
/// "Device Payload", and its SensorDecoders.
public struct MilesightCodec: LoRaWANCodec {
    private let table: ChannelTable

    /// - Parameter model: as on the device: `EM300-TH`, `ws301-868m`. What is not in our table is read by the channels
    ///   that all models share.
    public init(model: String) {
        let model = model.lowercased()
        let own = Self.models.first { model.hasPrefix($0.prefix) }?.channels ?? []
        table = ChannelTable(key: .channelAndType, channels: own + Self.common + Self.device)
    }

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try table.append(from: FrameBytes(frame.payload), to: &readings)
    }

    private static let common: [FrameChannel] = [
        FrameChannel(0x0175, 1, .number(.batteryLevel, .u8(0))),
        FrameChannel(0x0367, 2, .number(.temperature, .i16le(0), per: 10)),
        FrameChannel(0x8367, 3, .number(.temperature, .i16le(0), per: 10), .flag(.alarm, .u8(2))),
        FrameChannel(0x0468, 1, .number(.humidity, .u8(0), per: 2)),
    ]

    /// What every device tells of itself, when it starts or when it is asked.
    private static let device: [FrameChannel] = [
        FrameChannel(0xFF01, 1, .number(.protocolVersion, .u8(0).bits(4, 4))),
        FrameChannel(0xFF03, 2, .number(.interval, .u16le(0))),
        FrameChannel(0xFE03, 2, .number(.interval, .u16le(0))),
        FrameChannel(0xFF08, 6, .digits(.serialNumber, .bytes(0, 6))),
        FrameChannel(0xFF09, 2, .version(.hardware, .u16(0).bits(4, 12), per: 16, radix: 16)),
        FrameChannel(0xFF0A, 2, .version(.firmware, .u16(0), per: 256, radix: 16)),
        FrameChannel(0xFF0B, 1, .formula(.online) { _ in 1 }),
        FrameChannel(0xFF0F, 1, .number(.deviceClass, .u8(0))),
        FrameChannel(0xFF16, 8, .digits(.serialNumber, .bytes(0, 8))),
        FrameChannel(0xFF18, 2, .number(.sensorMask, .u16le(0))),
        FrameChannel(0xFFFE, 1, .formula(.restarted) { _ in 1 }),
        FrameChannel(0xFFFF, 2, .version(.modelVersion, .u16(0), per: 256)),
    ]

    private struct Model {
        var prefix: String
        var channels: [FrameChannel]
    }

    /// The first prefix that fits holds.
    private static let models: [Model] = [
        Model(
            prefix: "em300-mcs",
            channels: [FrameChannel(0x0600, 1, open), history(8, .flag(.open, .u8(7)))]
        ),
        Model(
            prefix: "em300-sld",
            channels: [FrameChannel(0x0500, 1, leak), history(8, .flag(.leak, .u8(7)))]
        ),
        Model(
            prefix: "em300-zld",
            channels: [FrameChannel(0x0500, 1, leak), history(8, .flag(.leak, .u8(7)))]
        ),
        Model(prefix: "em300-th", channels: [history(7)]),
        Model(prefix: "em320-th", channels: [history(7)]),
        Model(
            prefix: "em300-di",
            channels: [
                FrameChannel(0x0500, 1, .flag(.input, .u8(0))),
                FrameChannel(0x05C8, 4, .number(.pulses, .u32le(0))),
            ]
        ),
        Model(prefix: "em310-udl", channels: [distance, FrameChannel(0x0400, 1, tilted)]),
        Model(
            prefix: "em310-tilt",
            channels: [
                FrameChannel(
                    0x03D4,
                    7,
                    .number(.angleX, .i16le(0), per: 100),
                    .number(.angleY, .i16le(2), per: 100),
                    .number(.angleZ, .i16le(4), per: 100),
                    .flag(.tilted, .u8(6))
                )
            ]
        ),
        Model(
            prefix: "em400",
            channels: [
                FrameChannel(0x0482, 2, .number(.distance, .u16le(0))), FrameChannel(0x0500, 1, tilted),
                FrameChannel(0x8482, 3, .number(.distance, .u16le(0)), .flag(.distanceAlarm, .u8(2))),
            ]
        ),
        Model(
            prefix: "em500-co2",
            channels: [
                FrameChannel(0x057D, 2, .number(.co2, .u16le(0))),
                FrameChannel(0x0673, 2, .number(.pressure, .u16le(0), per: 10)),
                stored(
                    11,
                    .number(.co2, .u16le(4)),
                    .number(.pressure, .u16le(6), per: 10),
                    .number(.temperature, .i16le(8), per: 10),
                    .number(.humidity, .u8(10), per: 2)
                ),
            ]
        ),
        Model(
            prefix: "em500-lgt",
            channels: [FrameChannel(0x0394, 4, .number(.illuminance, .u32le(0)))]
        ),
        Model(
            prefix: "em500-pp",
            channels: [FrameChannel(0x037B, 2, .number(.pipePressure, .u16le(0)))]
        ),
        Model(
            prefix: "em500-smt",
            channels: [
                FrameChannel(0x0468, 1, .number(.soilMoisture, .u8(0), per: 2)),
                FrameChannel(0x04CA, 2, .number(.soilMoisture, .u16le(0), per: 100)),
                FrameChannel(0x057F, 2, .number(.soilConductivity, .u16le(0))),
            ]
        ),
        Model(
            prefix: "em500-swl",
            channels: [FrameChannel(0x0377, 2, .number(.depth, .u16le(0), times: 10))]
        ),
        Model(prefix: "em500-udl", channels: [distance]),
        Model(
            prefix: "am10",
            channels: [
                FrameChannel(0x056A, 2, .number(.motions, .u16le(0))),
                FrameChannel(
                    0x0665,
                    6,
                    .number(.illuminance, .u16le(0)),
                    .number(.visibleAndInfrared, .u16le(2)),
                    .number(.infrared, .u16le(4))
                ),
                FrameChannel(0x087D, 2, .number(.voc, .u16le(0))),
            ] + air
        ),
        Model(prefix: "am307", channels: manyGases + [airHistory(16)]),
        Model(prefix: "am308", channels: manyGases + [airHistory(20, particles)]),
        // Formaldehyde or ozone behind it, as the device is made: not read.
        Model(prefix: "am319", channels: manyGases + [airHistory(22, particles)]),
        Model(prefix: "am3", channels: manyGases),
        Model(prefix: "ws101", channels: [FrameChannel(0xFF2E, 1, .word(.button, .u8(0), presses))]),
        Model(
            prefix: "ws202",
            channels: [FrameChannel(0x0300, 1, motion), FrameChannel(0x0400, 1, .flag(.daylight, .u8(0)))]
        ),
        Model(
            prefix: "ws203",
            channels: [
                FrameChannel(0x0500, 1, .flag(.occupied, .u8(0))),
                stored(
                    9,
                    .flag(.occupied, .u8(5)),
                    .number(.temperature, .i16le(6), per: 10),
                    .number(.humidity, .u8(8), per: 2)
                ),
            ]
        ),
        Model(
            prefix: "ws301",
            channels: [FrameChannel(0x0300, 1, open), FrameChannel(0x0400, 1, .flag(.tamper, .u8(0)))]
        ),
        Model(
            prefix: "ws302",
            channels: [
                FrameChannel(
                    0x055B,
                    7,
                    .number(.sound, .u16le(1), per: 10),
                    .number(.soundAverage, .u16le(3), per: 10),
                    .number(.soundPeak, .u16le(5), per: 10)
                )
            ]
        ),
        Model(prefix: "ws303", channels: [FrameChannel(0x0300, 1, leak)]),
        Model(
            prefix: "ws52",
            channels: [
                FrameChannel(0x0374, 2, .number(.voltage, .u16le(0), per: 10)),
                FrameChannel(0x0480, 4, .number(.power, .u32le(0))),
                FrameChannel(0x0581, 1, .number(.powerFactor, .u8(0), per: 100)),
                FrameChannel(0x0683, 4, .number(.energy, .u32le(0))),
                FrameChannel(0x07C9, 2, .number(.currentInMilliamperes, .u16le(0))),
                FrameChannel(0x0870, 1, .flag(.relay, .u8(0).bit(0))),
            ]
        ),
        Model(
            prefix: "vs330",
            channels: [distance, FrameChannel(0x048E, 1, .flag(.occupied, .u8(0)))]
        ),
    ]

    private static let open = FrameField.flag(.open, .u8(0))
    private static let leak = FrameField.flag(.leak, .u8(0))
    private static let motion = FrameField.flag(.motion, .u8(0))
    private static let tilted = FrameField.flag(.tilted, .u8(0))
    private static let distance = FrameChannel(0x0382, 2, .number(.distance, .u16le(0)))
    private static let air: [FrameChannel] = [
        FrameChannel(0x077D, 2, .number(.co2, .u16le(0))),
        FrameChannel(0x0973, 2, .number(.pressure, .u16le(0), per: 10)),
    ]
    private static let presses: KeyValuePairs<Int64, StaticString> = [1: "short", 2: "long", 3: "double"]

    private static let manyGases: [FrameChannel] =
        [
            FrameChannel(0x0500, 1, motion),
            FrameChannel(0x06CB, 1, .number(.lightLevel, .u8(0))),
            FrameChannel(0x087D, 2, .number(.vocLevel, .u16le(0), per: 100)),
            FrameChannel(0x08E6, 2, .number(.vocWeight, .u16le(0))),
            FrameChannel(0x0A7D, 2, .number(.formaldehyde, .u16le(0), per: 100)),
            FrameChannel(0x0B7D, 2, .number(.pm25, .u16le(0))),
            FrameChannel(0x0C7D, 2, .number(.pm10, .u16le(0))),
            FrameChannel(0x0D7D, 2, .number(.ozone, .u16le(0), per: 100)),
            FrameChannel(0x0E01, 1, .flag(.alarm, .u8(0))),
        ] + air

    /// What the device kept while it could not send: the time, then what its model measures.
    private static func stored(_ size: Int, _ fields: [FrameField]) -> FrameChannel {
        FrameChannel(0x20CE, size, time: .stored, fields: fields)
    }

    private static func stored(_ size: Int, _ fields: FrameField...) -> FrameChannel { stored(size, fields) }

    private static func history(_ size: Int, _ more: FrameField...) -> FrameChannel {
        stored(size, [.number(.temperature, .i16le(4), per: 10), .number(.humidity, .u8(6), per: 2)] + more)
    }

    /// Gases at 12 are in a unit that the frame does not say.
    private static func airHistory(_ size: Int, _ more: [FrameField] = []) -> FrameChannel {
        stored(
            size,
            [
                .number(.temperature, .i16le(4), per: 10), .number(.humidity, .u16le(6), per: 2),
                .flag(.motion, .u8(8)), .number(.lightLevel, .u8(9)), .number(.co2, .u16le(10)),
                .number(.pressure, .u16le(14), per: 10),
            ] + more
        )
    }

    private static let particles: [FrameField] = [.number(.pm25, .u16le(16)), .number(.pm10, .u16le(18))]
}

extension ReadingName {
    fileprivate static let protocolVersion = network("protocolVersion")
    fileprivate static let deviceClass = network("deviceClass")
    fileprivate static let sensorMask = network("sensorMask")
    fileprivate static let modelVersion = network("modelVersion")
    fileprivate static let restarted = network("restarted")
    /// Of the water in a pipe, above that of the air.
    fileprivate static let pipePressure = ReadingName("pipePressure", "kPa")
    static let visibleAndInfrared = ReadingName("visibleAndInfrared")
    fileprivate static let infrared = ReadingName("infrared")
    /// 0 is dark, 5 is bright.
    fileprivate static let lightLevel = ReadingName("lightLevel")
    /// 1 is clean air, 5 is bad.
    fileprivate static let vocLevel = ReadingName("vocLevel")
    fileprivate static let vocWeight = ReadingName("voc", "µg/m³")
    fileprivate static let formaldehyde = ReadingName("formaldehyde", "mg/m³")
    fileprivate static let daylight = ReadingName("daylight")
    fileprivate static let distanceAlarm = ReadingName("distanceAlarm")
    fileprivate static let soundAverage = ReadingName("soundAverage", "dB")
}
