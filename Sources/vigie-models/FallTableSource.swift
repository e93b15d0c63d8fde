import Models

/// A table written down as Swift.
struct FallTableSource {
    let position: FallDetector.Position
    let table: FallTable

    var name: String { "FallTable+\("\(position)".prefix(1).uppercased() + "\(position)".dropFirst()).swift" }

    var text: String {
        let trees = stride(from: 0, to: table.trees.count, by: FallTable.numbers).map { first in
            let numbers = table.trees[first..<first + FallTable.numbers]
            let splits = numbers.prefix(2 * FallTable.splits).map(String.init).joined(separator: ", ")
            let branches = numbers.suffix(FallTable.branches).map(String.init).joined(separator: ", ")
            return "            \(splits),\n            \(branches),\n"
        }
        return """
            // Written by `vigie-models train-falls`; not to be changed by hand. The numbers were learned from the
            // people of \(table.origin); no row of that recording is in them.
            extension FallTable {
                package static let \(position) = FallTable(
                    origin: "\(table.origin)",
                    bias: \(table.bias),
                    limit: \(table.limit),
                    trees: [
            \(trees.joined())        ]
                )
            }

            """
    }
}
