import Units

/// How a payload is written.
public enum PayloadFormat: Hashable, Sendable {
    /// One JSON object (RFC 8259).
    case json
    /// The whole payload is one value, which goes to the field of this name.
    case bare(field: String)
}

/// Bytes to a typed reading, without building a tree and without allocating.
///
/// The reading is written into memory that the caller owns: first its initial values, then each field of the
/// payload at its offset. Members may come in any order and unknown ones are skipped (but must be JSON); the
/// field after the last one hit is tried first, since one device sends its members in one order.
public final class PayloadDecoder: Sendable {
    /// Larger payloads are refused before they are looked at.
    public static let sizeLimit = 1 << 20

    public let layout: ReadingLayout
    private let tables: DecodeTables
    private let captures: ContiguousArray<Capture>
    /// The fields that the topic fills, one bit each.
    private let captured: UInt64
    /// The field that a bare payload fills.
    private let bareField: Int?
    private let isBare: Bool

    private struct Capture: BitwiseCopyable {
        let level: Int
        let field: Int
    }

    /// Captures whose name is not that of a field are ignored; `vigie check` reports them.
    public init(_ layout: ReadingLayout, format: PayloadFormat, captures: [(name: String, level: Int)] = []) {
        self.layout = layout
        tables = DecodeTables(layout)
        self.captures = ContiguousArray(
            captures.compactMap { capture in
                layout.fields.firstIndex { $0.path == [capture.name] }
                    .map { Capture(level: capture.level, field: $0) }
            }
        )
        captured = self.captures.reduce(0) { $0 | 1 << UInt64($1.field) }
        switch format {
        case .json: (isBare, bareField) = (false, nil)
        case .bare(let name): (isBare, bareField) = (true, layout.fields.firstIndex { $0.path == [name] })
        }
    }

