import Units

/// Where the fields of a reading are in its memory, what they are called in the payload and how they are to be
/// read: the decoder's table, made once from `Reading.fields`.
public struct ReadingLayout: Sendable {
    public let typeName: String
    public let size: Int
    public let stride: Int
    /// The bytes of a reading in which every property has its initial value.
    public let initial: [UInt8]
    public let fields: [FieldSlot]
    /// The fields that keep what the device said last when a message does not have them, one bit each.
    public let lasting: UInt64
    /// Whether some property is filled by more than one field, each as another format calls it.
    private let sharesProperties: Bool
    /// A reading has at most this many fields.
    public static let fieldLimit = 64

    public init(typeName: String, size: Int, stride: Int, initial: [UInt8], fields: [FieldSlot]) {
        self.typeName = typeName
        self.size = size
        self.stride = stride
        self.initial = initial
        self.fields = fields
        lasting = fields.prefix(Self.fieldLimit).enumerated().reduce(0) { bits, field in
            field.element.keepsLastValue ? bits | 1 << UInt64(field.offset) : bits
        }
        sharesProperties = Set(fields.map(\.offset)).count < fields.count
    }

    /// Those of some fields, one bit each, whose property no field of the message has filled.
    func unfilled(_ missing: UInt64, by seen: UInt64) -> UInt64 {
        guard sharesProperties else { return missing }
        let filled = Self.numbers(of: seen).map { fields[$0].offset }
        return Self.numbers(of: missing).reduce(0) { bits, field in
            filled.contains(fields[field].offset) ? bits : bits | 1 << UInt64(field)
        }
    }

    private static func numbers(of bits: UInt64) -> some Sequence<Int> {
        sequence(state: bits) { rest in
            guard rest != 0 else { return nil }
            defer { rest &= rest &- 1 }
            return rest.trailingZeroBitCount
        }
    }
}

/// One row of a reading's table.
public struct FieldSlot: Sendable {
    /// The member names that lead to the value in the payload.
    public let path: [String]
    /// Where the property is in the reading.
    public let offset: Int
    public let kind: FieldKind
    /// The symbol of the unit in which the device sends it; empty when it has none.
    public let unit: String
    /// The base symbol of what the property measures (`Dimension.baseSymbol`); nil for what has no unit.
    public let dimension: String?
    public let isRequired: Bool
    /// A message without it leaves the property as the device's last reading has it.
    public let keepsLastValue: Bool

    public init(
        path: [String],
        offset: Int,
        kind: FieldKind,
        unit: String = "",
        dimension: String? = nil,
        isRequired: Bool,
        keepsLastValue: Bool = false
    ) {
        self.path = path
        self.offset = offset
        self.kind = kind
        self.unit = unit
        self.dimension = dimension
        self.isRequired = isRequired
        self.keepsLastValue = keepsLastValue
    }

    public var name: String { path.joined(separator: ".") }
}

/// How a value of the payload becomes the bytes of a property.
public enum FieldKind: Sendable {
    /// A whole number.
    case integer
    /// `property = number × scale + offset`.
    case number(scale: Double, offset: Double)
    case bool
    case time(TimeFormat)
    case name
    /// One of the words; the bytes are those of the property for that word. `otherwise` is taken for any other.
    case choice(ChoiceTable)
    /// A list of `[x, y, z]`, each number in thousandths of g after scaling.
    case samples(scale: Double)
}

/// How a device writes a time.
public enum TimeFormat: Hashable, Sendable {
    /// `2026-01-05T07:31:02.120Z`, with `Z` or an offset.
    case iso8601
    case epochSeconds
    case epochMilliseconds
}

/// The words of an enumeration and the bytes each becomes.
public struct ChoiceTable: Sendable {
    public struct Choice: Sendable {
        public let word: String
        let bytes: [UInt8]

        public init(word: String, bytes: [UInt8]) {
            self.word = word
            self.bytes = bytes
        }
    }

    public let choices: [Choice]
    let otherwise: [UInt8]?

    public init(_ choices: [Choice], otherwise: [UInt8]?) {
        self.choices = choices
        self.otherwise = otherwise
    }

    /// The bytes of the property.
    var width: Int { choices.first?.bytes.count ?? 0 }
}
