/// Numbers as people and spreadsheets write them: `21.5`, `+1`, `007`, `.5`, `5.`, `1e-3`.
enum NumberText {
    /// The whole text as a number; nil when it is none, or beyond the range of `Double`.
    ///
    /// - Parameter mark: the decimal mark.
    static func number(_ text: UnsafeRawBufferPointer, mark: UInt8 = UInt8(ascii: ".")) -> Double? {
        guard isNumber(text, mark), let start = text.baseAddress else { return nil }
        if mark == UInt8(ascii: "."), let number = short(start, text.count) { return number }
        let decimal = text.map { $0 == mark ? UInt8(ascii: ".") : $0 }
        guard let number = Double(String(decoding: decimal, as: UTF8.self)), number.isFinite else {
            return nil
        }
        return number
    }

    /// What JSON writes as well, which is most of it.
    private static func short(_ start: UnsafeRawPointer, _ count: Int) -> Double? {
        var scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: count)
        do throws(ScanFailure) {
            let number = try scanner.number()
            return scanner.position == count ? number : nil
        } catch {
            return nil
        }
    }

    private static func isNumber(_ text: UnsafeRawBufferPointer, _ mark: UInt8) -> Bool {
        var rest = text[...]
        func sign() {
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        }
        func digits() -> Int {
            let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
            rest.removeFirst(count)
            return count
        }
        sign()
        var count = digits()
        if rest.first == mark {
            rest.removeFirst()
            count += digits()
        }
        guard count > 0 else { return false }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            sign()
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// The whole text as a whole number.
    static func whole<Number: FixedWidthInteger>(_ text: UnsafeRawBufferPointer) -> Number? {
        guard text.count <= 20 else { return nil }
        return Number(String(decoding: text, as: UTF8.self))
    }

    /// `true`, `false`, and the other words for them, in any case.
    static func flag(_ text: UnsafeRawBufferPointer, _ yes: [StaticString], _ no: [StaticString]) -> Bool? {
        if yes.contains(where: { isWord(text, $0) }) { return true }
        return no.contains(where: { isWord(text, $0) }) ? false : nil
    }

    /// Whether a text is a word, which is in small letters, in any case.
    static func isWord(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount
            && text.lazy.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }.isText(word)
    }

    /// A text without the spaces around it.
    static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var rest = text[...]
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return UnsafeRawBufferPointer(rebasing: rest)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }
}
