import PipelineKit
import Units

// From a meter's total to what was used: between two readings, and on a day.

/// What was used since the reading before.
struct WaterUse {
    var beganAt = Moment()
    var endedAt = Moment()
    var used = Volume.zero
    var backwards = Volume.zero

    var ranBackwards: Bool { backwards > .zero }
    /// So long after the reading before that nobody knows on which day the water was used.
    var isAfterGap: Bool { endedAt.since(beganAt) > .hours(6) }
}

/// From one reading to the next: meters roll over at the end of their digits, are exchanged, run backwards.
struct WaterUses: Transformer {
    private var counter = Counter.ofWater

    mutating func step(_ index: WaterIndex) -> WaterUse? {
        let endedAt = index.measuredAt
        switch counter.advance(to: index.total, at: endedAt) {
        case .forward(let used, let span):
            return WaterUse(beganAt: endedAt - span, endedAt: endedAt, used: used)
        case .backward(let volume): return WaterUse(beganAt: endedAt, endedAt: endedAt, backwards: volume)
        case .first, .exchanged, .repeated: return nil
        }
    }
}

extension Counter where Of == VolumeDimension {
    /// A meter of a home: five digits of cubic metres, and a pipe that lets through six an hour.
    static var ofWater: Counter { Counter(rollsOverAt: .cubicMetres(100_000), mostPerHour: .cubicMetres(6)) }
}

/// What was used on one whole day.
struct WaterDay {
    let noon: Moment
    let used: Volume
}

/// Adds up civil days; a day of which a part is not known is left out.
struct WaterDays: Transformer {
    private var days = DayTotal<VolumeDimension>()
    private var isWhole = false

    mutating func step(_ use: WaterUse) -> WaterDay? {
        let day = days.add(use.used, at: use.endedAt, in: here)
        let wasWhole = isWhole
        if use.isAfterGap { isWhole = false } else if day != nil { isWhole = true }
        guard let day, wasWhole, !use.isAfterGap else { return nil }
        return WaterDay(noon: day.noon, used: day.total)
    }
}
