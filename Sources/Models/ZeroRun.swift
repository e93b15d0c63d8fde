import Glibc

/// How surprising it is that a home has not had one block without water for so long. Most homes use nothing
/// for an hour several times a day; a running toilet never lets the meter stand still.
///
/// p[b] is the share of days on which block b of the day stood still. Each block with use adds −ln(1 − p[b])
/// nats to the run; a block that stood still ends it. 192 bytes.
struct ZeroRun: BitwiseCopyable, Sendable {
    private var stillness = InlineArray<24, Float>(repeating: 0)
    /// How many blocks past runs lasted.
    private var lengths = LogHistogram()
    /// The surprise of the run so far, in nats.
    private(set) var surprise: Float = 0
    /// How far past runs of this home went; the limit stays above it.
    private var record: Float = 5
    private var unknown: Float = 0
    private var days: Float = 0
    /// Blocks in a row of the run that are known to have had use.
    private(set) var length: Float = 0
    private let least: Float
    /// When the run began, in seconds.
    private(set) var since = 0.0

    /// A run has to last half a day; a party is not a leak.
    private static let leastSeconds = 12 * 3600.0
    /// Runs after which lengths are forgotten.
    private static let memory: Float = 2000

    /// - Parameter least: the surprise in nats below which no run is an alarm.
    init(least: Double) {
        self.least = Float(least)
    }

    var limit: Float { max(least, 1.3 * record) }

    func stillness(of part: Int) -> Float { stillness[part] }

    /// How many of the past runs were shorter than the present one, in percent; nil before there were any.
    var percentile: Double? { lengths.percentile(of: length) }

    /// Whether the run, which lasts until `end`, is one that this home never has.
    func isAlarming(beyond factor: Float = 1, at end: Double) -> Bool {
        surprise >= factor * limit && end - since >= Self.leastSeconds
    }

    /// A block of which nothing is known: the run neither grows nor ends, until a whole day is missing.
    /// - Returns: whether it ended.
    @discardableResult
    mutating func skip(_ hours: Double) -> Bool {
        unknown = min(1000, unknown + Float(hours))
        guard unknown >= 24 else { return false }
        endRun(isKnown: false)
        return true
    }

    /// - Parameter isLearning: false while something else says that this is a leak.
    mutating func take(used: Bool, part: Int, start: Double, hours: Double, isLearning: Bool = true) {
        record = max(5, record - (record - 5) * 0.0005 * Float(hours))
        if used {
            if length == 0 { since = start }
            length = min(length + 1, 1e6)
            surprise = min(1e4, surprise - log(1 - min(stillness[part], 0.98)))
        } else {
            endRun(isKnown: true)
        }
        // A leak must not become the habit that hides it.
        if isLearning, surprise <= 0.7 * limit {
            let rate = max(1 / (days + 1), 1 / 60)
            stillness[part] += rate * ((used ? 0 : 1) - stillness[part])
        }
        days = min(1000, days + Float(hours) / 24)
    }

    private mutating func endRun(isKnown: Bool) {
        if isKnown, length > 0 {
            // Only now: a record that grows with the run would always stay above it.
            let reached = min(surprise, 4 * least)
            if reached > record { record += 0.5 * (reached - record) }
            lengths.learn(length, memory: Self.memory)
        }
        surprise = 0
        length = 0
        unknown = 0
    }
}
