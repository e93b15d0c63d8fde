/// Reads heads and strings of CBOR (RFC 8949) from left to right in place. Every length is checked against what is left.
struct CBORReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var left: Int { bytes.count - position }

    /// The next head; nothing is taken when it cannot be read.
    mutating func head() throws(DecodeProblem) -> CBORHead {
        guard position < bytes.count else { throw broken("another item") }
        let first = bytes[position]
        guard let major = CBORHead.Major(rawValue: first >> 5) else { throw broken("an item") }
        let information = first & 0x1F
        var argument = UInt64(information)
        var size = 0
        if information >= 24 {
            guard information < 28 else {
                guard information == CBORHead.indefinite, major != .unsigned, major != .negative,
                    major != .tag
                else {
                    throw broken("an argument of a known size")
                }
                position += 1
                return CBORHead(major: major, information: information, argument: 0)
            }
            size = 1 << Int(information - 24)
            guard size < left else { throw broken("an argument of \(size) bytes") }
            argument = 0
            for offset in 1...size { argument = argument << 8 | UInt64(bytes[position + offset]) }
            guard major != .simple || information != 24 || argument >= 32 else {
                throw broken("a simple value in its short form")
            }
        }
        position += 1 + size
        return CBORHead(major: major, information: information, argument: argument)
    }

    /// The head after all tags, and the innermost of these that makes a number of what follows.
    mutating func untaggedHead() throws(DecodeProblem) -> (head: CBORHead, numberTag: CBORHead.NumberTag?) {
        var tag: CBORHead.NumberTag?
        while true {
            let head = try head()
            guard head.major == .tag else { return (head, tag) }
            tag = CBORHead.NumberTag(rawValue: head.argument)
        }
    }

    /// The string whose head has been read. Texts must be UTF-8, each piece by itself.
    mutating func string(after head: CBORHead) throws(DecodeProblem) -> CBORString {
        guard head.isIndefinite else {
            return CBORString(raw: try run(head), isInPieces: false)
        }
        let start = position
        while true {
            let end = position
            let piece = try self.head()
            if piece.isBreak {
                return CBORString(raw: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), isInPieces: true)
            }
            guard piece.major == head.major, !piece.isIndefinite else {
                position = end
                throw broken("a piece of the same string")
            }
            _ = try run(piece)
        }
    }

    /// The next piece of a string that is known to be sound; nil when there is none.
    mutating func definitePiece() -> UnsafeRawBufferPointer? {
        do throws(DecodeProblem) {
            let head = try head()
            return try run(head)
        } catch {
            return nil
        }
    }

    private mutating func run(_ head: CBORHead) throws(DecodeProblem) -> UnsafeRawBufferPointer {
        guard head.argument <= UInt64(left) else { throw broken("a string of \(head.argument) bytes") }
        let end = position + Int(head.argument)
        let run = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
        guard head.major != .text || run.isUTF8 else { throw .notUTF8 }
        position = end
        return run
    }

    func broken(_ expected: String) -> DecodeProblem {
        .broken(format: "CBOR", offset: position, expected: expected)
    }
}
