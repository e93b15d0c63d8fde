import Units

/// Texts are frozen with a case: they say the same after a restart and in a later version of the pipeline.
extension Phrase {
    private static let version: UInt8 = 1
    /// A text of six parts with a moment in each line takes less than a quarter of it.
    public static let longestBytes = 8_192

    /// - Throws: `CompactProblem.tooLarge`.
    public var bytes: [UInt8] {
        get throws(CompactProblem) {
            var writer = CompactWriter(version: Self.version)
            write(to: &writer)
            return try writer.finished(limit: Self.longestBytes)
        }
    }

    public init(bytes: [UInt8]) throws(CompactProblem) {
        var reader = try CompactReader(bytes, version: Self.version, limit: Self.longestBytes)
        try self.init(from: &reader)
        try reader.end()
    }

    fileprivate func write(to writer: inout CompactWriter) {
        writer.write(UInt32(segments.count))
        for segment in segments { segment.write(to: &writer) }
    }

    fileprivate init(from reader: inout CompactReader) throws(CompactProblem) {
        var segments: [Segment] = []
        let count = try reader.read(UInt32.self)
        for _ in 0..<count { segments.append(try Segment(from: &reader)) }
        self.init(segments: segments)
    }
}

extension Wording {
    private static let version: UInt8 = 1
    public static let longestBytes = 2 * Phrase.longestBytes

    /// - Throws: `CompactProblem.tooLarge`.
    public var bytes: [UInt8] {
        get throws(CompactProblem) {
            var writer = CompactWriter(version: Self.version)
            french.write(to: &writer)
            writer.write(english) { $1.write(to: &$0) }
            return try writer.finished(limit: Self.longestBytes)
        }
    }

    public init(bytes: [UInt8]) throws(CompactProblem) {
        var reader = try CompactReader(bytes, version: Self.version, limit: Self.longestBytes)
        let french = try Phrase(from: &reader)
        let english = try reader.optional { reader throws(CompactProblem) in try Phrase(from: &reader) }
        try reader.end()
        self.init(french: french, english: english)
    }
}

extension Phrase.Segment {
    /// Never given to another kind: kept texts have them.
    private enum Kind: UInt8 {
        case words = 1
        case moment, clock, duration, measure, pending
    }

    fileprivate func write(to writer: inout CompactWriter) {
        switch self {
        case .words(let words):
            writer.write(Kind.words.rawValue)
            writer.write(words)
        case .moment(let moment):
            writer.write(Kind.moment.rawValue)
            writer.write(moment.microseconds)
        case .clock(let time):
            writer.write(Kind.clock.rawValue)
            writer.write(time.microseconds)
        case .duration(let duration):
            writer.write(Kind.duration.rawValue)
            writer.write(duration.components.seconds)
            writer.write(duration.components.attoseconds)
        case .measure(let value, let unit):
            writer.write(Kind.measure.rawValue)
            writer.write(value.bitPattern)
            writer.write(unit)
        case .pending(let pending, let fallback):
            writer.write(Kind.pending.rawValue)
            writer.write(pending.rawValue)
            writer.write(fallback) { $0.write($1) }
        }
    }

    fileprivate init(from reader: inout CompactReader) throws(CompactProblem) {
        let start = reader.position
        guard let kind = Kind(rawValue: try reader.read()) else { throw .malformed(at: start) }
        switch kind {
        case .words: self = .words(try reader.text())
        case .moment: self = .moment(try reader.moment())
        case .clock:
            let time = try reader.read(Int64.self)
            guard (0..<TimeOfDay.perDay).contains(time) else { throw .malformed(at: start) }
            self = .clock(TimeOfDay(microseconds: time))
        case .duration:
            let seconds = try reader.read(Int64.self)
            self = .duration(Duration(secondsComponent: seconds, attosecondsComponent: try reader.read()))
        case .measure:
            let value = Double(bitPattern: try reader.read())
            self = .measure(value, unit: try reader.text())
        case .pending:
            guard let pending = Pending(rawValue: try reader.read()) else { throw .malformed(at: start) }
            let fallback = try reader.optional { reader throws(CompactProblem) in try reader.text() }
            self = .pending(pending, fallback: fallback)
        }
    }
}
