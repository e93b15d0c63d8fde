/// The types of values that a node can declare (Sparkplug 3.0 §6.4.16).
enum SparkplugType: UInt8 {
    case int8 = 1
    case int16, int32, int64, uint8, uint16, uint32, uint64, float, double, boolean, string, dateTime, text,
        uuid
    case dataSet, bytes, file, template, propertySet, propertySetList
    case int8Array, int16Array, int32Array, int64Array, uint8Array, uint16Array, uint32Array, uint64Array
    case floatArray, doubleArray, booleanArray, stringArray, dateTimeArray

    /// Why values of this type do not become readings; nil when they do.
    var omission: DecodedReadings.Omission.Reason? {
        switch self {
        case .dataSet: .dataset
        case .template: .template
        case .bytes, .file: .bytes
        case .propertySet, .propertySetList: .object
        case .int8Array, .int16Array, .int32Array, .int64Array, .uint8Array, .uint16Array, .uint32Array,
            .uint64Array,
            .floatArray, .doubleArray, .booleanArray, .stringArray, .dateTimeArray:
            .list
        default: nil
        }
    }

    /// What a whole number of the encoding means: signed ones come as two's complement, wider than they are.
    func number(_ bits: UInt64) -> Double {
        switch self {
        case .int8: Double(Int8(truncatingIfNeeded: bits))
        case .int16: Double(Int16(truncatingIfNeeded: bits))
        case .int32: Double(Int32(truncatingIfNeeded: bits))
        case .int64: Double(Int64(bitPattern: bits))
        case .uint8: Double(UInt8(truncatingIfNeeded: bits))
        case .uint16: Double(UInt16(truncatingIfNeeded: bits))
        case .uint32: Double(UInt32(truncatingIfNeeded: bits))
        default: Double(bits)
        }
    }
}
