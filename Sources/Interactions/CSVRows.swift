/// Reads the rows of a CSV file one by one, after RFC 4180.
///
/// Fields may be quoted, with `""` for a quote and with line breaks inside. Lines end in LF, CRLF or CR; a
/// byte order mark is skipped. The separator is the one of `,` `;` and tab that occurs most often in the
/// first line. Lines without any content are passed over. After a problem it goes on with the next line.
struct CSVRows {
    enum Step: Equatable {
        case row(line: Int, fields: [String])
        case problem(line: Int, text: String)
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        separator = Self.separator(of: bytes[position...])
    }

    /// The next row; nil at the end.
    mutating func next() -> Step? {
        while position < bytes.count {
            let start = line
            do throws(Malformed) {
                let fields = try row()
                if fields.contains(where: { !$0.isEmpty }) { return .row(line: start, fields: fields) }
            } catch {
                skipLine()
                return .problem(line: start, text: error.text)
            }
        }
        return nil
    }

    private struct Malformed: Error { let text: String }

    private mutating func row() throws(Malformed) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(
                position < bytes.count && bytes[position] == Self.quote ? try quoted() : try plain()
            )
            guard position < bytes.count else { return fields }
            if bytes[position] == separator {
                position += 1
                continue
            }
            passLineEnd()
            return fields
        }
    }

    private mutating func plain() throws(Malformed) -> String {
        let start = position
        while position < bytes.count, !endsField(bytes[position]) {
            guard bytes[position] != Self.quote else {
                throw Malformed(
                    text: "a quote inside a field; expected the whole field in quotes and \"\" for a quote; "
                        + "the row is not read"
                )
            }
            position += 1
        }
        return try text(of: bytes[start..<position])
    }

    private mutating func quoted() throws(Malformed) -> String {
        let opening = line
        var content: [UInt8] = []
        position += 1
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == Self.quote {
                content += bytes[start..<position]
                position += 1
                guard position < bytes.count, bytes[position] == Self.quote else {
                    guard position == bytes.count || endsField(bytes[position]) else {
                        throw Malformed(
                            text: "text after a closing quote; expected a separator or the end of the line; "
                                + "the row is not read"
                        )
                    }
                    return try text(of: content[...])
                }
                start = position
            } else if endsLine(byte) {
                passLineEnd()
                continue
            }
            position += 1
        }
        throw Malformed(
            text: "the quote opened in line \(opening) is never closed; expected a closing quote; "
                + "nothing from there on is read"
        )
    }

    private func text(of field: ArraySlice<UInt8>) throws(Malformed) -> String {
        do {
            return String(copying: try UTF8Span(validating: field.span))
        } catch {
            throw Malformed(
                text: "characters that are not UTF-8; expected a file saved as UTF-8 "
                    + "(in a spreadsheet: \"CSV UTF-8\"); the row is not read"
            )
        }
    }

    private func endsField(_ byte: UInt8) -> Bool { byte == separator || endsLine(byte) }

    private func endsLine(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

    private mutating func passLineEnd() {
        if bytes[position] == Self.carriageReturn, position + 1 < bytes.count,
            bytes[position + 1] == Self.lineFeed
        {
            position += 1
        }
        position += 1
        line += 1
    }

    private mutating func skipLine() {
        while position < bytes.count, !endsLine(bytes[position]) { position += 1 }
        if position < bytes.count { passLineEnd() }
    }

    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts = [0, 0, 0]
        let candidates = Array(",;\t".utf8)
        var isQuoted = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed || byte == carriageReturn { break }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        let most = counts.indices.max { counts[$0] < counts[$1] }
        return most.flatMap { counts[$0] > 0 ? candidates[$0] : nil } ?? candidates[0]
    }
}
