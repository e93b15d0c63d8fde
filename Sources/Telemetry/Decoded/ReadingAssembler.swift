import Units

/// Decoded readings of any format to typed readings, by the table that JSON is read by.
///
/// A field takes the value of its name. A number that comes with a unit is converted to the property's dimension,
/// whatever unit the field names; without one the field's own counts. Where two fields have one name, such as a battery
/// in volts or per cent, the unit decides. Named levels of the topic outrank what the payload says.
public final class ReadingAssembler: Sendable {
    public let layout: ReadingLayout
    private let tables: DecodeTables
    private let names: AssemblyTables
    private let captures: TopicCaptures

    /// Captures whose name is not that of a field are ignored; `vigie check` reports them.
    public init(_ layout: ReadingLayout, captures: [(name: String, level: Int)] = []) {
        self.layout = layout
        tables = DecodeTables(layout)
        names = AssemblyTables(layout)
        self.captures = TopicCaptures(captures, layout)
    }

    /// Writes the next reading of a group to `reading`, which has room for `layout.room` bytes.
    ///
    /// A value for a field that has one already begins the next reading: two presses are not one.
    /// - Parameter item: the item to begin with; then the one that the next reading of the group begins with, or
    ///   `ReadingGroups.end`. It is moved on as well when the reading is refused.
    /// - Returns: what is known of the values that it took; nil when none of it is in the table, so that it is of a
    ///   device for another pipeline.
    /// - Throws: `.reading(of:)` with what is missing or does not fit.
    public func assemble(
        _ item: inout Int32,
        of groups: ReadingGroups,
        _ readings: DecodedReadings,
        topic: TopicLevels,
        into reading: UnsafeMutableRawPointer
    ) throws(DecodeProblem) -> DecodedReadings.Quality? {
        layout.initial.withUnsafeBytes { initial in
            if let source = initial.baseAddress { reading.copyMemory(from: source, byteCount: initial.count) }
        }
        let head = readings.items[Int(item)]
        var seen = captures.fields
        var quality: DecodedReadings.Quality = []
        let problem = fill(&item, of: groups, readings, &seen, &quality, into: reading)
        guard seen != captures.fields else { return nil }
        do throws(DecodeProblem) {
            if let problem { throw problem }
            try finish(head, readings, quality, &seen, topic: topic, into: reading)
        } catch {
            throw .reading(of: readings.text(head.subject), error)
        }
        return quality
    }

    /// Takes values until a field would get its second one; hands out the first problem.
    private func fill(
        _ item: inout Int32,
        of groups: ReadingGroups,
        _ readings: DecodedReadings,
        _ seen: inout UInt64,
        _ quality: inout DecodedReadings.Quality,
        into reading: UnsafeMutableRawPointer
    ) -> DecodeProblem? {
        var problem: DecodeProblem?
        var guess = 0
        while item != ReadingGroups.end {
            let value = readings.items[Int(item)]
            let found = readings.withBytes(of: readings.field(of: value)) { name in
                names.field(named: name, guess: guess)
            }
            if let found {
                guess = found.position + 1
                let (field, unfit) = field(of: value, from: found.field, readings)
                let bit: UInt64 = 1 << UInt64(field)
                // What the broker's access rules cover, the topic, outranks what the payload claims.
                if captures.fields & bit == 0 {
                    if seen & bit != 0 { return problem }
                    seen |= bit
                    quality.formUnion(value.quality)
                    do throws(DecodeProblem) {
                        if let unfit { throw unfit }
                        try store(value, field, readings, into: reading)
                    } catch {
                        problem = problem ?? error
                    }
                }
            }
            item = groups.item(after: item)
        }
        return problem
    }

    /// What is said of the whole reading, and what is missing in it.
    private func finish(
        _ head: DecodedReadings.Item,
        _ readings: DecodedReadings,
        _ quality: DecodedReadings.Quality,
        _ seen: inout UInt64,
        topic: TopicLevels,
        into reading: UnsafeMutableRawPointer
    ) throws(DecodeProblem) {
        for (word, field) in names.reserved where captures.fields & (1 << UInt64(field)) == 0 {
            let property = reading + layout.fields[field].offset
            switch word {
            case .subject:
                guard head.subject.count > 0 else { continue }
                property.storeBytes(of: try readings.name(of: head.subject), as: Name.self)
            case .at: property.storeBytes(of: head.at, as: Moment.self)
            case .historical: property.storeBytes(of: quality.contains(.historical), as: Bool.self)
            case .doubtful: property.storeBytes(of: quality.contains(.doubtful), as: Bool.self)
            }
            seen |= 1 << UInt64(field)
        }
        do throws(ScanFailure) {
            try captures.store(topic, tables, into: reading)
            let missing = tables.required & ~seen
            if missing != 0 { throw ScanFailure(.missing, field: missing.trailingZeroBitCount) }
        } catch {
            throw error.problem(in: layout)
        }
        if layout.lasting != 0 { layout.note(gaps: layout.lasting & ~seen, behind: reading) }
    }
}

