/// Numbers as JSON writes them.
extension JSONScanner {
    /// A whole number, exact over the whole range of `Int`; nil for one that is not whole or beyond the range. `3.0`
    /// and `3e2` are whole as well.
    mutating func integer() throws(ScanFailure) -> Int? {
        skipSpace()
        let start = position
        // The loops run over a copy: what the compiler must write back after each byte costs as much as the byte.
        var next = start
        let isNegative = next < count && bytes[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        let first = next
        let magnitude = digits(&next, most: 18)
        let isPlain =
            next > first && next - first <= 18 && (next == first + 1 || bytes[first] != UInt8(ascii: "0"))
            && (next == count
                || (bytes[next] != UInt8(ascii: ".") && bytes[next] | 0x20 != UInt8(ascii: "e")))
        if isPlain {
            position = next
            return isNegative ? -Int(magnitude) : Int(magnitude)
        }
        let value = try number()
        if let exact = Int(text(from: start)) { return exact }
        // Past 2⁵³ a number with a fraction or an exponent has lost its last digits.
        return abs(value) < 0x1p53 ? Int(exactly: value) : nil
    }

    /// The value of the digits from `next` on, of the first `most` of them; `next` is then behind them all.
    @inline(__always)
    private func digits(_ next: inout Int, most: Int, after value: UInt64 = 0) -> UInt64 {
        var value = value
        let last = next + most
        while next < count {
            let digit = bytes[next] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            if next < last { value = value &* 10 &+ UInt64(digit) }
            next += 1
        }
        return value
    }

    /// A number, exact whenever its digits fit into 2⁵³ and its power of ten into 10²² (then one multiplication
    /// or division rounds correctly); else the standard library reads it.
    mutating func number() throws(ScanFailure) -> Double {
        skipSpace()
        let start = position
        var next = start
        let isNegative = next < count && bytes[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        let firstDigit = next
        var mantissa = digits(&next, most: 18)
        let whole = next - firstDigit
        guard whole > 0 else { throw malformed("a value") }
        guard whole == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw malformed("no leading zero") }
        var decimals = 0
        if next < count, bytes[next] == UInt8(ascii: ".") {
            next += 1
            let firstDecimal = next
            mantissa = digits(&next, most: max(0, 18 - whole), after: mantissa)
            decimals = next - firstDecimal
            guard decimals > 0 else {
                position = next
                throw malformed("a digit after the decimal point")
            }
        }
        position = next
        var exponent = -decimals
        if next < count, bytes[next] | 0x20 == UInt8(ascii: "e") {
            position += 1
            exponent += try exponentDigits()
        }
        if whole + decimals <= 18, mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
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
