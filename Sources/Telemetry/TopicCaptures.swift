/// The fields of a reading that named levels of the topic fill.
struct TopicCaptures: Sendable {
    private struct Capture: BitwiseCopyable {
        let level: Int
        let field: Int
    }

    private let all: ContiguousArray<Capture>
    /// One bit for each.
    let fields: UInt64

    /// Names that are not those of fields are ignored; `vigie check` reports them.
    init(_ captures: [(name: String, level: Int)], _ layout: ReadingLayout) {
        all = ContiguousArray(
            captures.compactMap { capture in
                layout.fields.firstIndex { $0.path == [capture.name] }
                    .map { Capture(level: capture.level, field: $0) }
            }
        )
        fields = all.reduce(0) { $0 | 1 << UInt64($1.field) }
    }

    @inline(__always)
    func store(
        _ topic: TopicLevels,
        _ tables: DecodeTables,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        for capture in all {
            try JSONScanner.store(bare: topic[capture.level], of: capture.field, tables, into: reading)
        }
    }
}
