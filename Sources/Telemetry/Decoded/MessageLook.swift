/// What can be seen of a message without knowing its format.
struct MessageLook {
    enum Kind {
        case empty
        /// A JSON text that is more than a number or a word.
        case json
        case text
        /// Bytes that begin as a list of maps does in CBOR, and other ones that begin as a list, a map or a tag.
        case listOfMaps, cbor
        case bytes
    }

    let topic: TopicParts
    let kind: Kind
    /// What the sender says it is, in MQTT's content type.
    let mediaType: PayloadMediaType?
    private let payload: UnsafeRawBufferPointer
    private let properties: [(name: String, value: String)]
    private var fields = MessageFields()

    init(
        topic: UnsafeRawBufferPointer,
        payload: UnsafeRawBufferPointer,
        properties: [(name: String, value: String)]
    ) {
        self.topic = TopicParts(topic)
        self.payload = payload
        self.properties = properties
        mediaType = properties.last { $0.name == "content-type" }.flatMap { property in
            var type = property.value
            return type.withUTF8 { PayloadMediaType(UnsafeRawBufferPointer($0)) }
        }
        let text = NumberText.trimmed(payload)
        switch text.first {
        case nil: kind = .empty
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): kind = .json
        case _ where payload.isUTF8 && !text.contains(where: Self.isControl): kind = .text
        case _: kind = Self.kind(ofBytes: payload)
        }
        guard kind == .json else { return }
        do throws(DecodeProblem) {
            try fields.read(payload)
        } catch {
            // What is not whole has the members that came before the damage; its decoder says what is wrong with it.
        }
    }

    /// Whether a JSON payload has all of these values, or something below them.
    func has(_ paths: StaticString...) -> Bool {
        paths.allSatisfy { fields.contains($0) }
    }

    /// Whether the sender calls it an event with the data inside, or several.
    var isCloudEvent: Bool {
        properties.contains { property in
            var type = property.value
            return property.name == "content-type"
                && type.withUTF8 { PayloadMediaType.isCloudEvent(UnsafeRawBufferPointer($0)) }
        }
    }

    func hasProperty(_ name: String) -> Bool {
        properties.contains { $0.name == name }
    }

    /// `measurement,tag=value field=1.5`: a mark of equality in the second word, a space that is part of a word left out.
    var hasLineProtocol: Bool {
        var isEscaped = false
        guard
            let space = payload.firstIndex(where: { byte in
                defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
                return byte == UInt8(ascii: " ") && !isEscaped
            }), space > 0
        else { return false }
        let word = payload[(space + 1)...].prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
        return word.dropFirst().contains(UInt8(ascii: "="))
    }

    /// A header and a row below it.
    var hasRows: Bool {
        guard let end = NumberText.trimmed(payload).firstIndex(of: UInt8(ascii: "\n")) else { return false }
        let separators: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
        return payload[..<end].contains { separators.contains($0) }
    }

    private static func kind(ofBytes payload: UnsafeRawBufferPointer) -> Kind {
        // CBOR may say first that it is CBOR (RFC 8949, 3.4.6).
        let content = payload.starts(with: [0xD9, 0xD9, 0xF7]) ? payload.dropFirst(3) : payload[...]
        let kinds = content.prefix(2).map { $0 >> 5 }
        let list: UInt8 = 4, map: UInt8 = 5, tag: UInt8 = 6
        guard let first = kinds.first, [list, map, tag].contains(first) else { return .bytes }
        return kinds == [list, map] ? .listOfMaps : .cbor
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && !(0x09...0x0D ~= byte)
    }
}
