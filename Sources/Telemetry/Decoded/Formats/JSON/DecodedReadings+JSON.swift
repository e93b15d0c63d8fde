extension DecodedReadings {
    /// Takes a text in, with its escapes resolved.
    mutating func intern(_ text: JSONText) -> Run {
        intern(filledBy: text.append)
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

extension JSONCursor: DocumentCursor {
    mutating func isAtObject() throws(DecodeProblem) -> Bool {
        try kind() == .object
    }

    mutating func text(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run {
        readings.intern(try text())
    }

    mutating func base64(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run {
        let wrong = wrongType("data in base64url")
        let text = try text()
        guard text.raw.allSatisfy(Base64.isDigit) else { throw wrong }
        return readings.intern(text)
    }

    mutating func appendScalar(
        _ name: DecodedReadings.Run,
        to readings: inout DecodedReadings
    ) throws(DecodeProblem) -> Bool {
        try readings.append(name, from: &self)
    }
}
