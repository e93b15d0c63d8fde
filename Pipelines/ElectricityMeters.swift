import Interactions
import PipelineKit
import Telemetry
import Units

/// What an electricity meter says of itself: all the energy it ever counted.
struct ElectricityIndex: Reading {
    var meter = Name()
    var measuredAt = Moment()
    var total = Energy.zero

    static var fields: [Field<Self>] {
        Field("meter", \.meter)
        Field("ts", \.measuredAt)
        Field("EAST", \.total, in: .wattHours)
    }
}

/// A civil day that is over.
struct ElectricityDay {
    let date: CivilDate
    let noon: Moment
    /// What the meter showed at the end of the day.
    let index: Energy
    let used: Energy
    /// The readings of the day lie so far apart that some of it may belong to another day.
    let isPartial: Bool

    var isWhole: Bool { !isPartial }
}

struct ElectricityDays: Transformer {
    private var counter = Counter<EnergyDimension>(mostPerHour: .kilowattHours(40))
    private var days = DayTotal<EnergyDimension>()
    private var isPartial = true

    mutating func step(_ reading: ElectricityIndex) -> ElectricityDay? {
        let index = counter.total
        guard case .forward(let used, let span) = counter.advance(to: reading.total, at: reading.measuredAt)
        else { return nil }
        let hasGap = span > .hours(6)
        // What was used up to midnight belongs to the day before it.
        let day = days.add(used, at: reading.measuredAt - .seconds(1), in: here)
        defer { isPartial = hasGap || (isPartial && day == nil) }
        return day.map {
            ElectricityDay(
                date: $0.date,
                noon: $0.noon,
                index: index,
                used: $0.total,
                isPartial: isPartial || hasGap
            )
        }
    }
}

let electricityMeters = Pipeline("electricity meters", reading: ElectricityIndex.self, privacy: .personal) {
    Listen(to: "landlord/+/electricity/{meter}/index")
    Identify(by: \.meter, as: .electricityMeter)
    Order(by: \.measuredAt, waiting: .minutes(1))
    DropRepeats(of: \.measuredAt, within: .hours(3))

    Detect("meter silent", severity: .advice) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de relevé depuis \($0.since)")
            English("\($0.name): no reading since \($0.since)")
        }
    }

    Derive(ElectricityDay.self, with: ElectricityDays()) {
        Detect("daily index", severity: .info) {
            Happens(\.isWhole)
        } react: {
            Note(in: .billing) {
                French(
                    "\($0.name), \($0.reading.date) : index \($0.reading.index, in: .kilowattHours), consommation \($0.reading.used, in: .kilowattHours)"
                )
                English(
                    "\($0.name), \($0.reading.date): index \($0.reading.index, in: .kilowattHours), used \($0.reading.used, in: .kilowattHours)"
                )
            }
        }

        Detect("daily index with readings missing", severity: .info) {
            Happens(\.isPartial)
        } react: {
            Note(in: .billing) {
                French(
                    "\($0.name), \($0.reading.date) : index \($0.reading.index, in: .kilowattHours), relevés incomplets"
                )
                English(
                    "\($0.name), \($0.reading.date): index \($0.reading.index, in: .kilowattHours), readings missing"
                )
            }
        }

        Drop("part of the day is unknown", when: \.isPartial)

        Detect("unusual day", severity: .advice) {
            Unusual(\.used, at: \.noon, to: .unusualDay(negligible: .kilowattHours(0.2)))
        } react: {
            Note(in: .reception) {
                French("\($0.name) : \($0.reading.used, in: .kilowattHours) en un jour, contre l'habitude")
                English("\($0.name): \($0.reading.used, in: .kilowattHours) in a day, which is unusual")
            }
        }
    }
}