/// Values into properties.
extension ReadingAssembler {
    /// Which of the fields of one name a value is for, and why it fits none of them.
    private func field(
        of value: DecodedReadings.Item,
        from first: Int,
        _ readings: DecodedReadings
    ) -> (field: Int, unfit: DecodeProblem?) {
        guard value.kind == .number, names.rows[first].kind.isNumber else { return (first, nil) }
        let field = readings.withBytes(of: value.unit) { names.field(from: first, takingNumberIn: $0) }
        if let field { return (field, nil) }
        let found = String(readings.text(value.unit).prefix(Self.shownUnit))
        let expected = layout.fields[first].unit
        return (first, .wrongUnit(field: layout.fields[first].name, found: found, expected: expected))
    }

    /// Characters of a unit that are shown in a problem.
    private static let shownUnit = 16

    private func store(
        _ value: DecodedReadings.Item,
        _ field: Int,
        _ readings: DecodedReadings,
        into reading: UnsafeMutableRawPointer
    ) throws(DecodeProblem) {
        let property = reading + layout.fields[field].offset
        switch (names.rows[field].kind, value.kind) {
        case (.number, .number):
            let (scale, add) = conversion(of: value, field, readings)
            let base = value.number * scale + add
            guard base.isFinite else { throw .outOfRange(field: name(field), expected: "a finite number") }
            property.storeBytes(of: base, as: Double.self)
        case (.integer, .number):
            guard let whole = Int(exactly: value.number) else { throw unfit(value, field) }
            property.storeBytes(of: whole, as: Int.self)
        case (.bool, .flag): property.storeBytes(of: value.number != 0, as: Bool.self)
        case (.bool, .number) where value.number == 0 || value.number == 1:
            property.storeBytes(of: value.number == 1, as: Bool.self)
        case (.time(let format), .number): try store(value, as: format, field, readings, to: property)
        case (.name, .text), (.choice, .text), (.time(.iso8601), .text):
            try readings.withBytes(of: value.text) { text in
                Result { () throws(DecodeProblem) in try store(text, field, into: reading) }
            }.get()
        case (.name, .number), (.choice, .number):
            guard let whole = Int64(exactly: value.number) else { throw unfit(value, field) }
            var digits = String(whole)
            try digits.withUTF8 { text in
                Result { () throws(DecodeProblem) in
                    try store(UnsafeRawBufferPointer(text), field, into: reading)
                }
            }.get()
        case (.integer, _), (.number, _), (.bool, _), (.time, _), (.name, _), (.choice, _), (.samples, _):
            throw unfit(value, field)
        }
    }

    /// The unit of the value where it has one, else the field's. A property without a dimension takes the number as it
    /// comes.
    private func conversion(
        of value: DecodedReadings.Item,
        _ field: Int,
        _ readings: DecodedReadings
    ) -> (scale: Double, add: Double) {
        let row = names.rows[field]
        guard value.unit.count > 0 else { return (row.scale, row.add) }
        return readings.withBytes(of: value.unit) { names.conversion(field, from: $0) } ?? (
            row.scale, row.add
        )
    }

    private func store(
        _ text: UnsafeRawBufferPointer,
        _ field: Int,
        into reading: UnsafeMutableRawPointer
    ) throws(DecodeProblem) {
        do throws(ScanFailure) {
            try JSONScanner.store(plain: text, at: 0, of: field, tables, into: reading)
        } catch {
            guard error.kind != .wrongType else {
                throw .unfit(field: name(field), found: "a text", expected: "\(error.expected)")
            }
            throw error.problem(in: layout)
        }
    }

    /// A count since 1970: in the unit that it comes with, else in the field's.
    private func store(
        _ value: DecodedReadings.Item,
        as format: TimeFormat,
        _ field: Int,
        _ readings: DecodedReadings,
        to property: UnsafeMutableRawPointer
    ) throws(DecodeProblem) {
        let scale = readings.withBytes(of: value.unit) { unit -> Double? in
            if unit.isText("s") { return 1e6 }
            if unit.isText("ms") { return 1e3 }
            return switch format {
            case .epochSeconds: 1e6
            case .epochMilliseconds: 1e3
            case .iso8601: nil
            }
        }
        guard let scale else { throw unfit(value, field) }
        guard let whole = Int64(exactly: (value.number * scale).rounded()),
            Moment.plausible.contains(Moment(microseconds: whole))
        else { throw .outOfRange(field: name(field), expected: "a time between 2000 and 2200") }
        property.storeBytes(of: Moment(microseconds: whole), as: Moment.self)
    }

    private func name(_ field: Int) -> String { layout.fields[field].name }

    private func unfit(_ value: DecodedReadings.Item, _ field: Int) -> DecodeProblem {
        let found =
            switch value.kind {
            case .number: "a number"
            case .flag: "a flag"
            case .text: "a text"
            }
        return .unfit(field: name(field), found: found, expected: layout.fields[field].kind.words)
    }
}

extension FieldKind {
    fileprivate var isNumber: Bool {
        if case .number = self { true } else { false }
    }

    /// What is expected of a payload.
    fileprivate var words: String {
        switch self {
        case .integer: "a whole number"
        case .number: "a number"
        case .bool: "true or false, 1 or 0"
        case .time(.iso8601): "a time like 2026-01-05T07:31:02Z"
        case .time: "a count since 1970"
        case .name: "a text or a whole number"
        case .choice: "a word"
        case .samples: "a list of [x, y, z], which this format does not have"
        }
    }
}
