/// Takes a line of InfluxDB line protocol apart, from left to right.
struct LineProtocolReader {
    typealias Run = DecodedReadings.Run

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Goes to the next line that says something; false when there is none.
    mutating func findLine() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
            case UInt8(ascii: "#"):
                position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            default: return true
            }
        }
        return false
    }

    mutating func measurement(_ readings: inout DecodedReadings) throws(DecodeProblem) -> Run {
        let name = word()
        guard !name.isEmpty else { throw broken("a measurement") }
        return intern(name, &readings)
    }

    /// What the line is about: the value of the tag that is called `subject`, else the tags as they are written, with
    /// their escapes: without them two different rows of tags could be one text. Takes the space behind them.
    mutating func subject(
        _ subject: [UInt8]?,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) -> Run {
        let start = position
        var named: UnsafeRawBufferPointer?
        while take(UInt8(ascii: ",")) {
            let key = token()
            guard !key.isEmpty, take(UInt8(ascii: "=")) else { throw broken("a tag and its value") }
            let value = token()
            guard !value.isEmpty else { throw broken("the value of a tag") }
            if let subject, Self.plain(key) == subject { named = value }
        }
        let tags = UnsafeRawBufferPointer(rebasing: bytes[start..<position].dropFirst())
        guard takeSpaces() else { throw broken("a space before the fields") }
        return named.map { intern($0, &readings) } ?? readings.intern(tags)
    }

    mutating func field(of measurement: Run, _ readings: inout DecodedReadings) throws(DecodeProblem) {
        let key = token()
        guard !key.isEmpty, take(UInt8(ascii: "=")) else { throw broken("a field and its value") }
        let name = readings.intern(measurement, dot: { Self.append(key, to: &$0) })
        if take(UInt8(ascii: "\"")) {
            let text = try restOfString()
            readings.append(
                name,
                text: readings.intern { Self.append(text, to: &$0, isEscaped: Self.isEscapedInStrings) }
            )
            return
        }
        let start = position
        let value = token()
        guard let number = Self.number(value) else {
            guard let flag = Self.flag(value) else {
                position = start
                throw broken("a number, i or u behind a whole one, true or false, or a text in quotes")
            }
            return readings.append(name, flag: flag)
        }
        readings.append(name, number)
    }

    /// The time at the end of the line, when there is one; takes the end of the line.
    mutating func timestamp() throws(DecodeProblem) -> Int64? {
        let hasSpace = takeSpaces()
        guard !isAtEnd else { return nil }
        guard hasSpace else { throw broken("a comma, a space or the end of the line") }
        let start = position
        guard let count: Int64 = NumberText.whole(word()) else {
            position = start
            throw broken("a whole number as the time")
        }
        _ = takeSpaces()
        guard isAtEnd else { throw broken("the end of the line") }
        return count
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    // MARK: Bytes

    private static func isEscapedInNames(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: " ")
    }

    private static func isEscapedInStrings(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private var isAtEnd: Bool {
        guard position < bytes.count else { return true }
        return bytes[position] == UInt8(ascii: "\n")
            || bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
                && bytes[position + 1] == UInt8(ascii: "\n")
    }

    /// The bytes up to a comma, a space or an equals sign that is not escaped, or to the end of the line.
    private mutating func token() -> UnsafeRawBufferPointer {
        word(upToEquals: true)
    }

    private mutating func word(upToEquals: Bool = false) -> UnsafeRawBufferPointer {
        let start = position
        while !isAtEnd {
            let byte = bytes[position]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") { break }
            if upToEquals, byte == UInt8(ascii: "=") { break }
            let isEscape =
                byte == UInt8(ascii: "\\") && position + 1 < bytes.count
                && Self.isEscapedInNames(bytes[position + 1])
            position += isEscape ? 2 : 1
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// The string whose opening quote has been taken; it may go over several lines.
    private mutating func restOfString() throws(DecodeProblem) -> UnsafeRawBufferPointer {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1])
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        position = bytes.count
        throw broken("a closing quote")
    }

    private mutating func takeSpaces() -> Bool {
        let start = position
        while take(UInt8(ascii: " ")) {}
        return position > start
    }

    private func intern(_ text: UnsafeRawBufferPointer, _ readings: inout DecodedReadings) -> Run {
        readings.intern { Self.append(text, to: &$0) }
    }

    private static func plain(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var plain: [UInt8] = []
        append(text, to: &plain)
        return plain
    }

    private static func append(_ text: UnsafeRawBufferPointer, to plain: inout [UInt8]) {
        append(text, to: &plain, isEscaped: isEscapedInNames)
    }

    /// A backslash stands for itself unless a byte follows that is escaped.
    private static func append(
        _ text: UnsafeRawBufferPointer,
        to plain: inout [UInt8],
        isEscaped: (UInt8) -> Bool
    ) {
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.count, isEscaped(text[index + 1]) {
                index += 1
            }
            plain.append(text[index])
            index += 1
        }
    }

    private static func number(_ text: UnsafeRawBufferPointer) -> Double? {
        let digits = UnsafeRawBufferPointer(rebasing: text.dropLast())
        switch text.last {
        case UInt8(ascii: "i"): return (NumberText.whole(digits) as Int64?).map { Double($0) }
        case UInt8(ascii: "u"): return (NumberText.whole(digits) as UInt64?).map { Double($0) }
        default: return NumberText.number(text)
        }
    }

    private static let yes: [StaticString] = ["t", "T", "true", "True", "TRUE"]
    private static let no: [StaticString] = ["f", "F", "false", "False", "FALSE"]

    private static func flag(_ text: UnsafeRawBufferPointer) -> Bool? {
        if yes.contains(where: text.isText) { return true }
        return no.contains(where: text.isText) ? false : nil
    }

    private func broken(_ expected: String) -> DecodeProblem {
        .broken(format: "line protocol", offset: position, expected: expected)
    }
}
