/// The levels of one topic, found once and kept in memory that is reused for the next.
public final class TopicLevels {
    /// Where each level begins, and one behind the end of the last.
    private let starts: UnsafeMutablePointer<Int32>
    private var topic = UnsafeRawBufferPointer(start: nil, count: 0)
    public private(set) var count = 0

    public init() {
        starts = .allocate(capacity: TopicFilter.levelLimit + 1)
        starts.initialize(repeating: 0, count: TopicFilter.levelLimit + 1)
    }

    deinit {
        starts.deallocate()
    }

    /// Splits a topic. The bytes must stay where they are until the next call. False when it has more levels
    /// than `TopicFilter.levelLimit`.
    public func split(_ topic: UnsafeRawBufferPointer) -> Bool {
        self.topic = topic
        count = 0
        starts[0] = 0
        guard let bytes = topic.baseAddress else {
            count = 1
            starts[1] = 1
            return true
        }
        var levels = 1
        var offset = 0
        let separators = Words64.ones &* UInt64(UInt8(ascii: "/"))
        while offset + 8 <= topic.count {
            var hits = Words64.zeroBytes(of: Words64.load(bytes, offset) ^ separators)
            while hits != 0 {
                guard levels < TopicFilter.levelLimit else { return false }
                starts[levels] = Int32(offset + (hits.trailingZeroBitCount >> 3) + 1)
                levels += 1
                hits &= hits &- 1
            }
            offset += 8
        }
        while offset < topic.count {
            if topic[offset] == UInt8(ascii: "/") {
                guard levels < TopicFilter.levelLimit else { return false }
                starts[levels] = Int32(offset + 1)
                levels += 1
            }
            offset += 1
        }
        starts[levels] = Int32(topic.count + 1)
        count = levels
        return true
    }

    public subscript(level: Int) -> UnsafeRawBufferPointer {
        precondition(level >= 0 && level < count, "level \(level) of a topic with \(count)")
        let start = Int(starts[level])
        return UnsafeRawBufferPointer(rebasing: topic[start..<Int(starts[level + 1]) - 1])
    }

    /// Whether a level is this text, at which eight bytes can be read.
    @inline(__always)
    func isEqual(_ level: Int, _ text: UnsafePointer<UInt8>, count: Int) -> Bool {
        let start = Int(starts[level])
        guard Int(starts[level + 1]) - 1 - start == count, let bytes = topic.baseAddress else {
            return count == 0 && topic.isEmpty
        }
        return Words64.areEqual(bytes + start, readable: topic.count - start, text, count)
    }
}
