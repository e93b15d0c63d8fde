import Glibc
import Units

/// Values of the payload into properties of a reading.
extension JSONScanner {
    /// Spaces before it have been skipped.
    @inline(__always)
    mutating func value(
        of index: Int,
        _ tables: DecodeTables,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        let field = tables.fields.address(of: index).pointee
        let property = reading + Int(field.offset)
        switch field.kind {
        case .number:
            guard isAtNumber() else { throw wrongType(index, "a number") }
            let value = try numberHere() * field.scale + field.add
            guard value.isFinite else {
                throw ScanFailure(.outOfRange, field: index, expected: "a finite number")
            }
            property.storeBytes(of: value, as: Double.self)
        case .integer:
            guard isAtNumber() else { throw wrongType(index, "a whole number") }
            guard let value = try integer() else { throw wrongType(index, "a whole number") }
            property.storeBytes(of: value, as: Int.self)
        case .bool:
            property.storeBytes(of: try bool(index), as: Bool.self)
        case .epochTime:
            guard isAtNumber() else { throw wrongType(index, "a number") }
            try store(microseconds: try number() * field.scale, of: index, to: property)
        case .isoTime, .name, .choice:
            if field.kind == .name, isAtNumber() {
                let start = position
                _ = try number()
                let digits = Range(start: Int32(start), count: Int32(position - start))
                try store(text: digits, of: index, tables, into: reading)
            } else {
                guard position < count, bytes[position] == UInt8(ascii: "\"") else {
                    throw wrongType(index, "a text")
                }
                position += 1
                let text = try restOfString()
                try store(text: text, of: index, tables, into: reading)
            }
        case .samples:
            try samples(index, scale: field.scale, to: property)
        }
    }

