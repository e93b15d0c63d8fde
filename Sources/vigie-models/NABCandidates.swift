import Models

/// Surprises of twice as many features as `OwnPast` has, on both sides: what a selection may choose from.
struct NABCandidates {
    static let streams = 16
    /// Each feature above, then below.
    static let names = [
        "value", "from hour", "shift", "highs", "standing", "long standing", "rise", "fall", "sigmas", "step",
        "lows", "deviation", "short shift", "size of step", "mean of 144", "mean of 6",
    ].flatMap { ["\($0) high", "\($0) low"] }

    /// Squared surprises by candidate, one for each value of the series.
    let squares: [[Float]]

    private static let banal: Float = 0.2

    init(_ series: NABCorpus.Series) {
        let values = series.values.map { Float($0) }
        var squares = [[Float]](repeating: [], count: 2 * Self.streams)
        for index in squares.indices { squares[index].reserveCapacity(values.count) }
        var records = [PastRecord](repeating: PastRecord(), count: Self.streams)
        var features = SeriesFeatures()
        var lows = Lows()
        for (index, x) in values.enumerated() {
            let count = UInt32(index)
            let now = features.values(of: x, at: series.times[index], count: count)
            let recent = values[max(0, index - 143)...index]
            let candidates = [
                now.value, now.fromHour, now.shift, now.highs, now.standing, now.longStanding, now.rise,
                now.fall,
                now.sigmas, index > 0 ? x - values[index - 1] : 0, lows.count(with: x),
                Self.deviation(recent.suffix(24)),
                index >= 11 ? Self.mean(recent.suffix(6)) - Self.mean(recent.suffix(12).prefix(6)) : 0,
                index > 0 ? abs(x - values[index - 1]) : 0, Self.mean(recent), Self.mean(recent.suffix(6)),
            ]
            let yard = PastRecord.Yardstick(after: count, negligible: 0, tiny: 0)
            for (stream, candidate) in candidates.enumerated() {
                squares[2 * stream].append(Self.square(records[stream].surprise(above: candidate, by: yard)))
                squares[2 * stream + 1].append(
                    Self.square(records[stream].surprise(below: candidate, by: yard))
                )
                records[stream].learn(candidate)
            }
            features.learn(now, count: count + 1, step: 300)
            lows.learn(x, count: count + 1)
        }
        self.squares = squares
    }

    private static func square(_ surprise: Float) -> Float {
        let beyond = max(0, surprise - banal) / (1 - banal)
        return beyond * beyond
    }

    private static func mean(_ values: ArraySlice<Float>) -> Float {
        values.reduce(0, +) / Float(values.count)
    }

    private static func deviation(_ values: ArraySlice<Float>) -> Float {
        let middle = mean(values)
        return (values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Float(values.count)).squareRoot()
    }

    /// How many of the last 24 values lie below the 5 % quantile.
    private struct Lows {
        private var quantile: Float = 0
        private var mean: Float = 0
        private var spread: Float = 0
        private var bits: UInt32 = 0

        private func bits(with x: Float) -> UInt32 { (bits << 1 | (x < quantile ? 1 : 0)) & 0xFF_FFFF }

        func count(with x: Float) -> Float { Float(bits(with: x).nonzeroBitCount) }

        mutating func learn(_ x: Float, count: UInt32) {
            if count == 1 { (quantile, mean) = (x, x) }
            bits = bits(with: x)
            let rate = max(1 / Float(count), 0.001)
            spread += rate * (abs(x - mean) - spread)
            mean += rate * (x - mean)
            quantile += 3 * rate * spread * (x < quantile ? -0.95 : 0.05)
        }
    }
}
