import Units

/// Texts are frozen with a case: they say the same after a restart and in a later version of the pipeline.
extension Phrase {
    /// A text of six parts with a moment in each line takes less than a quarter of it.
    public static let longestBytes = 8_192

    /// - Throws: `PhraseProblem.tooLarge`.
    public var bytes: [UInt8] {
        get throws(PhraseProblem) {
            try Frozen.bytes(atMost: Self.longestBytes) { write(to: &$0) }
        }
    }

    public init(bytes: [UInt8]) throws(CompactProblem) {
        self = try Frozen.value(of: bytes, atMost: Self.longestBytes) { reader throws(CompactProblem) in
            try Phrase(from: &reader)
        }
    }

    func write(to writer: inout CompactWriter) {
        writer.write(segments) { $1.write(to: &$0) }
    }

    init(from reader: inout CompactReader) throws(CompactProblem) {
        self.init(
            segments: try reader.array(of: "parts of a sentence") { reader throws(CompactProblem) in
                try Segment(from: &reader)
            }
        )
    }
}

extension Wording {
    public static let longestBytes = 2 * Phrase.longestBytes

    /// - Throws: `PhraseProblem.tooLarge`.
    public var bytes: [UInt8] {
        get throws(PhraseProblem) {
            try Frozen.bytes(atMost: Self.longestBytes) { writer in
                french.write(to: &writer)
                writer.write(english) { $1.write(to: &$0) }
            }
        }
    }

    public init(bytes: [UInt8]) throws(CompactProblem) {
        self = try Frozen.value(of: bytes, atMost: Self.longestBytes) { reader throws(CompactProblem) in
            Wording(
                french: try Phrase(from: &reader),
                english: try reader.optional { reader throws(CompactProblem) in try Phrase(from: &reader) }
            )
        }
    }
}

/// A text with its format before it and a bound to its size.
private enum Frozen {
    private static let format: Int64 = 1

    static func bytes(
        atMost limit: Int,
        _ body: (inout CompactWriter) -> Void
    ) throws(PhraseProblem) -> [UInt8] {
        var writer = CompactWriter()
        writer.write(format)
        body(&writer)
        guard writer.bytes.count <= limit else { throw .tooLarge(found: writer.bytes.count, limit: limit) }
        return writer.bytes
    }

    static func value<Value>(
        of bytes: [UInt8],
        atMost limit: Int,
        _ body: (inout CompactReader) throws(CompactProblem) -> Value
    ) throws(CompactProblem) -> Value {
        guard bytes.count <= limit else {
            throw .malformed("more bytes than a text takes", at: limit)
        }
        var reader = CompactReader(bytes)
        let found = try reader.number()
        guard found == format else { throw .otherFormat(found, expected: format) }
        let value = try body(&reader)
        guard reader.isAtEnd else { throw .malformed("more than a text", at: reader.position) }
        return value
    }
}

extension Phrase.Segment {
    // These numbers stand in snapshots, as do those of `Pending`.
    private static let tags = (words: 1, moment: 2, clock: 3, duration: 4, measure: 5, pending: 6)

    fileprivate func write(to writer: inout CompactWriter) {
        switch self {
        case .words(let words):
            writer.write(Self.tags.words)
            writer.write(words)
        case .moment(let moment):
            writer.write(Self.tags.moment)
            writer.write(moment.microseconds)
        case .clock(let time):
            writer.write(Self.tags.clock)
            writer.write(time.microseconds)
        case .duration(let duration):
            writer.write(Self.tags.duration)
            writer.write(duration)
        case .measure(let value, let unit):
            writer.write(Self.tags.measure)
            writer.write(Int64(bitPattern: value.bitPattern))
            writer.write(unit)
        case .pending(let pending, let fallback):
            writer.write(Self.tags.pending)
            writer.write(pending.rawValue)
            writer.write(fallback) { $0.write($1) }
        }
    }

    fileprivate init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        let tag = try reader.count("a part of a sentence")
        switch tag {
        case Self.tags.words: self = .words(try reader.text())
        case Self.tags.moment:
            let moment = Moment(microseconds: try reader.number())
            guard Moment.reckonable.contains(moment) else {
                throw .malformed("a time beyond reckoning", at: start)
            }
            self = .moment(moment)
        case Self.tags.clock:
            let time = try reader.number()
            guard (0..<TimeOfDay.perDay).contains(time) else {
                throw .malformed("a time that no clock shows", at: start)
            }
            self = .clock(TimeOfDay(microseconds: time))
        case Self.tags.duration: self = .duration(try reader.span())
        case Self.tags.measure:
            let value = Double(bitPattern: UInt64(bitPattern: try reader.number()))
            self = .measure(value, unit: try reader.text())
        case Self.tags.pending:
            guard let pending = Pending(rawValue: try reader.count("something pending")) else {
                throw .malformed("something pending that is not known", at: start)
            }
            let fallback = try reader.optional { reader throws(CompactProblem) in try reader.text() }
            self = .pending(pending, fallback: fallback)
        default: throw .malformed("\(tag) as a part of a sentence", at: start)
        }
    }
}
