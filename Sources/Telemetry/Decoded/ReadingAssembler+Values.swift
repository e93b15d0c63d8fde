import Units

/// Values into properties.
extension ReadingAssembler {
    /// Which of the fields of one name a value is for, and why it fits none of them.
    func field(
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

    func store(
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
