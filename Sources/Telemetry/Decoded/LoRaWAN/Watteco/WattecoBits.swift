/// The bits of a batch, lowest first in each byte.
struct WattecoBits {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Up to 32 bits; the byte of the highest comes first, and is the one that is not full.
    mutating func number(_ width: Int) throws(FrameProblem) -> Int64 {
        guard position + width <= bytes.count * 8 else {
            throw .tooShort(bytes: bytes.count, expected: (position + width + 7) / 8)
        }
        var value: Int64 = 0
        var left = width
        while left > 0 {
            let size = left % 8 == 0 ? 8 : left % 8
            left -= size
            for bit in 0..<size {
                value |= Int64(bytes[position >> 3] >> UInt8(position & 7) & 1) << Int64(left + bit)
                position += 1
            }
        }
        return value
    }

    /// The position of the next code in a table, 0 to 15.
    mutating func huffman(_ table: Int) throws(FrameProblem) -> Int {
        guard table < Self.tables.count else {
            throw .notAllowed(offset: position / 8, expected: "a code table from 0 to 2")
        }
        var code: UInt16 = 0
        for length in 1...Self.longestCode {
            guard position < bytes.count * 8 else {
                throw .tooShort(bytes: bytes.count, expected: bytes.count + 1)
            }
            code = code << 1 | UInt16(bytes[position >> 3] >> UInt8(position & 7) & 1)
            position += 1
            let found = Self.tables[table].firstIndex { $0.length == length && $0.code == code }
            if let found { return found }
        }
        throw .notAllowed(offset: position / 8, expected: "a code of the batch's table")
    }

    private static let longestCode = 11

    /// The format's own codes, by the number of bits of a difference.
    private static let tables: [[(length: Int, code: UInt16)]] = [
        [
            (2, 0), (2, 1), (2, 3), (3, 5), (4, 9), (5, 17), (6, 33), (7, 65), (8, 129), (10, 512),
            (11, 1026), (11, 1027), (11, 1028), (11, 1029), (11, 1030), (11, 1031),
        ],
        [
            (7, 111), (5, 26), (4, 12), (3, 3), (3, 7), (2, 2), (2, 0), (3, 2), (6, 54), (9, 443),
            (9, 441), (10, 885), (10, 884), (10, 880), (11, 1763), (11, 1762),
        ],
        [
            (4, 9), (3, 5), (2, 0), (2, 1), (2, 3), (5, 17), (6, 33), (7, 65), (8, 129), (10, 512),
            (11, 1026), (11, 1027), (11, 1028), (11, 1029), (11, 1030), (11, 1031),
        ],
    ]
}
