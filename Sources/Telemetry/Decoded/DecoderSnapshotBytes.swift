import Units

/// Writes what a decoder has learnt: integers little-endian, texts and lists with their length before them.
struct DecoderSnapshotWriter {
    private(set) var bytes: [UInt8] = []

    /// - Parameter version: of the form of what follows; one byte at the beginning.
    init(version: UInt8) {
        bytes.append(version)
    }

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write<Element>(
        _ elements: [Element],
        _ body: (inout DecoderSnapshotWriter, Element) -> Void
    ) {
        write(UInt32(elements.count))
        for element in elements { body(&self, element) }
    }
}

/// Reads what a decoder has learnt. Every length is checked against what is left.
struct DecoderSnapshotReader {
    private let bytes: [UInt8]
    private var position = 1

    init(_ bytes: [UInt8], version: UInt8) throws(DecoderSnapshotProblem) {
        guard let found = bytes.first else { throw .damaged(offset: 0, expected: "a version") }
        guard found == version else { throw .version(found: Int(found), known: Int(version)) }
        self.bytes = bytes
    }

    mutating func number<Number: FixedWidthInteger>(
        _ expected: String
    ) throws(DecoderSnapshotProblem) -> Number {
        let run = try run(MemoryLayout<Number>.size, expected)
        return run.reversed().reduce(into: Number.zero) { $0 = $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    mutating func text() throws(DecoderSnapshotProblem) -> String {
        let count: UInt32 = try number("the length of a text")
        let start = position
        guard let text = String(validating: try run(Int(count), "a text"), as: UTF8.self) else {
            throw .damaged(offset: start, expected: "a text in UTF-8")
        }
        return text
    }

    /// A time that a message can have.
    mutating func moment() throws(DecoderSnapshotProblem) -> Moment {
        let moment = Moment(microseconds: try number("a time"))
        guard Moment.reckonable.contains(moment) else {
            throw .damaged(offset: position - 8, expected: "a time within reckoning")
        }
        return moment
    }

    /// The length of a list, of which at most `limit` can have been written.
    mutating func count(of what: String, limit: Int) throws(DecoderSnapshotProblem) -> Int {
        let count: UInt32 = try number("a number of \(what)")
        guard count <= limit else {
            throw .damaged(offset: position - 4, expected: "at most \(limit) \(what)")
        }
        return Int(count)
    }

    func finish() throws(DecoderSnapshotProblem) {
        guard position == bytes.count else { throw .damaged(offset: position, expected: "the end") }
    }

    private mutating func run(
        _ count: Int,
        _ expected: String
    ) throws(DecoderSnapshotProblem) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw .damaged(offset: position, expected: expected) }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
