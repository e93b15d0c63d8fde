/// What stopped the scanner, before it is said in words: cheap to throw and to pass on.
struct ScanFailure: Error {
    enum Kind {
        case malformed, notUTF8, missing, repeated, wrongType, outOfRange, unknownWord, tooManyNames
    }

    let kind: Kind
    let field: Int
    let offset: Int
    let expected: StaticString

    init(_ kind: Kind, field: Int = 0, offset: Int = 0, expected: StaticString = "") {
        self.kind = kind
        self.field = field
        self.offset = offset
        self.expected = expected
    }

    func problem(in layout: ReadingLayout) -> DecodeProblem {
        let slot = field < layout.fields.count ? layout.fields[field] : nil
        let name = slot?.name ?? "the whole payload"
        return switch kind {
        case .malformed: .malformed(offset: offset, expected: "\(expected)")
        case .notUTF8: .notUTF8
        case .missing: .missing(field: name)
        case .repeated: .repeated(field: name)
        case .wrongType: .wrongType(field: name, expected: "\(expected)", offset: offset)
        case .outOfRange: .outOfRange(field: name, expected: "\(expected)")
        case .tooManyNames: .tooManyNames
        case .unknownWord:
            if case .choice(let table)? = slot?.kind {
                .unknownWord(field: name, known: table.choices.map(\.word))
            } else {
                .unknownWord(field: name, known: [])
            }
        }
    }
}