    /// A text of the payload, escapes included, into a property that is written as text.
    func store(
        text: Range,
        of index: Int,
        _ tables: DecodeTables,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        guard isEscaped, let plain = unescaped(text) else {
            let raw = UnsafeRawBufferPointer(start: bytes + Int(text.start), count: Int(text.count))
            return try Self.store(plain: raw, at: Int(text.start), of: index, tables, into: reading)
        }
        let result: Result<Void, ScanFailure> = plain.withUnsafeBytes { plain in
            do throws(ScanFailure) {
                try Self.store(plain: plain, at: Int(text.start), of: index, tables, into: reading)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// A text as it is meant into a property that is written as text.
    ///
    /// - Parameter offset: where it stands in the payload, for the problem's words.
    static func store(
        plain text: UnsafeRawBufferPointer,
        at offset: Int,
        of index: Int,
        _ tables: DecodeTables,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        let field = tables.fields[index]
        let property = reading + Int(field.offset)
        switch field.kind {
        case .isoTime:
            guard let moment = Moment(iso8601: text) else {
                throw ScanFailure(
                    .wrongType,
                    field: index,
                    offset: offset,
                    expected: "a time like 2026-01-05T07:31:02Z"
                )
            }
            guard Moment.plausible.contains(moment) else {
                throw ScanFailure(.outOfRange, field: index, expected: "a time between 2000 and 2200")
            }
            property.storeBytes(of: moment, as: Moment.self)
        case .name:
            guard text.count <= NameTable.longest else {
                throw ScanFailure(.outOfRange, field: index, expected: "at most 255 bytes")
            }
            guard let name = NameTable.shared.intern(text) else {
                throw ScanFailure(.tooManyNames, field: index)
            }
            property.storeBytes(of: name, as: Name.self)
        case .choice:
            try store(choice: text, of: index, tables, to: property)
        case .integer, .number, .bool, .epochTime, .samples:
            throw ScanFailure(.wrongType, field: index, offset: offset, expected: "a number")
        }
    }

    private static func store(
        choice text: UnsafeRawBufferPointer,
        of index: Int,
        _ tables: DecodeTables,
        to property: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        let field = tables.fields[index]
        let bytes = tables.bytes
        func copy(_ range: Range) {
            for offset in 0..<Int(range.count) {
                property.storeBytes(
                    of: bytes[Int(range.start) + offset],
                    toByteOffset: offset,
                    as: UInt8.self
                )
            }
        }
        for position in Int(field.choices.start)..<Int(field.choices.start + field.choices.count) {
            let choice = tables.choices[position]
            guard Int(choice.word.count) == text.count, let start = text.baseAddress else { continue }
            let word = bytes.address(of: Int(choice.word.start))
            if Words64.areEqual(start, readable: text.count, word, text.count) { return copy(choice.bytes) }
        }
        guard field.otherwise.start >= 0 else { throw ScanFailure(.unknownWord, field: index) }
        copy(field.otherwise)
    }

    private func store(
        microseconds: Double,
        of index: Int,
        to property: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        guard let whole = Int64(exactly: microseconds.rounded()),
            Moment.plausible.contains(Moment(microseconds: whole))
        else {
            throw ScanFailure(.outOfRange, field: index, expected: "a time between 2000 and 2200")
        }
        property.storeBytes(of: Moment(microseconds: whole), as: Moment.self)
    }

    private mutating func bool(_ index: Int) throws(ScanFailure) -> Bool {
        guard position < count else { throw malformed("a value") }
        switch bytes[position] {
        case UInt8(ascii: "t"):
            try take(.yes)
            return true
        case UInt8(ascii: "f"):
            try take(.no)
            return false
        case UInt8(ascii: "0"), UInt8(ascii: "1"):
            let value = try number()
            guard value == 0 || value == 1 else { throw wrongType(index, "true or false, 1 or 0") }
            return value == 1
        default: throw wrongType(index, "true or false, 1 or 0")
        }
    }

    /// `[[x, y, z], …]`
    private mutating func samples(
        _ index: Int,
        scale: Double,
        to property: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        let samples = property.assumingMemoryBound(to: Samples.self)
        guard take(UInt8(ascii: "[")) else { throw wrongType(index, "a list of [x, y, z]") }
        if take(UInt8(ascii: "]")) { return }
        repeat {
            guard take(UInt8(ascii: "[")) else { throw wrongType(index, "a list of [x, y, z]") }
            let x = try acceleration(index, scale)
            try require(UInt8(ascii: ","), "',' between x and y")
            let y = try acceleration(index, scale)
            try require(UInt8(ascii: ","), "',' between y and z")
            let z = try acceleration(index, scale)
            try require(UInt8(ascii: "]"), "']' after z")
            guard samples.pointee.append(x: x, y: y, z: z) else {
                throw ScanFailure(.outOfRange, field: index, expected: "at most 128 samples")
            }
        } while take(UInt8(ascii: ","))
        try require(UInt8(ascii: "]"), "',' or ']'")
    }

    private mutating func acceleration(_ index: Int, _ scale: Double) throws(ScanFailure) -> Int16 {
        skipSpace()
        guard isAtNumber() else { throw wrongType(index, "a list of [x, y, z]") }
        guard let value = Int16(exactly: (try numberHere() * scale).rounded()) else {
            throw ScanFailure(.outOfRange, field: index, expected: "a sample within 32 g or 3 276 °/s")
        }
        return value
    }

    @inline(__always)
    private func isAtNumber() -> Bool {
        guard position < count else { return false }
        return bytes[position] &- UInt8(ascii: "0") < 10 || bytes[position] == UInt8(ascii: "-")
    }

    private func wrongType(_ index: Int, _ expected: StaticString) -> ScanFailure {
        ScanFailure(.wrongType, field: index, offset: position, expected: expected)
    }

    /// A text with its escapes resolved, which were checked when the string was scanned; nil when it has none.
    func unescaped(_ range: Range) -> [UInt8]? {
        let text = UnsafeRawBufferPointer(start: bytes + Int(range.start), count: Int(range.count))
        guard text.contains(UInt8(ascii: "\\")) else { return nil }
        var plain: [UInt8] = []
        JSONEscapes.append(text, resolvedTo: &plain)
        return plain
    }
}
