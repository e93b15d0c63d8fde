/// Reads JSON from left to right in place.
///
/// Unknown members are skipped, but they must be JSON as well: a payload is taken whole or refused whole.
struct JSONScanner {
    typealias Range = DecodeTables.Range

    let bytes: UnsafePointer<UInt8>
    let count: Int
    private(set) var position = 0

    /// Deeper nesting than this is refused.
    static let depthLimit = 64

    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    /// Looks for bytes above 127 eight at a time; only a payload that has some is checked in full.
    func requireUTF8() throws(DecodeProblem) {
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
        guard high & 0x8080_8080_8080_8080 != 0 else { return }
        let isValid =
            String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) != nil
        guard isValid else { throw .notUTF8 }
    }

    @inline(__always)
    mutating func skipSpace() {
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
        while position < count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return Range(start: Int32(start), count: Int32(position - 1 - start))
            }
            if byte == UInt8(ascii: "\\") {
                try skipEscape()
            } else if byte < 0x20 {
                throw malformed("an escaped control character")
            } else {
                position += 1
            }
        }
        throw malformed("a closing quote")
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
            guard position + 4 <= count else { throw malformed("four hexadecimal digits") }
            for offset in position..<position + 4 {
                guard Self.isHexadecimal(bytes[offset]) else { throw malformed("four hexadecimal digits") }
            }
            position += 4
        default:
            throw malformed("one of \" \\ / b f n r t u after the backslash")
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// Whether a range of the payload spells a name of the tables. Names with escapes are unescaped first.
    @inline(__always)
    func isEqual(_ key: Range, _ name: Range, in names: Span<UInt8>) -> Bool {
        let (start, length) = (Int(key.start), Int(key.count))
        guard length == Int(name.count) else { return false }
        for offset in 0..<length where bytes[start + offset] != names[Int(name.start) + offset] {
            return false
        }
        return true
    }

    mutating func nextIsObject() -> Bool {
        skipSpace()
        return position < count && bytes[position] == UInt8(ascii: "{")
    }

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

    /// A number, exact whenever its digits fit into 2⁵³ and its power of ten into 10²² (then one multiplication
    /// or division rounds correctly); else the standard library reads it.
    @inline(__always)
    mutating func number() throws(ScanFailure) -> Double {
        skipSpace()
        let start = position
        let isNegative = position < count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var mantissa: UInt64 = 0
        var exponent = 0
        let firstDigit = position
        while position < count, let digit = digit(at: position) {
            if position - firstDigit < 18 { mantissa = mantissa &* 10 &+ digit } else { exponent += 1 }
            position += 1
        }
        guard position > firstDigit else { throw malformed("a value") }
        guard position == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw malformed("no leading zero")
        }
        var isExact = exponent == 0
        if position < count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let firstDecimal = position
            while position < count, let digit = digit(at: position) {
                if position - firstDigit < 19 {
                    mantissa = mantissa &* 10 &+ digit
                    exponent -= 1
                } else {
                    isExact = false
                }
                position += 1
            }
            guard position > firstDecimal else { throw malformed("a digit after the decimal point") }
        }
        if position < count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            exponent += try exponentDigits()
        }
        if isExact, mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
            let magnitude =
                exponent < 0
                ? Double(mantissa) / Self.powersOfTen[-exponent]
                : Double(mantissa) * Self.powersOfTen[exponent]
            return isNegative && mantissa != 0 ? -magnitude : magnitude
        }
        return try slowNumber(from: start)
    }

    private mutating func exponentDigits() throws(ScanFailure) -> Int {
        var sign = 1
        if position < count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            if bytes[position] == UInt8(ascii: "-") { sign = -1 }
            position += 1
        }
        let first = position
        var value = 0
        while position < count, let digit = digit(at: position) {
            if value < 10_000 { value = value * 10 + Int(digit) }
            position += 1
        }
        guard position > first else { throw malformed("a digit in the exponent") }
        return sign * value
    }

    private func slowNumber(from start: Int) throws(ScanFailure) -> Double {
        let text = String(
            decoding: UnsafeBufferPointer(start: bytes + start, count: position - start),
            as: UTF8.self
        )
        guard let value = Double(text), value.isFinite else { throw malformed("a number within range") }
        return value
    }

    @inline(__always)
    private func digit(at index: Int) -> UInt64? {
        let value = bytes[index] &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
