/// Dragino: doors, leaks, climate, pulses, inputs, distance, soil, trackers.
///
/// Every model has layouts of its own, so the model must be known. Source: the user manuals of Dragino Technology.
enum DraginoDevices {
    static func codec(model: String) -> (any LoRaWANCodec)? {
        let model = model.lowercased()
        return models.first { model.hasPrefix($0.prefix) }.map { LayoutCodec($0.layouts) }
    }

    struct Model: Sendable {
        /// Models of one kind differ in what follows: `lht65`, `lht65n`.
        let prefix: String
        let layouts: [FrameLayout]

        init(_ prefix: String, _ layouts: [FrameLayout]) {
            self.prefix = prefix
            self.layouts = layouts
        }
    }

    /// The first prefix that fits holds.
    private static let models = contacts + climate + gauges + outdoors

    /// Millivolts in the lower fourteen bits of the first two bytes.
    static let battery = FrameField.number(.batteryVoltage, .u16(0).bits(0, 14), per: 1000)
    /// As a DS18B20 on a cable says it; 0x7FFF without one.
    static func probe(_ offset: Int, _ name: ReadingName = .probeTemperature, per: Double = 10) -> FrameField
    {
        .number(name, .i16(offset), per: per, absent: 0x7FFF)
    }

    /// What newer devices tell of themselves on port 5.
    static let about = FrameLayout(
        port: 5,
        lengths: 7...7,
        .number(.modelCode, .u8(0)),
        .digits(.firmware, .u16(1)),
        .number(.band, .u8(3)),
        .number(.subBand, .u8(4)),
        .number(.batteryVoltage, .u16(5), per: 1000)
    )
}

/// Names of Dragino devices.
extension ReadingName {
    static let mode = network("mode")
    static let interrupt = ReadingName("interrupt")
    static let sensorConnected = network("sensorConnected")
    static let modelCode = network("modelCode")
    static let band = network("band")
    static let subBand = network("subBand")
}
