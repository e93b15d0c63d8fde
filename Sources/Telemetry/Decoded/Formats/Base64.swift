/// Bytes as text (RFC 4648): read in either alphabet, written in the one for addresses.
enum Base64 {
    /// Appends what a text stands for; false, and nothing of use appended, when it is not base64. Padding may be left out.
    static func decode(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> Bool {
        var end = text.count
        while end > 0, text.count - end < 2, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
        guard end % 4 != 1, end == text.count || text.count % 4 == 0 else { return false }
        var bits: UInt32 = 0
        var held = 0
        for byte in text[..<end] {
            guard let value = value(of: byte) else { return false }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        return bits & (1 << UInt32(held) - 1) == 0
    }

    /// Appends the text that stands for some bytes, without padding.
    static func encode(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        var bits: UInt32 = 0
        var held = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(digit(bits >> UInt32(held) & 63))
            }
        }
        if held > 0 { text.append(digit(bits << UInt32(6 - held) & 63)) }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        value(of: byte) != nil
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "-"), UInt8(ascii: "+"): 62
        case UInt8(ascii: "_"), UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func digit(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        return switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }
}
