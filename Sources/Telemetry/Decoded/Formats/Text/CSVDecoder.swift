import Units

/// Comma-separated values with a header, one or more rows. A column is a reading under its title; a unit stands in
/// brackets behind it: `temperature [Cel]`, `flow (l/min)`. Semicolons, tabs and bars separate as well; between
/// semicolons, tabs or bars a number may have a decimal comma.
///
/// A column called as in `timeTitles` is the device's time of its row: ISO 8601 with a zone, or a count since 1970. One
/// called as in `subjectTitles` is the subject. A row that says no zone has the time of its arrival where it is the only
/// one; of several nobody could tell when they were measured.
public struct CSVDecoder: MessageDecoder {
    public static let name = "csv"
    public static let timeTitles: [StaticString] = ["time", "timestamp", "ts", "datetime", "measured_at"]
    public static let subjectTitles: [StaticString] = [
        "device", "device_id", "deviceid", "id", "sensor", "meter", "serial",
    ]
    /// More columns than this are refused.
    public static let columnLimit = 256

    private enum Role {
        case value, time, subject
    }

    private struct Column {
        var role: Role
        var title: DecodedReadings.Run
        var unit: DecodedReadings.Run
    }

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard !message.payload.isEmpty else { throw .empty }
        guard message.payload.isUTF8 else { throw .notUTF8 }
        var reader = CSVReader(message.payload)
        var cells: [CSVReader.Cell] = []
        guard try reader.row(into: &cells, limit: Self.columnLimit) else { throw .empty }
        var columns: [Column] = []
        for cell in cells { columns.append(try Self.column(cell, reader, &readings)) }
        let outer = (readings.at, readings.clock, readings.subject)
        var rows = 0
        var zoneless: DecodeProblem?
        while try reader.row(into: &cells, limit: Self.columnLimit) {
            guard cells.count == columns.count else { throw reader.broken("a row of \(columns.count) cells") }
            (readings.at, readings.clock, readings.subject) = outer
            zoneless = try Self.append(cells, columns, reader.separator, &readings) ?? zoneless
            rows += 1
            if rows > 1, let zoneless { throw zoneless }
        }
        guard rows > 0 else { throw reader.broken("a row below the header") }
    }

    private static func column(
        _ cell: CSVReader.Cell,
        _ reader: CSVReader,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) -> Column {
        let text = readings.intern(filledBy: cell.append)
        let (title, unit) = readings.withBytes(of: text) { bytes in Self.split(bytes) }
        guard title.count > 0 else { throw reader.broken("a title for every column") }
        var column = Column(role: .value, title: text, unit: text)
        (column.title.start, column.title.count) = (text.start + UInt32(title.start), UInt32(title.count))
        (column.unit.start, column.unit.count) = (text.start + UInt32(unit.start), UInt32(unit.count))
        column.role = readings.withBytes(of: column.title) { title in
            if timeTitles.contains(where: { NumberText.isWord(title, $0) }) { return .time }
            return subjectTitles.contains(where: { NumberText.isWord(title, $0) }) ? .subject : .value
        }
        return column
    }

    /// Where the title and the unit are in `title [unit]` or `title (unit)`.
    private static func split(
        _ text: UnsafeRawBufferPointer
    ) -> (title: (start: Int, count: Int), unit: (start: Int, count: Int)) {
        var end = text.count
        var unit = (start: 0, count: 0)
        let opening: UInt8? =
            switch text.last {
            case UInt8(ascii: "]"): UInt8(ascii: "[")
            case UInt8(ascii: ")"): UInt8(ascii: "(")
            default: nil
            }
        if let opening, let bracket = text.lastIndex(of: opening) {
            unit = (bracket + 1, text.count - bracket - 2)
            end = bracket
        }
        while end > 0, text[end - 1] == 0x20 { end -= 1 }
        return ((0, end), unit)
    }

    /// The time and the subject of a row hold for its values wherever they stand.
    ///
    /// - Returns: what is wrong with a time that says no zone.
    private static func append(
        _ cells: [CSVReader.Cell],
        _ columns: [Column],
        _ separator: UInt8,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) -> DecodeProblem? {
        var zoneless: DecodeProblem?
        for (cell, column) in zip(cells, columns) where !cell.raw.isEmpty {
            switch column.role {
            case .time:
                do throws(DecodeProblem) {
                    readings.measured(at: try moment(cell, column, readings))
                } catch {
                    guard isLocalTime(cell.raw) else { throw error }
                    zoneless = error
                    readings.omit(column.title, .noZone)
                }
            case .subject: readings.subject = readings.intern(filledBy: cell.append)
            case .value: continue
            }
        }
        let mark = UInt8(ascii: separator == UInt8(ascii: ",") ? "." : ",")
        for (cell, column) in zip(cells, columns) where column.role == .value {
            if cell.raw.isEmpty {
                readings.omit(column.title, .null)
            } else if let number = NumberText.number(cell.raw) ?? NumberText.number(cell.raw, mark: mark) {
                readings.append(column.title, number, unit: column.unit)
            } else if let flag = NumberText.flag(cell.raw, ["true"], ["false"]) {
                readings.append(column.title, flag: flag)
            } else {
                readings.append(column.title, text: readings.intern(filledBy: cell.append))
            }
        }
        return zoneless
    }

    /// Whether nothing but the zone is missing.
    private static func isLocalTime(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count <= 32 && (Array(text) + [UInt8(ascii: "Z")]).withUnsafeBytes { Moment(iso8601: $0) } != nil
    }

    private static func moment(
        _ cell: CSVReader.Cell,
        _ column: Column,
        _ readings: DecodedReadings
    ) throws(DecodeProblem) -> Moment? {
        let text = cell.raw
        if let moment = Moment(iso8601: text) { return moment }
        if let count: Int64 = NumberText.whole(text) { return TimePrecision.plausibleMoment(count) }
        if let seconds = NumberText.number(text) {
            return Int64(exactly: (seconds * 1e6).rounded()).map(Moment.init(microseconds:))
        }
        throw .wrongType(
            field: String(readings.text(column.title).prefix(64)),
            expected: "a time with its zone, or a count since 1970",
            offset: cell.offset
        )
    }
}
