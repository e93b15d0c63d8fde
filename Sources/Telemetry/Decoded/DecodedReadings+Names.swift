extension NameTable {
    /// The name with this text, for decoders that remember what they are told.
    ///
    /// - Throws: `outOfRange` when it is too long for a name, `notUTF8`, `tooManyNames`.
    func name(of text: UnsafeRawBufferPointer) throws(DecodeProblem) -> Name {
        guard text.count <= Self.longest else {
            throw .outOfRange(field: "a name", expected: "at most \(Self.longest) bytes")
        }
        guard String(validating: text, as: UTF8.self) != nil else { throw .notUTF8 }
        guard let name = intern(text) else { throw .tooManyNames }
        return name
    }
}

extension DecodedReadings {
    /// A text as a name that outlives the message.
    func name(of run: Run) throws(DecodeProblem) -> Name {
        let result: Result<Name, DecodeProblem> = withBytes(of: run) { text in
            Result { () throws(DecodeProblem) in try NameTable.shared.name(of: text) }
        }
        return try result.get()
    }

    mutating func intern(_ name: Name) -> Run {
        intern { NameTable.shared.append(name, to: &$0) }
    }

    /// The name of a reading without the subject that it begins with: `voltage` of `urn:dev:ow:1:voltage`, whose subject
    /// is `urn:dev:ow:1`. What the field of a reading is called, whichever device sends it.
    public func field(of item: Item) -> Run {
        let (name, subject) = (item.name, item.subject)
        guard subject.count > 0, name.count > subject.count + 1 else { return name }
        let isInside = withBytes(of: name) { name in
            withBytes(of: subject) { name.starts(with: $0) && SenMLPack.isSeparator(name[$0.count]) }
        }
        guard isInside else { return name }
        return Run(start: name.start + subject.count + 1, count: name.count - subject.count - 1)
    }
}
