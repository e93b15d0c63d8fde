/// Finds what listens to a topic, in one walk over its levels and without allocating.
///
/// A trie over the levels of all filters. Topics that start with `$` match only filters that say so (MQTT 5,
/// 4.7.2).
public final class TopicRouter: @unchecked Sendable {
    // Unchecked: nothing of it changes after it was made.
    private let nodes: Frozen<Node>
    private let literals: Frozen<Literal>
    private let filters: Frozen<Int32>
    private let texts: Frozen<UInt8>

    /// A run of rows in one of the tables.
    private struct Run: BitwiseCopyable {
        var start: Int32 = 0
        var count: Int32 = 0

        var range: Range<Int> { Int(start)..<Int(start + count) }
    }

    private struct Literal: BitwiseCopyable {
        let text: Run
        let node: Int32
    }

    private struct Node: BitwiseCopyable {
        var literals = Run()
        /// The node behind a level that may be anything; -1: none.
        var any: Int32 = -1
        /// Filters that take everything from here on, and filters that end here.
        var rest = Run()
        var ends = Run()
    }

    /// Routes to the positions of `filters`.
    public init(_ filters: [TopicFilter]) {
        var branches = [Branch()]
        for (index, filter) in filters.enumerated() { Branch.insert(filter, index, into: &branches) }
        var nodes: [Node] = []
        var literals: [Literal] = []
        var positions: [Int32] = []
        var texts: [UInt8] = []
        func run(_ indexes: [Int]) -> Run {
            defer { positions.append(contentsOf: indexes.map(Int32.init)) }
            return Run(start: Int32(positions.count), count: Int32(indexes.count))
        }
        for branch in branches {
            var node = Node()
            node.any = branch.any.map(Int32.init) ?? -1
            node.rest = run(branch.rest)
            node.ends = run(branch.ends)
            node.literals = Run(start: Int32(literals.count), count: Int32(branch.literals.count))
            for literal in branch.literals {
                let text = Run(start: Int32(texts.count), count: Int32(literal.text.utf8.count))
                texts.append(contentsOf: literal.text.utf8)
                literals.append(Literal(text: text, node: Int32(literal.node)))
            }
            nodes.append(node)
        }
        self.nodes = Frozen(nodes)
        self.literals = Frozen(literals)
        self.filters = Frozen(positions)
        // Padded, so that eight bytes may be read at the begin of each text.
        self.texts = Frozen(texts + [UInt8](repeating: 0, count: 8))
    }

    deinit {
        nodes.deallocate()
        literals.deallocate()
        filters.deallocate()
        texts.deallocate()
    }

    /// A node of the trie while it grows.
    private struct Branch {
        var literals: [(text: String, node: Int)] = []
        var any: Int?
        var rest: [Int] = []
        var ends: [Int] = []

        static func insert(_ filter: TopicFilter, _ index: Int, into branches: inout [Branch]) {
            var node = 0
            for level in filter.levels {
                switch level {
                case .rest:
                    branches[node].rest.append(index)
                    return
                case .any, .named:
                    if branches[node].any == nil {
                        branches.append(Branch())
                        branches[node].any = branches.count - 1
                    }
                    node = branches[node].any ?? node
                case .literal(let text):
                    if let known = branches[node].literals.first(where: { $0.text == text }) {
                        node = known.node
                    } else {
                        branches.append(Branch())
                        branches[node].literals.append((text, branches.count - 1))
                        node = branches.count - 1
                    }
                }
            }
            branches[node].ends.append(index)
        }
    }

    /// Calls `found` with the position of each filter that matches, in an order that depends on the filters alone.
    public func match(_ levels: TopicLevels, _ found: (Int) -> Void) {
        walk(0, level: 0, levels, found)
    }

    private func walk(_ index: Int, level: Int, _ levels: TopicLevels, _ found: (Int) -> Void) {
        let node = nodes[index]
        if level == levels.count {
            for position in node.ends.range { found(Int(filters[position])) }
            // "sport/#" also matches "sport" (MQTT 5, 4.7.1.2).
            for position in node.rest.range { found(Int(filters[position])) }
            return
        }
        for position in node.literals.range {
            let literal = literals[position]
            let text = texts.address(of: Int(literal.text.start))
            guard levels.isEqual(level, text, count: Int(literal.text.count)) else { continue }
            walk(Int(literal.node), level: level + 1, levels, found)
        }
        let isHidden = level == 0 && levels[0].first == UInt8(ascii: "$")
        guard !isHidden else { return }
        if node.any >= 0 { walk(Int(node.any), level: level + 1, levels, found) }
        for position in node.rest.range { found(Int(filters[position])) }
    }
}
