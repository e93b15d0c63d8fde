/// Talkpool (OY…): climate, CO2, particles, meter readers.
///
/// Temperature and humidity are twelve bits each: their upper bytes first, then a byte with both lower halves. Source:
/// Talkpool, the payload description of each device.
enum TalkpoolDevices {
    static func codec(model: String) -> (any LoRaWANCodec)? {
        switch model.lowercased() {
        case "oy1100":
            LayoutCodec([FrameLayout(port: nil, lengths: 3...240, fields: packed(0, 0, 0) + [older(3)])])
        case "oy1110":
            LayoutCodec([
                FrameLayout(port: 2, lengths: 3...240, fields: packed(0, -80, -25) + [older(3)]),
                // A report of a group begins with a byte about the group.
                FrameLayout(port: 3, lengths: 4...241, fields: packed(1, -80, -25) + [older(4)]),
            ])
        case "oy1200":
            LayoutCodec([
                FrameLayout(
                    port: 1,
                    lengths: 12...12,
                    .number(.rawCO2, .u16(2)),
                    .number(.co2, .u16(4)),
                    .number(.temperature, .i16(6), per: 100),
                    .number(.humidity, .u16(8), per: 100)
                )
            ])
        case "oy1210":
            LayoutCodec([
                FrameLayout(port: 2, lengths: 5...5, fields: packed(0, -80, -25) + [.number(.co2, .u16(3))])
            ])
        case "oy1320": LayoutCodec([FrameLayout(port: nil, lengths: 6...6, .number(.pulses, .u32(2)))])
        case "oy1700":
            LayoutCodec([
                FrameLayout(
                    port: 2,
                    lengths: 9...9,
                    fields: packed(0, -80, -25) + [
                        .number(.pm1, .u16(3)), .number(.pm25, .u16(5)), .number(.pm10, .u16(7)),
                    ]
                )
            ])
        default: nil
        }
    }

    private static func packed(_ offset: Int, _ coldest: Int64, _ driest: Int64) -> [FrameField] {
        [
            tenths(.temperature, offset, .u8(offset + 2).bits(4, 4), from: coldest),
            tenths(.humidity, offset + 1, .u8(offset + 2).bits(0, 4), from: driest),
        ]
    }

    private static func tenths(
        _ name: ReadingName,
        _ high: Int,
        _ low: FramePlace,
        from lowest: Int64
    ) -> FrameField {
        .formula(name) { bytes throws(FrameProblem) in
            Double(try bytes.integer(.u8(high)) << 4 | bytes.integer(low)) / 10 + Double(lowest)
        }
    }

    /// Older values follow, three bytes each; how far apart they are is a setting of the device.
    private static func older(_ start: Int) -> FrameField {
        .formula(.undatedValues) { bytes in
            let values = (bytes.count - start) / 3
            return values > 0 ? Double(values) : nil
        }
    }
}

extension ReadingName {
    fileprivate static let rawCO2 = ReadingName("rawCO2", "ppm")
}
