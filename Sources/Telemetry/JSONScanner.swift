import Glibc

/// Reads JSON from left to right in place.
///
/// Unknown members are skipped, but they must be JSON as well: a payload is taken whole or refused whole.
struct JSONScanner {
    typealias Range = DecodeTables.Range

    let bytes: UnsafePointer<UInt8>
    let count: Int
    var position = 0

    /// Deeper nesting than this is refused.
    static let depthLimit = 64

    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    /// Looks for bytes above 127 eight at a time; only a text that has some is checked in full.
    var isUTF8: Bool {
        let raw = UnsafeRawPointer(bytes)
        var offset = 0
        var high: UInt64 = 0
        while offset + 8 <= count {
            high |= raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        while offset < count {
            high |= UInt64(bytes[offset])
            offset += 1
        }
        guard high & 0x8080_8080_8080_8080 != 0 else { return true }
        return String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) != nil
    }

    @inline(__always)
    mutating func skipSpace() {
        guard position < count, bytes[position] <= 0x20 else { return }
        skipSpaces()
    }

    private mutating func skipSpaces() {
        while position < count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func require(_ byte: UInt8, _ expected: StaticString) throws(ScanFailure) {
        guard take(byte) else { throw malformed(expected) }
    }

    mutating func requireEnd() throws(ScanFailure) {
        skipSpace()
        guard position == count else { throw malformed("the end of the payload") }
    }

    func malformed(_ expected: StaticString) -> ScanFailure {
        ScanFailure(.malformed, offset: position, expected: expected)
    }

    /// A member's name and the colon after it; the range is what stands between the quotes, escapes included.
    @inline(__always)
    mutating func key() throws(ScanFailure) -> Range {
        let key = try string()
        try require(UInt8(ascii: ":"), "':' after the name")
        return key
    }

    /// What stands between the quotes of a string, escapes included but checked.
    @inline(__always)
    mutating func string() throws(ScanFailure) -> Range {
        try require(UInt8(ascii: "\""), "a text in quotes")
        let start = position
        let end = plainEnd(from: start)
        if end < count, bytes[end] == UInt8(ascii: "\"") {
            position = end + 1
            return Range(start: Int32(start), count: Int32(end - start))
        }
        position = end
        return try unusualString(from: start)
    }

    /// The rest of a string that has escapes, or something that a string must not have.
    private mutating func unusualString(from start: Int) throws(ScanFailure) -> Range {
        while position < count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return Range(start: Int32(start), count: Int32(position - 1 - start))
            }
            guard byte == UInt8(ascii: "\\") else { throw malformed("an escaped control character") }
            try skipEscape()
            position = plainEnd(from: position)
        }
        throw malformed("a closing quote")
    }

    /// Where the first quote, backslash or control character is, looked for eight bytes at a time (the tests for
    /// zero and for less of H. S. Warren, Hacker's Delight, 6-1).
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var next = start
        while next + 8 <= count {
            let word = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: next, as: UInt64.self)
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let found =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word)
                & (ones << 7)
            if found != 0 { return next + (found.trailingZeroBitCount >> 3) }
            next += 8
        }
        while next < count {
            let byte = bytes[next]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return next }
            next += 1
        }
        return next
    }

    /// Takes the bytes of a token if they are next.
    @inline(__always)
    mutating func take(_ token: Range, in names: Frozen<UInt8>) -> Bool {
        let length = Int(token.count)
        guard position + length <= count,
            memcmp(bytes + position, names.address(of: Int(token.start)), length) == 0
        else { return false }
        position += length
        return true
    }

    private mutating func skipEscape() throws(ScanFailure) {
        position += 1
        guard position < count else { throw malformed("an escape") }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            try skipCodeUnits()
        default:
            throw malformed("one of \" \\ / b f n r t u after the backslash")
        }
    }

    /// The digits of one character: those of two units where it is beyond the first 65 536.
    private mutating func skipCodeUnits() throws(ScanFailure) {
        let unit = try codeUnit()
        guard !UTF16.isTrailSurrogate(unit) else { throw malformed("the first half of a surrogate pair") }
        guard UTF16.isLeadSurrogate(unit) else { return }
        guard position + 2 <= count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw malformed("the second half of a surrogate pair") }
        position += 2
        guard UTF16.isTrailSurrogate(try codeUnit()) else {
            throw malformed("the second half of a surrogate pair")
        }
    }

    private mutating func codeUnit() throws(ScanFailure) -> UInt16 {
        guard position + 4 <= count else { throw malformed("four hexadecimal digits") }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Self.hexadecimalDigit(bytes[position]) else {
                throw malformed("four hexadecimal digits")
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Whether a range of the payload is, byte for byte, a name of the tables.
    @inline(__always)
    func isEqual(_ key: Range, _ name: Range, in names: Frozen<UInt8>) -> Bool {
        key.count == name.count
            && memcmp(bytes + Int(key.start), names.address(of: Int(name.start)), Int(key.count)) == 0
    }

    mutating func nextIsObject() -> Bool {
        skipSpace()
        return position < count && bytes[position] == UInt8(ascii: "{")
    }

    @inline(__always)
    mutating func takeNull() throws(ScanFailure) -> Bool {
        skipSpace()
        guard position < count, bytes[position] == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    mutating func word(_ word: StaticString) throws(ScanFailure) {
        let length = word.utf8CodeUnitCount
        guard position + length <= count else { throw malformed("a value") }
        for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] {
            throw malformed("a value")
        }
        position += length
    }

    mutating func skipValue() throws(ScanFailure) {
        try skipValue(depth: 0)
    }

    private mutating func skipValue(depth: Int) throws(ScanFailure) {
        guard depth < Self.depthLimit else { throw malformed("at most 64 levels of nesting") }
        skipSpace()
        guard position < count else { throw malformed("a value") }
        switch bytes[position] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "["):
            position += 1
            if take(UInt8(ascii: "]")) { return }
            repeat { try skipValue(depth: depth + 1) } while take(UInt8(ascii: ","))
            try require(UInt8(ascii: "]"), "',' or ']'")
        case UInt8(ascii: "{"):
            position += 1
            if take(UInt8(ascii: "}")) { return }
            repeat {
                _ = try key()
                try skipValue(depth: depth + 1)
            } while take(UInt8(ascii: ","))
            try require(UInt8(ascii: "}"), "',' or '}'")
        default: _ = try number()
        }
    }
}
