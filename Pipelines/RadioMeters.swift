import Interactions
import PipelineKit
import Telemetry
import Units

/// What a water meter's radio sends, over wireless M-Bus or LoRaWAN: its total, and what it has noticed by itself.
struct RadioMeterIndex: Reading {
    var meter = Name()
    var measuredAt = Moment()
    var total = Volume.zero
    var isLeaking = false
    var isBursting = false
    var runsBackwards = false
    var isTampered = false
    var isUnderMagnet = false
    var isRemoved = false

    static var fields: [Field<Self>] {
        Field("subject", \.meter)
        Field("at", \.measuredAt)
        // A module that only raises an alarm leaves the total out.
        Field("volume", \.total, in: .cubicMetres, missing: .keepsLastValue)
        Field("leak", \.isLeaking, missing: .keepsInitialValue)
        Field("burst", \.isBursting, missing: .keepsInitialValue)
        Field("backflow", \.runsBackwards, missing: .keepsInitialValue)
        Field("tamper", \.isTampered, missing: .keepsInitialValue)
        Field("magnet", \.isUnderMagnet, missing: .keepsInitialValue)
        Field("removed", \.isRemoved, missing: .keepsInitialValue)
    }
}

extension RadioMeterIndex {
    var isTight: Bool { !isLeaking }
    var isWhole: Bool { !isBursting }
    var runsForwards: Bool { !runsBackwards }
    var isInterferedWith: Bool { isTampered || isUnderMagnet || isRemoved }
    var isLeftAlone: Bool { !isInterferedWith }
}

/// A module that was put on another meter: what the one before had counted says nothing any more.
struct MeterExchange {
    let total: Volume
    let isNew = true
}

struct Exchanges: Transformer {
    private var counter = Counter.ofWater

    mutating func step(_ index: RadioMeterIndex) -> MeterExchange? {
        // Nothing counted is no total: one has not come yet, or a new meter has not turned.
        guard index.total > .zero,
            case .exchanged = counter.advance(to: index.total, at: index.measuredAt)
        else { return nil }
        return MeterExchange(total: index.total)
    }
}

// These meters find leaks themselves, over days: what they say is taken as it is.
let radioMeters = Pipeline("radio meters", reading: RadioMeterIndex.self, privacy: .personal) {
    Listen(to: "wmbusmeters/+", as: .wmbusmeters)
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Identify(by: \.meter, as: .radioMeter, others: .dropped)
    Order(by: \.measuredAt, waiting: .seconds(10))
    DropRepeats(of: \.measuredAt, within: .hours(3))

    Detect("burst", severity: .warning) {
        Raised(\.isBursting, until: \.isWhole)
    } react: {
        OpenCase(in: .maintenance) { $0.burst }
        Text(.tenant, at: .anyHour) { $0.burstAtHome }
        Text(.caretaker, at: .anyHour) { $0.burstForCaretaker }
        Watch(french: "Fuite d'eau importante", english: "Water is pouring out")
    }

    Detect("leak", severity: .warning, clearsAfter: .hours(12)) {
        Raised(\.isLeaking, until: \.isTight)
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : le compteur signale une fuite depuis \($0.since)")
            English("\($0.name): the meter has seen a leak since \($0.since)")
        }
        Inform(.tenantsServed, by: .waterLeak)
        Watch(french: "L'eau coule sans cesse", english: "Water never stops running")
    }

    Detect("meter running backwards", severity: .warning, clearsAfter: .days(1)) {
        Raised(\.runsBackwards, until: \.runsForwards)
    } react: {
        OpenCase(in: .maintenance) { $0.runningBackwards }
    }

    Detect("meter interfered with", severity: .warning, clearsAfter: .days(1)) {
        Raised(\.isInterferedWith, until: \.isLeftAlone)
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : compteur démonté ou perturbé depuis \($0.since)")
            English("\($0.name): meter removed or interfered with since \($0.since)")
        }
    }

    Detect("meter silent", severity: .advice, explainedBy: .gateway) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) { $0.noReading }
    }

    Derive(MeterExchange.self, with: Exchanges()) {
        Detect("meter exchanged", severity: .info) {
            Happens(\.isNew)
        } react: {
            Note(in: .billing) {
                French("\($0.name) : compteur remplacé, nouvel index \($0.reading.total)")
                English("\($0.name): meter exchanged, the new total is \($0.reading.total)")
            }
        }
    }
}
