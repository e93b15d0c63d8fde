extension CBORCursor: DocumentCursor {
    mutating func isAtObject() throws(DecodeProblem) -> Bool {
        try kind() == .object
    }

    mutating func text(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run {
        readings.intern(filledBy: try text().append)
    }

    mutating func base64(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run {
        let bytes = try bytes().joined
        return readings.intern { text in bytes.withUnsafeBytes { Base64.encode($0, to: &text) } }
    }

    mutating func appendScalar(
        _ name: DecodedReadings.Run,
        to readings: inout DecodedReadings
    ) throws(DecodeProblem) -> Bool {
        switch try kind() {
        case .number: readings.append(finite: name, try number())
        case .flag: readings.append(name, flag: try flag())
        case .text: readings.append(name, text: try text(into: &readings))
        case .null: try omit(name, .null, from: &readings)
        case .bytes: try omit(name, .bytes, from: &readings)
        case .unknown: try omit(name, .unknownType, from: &readings)
        case .object, .array: return false
        }
        return true
    }

    private mutating func omit(
        _ name: DecodedReadings.Run,
        _ reason: DecodedReadings.Omission.Reason,
        from readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        try skip()
        readings.omit(name, reason)
    }
}
