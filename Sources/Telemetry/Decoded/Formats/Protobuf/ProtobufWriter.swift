/// Writes one message in the encoding of Protocol Buffers.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ field: Int, _ value: UInt64) {
        varint(UInt64(field) << 3)
        varint(value)
    }

    mutating func write(_ field: Int, _ run: some Collection<UInt8>) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(run.count))
        bytes.append(contentsOf: run)
    }

    mutating func write(_ field: Int, _ text: String) {
        write(field, text.utf8)
    }

    mutating func write(_ field: Int, message: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        message(&inner)
        write(field, inner.bytes)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
