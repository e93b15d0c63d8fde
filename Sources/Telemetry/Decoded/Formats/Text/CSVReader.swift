/// Reads the rows of comma-separated values (RFC 4180), or of those separated by semicolons, tabs or bars.
struct CSVReader {
    /// A cell as it lies in the payload, without the quotes around it.
    struct Cell {
        let raw: UnsafeRawBufferPointer
        /// Quotes in it stand there twice.
        let isQuoted: Bool
        /// Where it stands in the payload, for the words of problems.
        let offset: Int

        func append(to bytes: inout [UInt8]) {
            var isSecond = false
            for byte in raw {
                isSecond = isQuoted && byte == UInt8(ascii: "\"") && !isSecond
                // The first of two quotes is left out.
                if !isSecond { bytes.append(byte) }
            }
        }
    }

    let separator: UInt8
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// The separator is the one of four that the first line has most of, outside of quotes.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted { break }
            if !isQuoted, let index = Self.separators.firstIndex(of: byte) { counts[index] += 1 }
        }
        let most = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
        separator = Self.separators[most]
    }

    private static let separators = [",", ";", "\t", "|"].map { (text: Unicode.Scalar) in UInt8(ascii: text) }

    /// Reads the next row that is not empty into `cells`; false at the end.
    mutating func row(into cells: inout [Cell], limit: Int) throws(DecodeProblem) -> Bool {
        cells.removeAll(keepingCapacity: true)
        while position < bytes.count, isAtLineEnd { position += 1 }
        guard position < bytes.count else { return false }
        while true {
            guard cells.count < limit else { throw .tooMany(what: "columns", limit: limit) }
            cells.append(try cell())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        guard position == bytes.count || isAtLineEnd else {
            throw broken("a separator or the end of the line")
        }
        return true
    }

    private var isAtLineEnd: Bool {
        bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r")
    }

    private mutating func cell() throws(DecodeProblem) -> Cell {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            let start = position
            while position < bytes.count, bytes[position] != separator, !isAtLineEnd { position += 1 }
            let raw = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
            return Cell(raw: NumberText.trimmed(raw), isQuoted: false, offset: start)
        }
        position += 1
        let start = position
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else {
                    position += 1
                    let raw = UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1])
                    return Cell(raw: raw, isQuoted: true, offset: start)
                }
                position += 1
            }
            position += 1
        }
        throw broken("a closing quote")
    }

    func broken(_ expected: String) -> DecodeProblem {
        .broken(format: "CSV", offset: position, expected: expected)
    }
}
