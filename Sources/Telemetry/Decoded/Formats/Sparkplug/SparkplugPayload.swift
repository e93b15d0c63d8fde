import Units

/// The payload of a message of an edge node, read where it lies (`Payload` of sparkplug_b.proto).
struct SparkplugPayload {
    /// When it was sent, in milliseconds since 1970.
    private(set) var timestamp: UInt64?
    private(set) var sequence: UInt8?
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) throws(DecodeProblem) {
        self.bytes = bytes
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .varint(let number)): timestamp = number
            case (3, .varint(let number)):
                guard let number = UInt8(exactly: number) else {
                    throw reader.broken("a sequence number below 256")
                }
                sequence = number
            case (4, .bytes(let uuid)) where uuid.isText("SPBV1.0_COMPRESSED"):
                throw .notUnderstood("a compressed Sparkplug payload")
            case (1...4, .fixed32), (1...4, .fixed64), (1, .bytes), (3, .bytes), (2, .varint), (4, .varint):
                throw reader.broken("another kind of value in field \(field.number) of a payload")
            default: continue
            }
        }
    }

    var metrics: Metrics { Metrics(reader: ProtobufReader(bytes)) }

    /// The metrics one by one.
    struct Metrics {
        fileprivate var reader: ProtobufReader

        mutating func next() throws(DecodeProblem) -> SparkplugMetric? {
            while let field = try reader.next() {
                if field.number == 2, case .bytes(let bytes) = field.value {
                    return try SparkplugMetric(reader.message(bytes))
                }
            }
            return nil
        }
    }

    /// Milliseconds since 1970 as a moment; nil when there are none, or more than can be counted.
    static func moment(_ milliseconds: UInt64?) -> Moment? {
        guard let milliseconds, milliseconds < 1 << 52 else { return nil }
        return Moment(microseconds: Int64(milliseconds) * 1_000)
    }
}
