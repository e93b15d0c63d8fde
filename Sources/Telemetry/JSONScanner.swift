/// Reads JSON from left to right in place.
///
/// Unknown members are skipped, but they must be JSON as well: a payload is taken whole or refused whole.
struct JSONScanner {
    typealias Range = DecodeTables.Range

    let bytes: UnsafePointer<UInt8>
    let count: Int
    var position = 0
    /// Whether the string read last has escapes.
    private(set) var isEscaped = false

    /// Deeper nesting than this is refused.
    static let depthLimit = 64

    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    var isUTF8: Bool { UnsafeRawBufferPointer(start: bytes, count: count).isUTF8 }

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
        return try restOfString()
    }

    /// The string whose opening quote has been taken.
    @inline(__always)
    mutating func restOfString() throws(ScanFailure) -> Range {
        let start = position
        let end = plainEnd(from: start)
        isEscaped = false
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
            isEscaped = true
            try skipEscape()
            position = plainEnd(from: position)
        }
        throw malformed("a closing quote")
    }

    /// Where the first quote, backslash or control character is, looked for eight bytes at a time (the tests for
    /// zero and for less of H. S. Warren, Hacker's Delight, 6-1: the first hit is right, and only that one counts).
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        let ones = Words64.ones
        var next = start
        while next + 8 <= count {
            let word = Words64.load(bytes, next)
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
        guard isEqual(position, token, in: names) else { return false }
        position += Int(token.count)
        return true
    }

    /// Whether the payload goes on, from `start`, with a text of the tables.
    @inline(__always)
    private func isEqual(_ start: Int, _ text: Range, in names: Frozen<UInt8>) -> Bool {
        Words64.areEqual(
            bytes + start,
            readable: count - start,
            names.address(of: Int(text.start)),
            Int(text.count)
        )
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
        key.count == name.count && isEqual(Int(key.start), name, in: names)
    }

    /// Whether the next byte, with spaces skipped before, begins an object.
    @inline(__always)
    func isAtObject() -> Bool {
        position < count && bytes[position] == UInt8(ascii: "{")
    }

    /// Takes a null if it is next, with spaces skipped before.
    @inline(__always)
    mutating func takeNull() throws(ScanFailure) -> Bool {
        guard position < count, bytes[position] == UInt8(ascii: "n") else { return false }
        try take(.null)
        return true
    }

    /// The words that are values.
    struct Word {
        let count: Int
        /// Its last four letters.
        let ending: UInt32

        static let null = Word(count: 4, ending: 0x6C6C_756E)
        static let yes = Word(count: 4, ending: 0x6575_7274)
        static let no = Word(count: 5, ending: 0x6573_6C61)
    }

    /// Takes a word whose first letter has been seen.
    @inline(__always)
    mutating func take(_ word: Word) throws(ScanFailure) {
        guard position + word.count <= count else { throw malformed("a value") }
        let ending = UnsafeRawPointer(bytes)
            .loadUnaligned(fromByteOffset: position + word.count - 4, as: UInt32.self)
        guard UInt32(littleEndian: ending) == word.ending else { throw malformed("a value") }
        position += word.count
    }

    /// - Parameter depth: how many objects and arrays are open around it.
    mutating func skipValue(depth: Int = 0) throws(ScanFailure) {
        guard depth < Self.depthLimit else { throw malformed("at most 64 levels of nesting") }
        skipSpace()
        guard position < count else { throw malformed("a value") }
        switch bytes[position] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try take(.yes)
        case UInt8(ascii: "f"): try take(.no)
        case UInt8(ascii: "n"): try take(.null)
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
