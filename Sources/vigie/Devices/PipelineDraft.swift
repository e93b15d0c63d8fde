import Telemetry
import Units

/// A pipeline file for what a survey has seen: a reading with its table and a pipeline that listens to it, to be put into
/// `Pipelines/` and gone on with.
struct PipelineDraft {
    let text: String

    /// Fields of a reading at most.
    static let fieldLimit = ReadingLayout.fieldLimit

    init(_ streams: [SeenStream]) {
        var taken: Set<String> = []
        let parts = streams.filter { !$0.fields.isEmpty }.compactMap { stream in
            ListenWord.of(stream.format).map { Self.part(stream, $0, &taken) }
        }
        text = (["import PipelineKit\nimport Telemetry\nimport Units"] + parts).joined(separator: "\n\n")
    }

    /// One line of the table.
    private struct Row {
        let property: String
        let initial: String
        let field: String
    }

    private static func part(_ stream: SeenStream, _ word: ListenWord, _ taken: inout Set<String>) -> String {
        let isOwnJSON = stream.format == JSONDocumentDecoder.name
        let title = SwiftName.free(isOwnJSON ? stream.pattern.title : stream.format, &taken)
        let type = SwiftName.free(SwiftName.type(isOwnJSON ? title : title + " reading"), &taken)
        let constant = SwiftName.free(SwiftName.property(type), &taken)
        let (rows, left) = rows(of: stream, isOwnJSON: isOwnJSON)
        let notes = left.isEmpty ? [] : ["/// Not in the table: \(left.joined(separator: ", "))."]
        let properties = rows.map { "    var \($0.property) = \($0.initial)" }
        let table = rows.map { "        \($0.field)" }
        var stages = [listen(to: isOwnJSON ? stream.pattern.naming : stream.pattern.filter, word)]
        if let also = word.also, !stream.pattern.covers(TopicPattern(also)) {
            stages.append(listen(to: also, word))
        }
        stages.append("    Identify(by: \\.\(isOwnJSON ? "device" : "subject"))")
        if let time = order(stream, rows, isOwnJSON: isOwnJSON) {
            stages.append("    Order(by: \\.\(time), waiting: .seconds(10))")
        }
        let head = "/// What comes on \(stream.pattern.filter), as \(stream.decoded) of its messages say."
        return
            ([head] + notes + ["struct \(type): Reading {"] + properties
            + ["", "    static var fields: [Field<Self>] {"] + table + ["    }", "}", ""]
            + ["let \(constant) = Pipeline(\(quoted(title)), reading: \(type).self) {"] + stages
            + ["    // Detect(\"…\", severity: .warning) { … } react: { … }", "}"]).joined(separator: "\n")
    }

    private static func listen(to filter: String, _ word: ListenWord) -> String {
        let format = word.word == "json" ? "" : ", as: .\(word.word)"
        return "    Listen(to: \(quoted(filter))\(format))"
    }

    /// The time that readings are put in order by, where devices say one.
    private static func order(_ stream: SeenStream, _ rows: [Row], isOwnJSON: Bool) -> String? {
        guard isOwnJSON else { return stream.hasTimes ? "at" : nil }
        return rows.first { $0.initial == "Moment()" }?.property
    }

    /// The rows of the table, and the fields that cannot stand in it.
    private static func rows(of stream: SeenStream, isOwnJSON: Bool) -> (rows: [Row], left: [String]) {
        var taken: Set<String> = ["device"]
        var rows: [Row] = []
        if isOwnJSON {
            rows.append(device(of: stream))
        } else {
            for word in [ReservedField.subject, .at, .historical] {
                let field = "Field(\"\(word.rawValue)\", \\.\(word.rawValue))"
                rows.append(Row(property: word.rawValue, initial: initial(of: word.type), field: field))
                taken.insert(word.rawValue)
            }
        }
        var left: [String] = []
        for field in stream.fields {
            let isReserved = !isOwnJSON && ReservedField(rawValue: field.name) != nil
            let isOfList = field.name.split(separator: ".").contains { $0.allSatisfy(\.isNumber) }
            let isTaken = isOwnJSON && field.name == "device"
            guard rows.count < fieldLimit, !isReserved, !isTaken, !(isOwnJSON && isOfList) else {
                left.append(field.name)
                continue
            }
            rows.append(row(field, of: stream, isOwnJSON: isOwnJSON, &taken))
        }
        return (rows, left)
    }

    /// Whose a message is: what differs between the topics. Of one topic nobody knows that, and it is one device.
    private static func device(of stream: SeenStream) -> Row {
        guard !stream.pattern.isOpen else {
            return Row(property: "device", initial: "Name()", field: "Field(\"device\", \\.device)")
        }
        let name = stream.pattern.levels.last { !$0.isEmpty } ?? stream.pattern.filter
        return Row(
            property: "device",
            initial: "Name(\(quoted(name))) ?? Name()",
            field: "Field(\"device\", \\.device, missing: .keepsInitialValue)"
                + "  // one topic: whose it is was not to be seen"
        )
    }

    private static func row(
        _ field: SeenField,
        of stream: SeenStream,
        isOwnJSON: Bool,
        _ taken: inout Set<String>
    ) -> Row {
        let property = SwiftName.free(SwiftName.property(field.name), &taken)
        let quantity = field.kind == .number ? SwiftQuantity(unit: field.unit, field: field.name) : nil
        var type = "Name"
        var details = ""
        if isOwnJSON, let time = field.times {
            type = "Moment"
            if time != .iso8601 { details = ", as: .\(time)" }
        } else if let quantity {
            type = quantity.type
            details = ", in: .\(quantity.unit)"
        } else if field.kind != .text {
            type = field.kind == .flag ? "Bool" : "Double"
        }
        if field.isEvent {
            details += ", missing: .keepsInitialValue"
        } else if field.count < stream.decoded {
            // What not every message has is kept from the one before.
            details += ", missing: .keepsLastValue"
        }
        let unit = field.unit.isEmpty || quantity != nil ? "" : "  // in \(field.unit)"
        return Row(
            property: property,
            initial: quantity == nil ? initial(of: type) : "\(type).zero",
            field: "Field(\(quoted(field.name)), \\.\(property)\(details))\(unit)"
        )
    }

    private static func initial(of type: String) -> String {
        switch type {
        case "Bool": "false"
        case "Double": "0.0"
        default: "\(type)()"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.properties.generalCategory == .control:
                "\\u{\(String(scalar.value, radix: 16))}"
            default: "\(scalar)"
            }
        }
        return "\"\(escaped.joined())\""
    }
}
