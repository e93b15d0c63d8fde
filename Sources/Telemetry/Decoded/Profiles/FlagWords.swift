/// What the words of a list in one text say, such as those of a meter's status.
public struct FlagWords: Sendable {
    /// The words that make a reading true.
    public private(set) var flags: [(words: [StaticString], reading: ReadingName)] = []
    /// Words that say none of these, such as `OK`; see `FieldPattern`.
    public let others: [StaticString]
    /// Words that may stand in the place of others: `general_alarm`.
    public let vague: [StaticString]

    init(_ words: [(key: StaticString, value: ReadingName)], others: [StaticString], vague: [StaticString]) {
        self.others = others
        self.vague = vague
        for (word, reading) in words {
            if let index = flags.firstIndex(where: { $0.reading == reading }) {
                flags[index].words.append(word)
            } else {
                flags.append(([word], reading))
            }
        }
    }

    /// Whether a reading that no word of the text says is false. Of a text with a word that nobody has explained, or with
    /// a vague one, that is not known.
    func isComplete(_ text: UnsafeRawBufferPointer) -> Bool {
        text.words.allSatisfy { word in
            if vague.contains(where: { word.equals(ignoringCase: $0) }) { return false }
            return flags.contains { $0.words.contains { word.equals(ignoringCase: $0) } }
                || others.contains {
                    word.equals(ignoringCase: $0) || FieldPattern.match($0, word) != .none
                }
        } || others.contains { text.equals(ignoringCase: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// What spaces or commas separate.
    fileprivate var words: some Sequence<UnsafeRawBufferPointer> {
        split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
            .lazy.map { UnsafeRawBufferPointer(rebasing: $0) }
    }

    /// Whether a word is one of those in this text.
    func hasWord(_ word: StaticString) -> Bool {
        words.contains { $0.equals(ignoringCase: word) }
    }
}
