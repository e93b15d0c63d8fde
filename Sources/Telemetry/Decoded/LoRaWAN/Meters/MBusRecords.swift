/// A row of M-Bus records: what heat and water meters hand on through LoRaWAN modules, as Elvaco's.
///
/// Each record says its coding and length (DIF) and what it measures in which power of ten (VIF). Source: EN 13757-3,
/// tables of primary value information.
struct MBusRecords {
    private enum Coding {
        case integer, float, decimal
    }

    private struct Value {
        var number: Double
        var raw: Int64
    }

    /// More than one of them is chained only for tariffs and storages far apart.
    private static let extensionLimit = 10

    static func append(from bytes: FrameBytes, to readings: inout DecodedReadings) throws(FrameProblem) {
        var offset = 0
        var energies: UInt8 = 0
        while offset < bytes.count {
            let dif = try bytes.byte(offset)
            offset += 1
            // The filler of M-Bus.
            if dif == 0x2F { continue }
            let isStored = try skipExtensions(bytes, after: dif, &offset) || dif & 0x40 != 0
            let (key, extended) = try unit(bytes, &offset)
            guard let (coding, size) = coding(dif) else {
                throw .unknownCode(UInt32(dif), of: "data information", offset: offset)
            }
            try bytes.require(offset + size)
            let value = try value(bytes, offset, coding, size)
            offset += size
            let before = readings.quality
            // The value of an error state, and that of another reading date, are not those of now.
            if dif & 0x30 == 0x30 { readings.quality.formUnion(.doubtful) }
            if isStored { readings.quality.formUnion([.historical, .doubtful]) }
            if let value {
                try append(value, key, extended, &energies, offset, to: &readings)
            }
            readings.quality = before
        }
    }

    /// Reads past the bytes by which a DIF is extended; true when they speak of a storage that is not the current one.
    private static func skipExtensions(
        _ bytes: FrameBytes,
        after dif: UInt8,
        _ offset: inout Int
    ) throws(FrameProblem) -> Bool {
        var next = dif
        var isStored = false
        for _ in 0..<extensionLimit where next & 0x80 != 0 {
            next = try bytes.byte(offset)
            isStored = isStored || next & 0x0F != 0
            offset += 1
        }
        return isStored
    }

    /// The unit, and for 0xFB and 0xFD the code of the extended table.
    private static func unit(
        _ bytes: FrameBytes,
        _ offset: inout Int
    ) throws(FrameProblem) -> (key: UInt8, extended: UInt8) {
        let vif = try bytes.byte(offset)
        offset += 1
        guard vif & 0x80 != 0 else { return (vif, 0) }
        let first = try bytes.byte(offset) & 0x7F
        var last: UInt8 = 0x80
        for _ in 0..<extensionLimit where last & 0x80 != 0 {
            last = try bytes.byte(offset)
            offset += 1
        }
        return vif == 0xFB || vif == 0xFD ? (vif, first) : (vif & 0x7F, 0)
    }

    private static func coding(_ dif: UInt8) -> (Coding, Int)? {
        switch dif & 0x0F {
        case 0x01...0x04: (.integer, Int(dif & 0x0F))
        case 0x05: (.float, 4)
        case 0x06: (.integer, 6)
        case 0x07: (.integer, 8)
        case 0x09...0x0C: (.decimal, Int(dif & 0x0F) - 8)
        case 0x0E: (.decimal, 6)
        default: nil
        }
    }

    /// Nil for a decimal number with digits that are none: the meter does not know it.
    private static func value(
        _ bytes: FrameBytes,
        _ offset: Int,
        _ coding: Coding,
        _ size: Int
    ) throws(FrameProblem) -> Value? {
        let raw = try bytes.integer(.bytes(offset, size, little: true))
        switch coding {
        case .integer:
            let unused = Int64(64 - size * 8)
            let number = (raw << unused) >> unused
            return Value(number: Double(number), raw: raw)
        case .float:
            let number = try bytes.float(offset, little: true)
            return number.isFinite ? Value(number: number, raw: raw) : nil
        case .decimal:
            // The highest digit F is a minus.
            let isNegative = raw >> Int64(size * 8 - 4) & 15 == 15
            var number: Int64 = 0
            for position in (0..<size * 2 - (isNegative ? 1 : 0)).reversed() {
                let digit = raw >> Int64(position * 4) & 15
                guard digit < 10 else { return nil }
                number = number * 10 + digit
            }
            return Value(number: Double(isNegative ? -number : number), raw: raw)
        }
    }

