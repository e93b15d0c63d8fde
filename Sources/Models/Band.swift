/// Between which values a model finds nothing to speak of.
public struct Band: Hashable, BitwiseCopyable, Sendable {
    public var low: Double
    public var high: Double
    /// How much of the model's past lies below the value asked about, in percent; nil without such a record.
    public var percentile: Double?

    public init(low: Double, high: Double, percentile: Double? = nil) {
        self.low = low.bounded
        self.high = high.bounded
        self.percentile = percentile
    }

    /// As far as `limit` spreads on both sides of the middle.
    init(around middle: Double, spread: Double, within limit: Double) {
        let reach = limit * spread.asSpread(around: middle)
        self.init(low: middle - reach, high: middle + reach)
    }
}
