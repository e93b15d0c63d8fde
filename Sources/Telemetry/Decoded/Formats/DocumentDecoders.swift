/// Any JSON: numbers, flags and texts become readings under their path, such as `battery.level` or `channels.0.power`.
///
/// No value is taken for the time or the subject, since nothing says which one is; a time of the device, where one is
/// known, is given by an envelope or by the fields of a reading.
public struct JSONDocumentDecoder: MessageDecoder {
    public static let name = "json"
    /// What a payload that is a single value is called.
    static let valueName: StaticString = "value"

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var json = try JSONCursor(message.payload)
        try readings.append(all: &json, named: Self.valueName)
        try json.finish()
    }
}

/// Any CBOR (RFC 8949), read as `JSONDocumentDecoder` reads JSON. Bytes are named as omitted.
public struct CBORDocumentDecoder: MessageDecoder {
    public static let name = "cbor"

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var cbor = try CBORCursor(message.payload)
        try readings.append(all: &cbor, named: JSONDocumentDecoder.valueName)
        try cbor.finish()
    }
}