    private static func append(
        _ value: Value,
        _ key: UInt8,
        _ extended: UInt8,
        _ energies: inout UInt8,
        _ offset: Int,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let low = Int(key & 7)
        let step = Int(key & 3)
        switch (key, extended) {
        case (0x00...0x07, _): energy(value.number, low - 6, &energies, &readings)
        case (0x08...0x0F, _): energy(value.number, low - 6, joules: true, &energies, &readings)
        case (0x10...0x17, _): readings.append(.volume, scaled(value.number, low - 6))
        case (0x28...0x2F, _): readings.append(.power, scaled(value.number, low - 3))
        case (0x38...0x3F, _): readings.append(.flow, scaled(value.number, low - 6))
        case (0x58...0x5B, _): readings.append(.supplyTemperature, scaled(value.number, step - 3))
        case (0x5C...0x5F, _): readings.append(.returnTemperature, scaled(value.number, step - 3))
        case (0x60...0x63, _): readings.append(.temperatureDifference, scaled(value.number, step - 3))
        case (0x64...0x67, _): readings.append(.temperature, scaled(value.number, step - 3))
        case (0x6E, _): readings.append(.heatingCost, value.number)
        case (0x78, _):
            guard let serial = Int64(exactly: value.number) else {
                throw .notAllowed(offset: offset, expected: "the whole number of a meter before it")
            }
            readings.append(.meter, text: readings.internNumber(serial))
        // Maker, version and medium stand above the eight digits of the number.
        case (0x79, _):
            readings.append(.meter, text: readings.internDigits(of: value.raw & 0xFFFF_FFFF, count: 8))
        case (0xFB, 0x00...0x01): energy(value.number, Int(extended) + 2, &energies, &readings)
        case (0xFB, 0x08...0x09):
            energy(value.number, Int(extended & 1) + 2, joules: true, &energies, &readings)
        case (0xFD, 0x17):
            readings.append(.fault, flag: value.raw != 0)
            readings.append(.errorBits, Double(value.raw))
        case (0x20...0x27, _), (0x6C...0x77, _), (0x7A, _):
            // Times of operation and averaging, dates, addresses: nothing that is read here.
            break
        default: throw .unknownCode(UInt32(key), of: "value information", offset: offset)
        }
    }

    /// In kilowatt hours, or counted in megajoules; the registers after the first are tariffs.
    private static func energy(
        _ value: Double,
        _ exponent: Int,
        joules: Bool = false,
        _ energies: inout UInt8,
        _ readings: inout DecodedReadings
    ) {
        let name = ReadingName.energyInKilowattHours
        let energy = scaled(value, exponent) / (joules ? 3.6 : 1)
        readings.append(energies == 0 ? name : name[energies], energy)
        energies &+= 1
    }

    /// Dividing keeps the decimal number that the meter shows.
    private static func scaled(_ value: Double, _ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<exponent.magnitude { power *= 10 }
        return exponent < 0 ? value / power : value * power
    }
}

/// Elvaco's CMi41xx modules in heat meters: one byte for the format of the message, then M-Bus records.
public struct ElvacoCodec: LoRaWANCodec {
    public init() {}

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        try check(frame, ports: 2...2)
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        try bytes.require(2)
        try MBusRecords.append(from: bytes.from(1), to: &readings)
    }
}

extension ReadingName {
    fileprivate static let temperatureDifference = ReadingName("temperatureDifference", "K")
    fileprivate static let errorBits = network("errorBits")
}
