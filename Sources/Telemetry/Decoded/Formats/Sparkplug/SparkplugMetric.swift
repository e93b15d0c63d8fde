/// One metric of a payload as it was sent (`Payload.Metric` of sparkplug_b.proto).
struct SparkplugMetric {
    enum Value {
        case whole(UInt64)
        case number(Double)
        case flag(Bool)
        case text(UnsafeRawBufferPointer)
        /// Bytes, a dataset, a template: something that no reading is made of.
        case other(DecodedReadings.Omission.Reason)
    }

    var name: UnsafeRawBufferPointer?
    var alias: UInt64?
    var timestamp: UInt64?
    var type: UInt64?
    var isHistorical = false
    var isNull = false
    var value: Value?
    /// From the properties.
    var unit: UnsafeRawBufferPointer?
    var isDoubtful = false

    /// Of the metric `bdSeq`: which life of the node this is.
    var birthSequence: UInt64? {
        guard let name, name.isText("bdSeq"), case .whole(let number)? = value else { return nil }
        return number
    }

    init(_ reader: ProtobufReader) throws(DecodeProblem) {
        var reader = reader
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let bytes)):
                guard bytes.isUTF8 else { throw .notUTF8 }
                name = bytes
            case (2, .varint(let number)): alias = number
            case (3, .varint(let number)): timestamp = number
            case (4, .varint(let number)): type = number
            case (5, .varint(let number)): isHistorical = number != 0
            case (7, .varint(let number)): isNull = number != 0
            case (9, .bytes(let bytes)): try readProperties(reader.message(bytes))
            case (10, .varint(let number)), (11, .varint(let number)): value = .whole(number)
            case (12, .fixed32(let bits)): value = .number(Double(Float(bitPattern: bits)))
            case (13, .fixed64(let bits)): value = .number(Double(bitPattern: bits))
            case (14, .varint(let number)): value = .flag(number != 0)
            case (15, .bytes(let bytes)):
                guard bytes.isUTF8 else { throw .notUTF8 }
                value = .text(bytes)
            case (16, .bytes): value = .other(.bytes)
            case (17, .bytes): value = .other(.dataset)
            case (18, .bytes): value = .other(.template)
            case (1...4, _), (9...18, _):
                throw reader.broken("another kind of value in field \(field.number) of a metric")
            default: continue
            }
        }
    }

    /// Of the properties two are understood: the unit, and the quality, which is an OPC quality (192 to 255 are good)
    /// or one of Ignition's (bad ones are negative).
    private mutating func readProperties(_ reader: ProtobufReader) throws(DecodeProblem) {
        var reader = reader
        var (keys, values) = (0, 0)
        var unitKey = -1
        var qualityKey = -1
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (1, .bytes(let key)):
                if key.isText("engUnit") { unitKey = keys }
                if key.isText("Quality") { qualityKey = keys }
                keys += 1
            case (2, .bytes(let bytes)):
                if values == unitKey { unit = try Self.property(reader.message(bytes)).text }
                if values == qualityKey, let code = try Self.property(reader.message(bytes)).whole {
                    isDoubtful = !(192...255).contains(code)
                }
                values += 1
            default: continue
            }
        }
    }

    private static func property(
        _ reader: ProtobufReader
    ) throws(DecodeProblem) -> (text: UnsafeRawBufferPointer?, whole: UInt64?) {
        var reader = reader
        var found: (text: UnsafeRawBufferPointer?, whole: UInt64?)
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (3, .varint(let number)), (4, .varint(let number)): found.whole = number
            case (8, .bytes(let bytes)):
                guard bytes.isUTF8 else { throw .notUTF8 }
                found.text = bytes
            default: continue
            }
        }
        return found
    }
}
