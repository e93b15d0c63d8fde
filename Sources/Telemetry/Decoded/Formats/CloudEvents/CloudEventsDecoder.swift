/// CloudEvents 1.0 over MQTT: events in JSON with the data inside, one or a batch, and events whose attributes are user
/// properties of the message (MQTT 5) and whose data are the payload. `datacontenttype` says what the data are.
///
/// The subject of the readings is the event's subject, else its source, and their time that of the event, unless the data
/// know better. Its type is a text reading `ce_type`.
public struct CloudEventsDecoder: MessageDecoder {
    public static let name = "cloudevents"

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        if message.property("specversion") != nil {
            try decode(binary: message, into: &readings)
            return
        }
        var json = try JSONCursor(message.payload)
        if try json.kind() == .array {
            try json.enterArray()
            while try json.nextElement() { try event(&json, message, &readings) }
        } else {
            try event(&json, message, &readings)
        }
        try json.finish()
    }

    // MARK: Binary

    private func decode(
        binary message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var event = CloudEvent()
        for (name, value) in message.properties {
            // The content type of the message is that of the data (CloudEvents MQTT binding §3.1.1).
            let name = name == "content-type" ? "datacontenttype" : name
            let attribute = name.utf8.withContiguousStorageIfAvailable {
                CloudEvent.Attribute(UnsafeRawBufferPointer($0))
            }
            try event.take(attribute ?? .other, readings.intern(value), at: 0, readings)
        }
        try event.begin(&readings)
        guard !message.payload.isEmpty else { return }
        try event.mediaType(readings).decode(message, into: &readings)
    }

    // MARK: Structured

    /// The data may stand before the attributes that say what they are, so they are read last.
    private func event(
        _ json: inout JSONCursor,
        _ message: MessageView,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        var event = CloudEvent()
        var data: JSONCursor?
        var binary: (text: JSONText, offset: Int)?
        try json.enterObject()
        while let name = try json.nextMember() {
            if name == "data" {
                guard data == nil else { throw .repeated(field: "data") }
                data = json
            } else if name == "data_base64" {
                let offset = json.offset
                binary = (try json.text(), offset)
            } else {
                let attribute = name.withBytes(CloudEvent.Attribute.init)
                guard attribute != .other, try !json.takeNull() else { continue }
                let offset = json.offset
                try event.take(attribute, readings.intern(try json.text()), at: offset, readings)
            }
        }
        guard data == nil || binary == nil else { throw .repeated(field: "data") }
        try event.begin(&readings)
        if let binary {
            var bytes: [UInt8] = []
            guard binary.text.withBytes({ Base64.decode($0, to: &bytes) }) else {
                throw .wrongType(field: "data_base64", expected: "data in base64", offset: binary.offset)
            }
            try decode(bytes, event, message, &readings)
        } else if var data {
            let type = try event.mediaType(readings)
            switch type {
            case .senMLJSON: try readings.append(senML: &data)
            case .json: try readings.append(all: &data, named: "data")
            default: try decode(try data.text().resolved, event, message, &readings)
            }
        }
    }

    /// Data that are not JSON.
    private func decode(
        _ bytes: [UInt8],
        _ event: CloudEvent,
        _ message: MessageView,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let type = try event.mediaType(readings)
        guard !bytes.isEmpty else { return }
        let result: Result<Void, DecodeProblem> = bytes.withUnsafeBytes { bytes in
            var inner = message
            inner.payload = bytes
            do throws(DecodeProblem) {
                return .success(try type.decode(inner, into: &readings))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
