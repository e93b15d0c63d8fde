import Units

/// Writes a value of this module as few bytes, for a snapshot: whole numbers in groups of 7 bits, lowest first
/// (LEB128), with the sign in the lowest bit; texts with their length before them.
struct CompactWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: Int64) {
        var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
        while rest > 0x7f {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ number: Int) {
        write(Int64(number))
    }

    mutating func write(_ flag: Bool) {
        write(flag ? 1 : 0)
    }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ span: Duration) {
        let (seconds, attoseconds) = span.components
        write(seconds)
        write(attoseconds)
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout Self, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    mutating func write<Element>(_ elements: [Element], _ body: (inout Self, Element) -> Void) {
        write(elements.count)
        for element in elements { body(&self, element) }
    }
}

/// Reads what `CompactWriter` wrote. Whatever the bytes are, it takes no more memory than their number allows.
struct CompactReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() throws(CompactProblem) -> Int64 {
        let start = position
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < bytes.count else { throw .truncated(at: position) }
            let byte = bytes[position]
            position += 1
            // No number ends with a group of nothing, and the tenth group has room for one bit.
            if (shift > 0 && byte == 0) || (shift == 63 && byte > 1) {
                throw .malformed("a number not written as numbers are", at: start)
            }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
    }

    /// A number of things, or the place of one of them.
    mutating func count(
        _ what: String,
        in range: ClosedRange<Int> = 0...Int.max
    ) throws(CompactProblem) -> Int {
        let start = position
        let value = try number()
        guard let count = Int(exactly: value), range.contains(count) else {
            throw .malformed("\(value) as \(what)", at: start)
        }
        return count
    }

    mutating func flag() throws(CompactProblem) -> Bool {
        try count("yes or no", in: 0...1) == 1
    }

    mutating func text() throws(CompactProblem) -> String {
        let start = position
        let count = try count("the length of a text")
        guard count <= bytes.count - position else { throw .truncated(at: bytes.count) }
        defer { position += count }
        guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw .malformed("a text that is not UTF-8", at: start)
        }
        return text
    }

    mutating func span() throws(CompactProblem) -> Duration {
        let start = position
        let parts = (seconds: try number(), attoseconds: try number())
        let span = Duration(secondsComponent: parts.seconds, attosecondsComponent: parts.attoseconds)
        guard span.components == parts else { throw .malformed("a span not written as spans are", at: start) }
        return span
    }

    mutating func optional<Value>(
        _ body: (inout Self) throws(CompactProblem) -> Value
    ) throws(CompactProblem) -> Value? {
        try flag() ? try body(&self) : nil
    }

    /// Each element takes a byte at least.
    mutating func array<Element>(
        of what: String,
        atMost limit: Int = .max,
        _ body: (inout Self) throws(CompactProblem) -> Element
    ) throws(CompactProblem) -> [Element] {
        let count = try count("the number of \(what)", in: 0...max(0, min(limit, bytes.count - position)))
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }
}

/// Why bytes of a snapshot cannot be read. What they stood for is read again from the journal.
public enum CompactProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case otherFormat(Int64, expected: Int64)
    case truncated(at: Int)
    case malformed(String, at: Int)

    public var description: String {
        switch self {
        case .otherFormat(let found, let expected):
            "the bytes have format \(found), this version of Vigie reads \(expected)"
        case .truncated(let position): "the bytes end too early, at byte \(position)"
        case .malformed(let what, let position): "the bytes hold \(what), at byte \(position)"
        }
    }
}
