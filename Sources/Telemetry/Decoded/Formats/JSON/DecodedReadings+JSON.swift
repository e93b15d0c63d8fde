extension DecodedReadings {
    /// Takes a text in, with its escapes resolved.
    mutating func intern(_ text: JSONText) -> Run {
        guard text.isEscaped else { return intern(text.raw) }
        return intern(filledBy: { JSONEscapes.append(text.raw, resolvedTo: &$0) })
    }

    /// Appends the next value when it is a number, a flag or a text, and goes past a null, which says nothing. False, and
    /// nothing read, for an object or a list.
    mutating func append(_ name: Run, from json: inout JSONCursor) throws(DecodeProblem) -> Bool {
        switch try json.kind() {
        case .number: append(name, try json.number())
        case .flag: append(name, flag: try json.flag())
        case .text: append(name, text: intern(try json.text()))
        case .null:
            _ = try json.takeNull()
            omit(name, .null)
        case .object, .array: return false
        }
        return true
    }
}
