/// Walks any JSON from left to right in place, for formats and envelopes whose members are not known beforehand: no
/// tree, no allocation.
///
/// A copy is a bookmark: it can go through the same value again, or through an object whose later members are needed
/// first. What is not read is skipped, but must be JSON as well.
///
///     var json = try JSONCursor(payload)
///     try json.enterObject()
///     while let name = try json.nextMember() {
///         if name == "temperature" { readings.append("temperature", try json.number(), unit: "Cel") }
///     }
///     try json.finish()
struct JSONCursor {
    enum Kind {
        case object, array, text, number, flag, null
    }

    private var scanner: JSONScanner
    /// Right behind the bracket that opens an object or an array.
    private var isFirst = false
    /// A value comes next that nobody has read.
    private var isUnread = true
    private var depth = 0
    /// The member read last, for the words of problems.
    private var member: JSONText?

    /// - Throws: `tooLarge`, `empty`, `notUTF8`.
    init(_ payload: UnsafeRawBufferPointer) throws(DecodeProblem) {
        guard payload.count <= PayloadDecoder.sizeLimit else { throw .tooLarge(bytes: payload.count) }
        guard let start = payload.baseAddress, !payload.isEmpty else { throw .empty }
        guard payload.isUTF8 else { throw .notUTF8 }
        scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: payload.count)
    }

    /// Where it stands in the payload.
    var offset: Int { scanner.position }

    /// What has been read since it stood at `start`, as it is written.
    func written(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: scanner.bytes + start, count: scanner.position - start)
    }

    /// What the next value is, by its first byte.
    mutating func kind() throws(DecodeProblem) -> Kind {
        scanner.skipSpace()
        guard scanner.position < scanner.count else { throw problem(scanner.malformed("a value")) }
        switch scanner.bytes[scanner.position] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw problem(scanner.malformed("a value"))
        }
    }

    // MARK: Objects and arrays

    mutating func enterObject() throws(DecodeProblem) {
        try enter(.object, UInt8(ascii: "{"), "an object")
    }

    mutating func enterArray() throws(DecodeProblem) {
        try enter(.array, UInt8(ascii: "["), "a list")
    }

    /// The name of the next member, whose value is then next; nil when the object has ended and the cursor is behind it.
    mutating func nextMember() throws(DecodeProblem) -> JSONText? {
        try skipUnread()
        do throws(ScanFailure) {
            guard try goesOn(until: UInt8(ascii: "}"), "',' or '}'") else { return nil }
            let range = try scanner.key()
            let name = text(range)
            member = name
            isUnread = true
            return name
        } catch {
            throw problem(error)
        }
    }

    /// Whether the array goes on with a value; false when it has ended and the cursor is behind it.
    mutating func nextElement() throws(DecodeProblem) -> Bool {
        try skipUnread()
        do throws(ScanFailure) {
            isUnread = try goesOn(until: UInt8(ascii: "]"), "',' or ']'")
            return isUnread
        } catch {
            throw problem(error)
        }
    }

    /// A cursor at the value of a member of the object that is next; nil when there is no such member or no object. This
    /// cursor stays where it is.
    func value(of name: StaticString) throws(DecodeProblem) -> JSONCursor? {
        var other = self
        guard try other.kind() == .object else { return nil }
        try other.enterObject()
        while let found = try other.nextMember() {
            if found == name { return other }
        }
        return nil
    }

    /// The whole payload must have been read, but for spaces.
    mutating func finish() throws(DecodeProblem) {
        try skipUnread()
        do throws(ScanFailure) { try scanner.requireEnd() } catch { throw problem(error) }
    }

    // MARK: Values

    mutating func text() throws(DecodeProblem) -> JSONText {
        guard try kind() == .text else { throw wrongType("a text") }
        isUnread = false
        let range: JSONScanner.Range
        do throws(ScanFailure) { range = try scanner.string() } catch { throw problem(error) }
        return text(range)
    }

    mutating func number() throws(DecodeProblem) -> Double {
        guard try kind() == .number else { throw wrongType("a number") }
        isUnread = false
        do throws(ScanFailure) { return try scanner.number() } catch { throw problem(error) }
    }

    /// A whole number, exact over the whole range of `Int`.
    mutating func integer() throws(DecodeProblem) -> Int {
        guard try kind() == .number else { throw wrongType("a whole number") }
        let start = scanner
        isUnread = false
        let value: Int?
        do throws(ScanFailure) { value = try scanner.integer() } catch { throw problem(error) }
        guard let value else {
            scanner = start
            throw wrongType("a whole number")
        }
        return value
    }

    mutating func flag() throws(DecodeProblem) -> Bool {
        guard try kind() == .flag else { throw wrongType("true or false") }
        let isTrue = scanner.bytes[scanner.position] == UInt8(ascii: "t")
        isUnread = false
        do throws(ScanFailure) { try scanner.take(isTrue ? .yes : .no) } catch { throw problem(error) }
        return isTrue
    }

    /// Takes a null if it is next.
    mutating func takeNull() throws(DecodeProblem) -> Bool {
        guard try kind() == .null else { return false }
        isUnread = false
        do throws(ScanFailure) { return try scanner.takeNull() } catch { throw problem(error) }
    }

    /// Goes past the next value, whatever it is.
    mutating func skip() throws(DecodeProblem) {
        isUnread = false
        do throws(ScanFailure) { try scanner.skipValue(depth: depth) } catch { throw problem(error) }
    }

    /// For a value of a type that was not expected: names the member read last.
    func wrongType(_ expected: String) -> DecodeProblem {
        let name = member.map { String(decoding: $0.raw.prefix(64), as: UTF8.self) }
        return .wrongType(field: name ?? "the whole payload", expected: expected, offset: scanner.position)
    }

    private mutating func enter(
        _ wanted: Kind,
        _ bracket: UInt8,
        _ expected: StaticString
    ) throws(DecodeProblem) {
        guard try kind() == wanted else { throw wrongType("\(expected)") }
        guard depth < JSONScanner.depthLimit else {
            throw problem(scanner.malformed("at most 64 levels of nesting"))
        }
        _ = scanner.take(bracket)
        depth += 1
        isFirst = true
        isUnread = false
    }

    /// Whether another member or element follows; takes the comma before it or the bracket that closes.
    private mutating func goesOn(until end: UInt8, _ expected: StaticString) throws(ScanFailure) -> Bool {
        let wasFirst = isFirst
        isFirst = false
        if wasFirst {
            guard scanner.take(end) else { return true }
        } else {
            if scanner.take(UInt8(ascii: ",")) { return true }
            try scanner.require(end, expected)
        }
        depth -= 1
        return false
    }

    private mutating func skipUnread() throws(DecodeProblem) {
        if isUnread { try skip() }
    }

    /// The string read last: after the scanner has read it, since it also knows of its escapes.
    private func text(_ range: JSONScanner.Range) -> JSONText {
        JSONText(
            raw: UnsafeRawBufferPointer(start: scanner.bytes + Int(range.start), count: Int(range.count)),
            isEscaped: scanner.isEscaped
        )
    }

    private func problem(_ failure: ScanFailure) -> DecodeProblem {
        .malformed(offset: failure.offset, expected: "\(failure.expected)")
    }
}
