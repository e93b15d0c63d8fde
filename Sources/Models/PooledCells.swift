/// A fading mean and mean deviation for each cell of a table: for each part of the day of each kind of day.
///
/// A cell that has never been visited answers with the mean of the same part of the day over the other kinds
/// (or, where there is none, over all) and begins its own mean there: so a profile of a week is of use from
/// its second day on.
///
/// Single precision: seven digits of a value. 12 bytes a cell and 32.
struct PooledCells<let cells: Int>: BitwiseCopyable, Sendable {
    private struct Cell: BitwiseCopyable, Sendable {
        var mean: Float = 0
        var deviation: Float = 0
        /// How many visits the mean stands for; 0: none yet.
        var visits: Float = 0
    }

    private var mean = 0.0
    private var deviation = 0.0
    /// Visits of all cells together, as many as are remembered at most.
    private var visits = 0.0
    private var table = InlineArray<cells, Cell>(repeating: Cell())
    private let memory: Float
    // Values far out widen the spread, or each of them would be an alarm; but none can hide all others.
    private static var wildest: Double { 100 }
    private let parts: Int32

    /// - Parameters:
    ///   - memory: visits of one cell over which it fades, 2 to 10 000.
    ///   - parts: how many neighbouring cells are the parts of one kind of day.
    init(memory: Double, parts: Int) {
        self.memory = Float(min(max(2, memory.bounded), 10_000))
        self.parts = Int32(min(max(1, parts), cells))
    }

    // Inlined here and below: in a call an element is read from a copy of the whole table.
    @inline(__always)
    func usual(_ cell: Int) -> Double {
        table[cell].visits > 0 ? Double(table[cell].mean) : peers(of: cell) ?? mean
    }

    /// The standard deviation that a normal distribution of this mean deviation has (√(π/2) of it), at least
    /// a quarter of that of all cells: a cell that was the same a few times by chance says little.
    @inline(__always)
    func spread(_ cell: Int) -> Double {
        let own = table[cell].visits > 0 ? Double(table[cell].deviation) : deviation
        return 1.2533 * max(own, 0.25 * deviation)
    }

    /// - Parameters:
    ///   - weight: how much of a visit this value is: 1 when it is the only one of its part of the day.
    ///   - clip: spreads from which on a value is taken as only that far away, so that one wild value does
    ///     not hide the next.
    @inline(__always)
    mutating func learn(_ x: Double, in cell: Int, weight: Double, clip: Double) {
        let value = x.clamped(to: 1e30)
        var own = table[cell]
        if own.visits == 0 {
            // The same hour of other days is worth a visit; the other hours of this day say nothing about it.
            let peers = peers(of: cell)
            own = Cell(mean: Float(peers ?? value), deviation: Float(deviation), visits: peers == nil ? 0 : 1)
        }
        let isFirst = own.visits == 0
        var distance = value - Double(own.mean)
        var away = abs(distance)
        // Until there is a spread to clip by, all is taken as it is.
        if own.visits >= 2, deviation > 0 {
            let unit = spread(cell).asSpread(around: Double(own.mean))
            distance = distance.clamped(to: clip * unit)
            away = min(away, Self.wildest * unit)
        }
        own.visits = min(own.visits + Float(weight), memory)
        let rate = Float(weight) / own.visits
        own.mean += rate * Float(distance)
        if !isFirst { own.deviation += rate * (Float(away) - own.deviation) }
        table[cell] = own
        visits = min(visits + weight, Double(memory) * Double(cells))
        let slow = weight / visits
        mean += slow * (value - mean)
        if !isFirst { deviation += slow * (away - deviation) }
    }

    /// The mean of this part of the day over the kinds of day that have one.
    @inline(__always)
    private func peers(of cell: Int) -> Double? {
        var sum = 0.0
        var count = 0.0
        for other in stride(from: cell % Int(parts), to: cells, by: Int(parts)) where table[other].visits > 0
        {
            sum += Double(table[other].mean)
            count += 1
        }
        return count > 0 ? sum / count : nil
    }
}
