/// Watteco (nke): climate, doors, pulses, plugs, air, presence.
///
/// Standard frames are reports of ZigBee clusters, highest byte first; batches hold many values of the past, packed by
/// bits. Both come on port 125. Source: Watteco support site, "LoRaWAN standard" and "Uplink batch", and the frames
/// documented in The Things Network's device repository.
public struct WattecoCodec: LoRaWANCodec {
    private let model: WattecoModel

    /// - Parameter model: as on the device: `hygrotempo`, `pulse-senso`. Of what is not in our table the standard
    ///   frames are read, and its batches refused: their labels differ from model to model.
    public init(model: String) {
        let name = model.lowercased()
        self.model = WattecoModel.all.first { name.hasPrefix($0.prefix) } ?? WattecoModel(prefix: "")
    }

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try check(frame, ports: 125...125)
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        if try bytes.byte(0) & 1 == 0 {
            try model.batch.decode(frame.payload, into: &readings)
        } else {
            try report(bytes, into: &readings)
        }
    }

    private func report(_ bytes: FrameBytes, into readings: inout DecodedReadings) throws(FrameProblem) {
        let control = try bytes.byte(0)
        let command = try bytes.byte(1)
        let cluster = UInt32(try bytes.integer(.u16(2)))
        switch command {
        case 0x07, 0x09:
            readings.append(
                .answer,
                text: readings.intern(command == 7 ? "ConfigureReporting" : "ReadReporting")
            )
            return readings.append(.accepted, flag: try bytes.byte(4) == 0)
        case 0x01, 0x0A, 0x8A: break
        default: throw .unknownCode(UInt32(command), of: "command", offset: 1)
        }
        let attribute = UInt32(try bytes.integer(.u16(4)))
        if command == 0x01 {
            let status = try bytes.byte(6)
            guard status == 0 else {
                readings.append(.answer, text: readings.intern("ReadAttribute"))
                return readings.append(.accepted, flag: false)
            }
        }
        if command == 0x8A { readings.append(.alarm, flag: true) }
        let value = bytes.from(command == 0x01 ? 8 : 7)
        let endpoint = (control & 0xE0) >> 5 | (control & 0x06) << 2
        try append(cluster << 16 | attribute, endpoint: endpoint, value, to: &readings)
    }

    private func append(
        _ key: UInt32,
        endpoint: UInt8,
        _ value: FrameBytes,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        if key == Self.contact, let name = model.contacts.first(where: { $0.key == endpoint })?.value {
            return readings.append(name, flag: try value.byte(0) != 0)
        }
        if key == Self.powerSources { return try powerSources(value, to: &readings) }
        if key == Self.version { return try version(value, to: &readings) }
        guard let attribute = Self.attributes.first(where: { $0.key == key }) else {
            throw .unknownCode(key, of: "attribute", offset: 2)
        }
        let number: UInt8 =
            switch attribute.numbers {
            case .none: 0
            case .fromSecond: endpoint > 0 ? endpoint &+ 1 : 0
            case .fromFirst: endpoint &+ 1
            }
        try attribute.fields.append(from: value, number: number, to: &readings)
    }

    /// A bit for each source, then their voltages in the same order.
    private func powerSources(
        _ value: FrameBytes,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let sources = try value.byte(2)
        var offset = 3
        for (bit, name) in Self.sourceNames where sources & 1 << UInt8(bit) != 0 {
            readings.append(name, Double(try value.integer(.u16(offset))) / 1000)
            offset += 2
        }
    }

    /// `3.5.2.5602`: three bytes and a number of the build.
    private func version(_ value: FrameBytes, to readings: inout DecodedReadings) throws(FrameProblem) {
        var run = readings.internVersion(Int64(try value.byte(0)), Int64(try value.byte(1)))
        run.count += readings.intern(".").count
        let build = try value.integer(.u24(3))
        run.count += readings.internVersion(Int64(try value.byte(2)), build).count
        readings.append(.firmware, text: run)
    }

    private static let contact: UInt32 = 0x000F_0055
    private static let powerSources: UInt32 = 0x0050_0006
    private static let version: UInt32 = 0x0000_0002
    private static let sourceNames: KeyValuePairs<Int, ReadingName> = [
        0: .externalVoltage, 1: .rechargeableVoltage, 2: .batteryVoltage, 3: .solarVoltage, 4: .meterVoltage,
    ]

    /// What the endpoint of a report says of its reading.
    private enum Numbers: Sendable {
        /// Nothing: there is one.
        case none
        /// A second thermometer is `temperature2`, the first has no number.
        case fromSecond
        /// Inputs are numbered from 1.
        case fromFirst
    }

    private struct Attribute: Sendable {
        /// The cluster in the upper half, the attribute in the lower.
        var key: UInt32
        var numbers: Numbers
        /// From the first byte of the value; of byte strings that is their length.
        var fields: [FrameField]

        init(_ key: UInt32, _ numbers: Numbers, _ fields: FrameField...) {
            self.key = key
            self.numbers = numbers
            self.fields = fields
        }

        init(single key: UInt32, _ fields: FrameField...) {
            self.key = key
            numbers = .none
            self.fields = fields
        }
    }

    private static let attributes = [
        Attribute(0x0402_0000, .fromSecond, .number(.temperature, .i16(0), per: 100)),
        Attribute(0x0405_0000, .fromSecond, .number(.humidity, .u16(0), per: 100)),
        Attribute(0x0400_0000, .fromSecond, .number(.illuminance, .u16(0))),
        Attribute(single: 0x0403_0000, .number(.pressure, .i16(0))),
        Attribute(0x0406_0000, .fromSecond, .flag(.occupied, .u8(0))),
        Attribute(0x0006_0000, .fromSecond, .flag(.relay, .u8(0), is: 1)),
        Attribute(single: 0x0013_0055, .number(.outputValue, .u8(0))),
        Attribute(0x000F_0055, .fromFirst, .flag(.input, .u8(0))),
        Attribute(0x000F_0402, .fromFirst, .number(.pulses, .u32(0))),
        Attribute(0x000C_0055, .fromFirst, .float(.analog, .u32(0))),
        Attribute(
            single: 0x8005_0000,
            .flag(.input[1], .u16(0).bit(0)),
            .flag(.input[2], .u16(0).bit(1)),
            .flag(.input[3], .u16(0).bit(2)),
            .number(.inputBits, .u16(0).bits(0, 10))
        ),
        Attribute(0x8008_0000, .fromSecond, .number(.differentialPressure, .i16(0))),
        Attribute(0x800C_0000, .fromSecond, .number(.co2, .u16(0))),
        Attribute(
            single: 0x0052_0000,
            .number(.energy, .i24(1)),
            .number(.reactiveEnergy, .i24(4)),
            .number(.samples, .u16(7)),
            .number(.power, .i16(9)),
            .number(.reactivePower, .i16(11))
        ),
        Attribute(
            single: 0x800A_0000,
            .number(.energy, .i32(1)),
            .number(.energyExported, .i32(5)),
            .number(.reactiveEnergy, .i32(9)),
            .number(.reactiveEnergyExported, .i32(13)),
            .number(.power, .i32(17)),
            .number(.powerExported, .i32(21)),
            .number(.reactivePower, .i32(25)),
            .number(.reactivePowerExported, .i32(29))
        ),
        Attribute(
            single: 0x800B_0000,
            .number(.voltage, .i16(1), per: 10),
            .number(.current, .i16(3), per: 10),
            .number(.angle, .i16(5))
        ),
        Attribute(
            single: 0x8052_0000,
            .number(.frequency, .i16(1), per: 1000, plus: 22.232),
            .number(.voltage, .i16(7), per: 10),
            .number(.voltageMinimum, .i16(9), per: 10),
            .number(.voltageMaximum, .i16(11), per: 10),
            .number(.overVoltages, .u16(19)),
            .number(.voltageSags, .u16(21))
        ),
        Attribute(single: 0x8004_0000, .flag(.confirmed, .u8(0))),
    ]
}

extension ReadingName {
    fileprivate static let externalVoltage = network("externalVoltage", "V")
    fileprivate static let rechargeableVoltage = network("rechargeableVoltage", "V")
    fileprivate static let solarVoltage = network("solarVoltage", "V")
    fileprivate static let meterVoltage = network("meterVoltage", "V")
    fileprivate static let outputValue = ReadingName("outputValue")
    static let inputBits = ReadingName("inputBits")
    fileprivate static let differentialPressure = ReadingName("differentialPressure", "Pa")
    fileprivate static let samples = network("samples")
    fileprivate static let reactiveEnergyExported = ReadingName("reactiveEnergyExported", "varh")
    fileprivate static let powerExported = ReadingName("powerExported", "W")
    fileprivate static let reactivePowerExported = ReadingName("reactivePowerExported", "var")
    fileprivate static let voltageMinimum = ReadingName("voltageMinimum", "V")
    fileprivate static let voltageMaximum = ReadingName("voltageMaximum", "V")
    fileprivate static let overVoltages = ReadingName("overVoltages")
    fileprivate static let voltageSags = ReadingName("voltageSags")
    fileprivate static let confirmed = network("confirmed")
}
