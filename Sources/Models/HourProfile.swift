/// What is usual at each hour of the day, and how far values usually are from it.
///
/// Fading means per hour: of a value with rate max(1/n, 0.1), of its distance with max(1/n, 0.05), for readings every
/// five minutes or more; slower by as much as readings come more quickly, so that an hour always remembers the same
/// days. An hour that was never seen answers with all of them. 248 bytes.
struct HourProfile: BitwiseCopyable, Sendable {
    private var means = InlineArray<24, Float>(repeating: 0)
    private var distances = InlineArray<24, Float>(repeating: 0)
    private var counts = InlineArray<24, UInt16>(repeating: 0)
    /// Over all hours.
    private(set) var mean: Float = 0
    private var distance: Float = 0

    private static let fastest: Float = 0.1
    private static let fastestDistance: Float = 0.05
    /// The least spread of an hour, of that of all hours: a quiet hour is no reason to shout.
    private static let least: Float = 0.2
    private static let usualStep: Float = 300

    static func hour(of t: Double) -> Int { t.secondOfDay / 3600 }

    func usual(at hour: Int) -> Float { counts[hour] > 0 ? means[hour] : mean }

    func spread(at hour: Int) -> Float {
        max(counts[hour] > 3 ? distances[hour] : distance, Self.least * distance) + 1e-9
    }

    /// - Parameters:
    ///   - rate: how much of `x` the means over all hours take.
    ///   - step: how many seconds readings usually are apart.
    mutating func learn(_ x: Float, at hour: Int, rate: Float, step: Float) {
        let away = x - usual(at: hour)
        if counts[hour] < .max { counts[hour] += 1 }
        let young = 1 / Float(counts[hour])
        let pace = min(1, step / Self.usualStep)
        means[hour] += max(young, Self.fastest * pace) * (x - means[hour])
        distances[hour] += max(young, Self.fastestDistance * pace) * (abs(away) - distances[hour])
        distance += rate * (abs(away) - distance)
        mean += rate * (x - mean)
    }
}
