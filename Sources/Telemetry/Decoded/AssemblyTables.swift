import Units

/// A reading's table in the form the assembler runs over: names, and the units that a field can be converted from.
struct AssemblyTables: Sendable {
    struct Row: Sendable {
        /// As the decoders write it: `temperature`, `door.open`.
        let name: [UInt8]
        let kind: FieldKind
        /// The next field of the same name; -1: there is none.
        var next = -1
        let dimension: String?
        /// Of numbers that come without a unit.
        let scale: Double
        let add: Double
        let units: [Conversion]
    }

    struct Conversion: Sendable {
        let symbol: [UInt8]
        let scale: Double
        let add: Double
    }

    /// By the number of the field.
    private(set) var rows: [Row]
    /// The first field of each name; reserved ones are not among them.
    private(set) var names: [Int] = []
    let reserved: [(word: ReservedField, field: Int)]

    init(_ layout: ReadingLayout) {
        let fields = layout.fields.prefix(ReadingLayout.fieldLimit)
        rows = fields.map(Self.row)
        reserved = fields.enumerated().compactMap { index, field in
            guard let word = ReservedField(rawValue: field.name), word.fits(field.kind) else { return nil }
            return (word, index)
        }
        for index in rows.indices where !reserved.contains(where: { $0.field == index }) {
            guard let first = names.first(where: { rows[$0].name == rows[index].name }) else {
                names.append(index)
                continue
            }
            var last = first
            while rows[last].next >= 0 { last = rows[last].next }
            rows[last].next = index
        }
    }

    private static func row(of field: FieldSlot) -> Row {
        var (scale, add) = (1.0, 0.0)
        if case .number(let own, let offset) = field.kind { (scale, add) = (own, offset) }
        var units: [Conversion] = []
        if let dimension = field.dimension {
            // The field's own unit first: it is what most devices send, and may be one that only this table knows.
            units = [Conversion(symbol: [UInt8](field.unit.utf8), scale: scale, add: add)]
            units += KnownUnit.all(of: dimension).map {
                Conversion(symbol: [UInt8]($0.symbol.utf8), scale: $0.scale, add: $0.offset)
            }
        }
        return Row(
            name: [UInt8](field.name.utf8),
            kind: field.kind,
            dimension: field.dimension,
            scale: scale,
            add: add,
            units: units
        )
    }

    /// The first field with this name; nil when the table has none.
    ///
    /// - Parameter guess: where to look first: devices send their values in one order.
    func field(named name: UnsafeRawBufferPointer, guess: Int) -> (field: Int, position: Int)? {
        if guess < names.count, rows[names[guess]].name.elementsEqual(name) { return (names[guess], guess) }
        for position in names.indices where rows[names[position]].name.count == name.count {
            if rows[names[position]].name.elementsEqual(name) { return (names[position], position) }
        }
        return nil
    }

    /// How a number in this unit becomes the field's property; nil when the unit measures something else.
    func conversion(_ field: Int, from unit: UnsafeRawBufferPointer) -> (scale: Double, add: Double)? {
        for conversion in rows[field].units where conversion.symbol.count == unit.count {
            if conversion.symbol.elementsEqual(unit) { return (conversion.scale, conversion.add) }
        }
        return nil
    }

    /// Which of the fields of one name takes a number in this unit: the one that measures it, else one without a
    /// dimension. A number without a unit goes to one without a dimension first: elsewhere it would be taken for
    /// what the table says, and where there is a choice nobody knows. Nil when the unit measures something else.
    func field(from first: Int, takingNumberIn unit: UnsafeRawBufferPointer) -> Int? {
        var field = first
        var plain: Int?
        while field >= 0 {
            if unit.count > 0, conversion(field, from: unit) != nil { return field }
            if rows[field].dimension == nil, plain == nil { plain = field }
            field = rows[field].next
        }
        return plain ?? (unit.isEmpty ? first : nil)
    }
}
