import Telemetry
import Units

/// What a device sends, once decoded.
///
/// A plain struct of numbers with units, times, names and words. Every property has an initial value; the table
/// says what each is called in the payload, in which unit the device sends it, and whether it may be missing:
///
/// ```swift
/// struct ElevatorStatus: Reading {
///     var elevator = Name()
///     var measuredAt = Moment()
///     var speed = Speed.zero
///
///     static var fields: [Field<Self>] {
///         Field("elevator", \.elevator)
///         Field("ts", \.measuredAt)
///         Field("speed", \.speed, in: .metresPerSecond)
///     }
/// }
/// ```
///
/// The table is the decoder. A named level of the topic (`{elevator}`) fills the field of that name. Values are
/// plain bytes (`BitwiseCopyable`): text that comes again is a `Name`, a fixed set of words is an enum. Two fields may
/// fill one property, each as another format calls it; one of them is enough where it must be there.
public protocol Reading: BitwiseCopyable, Sendable {
    init()
    @FieldsBuilder<Self> static var fields: [Field<Self>] { get }
    /// What it may look like, so that the texts about it can be tried before anything has happened (`vigie texts`):
    /// one with the initial values when nothing else is said.
    static var sample: Self { get }
}

extension Reading {
    public static var sample: Self { Self() }
}

/// A word that a device sends, as an enum of Swift.
public protocol Word: RawRepresentable<String>, CaseIterable, BitwiseCopyable, Sendable {}

@resultBuilder
public enum FieldsBuilder<Content: Reading> {
    public static func buildExpression(_ field: Field<Content>) -> Field<Content> { field }
    public static func buildBlock(_ fields: Field<Content>...) -> [Field<Content>] { fields }
}

/// What to do when a field is not in the payload, or null.
public enum Missing: Sendable {
    /// The message becomes a dead letter.
    case refused
    /// The property keeps its initial value.
    case keepsInitialValue
    /// The property keeps what this device said last, in the order in which its readings are processed; at first its
    /// initial value. For devices that send only what has changed.
    case keepsLastValue
}

/// One row of a reading's table: payload name, property, unit.
public struct Field<Content: Reading>: Sendable {
    let path: [String]
    let kind: FieldKind
    /// The symbol of the unit in which the device sends it; empty when it has none.
    let unit: String
    /// The base symbol of what the property measures; nil for what has no unit.
    let dimension: String?
    let missing: Missing
    let place: Place
    /// Where the property is; nil when the key path is no stored property of the reading.
    let offset: Int?

    private init(
        _ name: String,
        _ property: PartialKeyPath<Content>,
        _ kind: FieldKind,
        unit: String = "",
        dimension: String? = nil,
        _ missing: Missing,
        _ file: String,
        _ line: Int
    ) {
        path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        self.kind = kind
        self.unit = unit
        self.dimension = dimension
        self.missing = missing
        place = Place(file: file, line: line)
        offset = MemoryLayout<Content>.offset(of: property)
    }

    /// A number with the unit in which the device sends it. A dot in the name goes into an inner object.
    public init<Of: Dimension>(
        _ name: String,
        _ property: WritableKeyPath<Content, Quantity<Of>>,
        in unit: Unit<Of>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(
            name,
            property,
            .number(scale: unit.scale, offset: unit.offset),
            unit: unit.symbol,
            dimension: Of.baseSymbol,
            missing,
            file,
            line
        )
    }

    /// A number without a unit: a ratio, an index, a score.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Double>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .number(scale: 1, offset: 0), missing, file, line)
    }

    /// A whole number.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Int>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .integer, missing, file, line)
    }

    /// `true` or `false`, `1` or `0`.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Bool>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .bool, missing, file, line)
    }

    /// A time, between the years 2000 and 2200.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Moment>,
        as format: TimeFormat = .iso8601,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .time(format), missing, file, line)
    }

    /// A text of up to 255 bytes that comes again and again; a whole number is taken as its digits.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Name>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .name, missing, file, line)
    }

    /// One of a fixed set of words. A word that is not in the set becomes `otherwise`, or a dead letter.
    public init<Choice: Word>(
        _ name: String,
        _ property: WritableKeyPath<Content, Choice>,
        otherwise: Choice? = nil,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        let choices = Choice.allCases.map {
            ChoiceTable.Choice(word: $0.rawValue, bytes: withUnsafeBytes(of: $0) { [UInt8]($0) })
        }
        let otherwise = otherwise.map { withUnsafeBytes(of: $0) { [UInt8]($0) } }
        let table = ChoiceTable(choices, otherwise: otherwise)
        self.init(name, property, .choice(table), missing, file, line)
    }

    /// A block of acceleration samples: a list of `[x, y, z]` in the unit given.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Samples>,
        in unit: Unit<AccelerationDimension>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .samples(scale: unit.scale * 1000), unit: unit.symbol, missing, file, line)
    }

    /// A block of samples of a gyroscope: a list of `[x, y, z]` in the unit given. Kept in tenths of a degree a second.
    public init(
        _ name: String,
        _ property: WritableKeyPath<Content, Samples>,
        in unit: Unit<RotationDimension>,
        missing: Missing = .refused,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(name, property, .samples(scale: unit.scale * 10), unit: unit.symbol, missing, file, line)
    }
}

extension Field {
    /// Whether a number with a unit can be for one of two fields of the same name only.
    fileprivate func isToldApart(from other: Field) -> Bool {
        guard case .number = kind, case .number = other.kind else { return false }
        return dimension != other.dimension
    }
}

extension Reading {
    /// The reading's table for the decoder.
    static var layout: ReadingLayout {
        let initial = Self()
        return ReadingLayout(
            typeName: "\(Self.self)",
            size: MemoryLayout<Self>.size,
            stride: MemoryLayout<Self>.stride,
            initial: withUnsafeBytes(of: initial) { [UInt8]($0) },
            fields: fields.prefix(ReadingLayout.fieldLimit).compactMap { field in
                guard let offset = field.offset else { return nil }
                return FieldSlot(
                    path: field.path,
                    offset: offset,
                    kind: field.kind,
                    unit: field.unit,
                    dimension: field.dimension,
                    isRequired: field.missing == .refused,
                    keepsLastValue: field.missing == .keepsLastValue
                )
            }
        )
    }

    /// What is wrong with the table.
    static var problems: [Problem] {
        var problems: [Problem] = []
        var seen: [String: [Field<Self>]] = [:]
        let fields = fields
        for field in fields {
            let name = field.path.joined(separator: ".")
            if field.path.contains("") {
                problems.append(
                    Problem(
                        .error,
                        at: field.place,
                        "a field needs its name in the payload, found \"\(name)\""
                    )
                )
            }
            if field.offset == nil {
                problems.append(
                    Problem(
                        .error,
                        at: field.place,
                        "\"\(name)\" must fill a stored property of \(Self.self), found a computed one"
                    )
                )
            }
            if let first = seen[name]?.first(where: { !$0.isToldApart(from: field) }) {
                problems.append(
                    Problem(
                        .error,
                        at: field.place,
                        "\"\(name)\" is in the table already, at line \(first.place.line)"
                    )
                )
            }
            seen[name, default: []].append(field)
        }
        if fields.count > ReadingLayout.fieldLimit, let last = fields.last {
            problems.append(
                Problem(
                    .error,
                    at: last.place,
                    "a reading has at most \(ReadingLayout.fieldLimit) fields, found \(fields.count)"
                )
            )
        }
        return problems
    }
}
