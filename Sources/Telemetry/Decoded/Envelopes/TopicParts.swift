/// The levels of a topic, looked up where they lie.
struct TopicParts {
    private let topic: UnsafeRawBufferPointer

    init(_ topic: UnsafeRawBufferPointer) {
        self.topic = topic
    }

    var count: Int { topic.reduce(1) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 } }

    /// Nil past the end; negative ones count from the end.
    subscript(level: Int) -> UnsafeRawBufferPointer? {
        let wanted = level < 0 ? count + level : level
        guard wanted >= 0 else { return nil }
        let parts = topic.split(
            separator: UInt8(ascii: "/"),
            maxSplits: wanted + 1,
            omittingEmptySubsequences: false
        )
        return parts.count > wanted ? UnsafeRawBufferPointer(rebasing: parts[wanted]) : nil
    }

    func text(_ level: Int) -> String? {
        self[level].map { String(decoding: $0, as: UTF8.self) }
    }

    func `is`(_ level: Int, _ word: StaticString) -> Bool {
        self[level]?.equals(word) ?? false
    }

    /// The level behind the first one that is this word.
    func level(after word: StaticString) -> Int? {
        for level in 0..<count - 1 where self.is(level, word) { return level + 1 }
        return nil
    }

    /// The levels before one, slashes included; a negative one counts from the end.
    func upTo(_ level: Int) -> UnsafeRawBufferPointer {
        let wanted = level < 0 ? count + level : level
        guard wanted > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        var seen = 0
        let end = topic.firstIndex { byte in
            if byte == UInt8(ascii: "/") { seen += 1 }
            return seen == wanted
        }
        return UnsafeRawBufferPointer(rebasing: topic[..<(end ?? topic.endIndex)])
    }

    /// The levels from one on, slashes included; empty past the end.
    func from(_ level: Int) -> UnsafeRawBufferPointer {
        guard level > 0 else { return topic }
        let start = upTo(level).count + 1
        guard start <= topic.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: topic[start...])
    }

    /// The levels below these; nil for a topic that does not begin with them or ends there.
    func below(_ base: String) -> UnsafeRawBufferPointer? {
        let length = base.utf8.count
        guard topic.count > length + 1, topic.prefix(length).elementsEqual(base.utf8),
            topic[length] == UInt8(ascii: "/")
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: topic[(length + 1)...])
    }
}
