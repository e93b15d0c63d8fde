import Units

/// Writes a value that is kept with a case: integers little-endian, texts and lists with their length before them.
struct CompactWriter {
    private(set) var bytes: [UInt8]

    init(version: UInt8) {
        bytes = [version]
    }

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout CompactWriter, Value) -> Void) {
        write(value == nil ? UInt8(0) : UInt8(1))
        if let value { body(&self, value) }
    }

    func finished(limit: Int) throws(CompactProblem) -> [UInt8] {
        guard bytes.count <= limit else { throw .tooLarge(found: bytes.count, limit: limit) }
        return bytes
    }
}

/// Reads what `CompactWriter` wrote. Every length is checked against what is left.
struct CompactReader {
    private let bytes: [UInt8]
    private(set) var position = 1

    init(_ bytes: [UInt8], version: UInt8, limit: Int) throws(CompactProblem) {
        guard bytes.count <= limit else { throw .tooLarge(found: bytes.count, limit: limit) }
        guard let found = bytes.first else { throw .truncated(at: 0) }
        guard found == version else { throw .otherVersion(found, expected: version) }
        self.bytes = bytes
    }

    mutating func read<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(CompactProblem) -> Number {
        let run = try raw(MemoryLayout<Number>.size)
        return run.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(as: Number.self)) }
    }

    mutating func text() throws(CompactProblem) -> String {
        let start = position
        guard let text = String(validating: try raw(Int(try read(UInt32.self))), as: UTF8.self) else {
            throw .malformed(at: start)
        }
        return text
    }

    mutating func optional<Value>(
        _ body: (inout CompactReader) throws(CompactProblem) -> Value
    ) throws(CompactProblem) -> Value? {
        let start = position
        switch try read(UInt8.self) {
        case 0: return nil
        case 1: return try body(&self)
        default: throw .malformed(at: start)
        }
    }

    /// A time with which one can calculate.
    mutating func moment() throws(CompactProblem) -> Moment {
        let start = position
        let moment = Moment(microseconds: try read())
        guard Moment.reckonable.contains(moment) else { throw .malformed(at: start) }
        return moment
    }

    /// - Throws: when there is more than the value.
    func end() throws(CompactProblem) {
        guard position == bytes.count else { throw .malformed(at: position) }
    }

    private mutating func raw(_ count: Int) throws(CompactProblem) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw .truncated(at: position) }
        defer { position += count }
        return bytes[position..<position + count]
    }
}

/// Why bytes do not hold the value that was to be kept.
public enum CompactProblem: Error, Hashable, Sendable {
    case tooLarge(found: Int, limit: Int)
    case otherVersion(UInt8, expected: UInt8)
    case truncated(at: Int)
    case malformed(at: Int)
}

extension CompactProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let found, let limit):
            "the value takes \(found) bytes, at most \(limit) are kept with a case; shorten its texts"
        case .otherVersion(let found, let expected):
            "the kept value has format \(found), expected \(expected); it cannot be restored by this Vigie; "
                + "start the one that wrote it, or replay the journal"
        case .truncated(let position):
            "the kept value ends too early, at byte \(position); it cannot be restored; replay the journal"
        case .malformed(let position):
            "the kept value holds what none can hold, at byte \(position); it cannot be restored; "
                + "replay the journal"
        }
    }
}
