import Measuring
import Units

/// What the meter of one household showed, in the order of time, in seconds and litres: what the benchmarks replay.
struct MeterSeries {
    struct Reading {
        var at: Double
        var total: Double
    }

    let household: String
    var readings: [Reading]

    /// The households of a recording, in the order of their names.
    static func all(_ meters: HouseholdMeters) -> [MeterSeries] {
        Dictionary(grouping: meters.readings, by: \.household)
            .sorted { $0.key < $1.key }
            .map { name, readings in
                MeterSeries(
                    household: name,
                    readings: readings.map {
                        Reading(at: Double($0.at.microseconds) / 1e6, total: $0.total)
                    }
                )
            }
    }

    var begin: Double { readings.first?.at ?? 0 }
    var end: Double { readings.last?.at ?? 0 }

    /// Seconds between the first and the last reading.
    var length: Double { end - begin }

    /// The same meter with coarser steps.
    func rounded(to step: Double) -> MeterSeries {
        var rounded = self
        for index in readings.indices {
            rounded.readings[index].total = (readings[index].total / step).rounded(.down) * step
        }
        return rounded
    }

    /// The same meter with a tenth of its readings lost, some repeated, and replaced by a new one half way.
    func damaged() -> MeterSeries {
        var random = SplitMix(state: 11)
        var kept: [Reading] = []
        let middle = (begin + end) / 2
        let replaced = readings.first { $0.at > middle }?.total ?? 0
        for reading in readings where random.below(10) > 0 {
            var reading = reading
            if reading.at > middle { reading.total -= replaced }
            kept.append(reading)
            if random.below(30) == 0 { kept.append(reading) }
        }
        return MeterSeries(household: household, readings: kept)
    }

    /// The same meter read less often: the first reading of each stretch of so many hours.
    func read(every hours: Int) -> MeterSeries {
        var kept: [Reading] = []
        for reading in readings {
            let stretch = (reading.at / Double(hours) / 3600).rounded(.down)
            guard kept.isEmpty || (kept[kept.count - 1].at / Double(hours) / 3600).rounded(.down) < stretch
            else { continue }
            kept.append(reading)
        }
        return MeterSeries(household: household, readings: kept)
    }
}

/// The volume used between the readings of a counter. A counter that shows a little less than before (a reading that
/// crossed another on its way, a valve that let some water back) is waited for.
struct CounterUse {
    private var highest: Double?

    /// Litres less than before up to which a counter is thought to be the same.
    private static let tolerance = 1000.0

    mutating func take(_ total: Double) -> Double {
        defer { if total > highest ?? -.infinity { highest = total } }
        guard let before = highest else { return 0 }
        if total < before - Self.tolerance { highest = total }
        return max(0, total - before)
    }
}
