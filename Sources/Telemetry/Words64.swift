/// Eight bytes of a text at a time, in the order in which they lie in memory on a little-endian machine (H. S. Warren,
/// Hacker's Delight, 6-1).
enum Words64 {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    @inline(__always)
    static func load(_ bytes: UnsafeRawPointer, _ offset: Int = 0) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The highest bit of each byte that is zero, and no other bit.
    @inline(__always)
    static func zeroBytes(of word: UInt64) -> UInt64 {
        ~(((word & low) &+ low) | word | low)
    }

    /// Whether two texts of `length` bytes are equal. Eight bytes can be read at `right`, whatever `length` is, and
    /// `readable` ones at `left`.
    @inline(__always)
    static func areEqual(
        _ left: UnsafeRawPointer,
        readable: Int,
        _ right: UnsafeRawPointer,
        _ length: Int
    ) -> Bool {
        guard length <= readable else { return false }
        if length >= 8 {
            var offset = 0
            while offset + 8 < length {
                guard load(left, offset) == load(right, offset) else { return false }
                offset += 8
            }
            // The last eight, some of them for the second time.
            return load(left, length - 8) == load(right, length - 8)
        }
        guard readable >= 8 else {
            for offset in 0..<length
            where left.load(fromByteOffset: offset, as: UInt8.self)
                != right.load(fromByteOffset: offset, as: UInt8.self)
            {
                return false
            }
            return true
        }
        return (load(left) ^ load(right)) & (1 << UInt64(length * 8) &- 1) == 0
    }

    /// The digits that a text of eight bytes begins with: how many, and their value.
    @inline(__always)
    static func digits(of word: UInt64) -> (count: Int, value: UInt64) {
        let bytes = word ^ (ones &* 0x30)
        // Bytes above 9; a carry spoils only what comes after the first of them.
        let others = ((bytes &+ ones &* 0x76) | bytes) & (ones << 7)
        let count = others.trailingZeroBitCount >> 3
        guard count > 0 else { return (0, 0) }
        // Zeros in front, then pairs, then fours, then all eight (D. Lemire, "Number parsing at a gigabyte per
        // second", 2021).
        var value = bytes << UInt64(64 - count * 8)
        value = value &* 10 &+ value >> 8
        let odd = (value & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let even = (value >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (count, (odd &+ even) >> 32)
    }
}
