/// The escapes of JSON texts (RFC 8259 §7).
enum JSONEscapes {
    /// Appends a text as it is meant. Its escapes were checked when it was scanned.
    static func append(_ text: UnsafeRawBufferPointer, resolvedTo plain: inout [UInt8]) {
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                plain.append(text[index])
                index += 1
                continue
            }
            let escape = text[index + 1]
            index += 2
            if escape == UInt8(ascii: "u") {
                appendScalar(in: text, at: &index, to: &plain)
            } else {
                plain.append(byte(of: escape))
            }
        }
    }

    /// The character whose first four digits stand at `index`; a pair of surrogates is one character.
    private static func appendScalar(
        in text: UnsafeRawBufferPointer,
        at index: inout Int,
        to plain: inout [UInt8]
    ) {
        var value = UInt32(codeUnit(in: text, at: index))
        index += 4
        if UTF16.isLeadSurrogate(UInt16(value)) {
            let trail = UInt32(codeUnit(in: text, at: index + 2))
            value = 0x10000 + (value - 0xD800) << 10 + (trail & 0x3FF)
            index += 6
        }
        plain.append(
            contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
        )
    }

    private static func codeUnit(in text: UnsafeRawBufferPointer, at index: Int) -> UInt16 {
        guard index + 4 <= text.count else { return 0 }
        return text[index..<index + 4].reduce(0) { $0 << 4 | (JSONScanner.hexadecimalDigit($1) ?? 0) }
    }

    private static func byte(of escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: escape
        }
    }
}
