/// Boosted regression trees of depth 3 over the features of an impact: how likely it was a fall.
///
/// Per tree 28 numbers: of 7 splits the features, then their thresholds in thousandths (at most: to the left),
/// then what each of the 14 branches adds to the log-odds, in 4096ths. The log-odds of a fall are the bias and the
/// sum over the three branches taken in each tree (J. H. Friedman, Annals of Statistics 29, 2001), so that every
/// split's part in a decision is known exactly.
package struct FallTable: Sendable {
    /// The recordings whose people it was learned from.
    package let origin: String
    package let bias: Float
    /// The log-odds from which on an impact is told as a fall.
    package let limit: Float
    package let trees: [Int16]

    package static let splits = 7
    package static let branches = 14
    package static let numbers = 2 * splits + branches
    package static let unit: Float = 4096

    package init(origin: String, bias: Float, limit: Float, trees: [Int16]) {
        self.origin = origin
        self.bias = bias
        self.limit = limit
        self.trees = trees
    }

    /// The log-odds of a fall, and how much of it each group of features contributed.
    package func judge(_ features: FallFeatures) -> Judgement {
        var judgement = Judgement(logOdds: bias)
        for tree in stride(from: 0, to: trees.count - Self.numbers + 1, by: Self.numbers) {
            var node = 0
            for _ in 0..<3 {
                let feature = Int(trees[tree + node])
                let isRight = features[feature] > trees[tree + Self.splits + node]
                let branch = 2 * node + (isRight ? 1 : 0)
                judgement.add(
                    Float(trees[tree + 2 * Self.splits + branch]) / Self.unit,
                    of: FallFeature.groups[feature]
                )
                node = branch + 1
            }
        }
        return judgement
    }

    /// A sum with its parts.
    package struct Judgement: BitwiseCopyable, Sendable {
        package private(set) var logOdds: Float
        private var parts = InlineArray<5, Float>(repeating: 0)

        init(logOdds: Float) { self.logOdds = logOdds }

        fileprivate mutating func add(_ value: Float, of group: FallFeature.Group) {
            logOdds += value
            parts[group.rawValue] += value
        }

        func part(of group: FallFeature.Group) -> Double { Double(parts[group.rawValue]) }
    }
}
