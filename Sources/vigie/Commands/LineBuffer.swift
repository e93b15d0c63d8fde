/// Lines for stdout, written many at a time: a call into the system for each would cost more than making it.
struct LineBuffer {
    private static let limit = 1 << 16
    private var text = ""

    mutating func append(_ line: String) {
        if !text.isEmpty { text += "\n" }
        text += line
        if text.utf8.count >= Self.limit { flush() }
    }

    mutating func flush() {
        guard !text.isEmpty else { return }
        Terminal.print(text)
        text.removeAll(keepingCapacity: true)
    }
}