    /// Writes a reading to `reading`, which has room for `layout.stride` bytes.
    public func decode(
        _ payload: UnsafeRawBufferPointer,
        topic: TopicLevels,
        into reading: UnsafeMutableRawPointer
    ) throws(DecodeProblem) {
        guard payload.count <= Self.sizeLimit else { throw .tooLarge(bytes: payload.count) }
        guard let start = payload.baseAddress, !payload.isEmpty else { throw .empty }
        layout.initial.withUnsafeBytes { initial in
            if let source = initial.baseAddress { reading.copyMemory(from: source, byteCount: initial.count) }
        }
        var scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: payload.count)
        guard scanner.isUTF8 else { throw .notUTF8 }
        do throws(ScanFailure) {
            for capture in captures {
                try storeBare(topic[capture.level], field: capture.field, into: reading)
            }
            var seen = captured
            if isBare {
                guard let bareField else { throw ScanFailure(.missing, field: 0) }
                try storeBare(payload, field: bareField, into: reading)
                seen |= 1 << UInt64(bareField)
            } else {
                try object(0, &scanner, &seen, into: reading)
                try scanner.requireEnd()
            }
            let missing = tables.required & ~seen
            if missing != 0 { throw ScanFailure(.missing, field: missing.trailingZeroBitCount) }
        } catch {
            throw error.problem(in: layout)
        }
    }

    private func object(
        _ index: Int,
        _ scanner: inout JSONScanner,
        _ seen: inout UInt64,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        let members = tables.members
        let names = tables.bytes
        let object = tables.objects[index]
        let (first, count) = (Int(object.first), Int(object.count))
        try scanner.require(UInt8(ascii: "{"), "an object")
        if scanner.take(UInt8(ascii: "}")) { return }
        var guess = 0
        repeat {
            scanner.skipSpace()
            var member = guess
            if count == 0 || !scanner.take(members[first + guess].token, in: names) {
                member = self.member(try scanner.key(), of: object, scanner)
                guard member >= 0 else {
                    try scanner.skipValue()
                    continue
                }
            }
            guess = member + 1 < count ? member + 1 : 0
            let target = Int(members[first + member].target)
            scanner.skipSpace()
            if target < 0 {
                if scanner.isAtObject() {
                    try self.object(~target, &scanner, &seen, into: reading)
                } else {
                    try scanner.skipValue()
                }
                continue
            }
            let bit: UInt64 = 1 << UInt64(target)
            if captured & bit != 0 {
                // What the broker's access rules cover, the topic, outranks what the payload claims.
                try scanner.skipValue()
            } else if try !scanner.takeNull() {
                guard seen & bit == 0 else { throw ScanFailure(.repeated, field: target) }
                try scanner.value(of: target, tables, into: reading)
                seen |= bit
            }
        } while scanner.take(UInt8(ascii: ","))
        try scanner.require(UInt8(ascii: "}"), "',' or '}'")
    }

    /// The member of an object with this name; -1 when there is none.
    private func member(
        _ key: DecodeTables.Range,
        of object: DecodeTables.Object,
        _ scanner: JSONScanner
    ) -> Int {
        let rows = Int(object.first)..<Int(object.first + object.count)
        for row in rows where scanner.isEqual(key, tables.members[row].name, in: tables.bytes) {
            return row - rows.lowerBound
        }
        guard scanner.isEscaped, let plain = scanner.unescaped(key) else { return -1 }
        for row in rows {
            let name = tables.members[row].name
            let text = UnsafeBufferPointer(
                start: tables.bytes.address(of: Int(name.start)),
                count: Int(name.count)
            )
            if text.elementsEqual(plain) { return row - rows.lowerBound }
        }
        return -1
    }

    /// A value that stands alone, as a topic level or a whole payload: a word needs no quotes there, and without them
    /// it has no escapes.
    private func storeBare(
        _ text: UnsafeRawBufferPointer,
        field: Int,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        guard let start = text.baseAddress, !text.isEmpty else { throw ScanFailure(.missing, field: field) }
        var scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: text.count)
        if text.first == UInt8(ascii: "\"") || !tables.fields[field].kind.isText {
            scanner.skipSpace()
            try scanner.value(of: field, tables, into: reading)
            try scanner.requireEnd()
        } else {
            guard scanner.isUTF8 else { throw ScanFailure(.notUTF8) }
            try JSONScanner.store(plain: text, at: 0, of: field, tables, into: reading)
        }
    }
}

extension DecodeTables.Field.Kind {
    /// Written in quotes in JSON.
    var isText: Bool {
        switch self {
        case .name, .choice, .isoTime: true
        case .integer, .number, .bool, .epochTime, .samples: false
        }
    }
}

/// What stopped the scanner, before it is said in words: cheap to throw and to pass on.
struct ScanFailure: Error {
    enum Kind {
        case malformed, notUTF8, missing, repeated, wrongType, outOfRange, unknownWord, tooManyNames
    }

    let kind: Kind
    let field: Int
    let offset: Int
    let expected: StaticString

    init(_ kind: Kind, field: Int = 0, offset: Int = 0, expected: StaticString = "") {
        self.kind = kind
        self.field = field
        self.offset = offset
        self.expected = expected
    }

    func problem(in layout: ReadingLayout) -> DecodeProblem {
        let slot = field < layout.fields.count ? layout.fields[field] : nil
        let name = slot?.name ?? "the whole payload"
        return switch kind {
        case .malformed: .malformed(offset: offset, expected: "\(expected)")
        case .notUTF8: .notUTF8
        case .missing: .missing(field: name)
        case .repeated: .repeated(field: name)
        case .wrongType: .wrongType(field: name, expected: "\(expected)", offset: offset)
        case .outOfRange: .outOfRange(field: name, expected: "\(expected)")
        case .tooManyNames: .tooManyNames
        case .unknownWord:
            if case .choice(let table)? = slot?.kind {
                .unknownWord(field: name, known: table.choices.map(\.word))
            } else {
                .unknownWord(field: name, known: [])
            }
        }
    }
}
