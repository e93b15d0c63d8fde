/// Reads the fields of one message in the encoding of Protocol Buffers from left to right in place. Every length is
/// checked against what is left; groups, which nobody writes any more, are refused.
struct ProtobufReader {
    enum Value {
        case varint(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        /// A text, bytes or a message inside.
        case bytes(UnsafeRawBufferPointer)
    }

    struct Field {
        let number: Int
        let value: Value
    }

    private let bytes: UnsafeRawBufferPointer
    /// Where the message begins in the payload, for the words of problems.
    private let base: Int
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer, at base: Int = 0) {
        self.bytes = bytes
        self.base = base
    }

    /// Where it stands in the payload.
    var offset: Int { base + position }

    /// The next field; nil at the end.
    mutating func next() throws(DecodeProblem) -> Field? {
        guard position < bytes.count else { return nil }
        let key = try varint()
        guard let number = Int(exactly: key >> 3), number > 0 else { throw broken("a field with a number") }
        switch key & 7 {
        case 0: return Field(number: number, value: .varint(try varint()))
        case 1: return Field(number: number, value: .fixed64(UInt64(littleEndian: try fixed())))
        case 2: return Field(number: number, value: .bytes(try run()))
        case 5: return Field(number: number, value: .fixed32(UInt32(littleEndian: try fixed())))
        default: throw broken("a field of a known wire type")
        }
    }

    /// A reader of the message in a field that was read last.
    func message(_ bytes: UnsafeRawBufferPointer) -> ProtobufReader {
        ProtobufReader(bytes, at: offset - bytes.count)
    }

    func broken(_ expected: String) -> DecodeProblem {
        .broken(format: "Protocol Buffers", offset: offset, expected: expected)
    }

    private mutating func varint() throws(DecodeProblem) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            guard byte >= 0x80 else { return value }
            shift += 7
            guard shift < 70 else { throw broken("a number of at most ten bytes") }
        }
        throw broken("the rest of a number")
    }

    private mutating func fixed<Number: FixedWidthInteger>() throws(DecodeProblem) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - position else { throw broken("a number of \(size) bytes") }
        defer { position += size }
        return bytes.loadUnaligned(fromByteOffset: position, as: Number.self)
    }

    private mutating func run() throws(DecodeProblem) -> UnsafeRawBufferPointer {
        let count = try varint()
        guard count <= UInt64(bytes.count - position) else { throw broken("\(count) bytes") }
        let end = position + Int(count)
        defer { position = end }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<end])
    }
}
