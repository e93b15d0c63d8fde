/// Turns fields of a message into readings.
extension DecodedReadings {
    /// Who knows what the fields of a message mean, best first.
    struct Knowledge {
        /// Of this type of device.
        var profile: DeviceProfile?
        /// Of everything that speaks this way, such as all Shellys.
        var table: [DeviceField] = []
        /// Levels at which there is nothing but the device itself: what is below them, and in no table, is of its network.
        var ofNetwork: [StaticString] = []
        /// Fields that say what others say (`tempf` beside `tempc`), and all below them; see `FieldPattern`.
        var skipped: [StaticString] = []

        /// Fields that the message itself calls not to be relied on.
        var doubted: [StaticString] = []

        /// Whether a field whose name the message has already, in whatever unit and at whatever time, says nothing new.
        var skipsTaken = false

        func skips(_ path: UnsafeRawBufferPointer) -> Bool {
            skipped.contains { path.isBelow($0) || FieldPattern.match($0, path) != .none }
        }
    }

    /// Appends all fields below `root`: by the profile where it knows them, then by the table, then by the names that
    /// most vendors use, else under their own paths. A null or an empty text says nothing and is named as left out.
    ///
    /// Of several fields that would have one name, such as the temperatures of two sensors on one board, the first has
    /// it and the others keep their own paths: they are not two readings of one thing. That the first has no value at
    /// the moment does not give its name to another.
    ///
    /// - Parameter facts: what is known of a field by its path below `root`, for those that the profile does not know.
    mutating func append(
        _ fields: MessageFields,
        under root: StaticString = "",
        by knowledge: Knowledge,
        facts: (UnsafeRawBufferPointer) -> FieldFacts? = { _ in nil }
    ) {
        append(fields, under: root.bytes, by: knowledge, facts: facts)
    }

    mutating func append(
        _ fields: MessageFields,
        under root: some Collection<UInt8>,
        by knowledge: Knowledge,
        facts: (UnsafeRawBufferPointer) -> FieldFacts? = { _ in nil }
    ) {
        for field in fields.all {
            guard let run = fields.relativePath(of: field, under: root) else { continue }
            fields.withBytes(of: run) { path in
                if knowledge.skips(path) { return }
                let before = quality
                if knowledge.doubted.contains(where: { path.equals($0) }) { quality.insert(.doubtful) }
                append(field, of: fields, path: path, by: knowledge, facts: facts)
                quality = before
            }
        }
    }

    /// Appends one field under `path`.
    mutating func append(
        _ field: MessageFields.Field,
        of fields: MessageFields,
        path: UnsafeRawBufferPointer,
        by knowledge: Knowledge,
        facts: (UnsafeRawBufferPointer) -> FieldFacts? = { _ in nil }
    ) {
        let hasValue = field.hasValue && (field.kind != .text || field.text.count > 0)
        let ofProfile = knowledge.profile?.fields.field(at: path)
        let facts = ofProfile == nil ? facts(path) : nil
        if let (known, number) = ofProfile ?? knowledge.table.field(at: path) ?? CommonFields.field(at: path)
        {
            let given = facts.flatMap { $0.unit.isEmpty ? nil : intern($0.unit) }
            let (unit, name) = (given ?? intern(known.reading.unit), intern(known.reading(at: number)))
            guard hasValue else {
                if field.kind == .empty, ofProfile != nil, known.none.utf8CodeUnitCount > 0 {
                    return append(intern(known.reading(at: nil)), text: intern(known.none))
                }
                withhold(name, unit)
                return omit(intern(path), field.kind == .empty ? .object : .null)
            }
            if knowledge.skipsTaken, hasReading(named: name) { return }
            let ownName = isTaken(name, unit) ? intern(path) : nil
            return append(field, of: fields, as: known, number: number, unit: unit, named: ownName)
        }
        guard hasValue else { return omit(intern(path), field.kind == .empty ? .object : .null) }
        let before = quality
        if knowledge.ofNetwork.contains(where: { path.isBelow($0) }) { quality.insert(.network) }
        append(field, of: fields, named: intern(path), facts: facts ?? FieldFacts())
        quality = before
    }

