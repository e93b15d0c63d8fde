import Glibc

/// How often in a year a home has a spell of high flow as long as the one that goes on: a garden that is watered for
/// hours every other day has many, a flat has none.
///
/// Spells begin at a rate and go on for another hour with a probability, both counted with a fading memory of half a
/// year and weak priors: so many a year, times the probability to the power of the hours after the first.
struct HighSpells: BitwiseCopyable, Sendable {
    private var begun: Float = 0
    private var hoursAfterFirst: Float = 0
    private var days: Float = 0
    /// Hours of the spell that goes on.
    private(set) var length: Float = 0

    private static let memory: Float = 180

    /// Spells of at least the present length that are to be expected in a year.
    var expected: Float {
        guard length > 0 else { return 1e3 }
        let inYear = 365 * (begun + 0.33) / (days + 30)
        let goesOn = (hoursAfterFirst + 0.4) / (hoursAfterFirst + begun + 2.4)
        return min(1e3, inYear * pow(goesOn, max(0, length - 1)))
    }

    /// Hours of which nothing is known.
    mutating func skip() { length = 0 }

    mutating func take(isHigh: Bool, hours: Float, isLearning: Bool) {
        if isHigh {
            length = min(1e6, length + hours)
        } else if length > 0 {
            if isLearning {
                begun += 1
                hoursAfterFirst += min(length, 24) - 1
            }
            length = 0
        }
        days += hours / 24
        guard days > Self.memory else { return }
        let kept = Self.memory / days
        days *= kept
        begun *= kept
        hoursAfterFirst *= kept
    }
}
