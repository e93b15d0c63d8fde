import Interactions
import Units

/// Writes a snapshot: integers little-endian, texts and runs of bytes with their length before them.
struct SnapshotWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) {
        write(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ text: String?) {
        write(text) { $0.write($1) }
    }

    mutating func write(_ flag: Bool) {
        write(flag ? UInt8(1) : 0)
    }

    mutating func write(_ moment: Moment) {
        write(moment.microseconds)
    }

    mutating func write(_ moment: Moment?) {
        write(moment) { $0.write($1) }
    }

    mutating func write(_ text: Bilingual) {
        write(text.french)
        write(text.english)
    }

    mutating func write(_ run: [UInt8]) {
        write(UInt32(run.count))
        bytes.append(contentsOf: run)
    }

    /// Without a length: the reader knows it.
    mutating func write(raw: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: raw)
    }

    mutating func write<Value>(_ value: Value?, _ body: (inout SnapshotWriter, Value) -> Void) {
        write(value == nil ? UInt8(0) : UInt8(1))
        if let value { body(&self, value) }
    }

    mutating func write<Element>(
        _ elements: some Collection<Element>,
        _ body: (inout SnapshotWriter, Element) -> Void
    ) {
        write(UInt32(elements.count))
        for element in elements { body(&self, element) }
    }
}

/// Reads a snapshot. Every length is checked against what is left.
struct SnapshotReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    /// What the snapshot was written in, once it has been read.
    var format = Engine.snapshotFormat

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(SnapshotProblem)
        -> Number
    {
        let run = try raw(MemoryLayout<Number>.size)
        return Number(littleEndian: run.loadUnaligned(as: Number.self))
    }

    mutating func text() throws(SnapshotProblem) -> String {
        String(decoding: try raw(Int(try read(UInt32.self))), as: UTF8.self)
    }

    mutating func textOrNil() throws(SnapshotProblem) -> String? {
        try optional { reader throws(SnapshotProblem) in try reader.text() }
    }

    mutating func texts() throws(SnapshotProblem) -> [String] {
        try array { reader throws(SnapshotProblem) in try reader.text() }
    }

    mutating func flag() throws(SnapshotProblem) -> Bool {
        try read(UInt8.self) == 1
    }

    mutating func momentOrNil() throws(SnapshotProblem) -> Moment? {
        try optional { reader throws(SnapshotProblem) in try reader.moment() }
    }

    mutating func moments() throws(SnapshotProblem) -> [Moment] {
        try array { reader throws(SnapshotProblem) in try reader.moment() }
    }

    mutating func bilingual() throws(SnapshotProblem) -> Bilingual {
        Bilingual(french: try text(), english: try text())
    }

    mutating func word<Word: RawRepresentable<String>>() throws(SnapshotProblem) -> Word {
        let text = try text()
        guard let word = Word(rawValue: text) else { throw .malformed("the unknown word \"\(text)\"") }
        return word
    }

    mutating func run() throws(SnapshotProblem) -> [UInt8] {
        [UInt8](try raw(Int(try read(UInt32.self))))
    }

    mutating func raw(_ count: Int) throws(SnapshotProblem) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else { throw .truncated(at: position) }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// A number of bytes or of elements.
    mutating func count() throws(SnapshotProblem) -> Int {
        let number = try read(UInt64.self)
        guard let count = Int(exactly: number) else { throw .truncated(at: position) }
        return count
    }

    /// A time in microseconds with which one can calculate.
    mutating func time() throws(SnapshotProblem) -> Int64 {
        let time: Int64 = try read()
        guard Moment.reckonable.contains(Moment(microseconds: time)) else {
            throw .malformed("a time beyond reckoning at byte \(position - 8)")
        }
        return time
    }

    mutating func moment() throws(SnapshotProblem) -> Moment {
        Moment(microseconds: try time())
    }

    mutating func optional<Value>(
        _ body: (inout SnapshotReader) throws(SnapshotProblem) -> Value
    ) throws(SnapshotProblem) -> Value? {
        try read(UInt8.self) == 0 ? nil : try body(&self)
    }

    mutating func array<Element>(
        _ body: (inout SnapshotReader) throws(SnapshotProblem) -> Element
    ) throws(SnapshotProblem) -> [Element] {
        let count = Int(try read(UInt32.self))
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }
}

/// Why a snapshot cannot be used: what is wrong with it, as the end of a sentence.
public enum SnapshotProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case notASnapshot
    case otherFormat(UInt32)
    case truncated(at: Int)
    case namesTaken
    case malformed(String)

    public var description: String {
        switch self {
        case .notASnapshot: "it is no snapshot of Vigie's engine"
        case .otherFormat(let format):
            "it has format \(format), this version of Vigie reads \(Engine.oldestFormat) to \(Engine.snapshotFormat)"
        case .truncated(let position): "it ends too early, at byte \(position)"
        case .namesTaken:
            "it must be read before anything else: this process has given its names other numbers"
        case .malformed(let what): "it holds \(what)"
        }
    }
}