    /// Appends a field that a table knows.
    ///
    /// A value that does not fit the table (a word that is neither yes nor no, a text where a number should be) is kept
    /// as the text it is, as doubtful: it may be what somebody waits for.
    ///
    /// - Parameter ownName: what the reading is called, where the table's name is another field's.
    mutating func append(
        _ field: MessageFields.Field,
        of fields: MessageFields,
        as known: DeviceField,
        number found: Int?,
        unit: Run,
        named ownName: Run? = nil
    ) {
        let before = quality
        defer { quality = before }
        for other in known.others {
            append(field, of: fields, as: other, number: found, unit: intern(other.reading.unit))
        }
        quality.formUnion(known.reading.quality)
        let name = ownName ?? intern(known.reading(at: found))
        fields.withBytes(of: field.text) { text in
            switch known.meaning {
            case .number(let scale, let add):
                if let number = field.kind == .text ? PlainNumber.value(of: text) : field.number {
                    if number == known.absent { return omit(name, .null) }
                    return append(name, number * scale + add, unit: unit)
                }
            case .flag(let yes, let no):
                if yes.contains(where: { field.means($0, as: text) }) { return append(name, flag: true) }
                if no.contains(where: { field.means($0, as: text) }) { return append(name, flag: false) }
            case .nonzero:
                if let number = field.kind == .text ? PlainNumber.value(of: text) : field.number {
                    return append(name, flag: number != 0)
                }
            case .flags(let known):
                let isComplete = known.isComplete(text)
                for (words, reading) in known.flags {
                    let isSaid = words.contains { text.hasWord($0) }
                    if isSaid || isComplete { append(reading, flag: isSaid) }
                }
                if isComplete { return append(name, text: intern(text)) }
            case .code(let words):
                if field.kind == .text { return append(name, text: intern(text)) }
                if let code = Int(exactly: field.number), words.indices.contains(code) {
                    return append(name, text: intern(words[code]))
                }
            case .text: return append(name, text: intern(text))
            case .press(let other):
                return append(PressWord.isPress(text) ? name : intern(other), text: intern(text))
            }
            quality.insert(.doubtful)
            append(name, text: intern(text))
        }
    }

    /// Appends a field of which only is known what messages have said, under a name that is not ours.
    mutating func append(
        _ field: MessageFields.Field,
        of fields: MessageFields,
        named given: Run,
        facts: FieldFacts
    ) {
        let name = given.count > 0 ? given : intern(JSONDocumentDecoder.valueName)
        fields.withBytes(of: field.text) { text in
            if text.equals(ignoringCase: facts.yes) { return append(name, flag: true) }
            if text.equals(ignoringCase: facts.no) { return append(name, flag: false) }
            switch (field.kind, facts.kind) {
            case (.null, _), (.empty, _): omit(name, .null)
            case (_, .text?), (.text, _): append(name, text: intern(text))
            case (.number, _): append(name, field.number, unit: intern(facts.unit))
            case (.flag, _): append(name, flag: field.number == 1)
            }
        }
    }
}

extension MessageFields.Field {
    /// Whether it is this word; a number is compared as a number, as some networks write 1 as 1.0.
    fileprivate func means(_ word: StaticString, as text: UnsafeRawBufferPointer) -> Bool {
        if kind == .number { return PlainNumber.value(of: word.bytes) == number }
        return text.equals(ignoringCase: word)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a path is this one or below it.
    fileprivate func isBelow(_ path: StaticString) -> Bool {
        let length = path.utf8CodeUnitCount
        guard count >= length, prefix(length).elementsEqual(path.bytes) else { return false }
        return count == length || self[length] == UInt8(ascii: ".")
    }

    /// Never true for an empty word.
    fileprivate func equals(ignoringCase word: String) -> Bool {
        count > 0 && count == word.utf8.count
            && zip(self, word.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}
