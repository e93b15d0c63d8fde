/// Numbers as JSON writes them.
extension JSONScanner {
    /// A whole number, exact over the whole range of `Int`; nil for one that is not whole or beyond the range. `3.0`
    /// and `3e2` are whole as well.
    mutating func integer() throws(ScanFailure) -> Int? {
        skipSpace()
        let start = position
        let isNegative = position < count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var magnitude: UInt64 = 0
        while position < count, let digit = digit(at: position) {
            if position - first < 18 { magnitude = magnitude &* 10 &+ digit }
            position += 1
        }
        let digits = position - first
        let isPlain =
            digits > 0 && digits <= 18 && (digits == 1 || bytes[first] != UInt8(ascii: "0"))
            && (position == count
                || (bytes[position] != UInt8(ascii: ".") && bytes[position] | 0x20 != UInt8(ascii: "e")))
        if isPlain { return isNegative ? -Int(magnitude) : Int(magnitude) }
        position = start
        let value = try number()
        if let exact = Int(text(from: start)) { return exact }
        // Past 2⁵³ a number with a fraction or an exponent has lost its last digits.
        return abs(value) < 0x1p53 ? Int(exactly: value) : nil
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
                ? Double(mantissa) / Self.powerOfTen(-exponent)
                : Double(mantissa) * Self.powerOfTen(exponent)
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
        guard let value = Double(text(from: start)), value.isFinite else {
            throw malformed("a number within range")
        }
        return value
    }

    private func text(from start: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + start, count: position - start), as: UTF8.self)
    }

    @inline(__always)
    private func digit(at index: Int) -> UInt64? {
        let value = bytes[index] &- UInt8(ascii: "0")
        return value < 10 ? UInt64(value) : nil
    }

    /// A table to the compiler, and no array to retain.
    @inline(__always)
    private static func powerOfTen(_ exponent: Int) -> Double {
        switch exponent {
        case 0: 1e0
        case 1: 1e1
        case 2: 1e2
        case 3: 1e3
        case 4: 1e4
        case 5: 1e5
        case 6: 1e6
        case 7: 1e7
        case 8: 1e8
        case 9: 1e9
        case 10: 1e10
        case 11: 1e11
        case 12: 1e12
        case 13: 1e13
        case 14: 1e14
        case 15: 1e15
        case 16: 1e16
        case 17: 1e17
        case 18: 1e18
        case 19: 1e19
        case 20: 1e20
        case 21: 1e21
        default: 1e22
        }
    }
}
