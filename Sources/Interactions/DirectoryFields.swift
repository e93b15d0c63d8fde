import Units

/// Reads the fields of one record, each with its type, and reports what does not fit.
struct DirectoryFields {
    let record: DirectoryRecord
    let table: DirectoryTable

    private static let yes: Set<String> = ["yes", "true", "1", "oui", "vrai"]
    private static let no: Set<String> = ["no", "false", "0", "non", "faux"]

    /// A text without spaces around it; empty, with an error, when it has to be there and is not.
    func required(_ name: String, atMost bytes: Int, _ report: inout DirectoryReport) -> String {
        if let text = optional(name, atMost: bytes, &report) { return text }
        if hasNoValue(name) {
            report.error(table, record.place, "\(name) is missing; expected text; the record cannot be used")
        }
        return ""
    }

    /// A text without spaces around it; nil when there is none.
    func optional(_ name: String, atMost bytes: Int, _ report: inout DirectoryReport) -> String? {
        guard let value = record[name], value != .null else { return nil }
        guard let raw = value.string else {
            wrong(name, "is no text", "text in quotes", &report)
            return nil
        }
        return clean(raw, name, atMost: bytes, &report)
    }

    func integer(_ name: String, in range: ClosedRange<Int>, _ report: inout DirectoryReport) -> Int? {
        guard let value = record[name], value != .null else { return nil }
        let number = value.integer.map(Int.init) ?? value.string.flatMap { Int(trimmed($0)) }
        if let number, range.contains(number) { return number }
        if let text = value.string, trimmed(text).isEmpty { return nil }
        let found = value.string ?? value.description
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        wrong(name, "is \(shown(found))", expected, &report)
        return nil
    }

    func flag(_ name: String, _ report: inout DirectoryReport) -> Bool {
        guard let value = record[name], value != .null else { return false }
        if let flag = value.bool { return flag }
        let text = trimmed(value.string ?? value.description).lowercased()
        if Self.yes.contains(text) { return true }
        if !Self.no.contains(text), !text.isEmpty {
            wrong(name, "is \(shown(text))", "yes or no", &report)
        }
        return false
    }

    func language(_ report: inout DirectoryReport) -> Language {
        guard let text = optional("language", atMost: DirectoryLimits.textBytes, &report) else {
            return .french
        }
        if let language = Language(rawValue: text.lowercased()) { return language }
        let known = Language.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        wrong("language", "is \(shown(text))", known, &report)
        return .french
    }

    /// A moment with its zone, or a date and time as the clocks of `zone` show them.
    func moment(_ name: String, in zone: CivilZone, _ report: inout DirectoryReport) -> Moment? {
        guard let text = optional(name, atMost: DirectoryLimits.idBytes, &report) else { return nil }
        if let moment = Moment(iso8601: text) ?? Self.moment(text, on: zone) { return moment }
        let expected = "a date and time such as 2026-11-27 18:00 or 2026-11-27T18:00:00+01:00"
        wrong(name, "is \(shown(text))", expected, &report)
        return nil
    }

    private static func moment(_ text: String, on zone: CivilZone) -> Moment? {
        let hasSeconds = text.utf8.count > "2026-11-27 18:00".utf8.count
        return Moment(iso8601: text + (hasSeconds ? "Z" : ":00Z")).map { zone.moment(of: CivilTime(utc: $0)) }
    }

    func schedule(_ name: String, in zone: CivilZone, _ report: inout DirectoryReport) -> Schedule? {
        guard let text = optional(name, atMost: Schedule.longestText, &report) else { return nil }
        do {
            return try Schedule(text, zone: zone)
        } catch {
            wrong(name, error.found, error.expected, &report)
            return nil
        }
    }

    /// A list of texts; only JSON has them.
    func list(_ name: String, _ report: inout DirectoryReport) -> [String] {
        guard let value = record[name], value != .null else { return [] }
        guard let elements = value.array else {
            wrong(name, "is no list", "a list of texts in quotes", &report)
            return []
        }
        var texts: [String] = []
        for element in elements {
            if let raw = element.string {
                if let text = clean(raw, name, atMost: DirectoryLimits.idBytes, &report) {
                    texts.append(text)
                }
            } else {
                wrong(name, "holds something that is no text", "a list of texts in quotes", &report)
            }
        }
        return texts
    }

    /// Facts by name: a JSON object, or the CSV columns `attribute.<name>`.
    func attributes(_ report: inout DirectoryReport) -> [String: String] {
        var members: [JSON.Member] = []
        let prefix = DirectoryTable.attributePrefix
        for field in record.fields where field.name.hasPrefix(prefix) {
            members.append(JSON.Member(String(field.name.dropFirst(prefix.count)), field.value))
        }
        if let nested = record["attributes"], nested != .null {
            if let found = nested.members {
                members += found
            } else {
                wrong("attributes", "is no object", "names and values in braces", &report)
            }
        }
        if members.count > DirectoryLimits.attributesPerAsset {
            let found = "has \(members.count) entries"
            wrong("attributes", found, "at most \(DirectoryLimits.attributesPerAsset)", &report)
            return [:]
        }
        var attributes: [String: String] = [:]
        for member in members {
            switch member.value {
            case .string(let raw):
                let name = "attribute \"\(member.name)\""
                attributes[member.name] = clean(raw, name, atMost: DirectoryLimits.textBytes, &report)
            case .integer, .number, .bool:
                attributes[member.name] = member.value.description
            case .null:
                continue
            case .array, .object:
                wrong("attribute \"\(member.name)\"", "is a list or object", "one value", &report)
            }
        }
        return attributes
    }

    private func clean(
        _ raw: String,
        _ name: String,
        atMost bytes: Int,
        _ report: inout DirectoryReport
    ) -> String? {
        let text = trimmed(raw)
        if text.isEmpty { return nil }
        guard text.utf8.count <= bytes else {
            wrong(name, "has \(text.utf8.count) bytes", "at most \(bytes)", &report)
            return nil
        }
        guard !holdsControls(text) else {
            wrong(name, "holds a line break or another control character", "one line of text", &report)
            return nil
        }
        return text
    }

    private func hasNoValue(_ name: String) -> Bool {
        switch record[name] {
        case nil, .null?: true
        case .string(let raw)?: trimmed(raw).isEmpty
        default: false
        }
    }

    private func wrong(_ name: String, _ found: String, _ expected: String, _ report: inout DirectoryReport) {
        let text = "\(name) \(found); expected \(expected); the record cannot be used"
        report.error(table, record.place, text)
    }

    private func shown(_ value: String) -> String {
        table == .people ? masked(value) : "\"\(value)\""
    }

    /// Whether there is a character of Unicode's category Cc: U+0000–001F, U+007F–009F.
    private func holdsControls(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0) { return true }
            previous = byte
        }
        return false
    }

    private func trimmed(_ text: String) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last else { return text }
        guard isSpace(first) || isSpace(last) else { return text }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { bytes.index(after: $0) } ?? start
        return start < end ? String(text[start..<end]) : ""
    }
}
