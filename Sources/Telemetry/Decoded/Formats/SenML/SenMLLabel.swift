/// The fields of a SenML record, numbered as in CBOR (RFC 8428 §4.3 and §6).
enum SenMLLabel: Int {
    case baseVersion = -1
    case baseName = -2
    case baseTime = -3
    case baseUnit = -4
    case baseValue = -5
    case baseSum = -6
    case name = 0
    case unit = 1
    case value = 2
    case stringValue = 3
    case booleanValue = 4
    case sum = 5
    case time = 6
    case updateTime = 7
    case dataValue = 8

    /// The label in JSON.
    var word: StaticString {
        switch self {
        case .baseVersion: "bver"
        case .baseName: "bn"
        case .baseTime: "bt"
        case .baseUnit: "bu"
        case .baseValue: "bv"
        case .baseSum: "bs"
        case .name: "n"
        case .unit: "u"
        case .value: "v"
        case .stringValue: "vs"
        case .booleanValue: "vb"
        case .sum: "s"
        case .time: "t"
        case .updateTime: "ut"
        case .dataValue: "vd"
        }
    }

    /// - Parameter word: the bytes of a label in JSON.
    init?(word: UnsafeRawBufferPointer) {
        switch word.count {
        case 1:
            switch word[0] {
            case UInt8(ascii: "n"): self = .name
            case UInt8(ascii: "u"): self = .unit
            case UInt8(ascii: "v"): self = .value
            case UInt8(ascii: "s"): self = .sum
            case UInt8(ascii: "t"): self = .time
            default: return nil
            }
        case 2:
            switch (word[0], word[1]) {
            case (UInt8(ascii: "b"), UInt8(ascii: "n")): self = .baseName
            case (UInt8(ascii: "b"), UInt8(ascii: "t")): self = .baseTime
            case (UInt8(ascii: "b"), UInt8(ascii: "u")): self = .baseUnit
            case (UInt8(ascii: "b"), UInt8(ascii: "v")): self = .baseValue
            case (UInt8(ascii: "b"), UInt8(ascii: "s")): self = .baseSum
            case (UInt8(ascii: "v"), UInt8(ascii: "s")): self = .stringValue
            case (UInt8(ascii: "v"), UInt8(ascii: "b")): self = .booleanValue
            case (UInt8(ascii: "v"), UInt8(ascii: "d")): self = .dataValue
            case (UInt8(ascii: "u"), UInt8(ascii: "t")): self = .updateTime
            default: return nil
            }
        case 4 where word.elementsEqual("bver".utf8): self = .baseVersion
        default: return nil
        }
    }

    /// Base fields hold for the records after theirs as well.
    var isBase: Bool { rawValue < 0 }
}

extension DocumentKey {
    /// Whether a reader that does not know this label must refuse the pack (RFC 8428 §4.4).
    var mustBeUnderstood: Bool {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes.last == UInt8(ascii: "_")
    }
}

/// A member's name that may be a SenML label.
protocol SenMLKey: DocumentKey {
    var senMLLabel: SenMLLabel? { get }
}

extension JSONText: SenMLKey {
    var senMLLabel: SenMLLabel? { withBytes(SenMLLabel.init(word:)) }
}

extension CBORKey: SenMLKey {
    /// The number, or the label of JSON, which some senders write.
    var senMLLabel: SenMLLabel? {
        switch self {
        case .integer(let number): SenMLLabel(rawValue: number)
        case .text(let text): text.isInPieces ? nil : SenMLLabel(word: text.raw)
        }
    }
}
