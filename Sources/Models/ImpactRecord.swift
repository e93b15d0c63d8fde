import Glibc

/// How hard the impacts of one wearer were so far: counts in sixteen classes from 1.5 g to 24 g.
struct ImpactRecord: BitwiseCopyable, Sendable {
    private var counts = InlineArray<16, UInt16>(repeating: 0)

    /// From so many impacts on a share of them means something.
    private static let least = 20

    private static func place(_ magnitude: Double) -> Int {
        min(15, max(0, Int(4 * log2(max(1, magnitude) / 1.5))))
    }

    mutating func take(_ magnitude: Double) {
        let place = Self.place(magnitude)
        if counts[place] == .max {
            for index in 0..<16 { counts[index] /= 2 }
        }
        counts[place] += 1
    }

    /// How many percent of the impacts were weaker; nil while there are few.
    func percentile(of magnitude: Double) -> Double? {
        let place = Self.place(magnitude)
        var all = 0
        var weaker = 0.0
        for index in 0..<16 {
            let count = Int(counts[index])
            all += count
            // Those of the same class: half of them.
            weaker += index < place ? Double(count) : index == place ? Double(count) / 2 : 0
        }
        return all < Self.least ? nil : 100 * weaker / Double(all)
    }
}
