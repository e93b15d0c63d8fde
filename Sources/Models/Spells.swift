import Glibc

/// How often in a year a home has a spell like the one that goes on, at this hour of the day and as long: hours of high
/// flow where a garden is watered, hours that are all alike where something drips at night.
///
/// For each hour of the day, how often a spell begins in it, and how often one that went on the hour before goes on in
/// it; both with a memory that fades over half a year, and drawn towards all hours together, and these towards weak
/// priors. 208 bytes.
struct Spells: BitwiseCopyable, Sendable {
    private var begun = InlineArray<24, Float>(repeating: 0)
    private var goneOn = InlineArray<24, Float>(repeating: 0)
    private var days = 0.0
    /// Hours of the spell that goes on.
    private(set) var length: Float = 0
    /// The logarithm of how many such spells are to be expected in a year.
    private var expectation: Float = 0

    private static let memory = 180.0
    /// How much the other hours of the day say about one.
    private static let drawn: Float = 2

    /// Spells like the present one, at least as long, that are to be expected in a year; very many outside a spell.
    var expected: Float { length > 0 ? exp(expectation) : 1000 }

    /// Time of which nothing is known: the spell may have ended in it.
    mutating func skip() { length = 0 }

    /// - Parameters:
    ///   - hour: of the day, 0 to 23.
    ///   - isLearning: false while the spell is an alarm, so that it does not become a habit.
    mutating func take(isOn: Bool, hour: Int, hours: Float, isLearning: Bool) {
        if isOn {
            if length == 0 {
                // Of a longer block it is only known that all of it was one spell.
                let further = max(0, hours - 1) * log(going(hour))
                expectation = log(365 * beginnings(hour) / Float(days + 30)) + further
                if isLearning { begun[hour] += 1 }
            } else {
                expectation = max(-20, expectation + hours * log(going(hour)))
                if isLearning { goneOn[hour] += 1 }
            }
            length = min(1e6, length + hours)
        } else {
            length = 0
        }
        days += Double(hours) / 24
        guard days > Self.memory else { return }
        let kept = Float(Self.memory / days)
        days *= Double(kept)
        for hour in 0..<24 {
            begun[hour] *= kept
            goneOn[hour] *= kept
        }
    }

    /// How many spells begin at about that hour of the day, counted with those of the hours beside it.
    private func beginnings(_ hour: Int) -> Float {
        var all: Float = 0
        for index in 0..<24 { all += begun[index] }
        let near = begun[hour] + begun[(hour + 1) % 24] + begun[(hour + 23) % 24]
        return near + 0.1 * all + 0.33
    }

    /// The probability that a spell of the hour before goes on in that hour.
    private func going(_ hour: Int) -> Float {
        var (spells, on): (Float, Float) = (0, 0)
        for index in 0..<24 {
            spells += begun[index]
            on += goneOn[index]
        }
        let usual = (on + 0.4) / (on + spells + 2.4)
        let before = begun[(hour + 23) % 24] + goneOn[(hour + 23) % 24]
        return min(1, (goneOn[hour] + Self.drawn * usual) / (max(before, goneOn[hour]) + Self.drawn))
    }
}
