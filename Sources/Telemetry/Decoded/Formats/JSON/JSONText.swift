/// A text in a JSON payload, as it lies there; valid as long as the payload is.
struct JSONText: DocumentKey {
    /// What stands between the quotes, escapes included.
    let raw: UnsafeRawBufferPointer
    let isEscaped: Bool

    /// Whether it is this text. Escapes are resolved before; the right side has none.
    static func == (text: JSONText, word: StaticString) -> Bool {
        text.isEscaped ? text.resolved.isText(word) : text.raw.isText(word)
    }

    static func ~= (word: StaticString, text: JSONText) -> Bool {
        text == word
    }

    func append(to bytes: inout [UInt8]) {
        if isEscaped {
            JSONEscapes.append(raw, resolvedTo: &bytes)
        } else {
            bytes.append(contentsOf: raw)
        }
    }

    /// The text with its escapes resolved, for what is not on the path of every message.
    var resolved: [UInt8] {
        var plain: [UInt8] = []
        append(to: &plain)
        return plain
    }

    /// Calls `body` with the bytes it stands for, which are valid during the call.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        isEscaped ? resolved.withUnsafeBytes(body) : body(raw)
    }
}
