import Interactions
import PipelineKit
import Telemetry
import Units

/// What a water meter's radio sends every hour: all that ever flowed through it.
struct WaterIndex: Reading {
    var meter = Name()
    var measuredAt = Moment()
    var total = Volume.zero

    static var fields: [Field<Self>] {
        Field("meter", \.meter)
        Field("ts", \.measuredAt)
        Field("total", \.total, in: .litres)
    }
}

let waterMeters = Pipeline("water meters", reading: WaterIndex.self, privacy: .personal) {
    Listen(to: "landlord/+/water/{meter}/index")
    Identify(by: \.meter, as: .waterMeter)
    Order(by: \.measuredAt, waiting: .minutes(1))
    DropRepeats(of: \.measuredAt, within: .hours(3))

    Detect("meter silent", severity: .advice) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) { $0.noReading }
    }

    Detect("meter running backwards", severity: .warning, clearsAfter: .days(1)) {
        Unusual(\.total, to: .backwardsMeter(tolerance: .litres(5)))
    } react: {
        OpenCase(in: .maintenance) { $0.runningBackwards }
    }

    Derive(WaterUse.self, with: WaterUses()) {
        Drop("meter ran backwards", when: \.ranBackwards)

        Detect("burst", severity: .warning) {
            Unusual(\.used, to: .waterBurst())
        } react: {
            OpenCase(in: .maintenance) { $0.burst }
            Text(.tenant, at: .anyHour) { $0.burstAtHome }
            Text(.caretaker, at: .anyHour) { $0.burstForCaretaker }
            Watch(french: "Fuite d'eau importante", english: "Water is pouring out")
        }

        Detect("leak", severity: .warning, clearsAfter: .hours(12)) {
            Unusual(\.used, to: .waterLeak(resolution: .litres(1)))
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : l'eau coule sans cesse depuis \($0.since), \($0.why.french)")
                English("\($0.name): water has not stopped running since \($0.since), \($0.why.english)")
            }
            Inform(.tenantsServed, by: .waterLeak)
            Watch(french: "L'eau coule sans cesse", english: "Water never stops running")
        }

        Detect("irrigation", severity: .advice) {
            Unusual(\.used, to: .irrigation())
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : arrosage programmé à \($0.since), \($0.why.french)")
                English("\($0.name): programmed watering at \($0.since), \($0.why.english)")
            }
        }

        Derive(WaterDay.self, with: WaterDays()) {
            Detect("unusual day", severity: .advice) {
                Unusual(\.used, at: \.noon, to: .unusualDay(negligible: .litres(10)))
            } react: {
                Note(in: .reception) {
                    French("\($0.name) : \($0.reading.used) en un jour, contre l'habitude")
                    English("\($0.name): \($0.reading.used) in a day, which is unusual")
                }
            }
        }

        Derive(WaterMonth.self, with: WaterMonths()) {
            Detect("double consumption", severity: .advice) {
                Happens(\.isOfImportance)
            } react: {
                Note(in: .reception) { $0.doubleConsumption }
                Text(.tenant) { $0.billMayBeCapped }
                Watch(french: "Consommation plus que doublée", english: "More than twice the usual")
            }
        }
    }
}
