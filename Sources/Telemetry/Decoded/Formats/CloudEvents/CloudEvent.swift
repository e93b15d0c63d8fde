import Units

/// What an event says of itself (CloudEvents 1.0 §3.1), as far as it matters here.
struct CloudEvent {
    typealias Run = DecodedReadings.Run

    /// Attributes that are read, whichever form an event has.
    enum Attribute {
        case version, id, source, type, subject, time, contentType
        /// An extension, or one that says nothing of the readings.
        case other

        init(_ name: UnsafeRawBufferPointer) {
            switch name {
            case let name where name.isText("specversion"): self = .version
            case let name where name.isText("id"): self = .id
            case let name where name.isText("source"): self = .source
            case let name where name.isText("type"): self = .type
            case let name where name.isText("subject"): self = .subject
            case let name where name.isText("time"): self = .time
            case let name where name.isText("datacontenttype"): self = .contentType
            default: self = .other
            }
        }
    }

    private var hasVersion = false
    private var hasID = false
    private var source = Run.empty
    private var type = Run.empty
    private var subject = Run.empty
    private var time: Moment?
    /// Nil when it is not said: it is JSON then.
    private var contentType: Run?

    /// Takes an attribute in.
    ///
    /// - Parameter offset: where it stands in the payload, for the words of problems; 0 when it is a property.
    mutating func take(
        _ attribute: Attribute,
        _ value: Run,
        at offset: Int,
        _ readings: DecodedReadings
    ) throws(DecodeProblem) {
        switch attribute {
        case .version:
            let version = readings.text(value)
            guard version == "1.0" || version == "0.3" else {
                throw .notUnderstood("CloudEvents version \(version.prefix(16))")
            }
            hasVersion = true
        case .id: hasID = value.count > 0
        case .source: source = value
        case .type: type = value
        case .subject: subject = value
        case .contentType: contentType = value
        case .time:
            time = readings.withBytes(of: value) { Moment(iso8601: $0) }
            guard time != nil else {
                throw .wrongType(field: "time", expected: "a time like 2026-01-05T07:31:02Z", offset: offset)
            }
        case .other: return
        }
    }

    /// Sets the subject and the time of the readings that the data become, and tells the type.
    func begin(_ readings: inout DecodedReadings) throws(DecodeProblem) {
        guard hasVersion else { throw .missing(field: "specversion") }
        guard hasID else { throw .missing(field: "id") }
        guard source.count > 0 else { throw .missing(field: "source") }
        guard type.count > 0 else { throw .missing(field: "type") }
        readings.subject = subject.count > 0 ? subject : source
        readings.measured(at: time)
        readings.append("ce_type", text: type)
    }

    /// What its data are.
    func mediaType(_ readings: DecodedReadings) throws(DecodeProblem) -> PayloadMediaType {
        guard let contentType else { return .json }
        guard let type = readings.withBytes(of: contentType, PayloadMediaType.init) else {
            throw .notUnderstood("data of the type \"\(readings.text(contentType).prefix(64))\"")
        }
        return type
    }
}
