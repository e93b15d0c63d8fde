/// The formats that a media type can name (RFC 6838), for payloads inside of an event.
enum PayloadMediaType {
    case json, cbor, senMLJSON, senMLCBOR, csv, lineProtocol, plain

    /// Nil for a type that is not understood. Parameters such as `charset` are left out: texts must be UTF-8 anyway.
    init?(_ text: UnsafeRawBufferPointer) {
        let name = Self.name(of: text)
        let known = Self.names.first { NumberText.isWord(name, $0.name) }?.type
        if let known {
            self = known
        } else if Self.hasSuffix(name, "+json") {
            self = .json
        } else if Self.hasSuffix(name, "+cbor") {
            self = .cbor
        } else {
            return nil
        }
    }

    /// Whether it is that of an event in JSON, or of a batch of them.
    static func isCloudEvent(_ text: UnsafeRawBufferPointer) -> Bool {
        let name = name(of: text)
        return NumberText.isWord(name, "application/cloudevents+json")
            || NumberText.isWord(name, "application/cloudevents-batch+json")
    }

    /// Without its parameters.
    private static func name(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        NumberText.trimmed(UnsafeRawBufferPointer(rebasing: text.prefix { $0 != UInt8(ascii: ";") }))
    }

    private static let names: [(name: StaticString, type: PayloadMediaType)] = [
        ("application/json", .json), ("text/json", .json), ("application/cbor", .cbor),
        ("application/senml+json", .senMLJSON), ("application/sensml+json", .senMLJSON),
        ("application/senml+cbor", .senMLCBOR), ("application/sensml+cbor", .senMLCBOR),
        ("text/csv", .csv), ("application/vnd.influx.line-protocol", .lineProtocol),
        ("text/plain", .plain),
    ]

    private static func hasSuffix(_ name: UnsafeRawBufferPointer, _ suffix: StaticString) -> Bool {
        NumberText.isWord(UnsafeRawBufferPointer(rebasing: name.suffix(suffix.utf8CodeUnitCount)), suffix)
    }

    /// Decodes a payload of this type into readings that have begun.
    func decode(_ message: MessageView, into readings: inout DecodedReadings) throws(DecodeProblem) {
        switch self {
        case .json: try Self.decode(with: JSONDocumentDecoder(), message, &readings)
        case .cbor: try Self.decode(with: CBORDocumentDecoder(), message, &readings)
        case .senMLJSON: try Self.decode(with: SenMLJSONDecoder(), message, &readings)
        case .senMLCBOR: try Self.decode(with: SenMLCBORDecoder(), message, &readings)
        case .csv: try Self.decode(with: CSVDecoder(), message, &readings)
        case .lineProtocol: try Self.decode(with: LineProtocolDecoder(), message, &readings)
        case .plain: try Self.decode(with: PlainDecoder(), message, &readings)
        }
    }

    private static func decode(
        with decoder: some MessageDecoder,
        _ message: MessageView,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var decoder = decoder
        try decoder.decode(message, into: &readings)
    }
}
