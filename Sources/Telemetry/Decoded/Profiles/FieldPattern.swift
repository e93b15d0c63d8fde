/// Matches the path of a field with the way a profile writes it.
///
/// `#` stands for one or more digits, whose number tells several alike apart (`switch:#.apower`); `*` for any text
/// within a level (`*.Temperature`); `-` for an underline as well, as gateways write the hyphens of BACnet. Everything
/// else stands for itself.
struct FieldPattern {
    enum Match: Equatable {
        case none
        /// With the number that stands for the last `#`, if there is one.
        case found(number: Int?)
    }

    static func match(_ pattern: StaticString, _ path: UnsafeRawBufferPointer) -> Match {
        FieldPattern(pattern: pattern.bytes, path: path).match(from: 0, at: 0, number: nil)
    }

    private let pattern: UnsafeRawBufferPointer
    private let path: UnsafeRawBufferPointer

    /// Whether the pattern from `start` on fits the path from `position` on.
    private func match(from start: Int, at position: Int, number: Int?) -> Match {
        var (position, number) = (position, number)
        for index in start..<pattern.count {
            let expected = pattern[index]
            switch expected {
            case UInt8(ascii: "#"):
                let first = position
                var value = 0
                while position < path.count, path[position].isDigit {
                    // Nobody has a channel of more than nine digits.
                    guard position - first < 9 else { return .none }
                    value = value * 10 + Int(path[position] - UInt8(ascii: "0"))
                    position += 1
                }
                guard position > first else { return .none }
                number = value
            case UInt8(ascii: "*"):
                return matchRest(from: index + 1, at: position, number: number)
            default:
                guard position < path.count,
                    path[position] == expected
                        || (expected == UInt8(ascii: "-") && path[position] == UInt8(ascii: "_"))
                else { return .none }
                position += 1
            }
        }
        return position == path.count ? .found(number: number) : .none
    }

    /// The shortest text within the level behind which the rest of the pattern fits. A pattern has one star, so this is
    /// linear in the length of the path times that of the pattern.
    private func matchRest(from start: Int, at position: Int, number: Int?) -> Match {
        var position = position
        while true {
            let match = match(from: start, at: position, number: number)
            guard match == .none, position < path.count, path[position] != UInt8(ascii: ".") else {
                return match
            }
            position += 1
        }
    }
}
