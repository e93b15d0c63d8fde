/// Texts that codecs make of numbers, without making a string first.
extension DecodedReadings {
    /// The word of a code; the number itself, as doubtful, when it has none.
    mutating func append(_ name: ReadingName, code: Int64, _ words: KeyValuePairs<Int64, StaticString>) {
        if let word = words.first(where: { $0.key == code }) {
            append(name, text: intern(word.value))
        } else {
            let before = quality
            quality.formUnion(.doubtful)
            append(name, Double(code))
            quality = before
        }
    }

    /// Two numbers with a dot between them.
    mutating func internVersion(_ major: Int64, _ minor: Int64, radix: UInt64 = 10) -> Run {
        var run = internNumber(major, radix: radix)
        run.count += intern(".").count
        run.count += internNumber(minor, radix: radix).count
        return run
    }

    /// A whole number as its digits; of radix 10 or 16.
    mutating func internNumber(_ number: Int64, radix: UInt64 = 10) -> Run {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
            var rest = number.magnitude
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = Self.digit(rest % radix)
                rest /= radix
            } while rest > 0
            if number < 0 {
                first -= 1
                digits[first] = UInt8(ascii: "-")
            }
            return intern(UnsafeRawBufferPointer(rebasing: digits[first...]))
        }
    }

    /// As sixteen possible digits, the highest first: what makers print of a number packed by fours of bits.
    mutating func internDigits(of value: Int64, count: Int) -> Run {
        let count = Swift.min(count, 16)
        return withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { digits in
            for position in 0..<count {
                digits[position] = Self.digit(UInt64(value >> Int64((count - 1 - position) * 4) & 15))
            }
            return intern(UnsafeRawBufferPointer(digits))
        }
    }

    private static func digit(_ value: UInt64) -> UInt8 {
        let value = UInt8(value)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
