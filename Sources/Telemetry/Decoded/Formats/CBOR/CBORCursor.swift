/// Walks any CBOR (RFC 8949) from left to right in place: no tree, no allocation. Tags are skipped, but for those that
/// make a number of what follows (big numbers, decimal fractions).
///
/// Every value must be read or skipped before the next member or element is asked for. A copy is a bookmark.
struct CBORCursor {
    enum Kind {
        case object, array, text, bytes, number, flag, null, unknown
    }

    /// Deeper nesting than this is refused.
    static let depthLimit = JSONScanner.depthLimit

    /// Of at most `PayloadDecoder.sizeLimit` bytes, so a count of items that was checked against them is small.
    private var reader: CBORReader
    /// For each open map and list: how many members or elements are left; −1 until a break.
    private var open = InlineArray<64, Int32>(repeating: 0)
    private var depth = 0
    /// The member read last, for the words of problems.
    private var member: CBORKey?

    /// - Throws: `tooLarge`, `empty`.
    init(_ payload: UnsafeRawBufferPointer) throws(DecodeProblem) {
        guard payload.count <= PayloadDecoder.sizeLimit else { throw .tooLarge(bytes: payload.count) }
        guard !payload.isEmpty else { throw .empty }
        reader = CBORReader(payload)
    }

    /// What the next value is.
    func kind() throws(DecodeProblem) -> Kind {
        var ahead = reader
        let (head, tag) = try ahead.untaggedHead()
        guard !head.isBreak else { throw reader.broken("a value") }
        return Self.kind(of: head, tag)
    }

    private static func kind(of head: CBORHead, _ tag: CBORHead.NumberTag?) -> Kind {
        switch head.major {
        case .unsigned, .negative: .number
        case .bytes: tag == .bignum || tag == .negativeBignum ? .number : .bytes
        case .text: .text
        case .array: tag == .decimalFraction || tag == .bigfloat ? .number : .array
        case .map: .object
        case .tag: .unknown
        case .simple:
            switch head.information {
            case 20, 21: .flag
            case 22, 23: .null
            case 25, 26, 27: .number
            default: .unknown
            }
        }
    }

    /// Takes the head of the next value; nothing is taken when it is of another kind.
    private mutating func head(
        of wanted: Kind,
        _ expected: StaticString
    ) throws(DecodeProblem) -> (head: CBORHead, numberTag: CBORHead.NumberTag?) {
        let start = reader
        let (head, tag) = try reader.untaggedHead()
        guard !head.isBreak, Self.kind(of: head, tag) == wanted else {
            reader = start
            throw head.isBreak ? reader.broken("a value") : wrongType("\(expected)")
        }
        return (head, tag)
    }

    // MARK: Maps and lists

    mutating func enterObject() throws(DecodeProblem) {
        try enter(try head(of: .object, "a map").head, bytesAtLeast: 2)
    }

    mutating func enterArray() throws(DecodeProblem) {
        try enter(try head(of: .array, "a list").head, bytesAtLeast: 1)
    }

    /// The key of the next member, whose value is then next; nil when the map has ended and the cursor is behind it.
    mutating func nextMember() throws(DecodeProblem) -> CBORKey? {
        guard try goesOn() else { return nil }
        let key: CBORKey
        let (head, _) = try reader.untaggedHead()
        switch head.major {
        case .text: key = .text(try reader.string(after: head))
        case .unsigned where head.argument <= UInt64(Int.max): key = .integer(Int(head.argument))
        case .negative where head.argument <= UInt64(Int.max): key = .integer(-1 - Int(head.argument))
        default: throw .notUnderstood("a CBOR map whose keys are neither texts nor whole numbers")
        }
        member = key
        return key
    }

    mutating func nextElement() throws(DecodeProblem) -> Bool {
        try goesOn()
    }

    /// The whole payload must have been read.
    mutating func finish() throws(DecodeProblem) {
        guard reader.left == 0 else { throw reader.broken("the end of the payload") }
    }

    // MARK: Values

    mutating func text() throws(DecodeProblem) -> CBORString {
        try reader.string(after: try head(of: .text, "a text").head)
    }

    mutating func bytes() throws(DecodeProblem) -> CBORString {
        try reader.string(after: try head(of: .bytes, "bytes").head)
    }

    mutating func flag() throws(DecodeProblem) -> Bool {
        try head(of: .flag, "true or false").head.information == 21
    }

