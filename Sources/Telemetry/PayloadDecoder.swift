import Units

/// How a payload is written.
public enum PayloadFormat: Hashable, Sendable {
    /// One JSON object (RFC 8259).
    case json
    /// The whole payload is one value, which goes to the field of this name.
    case bare(field: String)
    /// Any of the formats and envelopes in `MessageFormat`; a `ReadingAssembler` makes the readings.
    case decoded(MessageFormat)
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
    private let captures: TopicCaptures
    /// The field that a bare payload fills.
    private let bareField: Int?
    private let isBare: Bool

    /// Captures whose name is not that of a field are ignored; `vigie check` reports them.
    ///
    /// - Parameter bareField: the field that takes the whole payload as its value; nil for one JSON object.
    public init(
        _ layout: ReadingLayout,
        bareField: String? = nil,
        captures: [(name: String, level: Int)] = []
    ) {
        self.layout = layout
        tables = DecodeTables(layout)
        self.captures = TopicCaptures(captures, layout)
        isBare = bareField != nil
        self.bareField = bareField.flatMap { name in layout.fields.firstIndex { $0.path == [name] } }
    }

    /// Writes a reading to `reading`, which has room for `layout.room` bytes.
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
            try captures.store(topic, tables, into: reading)
            var seen = captures.fields
            if isBare {
                guard let bareField else { throw ScanFailure(.missing, field: 0) }
                try JSONScanner.store(bare: payload, of: bareField, tables, into: reading)
                seen |= 1 << UInt64(bareField)
            } else {
                try object(0, &scanner, &seen, into: reading)
                try scanner.requireEnd()
            }
            let missing = layout.unfilled(tables.required & ~seen, by: seen)
            if missing != 0 { throw ScanFailure(.missing, field: missing.trailingZeroBitCount) }
            if layout.lasting != 0 {
                layout.note(gaps: layout.unfilled(layout.lasting & ~seen, by: seen), behind: reading)
            }
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
            if captures.fields & bit != 0 {
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
}
