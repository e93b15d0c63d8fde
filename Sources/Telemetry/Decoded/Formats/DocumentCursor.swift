/// What is common to the formats that nest objects and lists: JSON and CBOR. What is written over it works for both.
protocol DocumentCursor {
    associatedtype Key: DocumentKey

    mutating func enterObject() throws(DecodeProblem)
    mutating func nextMember() throws(DecodeProblem) -> Key?
    mutating func enterArray() throws(DecodeProblem)
    mutating func nextElement() throws(DecodeProblem) -> Bool
    mutating func isAtObject() throws(DecodeProblem) -> Bool

    mutating func number() throws(DecodeProblem) -> Double
    mutating func integer() throws(DecodeProblem) -> Int
    mutating func flag() throws(DecodeProblem) -> Bool
    mutating func text(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run
    /// Binary data, as text in base64url without padding (RFC 4648 §5).
    mutating func base64(into readings: inout DecodedReadings) throws(DecodeProblem) -> DecodedReadings.Run
    mutating func skip() throws(DecodeProblem)
    mutating func finish() throws(DecodeProblem)

    /// Makes a reading of the next value, or an omission when it says nothing. False, and nothing read, for an object or
    /// a list.
    mutating func appendScalar(
        _ name: DecodedReadings.Run,
        to readings: inout DecodedReadings
    ) throws(DecodeProblem) -> Bool
}

/// The name of a member.
protocol DocumentKey {
    func append(to bytes: inout [UInt8])
}

extension DecodedReadings {
    /// Every value in the next one becomes a reading: the member `b` of the object `a` under the name `a.b`, the first
    /// element of a list `a` under `a.0`.
    ///
    /// - Parameter name: what the next value itself is called, when it is not an object or list.
    mutating func append<Cursor: DocumentCursor>(
        all cursor: inout Cursor,
        named name: StaticString
    ) throws(DecodeProblem) {
        if try cursor.appendScalar(intern(name), to: &self) { return }
        try append(inside: &cursor, under: .empty)
    }

    private mutating func append<Cursor: DocumentCursor>(
        inside cursor: inout Cursor,
        under prefix: Run
    ) throws(DecodeProblem) {
        if try cursor.isAtObject() {
            try cursor.enterObject()
            while let key = try cursor.nextMember() {
                let name = intern(prefix) { key.append(to: &$0) }
                if try !cursor.appendScalar(name, to: &self) { try append(inside: &cursor, under: name) }
            }
        } else {
            try cursor.enterArray()
            var index = 0
            while try cursor.nextElement() {
                let name = intern(prefix) { $0.append(contentsOf: "\(index)".utf8) }
                if try !cursor.appendScalar(name, to: &self) { try append(inside: &cursor, under: name) }
                index += 1
            }
        }
    }
}
