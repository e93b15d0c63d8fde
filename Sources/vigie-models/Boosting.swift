import Foundation
import Measuring
import Models

/// Learns a table of boosted trees: gradient boosting of the logistic loss (Friedman 2001) on histograms, with
/// Newton steps; each tree sees a part of the rows and of the features. The same seed gives the same table.
struct Boosting {
    var trees = 80
    var rate: Float = 0.12
    /// Rows that a tree sees, and features, in percent.
    var rows = 60
    var columns = 60
    var ridge: Float = 2
    /// The least curvature of a branch: about the number of undecided rows.
    var leastWeight: Float = 3
    var seed: UInt64 = 1
    /// The features that may be looked at.
    var features = Array(0..<FallFeatures.count)

    struct Row {
        var features: FallFeatures
        var isFall: Bool
        var weight: Float = 1
    }

    /// Features in up to 256 classes of about equal numbers of rows.
    private struct Binned {
        var bins: [[UInt8]]
        /// Of each feature: the largest value of each class but the last.
        var edges: [[Int16]]

        init(_ rows: [Row]) {
            bins = []
            edges = []
            for feature in 0..<FallFeatures.count {
                let values = rows.map { $0.features[feature] }
                let sorted = values.sorted()
                var edge: [Int16] = []
                for part in 1..<256 where !sorted.isEmpty {
                    let value = sorted[(part * sorted.count / 256)]
                    if edge.last.map({ $0 < value }) ?? true, value < sorted[sorted.count - 1] {
                        edge.append(value)
                    }
                }
                edges.append(edge)
                bins.append(values.map { value in UInt8(edge.partitioningIndex { $0 >= value }) })
            }
        }
    }

    private struct Split {
        var gain: Float = 0
        var feature = 0
        var bin = 0
    }

    func table(from rows: [Row], origin: String, limit: Float) -> FallTable {
        let binned = Binned(rows)
        let falls = rows.reduce(Float(0)) { $0 + ($1.isFall ? $1.weight : 0) }
        let all = rows.reduce(Float(0)) { $0 + $1.weight }
        let start = logit(falls / all)
        var bias = start
        var margins = [Float](repeating: start, count: rows.count)
        var random = SplitMix(state: seed)
        var numbers: [Int16] = []
        for _ in 0..<trees {
            let tree = grow(rows, binned, &margins, &random)
            bias += tree.root
            numbers += tree.numbers
        }
        return FallTable(origin: origin, bias: bias, limit: limit, trees: numbers)
    }

    private func logit(_ share: Float) -> Float {
        let p = min(max(share, 0.001), 0.999)
        return Float(log(Double(p / (1 - p))))
    }

    private func grow(
        _ rows: [Row],
        _ binned: Binned,
        _ margins: inout [Float],
        _ random: inout SplitMix
    ) -> (root: Float, numbers: [Int16]) {
        let chosen = features.filter { _ in random.below(100) < columns }
        var slopes = [Float](repeating: 0, count: rows.count)
        var curves = slopes
        var sample: [Int32] = []
        for index in rows.indices {
            let p = 1 / (1 + Float(exp(Double(-margins[index]))))
            slopes[index] = ((rows[index].isFall ? 1 : 0) - p) * rows[index].weight
            curves[index] = max(1e-6, p * (1 - p)) * rows[index].weight
            if random.below(100) < self.rows { sample.append(Int32(index)) }
        }
        var node = [UInt8](repeating: 0, count: rows.count)
        var splits = [Split](repeating: Split(), count: FallTable.splits)
        for depth in 0..<3 {
            let first = (1 << depth) - 1
            let found = best(depth, chosen, binned, sample, node, slopes, curves)
            for place in 0..<(1 << depth) { splits[first + place] = found[place] }
            for index in rows.indices {
                let split = splits[first + Int(node[index])]
                let isRight = split.gain > 0 && Int(binned.bins[split.feature][index]) > split.bin
                node[index] = node[index] * 2 + (isRight ? 1 : 0)
            }
        }
        return finish(rows, binned, splits, sample, node, slopes, curves, &margins)
    }

    /// The best split of each node of a level.
    private func best(
        _ depth: Int,
        _ chosen: [Int],
        _ binned: Binned,
        _ sample: [Int32],
        _ node: [UInt8],
        _ slopes: [Float],
        _ curves: [Float]
    ) -> [Split] {
        let nodes = 1 << depth
        var best = [Split](repeating: Split(), count: nodes)
        // Side by side in memory, as they are gone through once for each feature.
        let parts = sample.map { row in
            (row: row, first: Int32(node[Int(row)]) * 256, sum: SIMD2(slopes[Int(row)], curves[Int(row)]))
        }
        var histogram = [SIMD2<Float>](repeating: .zero, count: nodes * 256)
        for feature in chosen {
            for index in histogram.indices { histogram[index] = .zero }
            binned.bins[feature].withUnsafeBufferPointer { bins in
                for part in parts {
                    histogram[Int(part.first) + Int(bins[Int(part.row)])] += part.sum
                }
            }
            for place in 0..<nodes {
                let classes = histogram[(place * 256)..<(place * 256 + 256)]
                let whole = classes.reduce(.zero, +)
                var left = SIMD2<Float>.zero
                for bin in 0..<binned.edges[feature].count {
                    left += classes[place * 256 + bin]
                    let right = whole - left
                    guard left.y >= leastWeight, right.y >= leastWeight else { continue }
                    let gain = worth(left) + worth(right) - worth(whole)
                    if gain > best[place].gain { best[place] = Split(gain: gain, feature: feature, bin: bin) }
                }
            }
        }
        return best
    }

    private func worth(_ sum: SIMD2<Float>) -> Float { sum.x * sum.x / (sum.y + ridge) }
    private func step(_ sum: SIMD2<Float>) -> Float { rate * sum.x / (sum.y + ridge) }

    /// The numbers of the tree, and what its leaves add to the margins of all rows.
    private func finish(
        _ rows: [Row],
        _ binned: Binned,
        _ splits: [Split],
        _ sample: [Int32],
        _ leaf: [UInt8],
        _ slopes: [Float],
        _ curves: [Float],
        _ margins: inout [Float]
    ) -> (root: Float, numbers: [Int16]) {
        var sums = [SIMD2<Float>](repeating: .zero, count: 15)
        for row in sample { sums[7 + Int(leaf[Int(row)])] += SIMD2(slopes[Int(row)], curves[Int(row)]) }
        for node in (0..<7).reversed() { sums[node] = sums[2 * node + 1] + sums[2 * node + 2] }
        let values = sums.map(step)
        let branches = (1..<15).map { node in
            Int16(clamping: Int(((values[node] - values[(node - 1) / 2]) * FallTable.unit).rounded()))
        }
        // From the rounded numbers, so that the next tree mends what rounding spoilt.
        let leaves = (0..<8).map { leaf -> Float in
            let (top, middle) = (leaf >> 2, 2 + (leaf >> 1))
            return values[0]
                + (Float(branches[top]) + Float(branches[middle]) + Float(branches[6 + leaf]))
                / FallTable.unit
        }
        for index in rows.indices { margins[index] += leaves[Int(leaf[index])] }
        let features = splits.map { Int16($0.gain > 0 ? $0.feature : 0) }
        let thresholds = splits.map { $0.gain > 0 ? binned.edges[$0.feature][$0.bin] : Int16.max }
        return (values[0], features + thresholds + branches)
    }
}

extension Array {
    /// The first index from which on a condition holds; it holds for all that come after.
    func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
