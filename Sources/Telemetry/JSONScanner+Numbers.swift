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
        let magnitude = wholeDigits(&next)
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

    /// The value of the digits from `next` on, of the first `most` of them, behind those of `value`; `next` is then
    /// behind them all.
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

    /// Up to 18 digits; fewer than eight are read at once.
    @inline(__always)
    private func wholeDigits(_ next: inout Int) -> UInt64 {
        if next + 8 <= count {
            let run = Words64.digits(of: Words64.load(bytes, next))
            if run.count < 8 {
                next += run.count
                return run.value
            }
        }
        return digits(&next, most: 18)
    }

    @inline(__always)
    private static func wholePowerOfTen(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        default: 10_000_000
        }
    }

    /// A number, exact whenever its digits fit into 2⁵³ and its power of ten into 10²² (then one multiplication
    /// or division rounds correctly); else the standard library reads it.
    mutating func number() throws(ScanFailure) -> Double {
        skipSpace()
        return try numberHere()
    }

    /// The number that begins here.
    @inline(__always)
    mutating func numberHere() throws(ScanFailure) -> Double {
        if let short = shortNumber() { return short }
        return try longNumber()
    }

    /// What sensors mostly send, with bytes to spare behind it: at most seven digits and at most seven decimals.
    /// Nil, and nothing taken, for everything else.
    @inline(__always)
    private mutating func shortNumber() -> Double? {
        guard position + 18 <= count else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        var next = position + (isNegative ? 1 : 0)
        let whole = Words64.digits(of: Words64.load(bytes, next))
        guard whole.count == 1 || (2...7 ~= whole.count && bytes[next] != UInt8(ascii: "0")) else {
            return nil
        }
        next += whole.count
        var magnitude = Double(Int64(whole.value))
        if bytes[next] == UInt8(ascii: ".") {
            let decimals = Words64.digits(of: Words64.load(bytes, next + 1))
            guard 1...7 ~= decimals.count else { return nil }
            let mantissa = whole.value &* Self.wholePowerOfTen(decimals.count) &+ decimals.value
            magnitude = Double(Int64(mantissa)) / Self.powerOfTen(decimals.count)
            next += 1 + decimals.count
        }
        guard bytes[next] | 0x20 != UInt8(ascii: "e") else { return nil }
        position = next
        // Not -magnitude: there is no negative zero.
        return isNegative ? 0 - magnitude : magnitude
    }

    private mutating func longNumber() throws(ScanFailure) -> Double {
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
                ? Double(Int64(mantissa)) / Self.powerOfTen(-exponent)
                : Double(Int64(mantissa)) * Self.powerOfTen(exponent)
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
