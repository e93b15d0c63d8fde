/// The facts of the legal notice of unusual water consumption in France: the consumption of a period, what the same
/// period took in the years before, and until when the subscriber may ask for a bill that is capped.
///
/// Not a detector: a leak of 10 L/h needs weeks to double a consumption (see `WaterLeak`). Code général des
/// collectivités territoriales, L2224-12-4 III bis: unusual is more than twice the mean of an equivalent period over
/// the three years before; the supplier tells so with the bill at the latest; within one month of that the
/// subscriber may show that a leak behind the meter was repaired. R2224-20-1 leaves out leaks of appliances and of
/// sanitary or heating equipment.
///
/// - Works badly: with less than a year of history there is no equivalent period, and no notice.
/// - State: 392 bytes; months of four years. Cost: a few nanoseconds a month.
///
/// ```swift
/// var water = DoubleConsumption()
/// for month in 0..<36 { water.learn(10_000, days: 30, month: month) }
/// water.learn(25_000, days: 30, month: 36)
/// water.facts(months: 1, until: 36)?.ratio        // 2.5
/// ```
public struct DoubleConsumption: BitwiseCopyable, Sendable {
    /// What a notice says, in litres.
    public struct Facts: Hashable, Sendable {
        public let consumed: Double
        /// The mean of the equivalent periods, for as many days as were consumed in.
        public let mean: Double
        /// How many years the mean is of: 1 to 3.
        public let years: Int

        public var ratio: Double { mean > 0 ? min(consumed / mean, 1000) : 0 }
        /// Whether the law speaks of it.
        public var isUnusual: Bool { mean > 0 && consumed > 2 * mean }
    }

    private var litres = InlineArray<48, Float>(repeating: 0)
    private var days = InlineArray<48, Float>(repeating: 0)
    private var latest: Int64 = -1

    public init() {}

    /// Takes what was used in a month, counted on without end (year · 12 + month), and the days it is known of. What
    /// is given twice is added up. False for what is no number, below nothing, or older than four years.
    @discardableResult
    public mutating func learn(_ used: Double, days known: Double, month: Int) -> Bool {
        guard used.isFinite, used >= 0, known > 0, known <= 31, month >= 0, month < 1_000_000,
            Int64(month) > latest - 48
        else { return false }
        if latest < 0 || Int64(month) > latest + 48 { forgetAll(until: month) }
        while latest < Int64(month) {
            latest += 1
            litres[Int(latest % 48)] = 0
            days[Int(latest % 48)] = 0
        }
        litres[month % 48] += Float(min(used, 1e9))
        days[month % 48] = min(31, days[month % 48] + Float(known))
        return true
    }

    private mutating func forgetAll(until month: Int) {
        for index in 0..<48 {
            litres[index] = 0
            days[index] = 0
        }
        latest = Int64(month) - 1
    }

    /// The facts of the `months` that end with the month `last`; nil without a day of it or of an equivalent period.
    /// - Parameter months: 1 to 12.
    public func facts(months: Int, until last: Int) -> Facts? {
        let count = min(12, max(1, months))
        guard let present = sum(of: count, until: last) else { return nil }
        let past = (1...3).compactMap { sum(of: count, until: last - 12 * $0) }
        guard !past.isEmpty else { return nil }
        let daily = past.reduce(0) { $0 + $1.litres / $1.days } / Double(past.count)
        return Facts(consumed: present.litres, mean: daily * present.days, years: past.count)
    }

    /// A period of which less than half is known is none.
    private func sum(of count: Int, until last: Int) -> (litres: Double, days: Double)? {
        guard Int64(last) <= latest, last - count >= -1, Int64(last - count) >= latest - 48 else {
            return nil
        }
        var (used, known) = (0.0, 0.0)
        for month in (last - count + 1)...last {
            used += Double(litres[month % 48])
            known += Double(days[month % 48])
        }
        return known >= 15 * Double(count) ? (used, known) : nil
    }
}
