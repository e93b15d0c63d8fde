/// Dragino: doors, leaks, climate, pulses, inputs, distance, soil, trackers.
///
/// Every model has layouts of its own, so the model must be known. Source: the user manuals of Dragino Technology, and
/// its public decoders.
enum DraginoDevices {
    static func codec(model: String) -> (any LoRaWANCodec)? {
        let words = Model.words(of: model)
        return models.first { $0.isCalled(words) }.map { LayoutCodec($0.layouts) }
    }

    struct Model: Sendable {
        /// Its names, each in words: `LSN50-v2` is two.
        let names: [[Substring]]
        /// What may follow a name: the probes that it is sold with, where they change nothing.
        let variants: [Substring]
        let layouts: [FrameLayout]

        init(_ names: [String], variants: [Substring] = [], _ layouts: [FrameLayout]) {
            self.names = names.map { Self.words(of: $0) }
            self.variants = variants
            self.layouts = layouts
        }

        static func words(of name: String) -> [Substring] {
            name.lowercased().split { "-_ ".contains($0) }
        }

        /// Whether it is this model, whatever its band, firmware or size (`EU868`, `114`). A model of which only the
        /// beginning is known is another one: `LHT65N-PIR` speaks otherwise than `LHT65N`.
        func isCalled(_ words: [Substring]) -> Bool {
            names.contains { name in
                words.starts(with: name)
                    && words.dropFirst(name.count).allSatisfy { variants.contains($0) || Self.isEdition($0) }
            }
        }

        /// Three digits, or two letters and three digits.
        private static func isEdition(_ word: Substring) -> Bool {
            let digits = word.count == 5 ? word.dropFirst(2) : word
            return digits.count == 3 && digits.utf8.allSatisfy(\.isDigit)
        }
    }

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
