/// Walks over a document like `{"sites":[{…},…],"assets":[…]}` and hands over one element at a time, so that
/// a large directory is never in memory as a tree.
///
/// A malformed element is reported and passed over by its brackets and quotes; where the lists themselves are
/// malformed the walk ends.
struct JSONRecords {
    enum Step {
        case element(list: String, index: Int, line: Int, value: JSON)
        case malformed(list: String, index: Int, line: Int, JSONProblem)
        /// A member of the document that is no list.
        case noList(name: String, line: Int)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var list: (name: String, index: Int)?
    private var place = Place.before

    /// What was passed last.
    private enum Place { case before, openingBracket, item, end }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The line reached: where the problem is, once `next` has thrown.
    var currentLine: Int { line }

    /// The next element; nil at the end of the document.
    mutating func next() throws(JSONProblem) -> Step? {
        while true {
            if let current = list {
                if let step = try nextElement(of: current) { return step }
            } else {
                guard let name = try nextName() else { return nil }
                if peek() == UInt8(ascii: "[") {
                    position += 1
                    list = (name, 0)
                    place = .openingBracket
                } else {
                    let start = line
                    _ = try parse(extent())
                    return .noList(name: name, line: start)
                }
            }
        }
    }

    private mutating func nextElement(of current: (name: String, index: Int)) throws(JSONProblem) -> Step? {
        skipSpace()
        if take("]") {
            list = nil
            place = .item
            return nil
        }
        if place == .item {
            guard take(",") else { throw problem("',' or ']'") }
            skipSpace()
        }
        place = .item
        list = (current.name, current.index + 1)
        let start = line
        let range = extent()
        guard !range.isEmpty else { throw problem("a value") }
        do throws(JSONProblem) {
            let value = try parse(range)
            return .element(list: current.name, index: current.index, line: start, value: value)
        } catch {
            return .malformed(list: current.name, index: current.index, line: start, error)
        }
    }

    /// The name of the next member of the document; nil at its end.
    private mutating func nextName() throws(JSONProblem) -> String? {
        skipSpace()
        switch place {
        case .end:
            return nil
        case .before:
            guard take("{") else { throw problem("'{'") }
            place = .openingBracket
        case .openingBracket, .item:
            break
        }
        skipSpace()
        if take("}") {
            place = .end
            skipSpace()
            guard position == bytes.count else { throw problem("nothing more after the value") }
            return nil
        }
        if place == .item {
            guard take(",") else { throw problem("',' or '}'") }
            skipSpace()
        }
        place = .item
        guard peek() == UInt8(ascii: "\""), case .string(let name) = try parse(extent()) else {
            throw problem("a name in quotes")
        }
        skipSpace()
        guard take(":") else { throw problem("':' after the name") }
        skipSpace()
        return name
    }

    private func parse(_ range: Range<Int>) throws(JSONProblem) -> JSON {
        do throws(JSONProblem) {
            return try JSON(parsing: Array(bytes[range]))
        } catch {
            throw JSONProblem(offset: error.offset + range.lowerBound, expected: error.expected)
        }
    }

    /// Passes over one value and gives where it stood.
    private mutating func extent() -> Range<Int> {
        let start = position
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                skipString()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard depth > 0 else { return start..<position }
                depth -= 1
                position += 1
            case UInt8(ascii: ",") where depth == 0:
                return start..<position
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            default:
                position += 1
            }
            if depth == 0,
                byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "\"")
            {
                break
            }
        }
        return start..<position
    }

    private mutating func skipString() {
        position += 1
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\") where position < bytes.count: position += 1
            case UInt8(ascii: "\n"): line += 1
            default: continue
            }
        }
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            if byte == 0x0A { line += 1 }
            position += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private func problem(_ expected: String) -> JSONProblem {
        JSONProblem(offset: position, expected: "expected \(expected)")
    }
}
