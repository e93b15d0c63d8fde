/// A value as a maker's decoder prints it: numbers, truths and texts take each other's place.
package enum LooseJSON: Decodable, Equatable, Sendable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case list([LooseJSON])
    case object([String: LooseJSON])
    case null

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() { self = .null; return }
        do { self = .flag(try value.decode(Bool.self)); return } catch is DecodingError {}
        do { self = .number(try value.decode(Double.self)); return } catch is DecodingError {}
        do { self = .text(try value.decode(String.self)); return } catch is DecodingError {}
        do { self = .list(try value.decode([LooseJSON].self)); return } catch is DecodingError {}
        self = .object(try value.decode([String: LooseJSON].self))
    }

    /// The number, or the one that the text begins with: `3.4V`, `2.3(low battery)`.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .flag(let flag): flag ? 1 : 0
        case .text(let text): Double(text.prefix { $0.isNumber || "+-.eE".contains($0) })
        case .list, .object, .null: nil
        }
    }

    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .text(let text): text
        case .list(let list): list.map(\.text).joined(separator: ",")
        case .object(let object): "\(object)"
        case .null: "null"
        }
    }

    static func leaves(_ value: LooseJSON, at path: String) -> [(path: String, value: LooseJSON)] {
        switch value {
        case .object(let object):
            object.sorted { $0.key < $1.key }.flatMap { leaves($0.value, at: "\(path).\($0.key)") }
        case .list(let list):
            list.enumerated().flatMap { leaves($0.element, at: "\(path)[\($0.offset)]") }
        default: [(path, value)]
        }
    }
}
