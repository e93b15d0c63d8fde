import Interactions
import PipelineKit
import Telemetry
import Units

/// A telegram of a water meter over wireless M-Bus: its total, and what it finds out by itself.
struct MeterTelegram: Reading {
    var meter = Name()
    var heardAt = Moment()
    var total = Volume.zero
    var isLeaking = false
    var isBurst = false
    var runsBackwards = false
    var isTampered = false

    static var fields: [Field<Self>] {
        Field("subject", \.meter)
        Field("at", \.heardAt)
        Field("volume", \.total, in: .cubicMetres)
        // Meters that know nothing of one of these never say it.
        Field("leak", \.isLeaking, missing: .keepsInitialValue)
        Field("burst", \.isBurst, missing: .keepsInitialValue)
        Field("backflow", \.runsBackwards, missing: .keepsInitialValue)
        Field("tamper", \.isTampered, missing: .keepsInitialValue)
    }
}

/// The totals are not those of one meter: it was exchanged under its radio, or set anew.
struct MeterExchange {
    var total = Volume.zero
    var isExchange = true
}

/// Finds exchanges. Use is left to the meter's own flags, so that none of them can be taken for water that flowed.
struct MeterExchanges: Transformer {
    private var counter = Counter.ofWater

    mutating func step(_ telegram: MeterTelegram) -> MeterExchange? {
        guard case .exchanged = counter.advance(to: telegram.total, at: telegram.heardAt) else { return nil }
        return MeterExchange(total: telegram.total)
    }
}

// A receiver hears the meters of the whole street; the directory says which are looked after here. A new meter has a new
// serial number: it is unknown until it is in the directory, and the old one falls silent.
let radioWaterMeters = Pipeline("radio water meters", reading: MeterTelegram.self, privacy: .personal) {
    Listen(to: "wmbusmeters/#", as: .wmbusmeters)
    Identify(by: \.meter, as: .radioMeter, others: .dropped)
    Order(by: \.heardAt, waiting: .seconds(30))

    Detect("leak", severity: .warning, clearsAfter: .hours(12)) {
        Holds(\.isLeaking, for: .hours(1))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : le compteur signale une fuite depuis \($0.since)")
            English("\($0.name): the meter reports a leak since \($0.since)")
        }
        Text(.tenant) {
            French(
                "Eau : votre compteur signale une fuite depuis \($0.since). Vérifiez chasses d'eau et robinets."
            )
            English("Water: your meter reports a leak since \($0.since). Please check toilets and taps.")
        }
        Watch(french: "Fuite d'eau", english: "Water leak")
    }

    Detect("burst", severity: .warning, clearsAfter: .hours(1)) {
        Holds(\.isBurst, for: .minutes(10))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : le compteur signale une rupture depuis \($0.since)")
            English("\($0.name): the meter reports a burst since \($0.since)")
        }
        Text(.caretaker, at: .anyHour) {
            French(
                "\($0.name), \($0.address) : rupture depuis \($0.since). Coupez l'eau si personne ne répond."
            )
            English("\($0.name), \($0.address): burst since \($0.since). Shut it off if nobody answers.")
        }
        Watch(french: "Rupture de canalisation", english: "Water is pouring out")
    }

    Detect("backflow", severity: .warning, clearsAfter: .days(1)) {
        Holds(\.runsBackwards, for: .hours(1))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : retour d'eau depuis \($0.since), clapet à vérifier")
            English("\($0.name): backflow since \($0.since), check the valve")
        }
    }

    Detect("tampered with", severity: .advice, clearsAfter: .days(1)) {
        Holds(\.isTampered, for: .hours(1))
    } react: {
        OpenCase(in: .billing) {
            French("\($0.name) : le compteur signale une manipulation depuis \($0.since)")
            English("\($0.name): the meter reports tampering since \($0.since)")
        }
    }

    Detect("meter silent", severity: .advice, explainedBy: .gateway) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de relevé depuis \($0.since)")
            English("\($0.name): no reading since \($0.since)")
        }
    }

    Derive(MeterExchange.self, with: MeterExchanges()) {
        Detect("meter exchanged", severity: .advice) {
            Happens(\.isExchange)
        } react: {
            OpenCase(in: .billing) {
                French("\($0.name) : index repris à \($0.reading.total), compteur changé ?")
                English("\($0.name): index now \($0.reading.total), was the meter exchanged?")
            }
        }
    }
}
