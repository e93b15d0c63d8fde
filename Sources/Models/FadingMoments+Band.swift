extension FadingMoments {
    /// Two standard deviations on both sides of the mean, for values that are never negative; before it is warm,
    /// everything up to a limit.
    func band(orUpTo limit: Double) -> (low: Double, high: Double) {
        guard isWarm else { return (0, limit) }
        return (max(0, mean - 2 * deviation), mean + 2 * deviation)
    }
}
