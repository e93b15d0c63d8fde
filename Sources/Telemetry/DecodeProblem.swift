/// Why a payload did not become a reading.
public enum DecodeProblem: Error, Hashable, Sendable {
    /// Not JSON: what was expected at this byte.
    case malformed(offset: Int, expected: String)
    case notUTF8
    case empty
    /// Neither a text nor of a binary format that is told by its bytes.
    case unknownFormat(bytes: Int)
    case tooLarge(bytes: Int)
    case missing(field: String)
    case repeated(field: String)
    case wrongType(field: String, expected: String, offset: Int)
    case outOfRange(field: String, expected: String)
    case unknownWord(field: String, known: [String])
    case tooManyNames
    case tooManyLevels
    /// Not the format it is said to be: what was expected at this byte.
    case broken(format: String, offset: Int, expected: String)
    /// Well formed, and beyond what is understood here: `SenML version 11`.
    case notUnderstood(String)
    /// More of something than one message may have, or than is remembered.
    case tooMany(what: String, limit: Int)
    /// Cannot be read without what an earlier message says, which did not come.
    case missedBefore(String)
    /// Whole and understood, and nothing that is measured: an acknowledgement, the duplicate of a frame.
    case leftOut(String)
    /// Whole and understood, and no value in it became a reading: how many fields were omitted.
    case noReading(omitted: Int)
    /// The message is sound, the LoRaWAN frame in it is not.
    case frame(FrameProblem)
    /// The message is sound, and a value of it is not what the reading's table wants.
    case unfit(field: String, found: String, expected: String)
    /// A number came in a unit that measures something else, or that nobody knows.
    case wrongUnit(field: String, found: String, expected: String)
    /// One of the readings of a message; the others go on.
    indirect case reading(of: String, DecodeProblem)

    /// The stable word for counters.
    public var reason: String {
        switch self {
        case .malformed: "malformed"
        case .notUTF8: "not UTF-8"
        case .empty: "empty"
        case .unknownFormat: "unknown format"
        case .tooLarge: "too large"
        case .missing: "field missing"
        case .repeated: "field repeated"
        case .wrongType: "wrong type"
        case .outOfRange: "out of range"
        case .unknownWord: "unknown word"
        case .tooManyNames: "too many names"
        case .tooManyLevels: "too many topic levels"
        case .broken: "malformed"
        case .notUnderstood: "not understood"
        case .tooMany: "too many"
        case .missedBefore: "missed before"
        case .leftOut: "left out"
        case .noReading: "no reading"
        case .frame(let problem): problem.reason
        case .unfit: "wrong type"
        case .wrongUnit: "wrong unit"
        case .reading(_, let problem): problem.reason
        }
    }
}

extension DecodeProblem: CustomStringConvertible {
    /// What was found and what was expected. Values of the payload are left out: they may be about people.
    public var description: String {
        switch self {
        case .malformed(let offset, let expected): "not JSON at byte \(offset): expected \(expected)"
        case .notUTF8: "the payload, or a level of the topic, is not UTF-8"
        case .empty: "the payload is empty"
        case .unknownFormat(let bytes):
            "the payload has \(bytes) bytes that are neither a text nor begin as CBOR does"
        case .tooLarge(let bytes):
            "the payload has \(bytes) bytes or more, at most \(PayloadDecoder.sizeLimit) are taken"
        case .missing(let field): "\"\(field)\" is missing"
        case .repeated(let field): "\"\(field)\" stands twice"
        case .wrongType(let field, let expected, let offset):
            "\"\(field)\" at byte \(offset) is not \(expected)"
        case .outOfRange(let field, let expected): "\"\(field)\" is out of range: expected \(expected)"
        case .unknownWord(let field, let known):
            "\"\(field)\" has a word that is not in its table; known: \(known.joined(separator: ", "))"
        case .tooManyNames: "this process knows \(NameTable.capacity) names already"
        case .tooManyLevels: "the topic has more than \(TopicFilter.levelLimit) levels"
        case .broken(let format, let offset, let expected):
            "not \(format) at byte \(offset): expected \(expected)"
        case .notUnderstood(let what): "\(what) is not understood here"
        case .tooMany(let what, let limit): "more \(what) than the \(limit) that are taken"
        case .missedBefore(let what): "\(what) has not come yet, and this message needs it"
        case .leftOut(let what): "left out: \(what), which says nothing that is measured now"
        case .noReading(0): "there is no value in it"
        case .noReading(let omitted):
            "no value in it became a reading: \(omitted) field\(omitted == 1 ? " was" : "s were") omitted"
        case .frame(let problem): problem.description
        case .unfit(let field, let found, let expected):
            "\"\(field)\" came as \(found): expected \(expected)"
        case .wrongUnit(let field, let found, let expected):
            "\"\(field)\" came in \"\(found)\", which is no unit of what the table has in \(expected)"
        case .reading(let subject, let problem): "in a reading of \"\(subject)\", \(problem)"
        }
    }
}
