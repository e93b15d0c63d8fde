/// Finds what listens to a topic, in one walk over its levels and without allocating.
///
/// A trie over the levels of all filters. Topics that start with `$` match only filters that say so (MQTT 5,
/// 4.7.2).
public final class TopicRouter: Sendable {
    private let nodes: [Node]

    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var any: Int?
        var rest: [Int] = []
        var ends: [Int] = []
    }

    /// Routes to the positions of `filters`.
    public init(_ filters: [TopicFilter]) {
        var nodes = [Node()]
        for (index, filter) in filters.enumerated() {
            var node = 0
            for level in filter.levels {
                switch level {
                case .rest:
                    nodes[node].rest.append(index)
                    node = -1
                case .any, .named:
                    node = Self.child(of: node, in: &nodes, at: \.any)
                case .literal(let text):
                    node = Self.child(of: node, literal: [UInt8](text.utf8), in: &nodes)
                }
            }
            if node >= 0 { nodes[node].ends.append(index) }
        }
        self.nodes = nodes
    }

    private static func child(
        of node: Int,
        in nodes: inout [Node],
        at path: WritableKeyPath<Node, Int?>
    ) -> Int {
        if let child = nodes[node][keyPath: path] { return child }
        nodes.append(Node())
        nodes[node][keyPath: path] = nodes.count - 1
        return nodes.count - 1
    }

    private static func child(of node: Int, literal: [UInt8], in nodes: inout [Node]) -> Int {
        if let found = nodes[node].literals.first(where: { $0.text == literal }) { return found.node }
        nodes.append(Node())
        nodes[node].literals.append((literal, nodes.count - 1))
        return nodes.count - 1
    }

    /// Calls `found` with the position of each filter that matches, in an order that depends on the filters alone.
    public func match(_ levels: TopicLevels, _ found: (Int) -> Void) {
        walk(0, level: 0, levels, found)
    }

    private func walk(_ index: Int, level: Int, _ levels: TopicLevels, _ found: (Int) -> Void) {
        if level == levels.count {
            for end in nodes[index].ends { found(end) }
            // "sport/#" also matches "sport" (MQTT 5, 4.7.1.2).
            for rest in nodes[index].rest { found(rest) }
            return
        }
        let text = levels[level]
        let isHidden = level == 0 && text.first == UInt8(ascii: "$")
        for position in nodes[index].literals.indices
        where Self.isEqual(nodes[index].literals[position].text, text) {
            walk(nodes[index].literals[position].node, level: level + 1, levels, found)
        }
        guard !isHidden else { return }
        if let any = nodes[index].any { walk(any, level: level + 1, levels, found) }
        for rest in nodes[index].rest { found(rest) }
    }

    private static func isEqual(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }
}

/// The levels of one topic, found once and kept in memory that is reused for the next.
public final class TopicLevels {
    private var starts = [Int](repeating: 0, count: TopicFilter.levelLimit + 1)
    private var topic = UnsafeRawBufferPointer(start: nil, count: 0)
    public private(set) var count = 0

    public init() {}

    /// Splits a topic. The bytes must stay where they are until the next call. False when it has more levels
    /// than `TopicFilter.levelLimit`.
    public func split(_ topic: UnsafeRawBufferPointer) -> Bool {
        self.topic = topic
        count = 0
        starts[0] = 0
        for index in 0..<topic.count where topic[index] == UInt8(ascii: "/") {
            count += 1
            guard count < TopicFilter.levelLimit else { return false }
            starts[count] = index + 1
        }
        count += 1
        starts[count] = topic.count + 1
        return true
    }

    public subscript(level: Int) -> UnsafeRawBufferPointer {
        precondition(level >= 0 && level < count, "level \(level) of a topic with \(count)")
        return UnsafeRawBufferPointer(rebasing: topic[starts[level]..<starts[level + 1] - 1])
    }
}
