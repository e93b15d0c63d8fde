extension NameTable {
    /// The name with this text, for decoders that remember what they are told.
    ///
    /// - Throws: `outOfRange` when it is too long for a name, `tooManyNames`.
    func name(of text: UnsafeRawBufferPointer) throws(DecodeProblem) -> Name {
        guard text.count <= Self.longest else {
            throw .outOfRange(field: "a name", expected: "at most \(Self.longest) bytes")
        }
        guard let name = intern(text) else { throw .tooManyNames }
        return name
    }
}

extension DecodedReadings {
    /// A text as a name that outlives the message.
    func name(of run: Run) throws(DecodeProblem) -> Name {
        guard run.count <= NameTable.longest else {
            throw .outOfRange(field: "a name", expected: "at most \(NameTable.longest) bytes")
        }
        guard let name = withBytes(of: run, NameTable.shared.intern) else { throw .tooManyNames }
        return name
    }

    mutating func intern(_ name: Name) -> Run {
        intern { NameTable.shared.append(name, to: &$0) }
    }
}
