import Models
import PipelineKit
import Units

// From what a machine draws to how long it runs and rests, and what is new about that.

/// What the model of a machine says now, and what it said before.
struct SpellNews {
    let cause: Alarm.Cause
    let before: Alarm.Cause
    /// When the run or rest began.
    let began: Moment
    let why: Explanation
}

extension SpellNews {
    var runsTooLong: Bool { cause == .runsTooLong }
    var longRunIsOver: Bool { before == .runsTooLong }
    var restsTooLong: Bool { cause == .restsTooLong }
    var longRestIsOver: Bool { before == .restsTooLong }
    var isTooShort: Bool { cause == .runsTooShort || cause == .restsTooShort }
    /// Runs that grow longer or shorter from one to the next.
    var hasChanged: Bool { cause == .driftUp || cause == .driftDown }
    var hasChangedBack: Bool { before == .driftUp || before == .driftDown }

    var spell: (french: String, english: String) {
        cause == .runsTooShort ? ("cycle", "run") : ("arrêt", "rest")
    }

    var change: (french: String, english: String) {
        cause == .driftUp ? ("s'allongent", "get longer") : ("raccourcissent", "get shorter")
    }
}

struct Spells: Transformer {
    private var runsAbove = Power.watts(20)
    private var pauses = TimeTaken.zero
    private var isStartedByHand = 0
    // Last, as its bytes do not fill whole words.
    private var model = MachineCycle(above: 20)

    mutating func step(_ reading: MachinePower) -> SpellNews? {
        if !isSet(for: reading) { set(for: reading) }
        let before = model.alarm
        model.learn(reading.power.base, at: Double(reading.measuredAt.microseconds) / 1e6)
        let alarm = model.alarm
        guard alarm.cause != before.cause else { return nil }
        return SpellNews(
            cause: alarm.cause,
            before: before.cause,
            began: Moment(microseconds: Int64(alarm.since * 1e6)),
            why: model.explanation
        )
    }

    private func isSet(for reading: MachinePower) -> Bool {
        runsAbove == reading.runsAbove && pauses == reading.pauses
            && isStartedByHand == reading.isStartedByHand
    }

    /// Another threshold makes other runs: what was learned is of no use.
    private mutating func set(for reading: MachinePower) {
        runsAbove = reading.runsAbove
        pauses = reading.pauses
        isStartedByHand = reading.isStartedByHand
        model = MachineCycle(
            above: runsAbove.base,
            bridging: pauses.base,
            watching: isStartedByHand == 0 ? .both : .runs
        )
    }
}
