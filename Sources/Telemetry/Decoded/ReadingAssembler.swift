import Units

/// Decoded readings of any format to typed readings, by the table that JSON is read by.
///
/// A field takes the value of its name. A number that comes with a unit is converted to the property's dimension,
/// whatever unit the field names; without one the field's own counts. Where two fields have one name, such as a battery
/// in volts or per cent, the unit decides. Named levels of the topic outrank what the payload says.
public final class ReadingAssembler: Sendable {
    public let layout: ReadingLayout
    let tables: DecodeTables
    let names: AssemblyTables
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
            let missing = layout.unfilled(tables.required & ~seen, by: seen)
            if missing != 0 { throw ScanFailure(.missing, field: missing.trailingZeroBitCount) }
        } catch {
            throw error.problem(in: layout)
        }
        if layout.lasting != 0 {
            layout.note(gaps: layout.unfilled(layout.lasting & ~seen, by: seen), behind: reading)
        }
    }
}
