/// Sensor measurement lists in JSON (RFC 8428 §5): a value is a reading under its full name, whose subject is the base
/// name. A sum is a reading of its own, `name#sum`, and so is the update time, `name#updateTime`; data are a text in
/// base64url.
public struct SenMLJSONDecoder: MessageDecoder {
    public static let name = "senml+json"

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var json = try JSONCursor(message.payload)
        try readings.append(senML: &json)
        try json.finish()
    }
}

/// Sensor measurement lists in CBOR (RFC 8428 §6), with what `SenMLJSONDecoder` makes of them.
public struct SenMLCBORDecoder: MessageDecoder {
    public static let name = "senml+cbor"

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var cbor = try CBORCursor(message.payload)
        try readings.append(senML: &cbor)
        try cbor.finish()
    }
}

extension DecodedReadings {
    /// Appends the records of the pack that is next. Relative times count from `at`.
    mutating func append<Cursor: DocumentCursor>(
        senML cursor: inout Cursor
    ) throws(DecodeProblem) where Cursor.Key: SenMLKey {
        var pack = SenMLPack(now: at, clock: clock, subject: subject)
        try pack.decode(&cursor, into: &self)
    }
}