    /// A number of any kind as the nearest `Double`; it may be infinite or none (NaN).
    mutating func number() throws(DecodeProblem) -> Double {
        let (head, tag) = try head(of: .number, "a number")
        switch head.major {
        case .simple: return head.float ?? .nan
        case .array:
            guard head.argument == 2, !head.isIndefinite else {
                throw reader.broken("an exponent and a mantissa")
            }
            let exponent = try wholeNumber()
            return Self.scaled(try wholeNumber(), tag == .bigfloat ? 2 : 10, exponent)
        default: return try wholeNumber(head, tag)
        }
    }

    /// A whole number, exact over the whole range of `Int`.
    mutating func integer() throws(DecodeProblem) -> Int {
        let start = reader
        let (head, _) = try reader.untaggedHead()
        if head.major == .unsigned, let value = Int(exactly: head.argument) { return value }
        if head.major == .negative, let value = Int(exactly: head.argument) { return -1 - value }
        if head.major == .simple, let float = head.float, let value = Int(exactly: float) { return value }
        reader = start
        throw wrongType("a whole number")
    }

    mutating func skip() throws(DecodeProblem) {
        switch try kind() {
        case .object:
            try enterObject()
            while try nextMember() != nil { try skip() }
        case .array:
            try enterArray()
            while try nextElement() { try skip() }
        case .text, .bytes: _ = try reader.string(after: try reader.untaggedHead().head)
        case .number: _ = try number()
        case .flag, .null, .unknown: _ = try reader.untaggedHead()
        }
    }

    func wrongType(_ expected: String) -> DecodeProblem {
        .wrongType(field: member?.words ?? "the whole payload", expected: expected, offset: reader.position)
    }

    private mutating func wholeNumber() throws(DecodeProblem) -> Double {
        let (head, tag) = try reader.untaggedHead()
        return try wholeNumber(head, tag)
    }

    private mutating func wholeNumber(
        _ head: CBORHead,
        _ tag: CBORHead.NumberTag?
    ) throws(DecodeProblem) -> Double {
        switch head.major {
        case .unsigned: return Double(head.argument)
        case .negative: return -1 - Double(head.argument)
        case .bytes where tag == .bignum || tag == .negativeBignum:
            let magnitude = try reader.string(after: head).joined.reduce(0) { $0 * 256 + Double($1) }
            return tag == .bignum ? magnitude : -1 - magnitude
        default: throw reader.broken("a whole number")
        }
    }

    /// `mantissa × base^exponent`, by squaring. A division where the exponent is negative, since 10² is exact and 10⁻²
    /// is not.
    private static func scaled(_ mantissa: Double, _ base: Double, _ exponent: Double) -> Double {
        var power = 1.0
        var factor = base
        // Beyond this the result is nothing or infinite anyway.
        var bits = Int(min(abs(exponent), 5_000))
        while bits > 0 {
            if bits & 1 == 1 { power *= factor }
            factor *= factor
            bits >>= 1
        }
        return exponent < 0 ? mantissa / power : mantissa * power
    }

    /// - Parameter least: bytes that a member or element has at least.
    private mutating func enter(_ head: CBORHead, bytesAtLeast least: Int) throws(DecodeProblem) {
        guard depth < Self.depthLimit else {
            throw reader.broken("at most \(Self.depthLimit) levels of nesting")
        }
        guard head.isIndefinite || head.argument <= UInt64(reader.left / least) else {
            throw reader.broken("\(head.argument) items")
        }
        open[depth] = head.isIndefinite ? -1 : Int32(head.argument)
        depth += 1
    }

    /// Whether another member or element follows; takes the break when none does.
    private mutating func goesOn() throws(DecodeProblem) -> Bool {
        guard depth > 0 else { return false }
        let left = open[depth - 1]
        if left > 0 {
            open[depth - 1] = left - 1
            return true
        }
        if left < 0 {
            var ahead = reader
            guard try ahead.head().isBreak else { return true }
            reader = ahead
        }
        depth -= 1
        return false
    }
}

/// The key of a map's member.
enum CBORKey: DocumentKey {
    case text(CBORString)
    case integer(Int)

    func append(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): text.append(to: &bytes)
        case .integer(let number): bytes.append(contentsOf: "\(number)".utf8)
        }
    }

    var words: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes.prefix(64), as: UTF8.self)
    }
}
