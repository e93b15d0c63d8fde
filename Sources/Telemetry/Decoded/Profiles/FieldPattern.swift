/// Matches the path of a field with the way a profile writes it.
///
/// `#` stands for one or more digits, whose number tells several alike apart (`switch:#.apower`); `*` for any text
/// within a level (`*.Temperature`); `-` for an underline as well, as gateways write the hyphens of BACnet. Everything
/// else stands for itself.
enum FieldPattern {
    enum Match: Equatable {
        case none
        /// With the number that stands for the last `#`, if there is one.
        case found(number: Int?)
    }

    static func match(_ pattern: StaticString, _ path: UnsafeRawBufferPointer) -> Match {
        let pattern = pattern.bytes
        // Nearly all fields part at the first byte.
        if let first = pattern.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "*"),
            first != path.first
        {
            return .none
        }
        return match(pattern[...], path[...], number: nil)
    }

    private typealias Slice = UnsafeRawBufferPointer.SubSequence

    private static func match(_ pattern: Slice, _ path: Slice, number: Int?) -> Match {
        var (pattern, path, number) = (pattern, path, number)
        while let expected = pattern.first {
            pattern = pattern.dropFirst()
            switch expected {
            case UInt8(ascii: "#"):
                let digits = path.prefix { $0.isDigit }
                // Nobody has a channel of more than nine digits.
                guard !digits.isEmpty, digits.count <= 9 else { return .none }
                number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
                path = path.dropFirst(digits.count)
            case UInt8(ascii: "*"):
                return matchRest(pattern, path, number: number)
            default:
                guard let found = path.first,
                    found == expected || (expected == UInt8(ascii: "-") && found == UInt8(ascii: "_"))
                else { return .none }
                path = path.dropFirst()
            }
        }
        return path.isEmpty ? .found(number: number) : .none
    }

    /// The shortest text within the level behind which the rest of the pattern fits. A pattern has one star, so this is
    /// linear in the length of the path times that of the pattern.
    private static func matchRest(_ pattern: Slice, _ path: Slice, number: Int?) -> Match {
        var path = path
        while true {
            let match = match(pattern, path, number: number)
            if match != .none { return match }
            guard let next = path.first, next != UInt8(ascii: ".") else { return .none }
            path = path.dropFirst()
        }
    }
}
