import Interactions
import PipelineKit
import Telemetry
import Units

/// What a machine draws: a washing machine, a boiler, a pump. Sent when it changes, and every few minutes.
struct MachinePower: Reading {
    var machine = Name()
    var measuredAt = Moment()
    var power = Power.zero
    /// Of this machine, from the directory.
    var runsAbove = Power.watts(20)
    /// Rests of up to this length belong to a run.
    var pauses = TimeTaken.zero
    /// Not 0 where people start it when they like: then its rests say nothing.
    var isStartedByHand = 0

    static var fields: [Field<Self>] {
        Field("machine", \.machine)
        Field("ts", \.measuredAt)
        Field("power", \.power, in: .watts)
    }
}

let machines = Pipeline("machines", reading: MachinePower.self) {
    Listen(to: "landlord/+/machine/{machine}/power")
    Identify(by: \.machine, as: .machine)
    Order(by: \.measuredAt, waiting: .seconds(30))
    DropRepeats(of: \.measuredAt, within: .hours(3))
    Reject(\.power, below: .watts(0), above: .watts(50_000))
    Enrich(\.runsAbove, from: .attribute("runs-above"), in: .watts)
    Enrich(\.pauses, from: .attribute("pauses"), in: .minutes)
    Enrich(\.isStartedByHand, from: .attribute("by-hand"))

    Derive(SpellNews.self, with: Spells()) {
        Detect("runs too long", severity: .warning, clearsAfter: .hours(2)) {
            Raised(\.runsTooLong, until: \.longRunIsOver, why: \.why)
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) ne s'arrête pas : \($0.why.french)")
                English("\($0.name) does not stop: \($0.why.english)")
            }
            Text(.caretaker) {
                French(
                    "\($0.name), \($0.address) : en marche sans pause depuis \($0.reading.began), \($0.why.french). Vérifiez sur place."
                )
                English(
                    "\($0.name), \($0.address): running without a stop since \($0.reading.began), \($0.why.english). Please check."
                )
            }
            Watch(french: "Ne s'arrête pas", english: "Does not stop")
        }

        Detect("does not start", severity: .warning, clearsAfter: .hours(2)) {
            Raised(\.restsTooLong, until: \.longRestIsOver, why: \.why)
        } react: {
            OpenCase(in: .maintenance, asset: .outOfOrder) {
                French("\($0.name) ne démarre plus : à l'arrêt \($0.why.french)")
                English("\($0.name) does not start any more: resting \($0.why.english)")
            }
            Text(.caretaker) {
                French(
                    "\($0.name), \($0.address) : ne tourne plus depuis \($0.reading.began), \($0.why.french). Vérifiez sur place."
                )
                English(
                    "\($0.name), \($0.address): at rest since \($0.reading.began), \($0.why.english). Please check."
                )
            }
            Watch(french: "Ne démarre plus", english: "Does not start any more")
        }

        Detect("short cycles", severity: .advice, atMostEvery: .days(1)) {
            Happens(\.isTooShort, why: \.why)
        } react: {
            Note(in: .maintenance) {
                French("\($0.name) : \($0.reading.spell.french) trop court, \($0.why.french)")
                English("\($0.name): \($0.reading.spell.english) too short, \($0.why.english)")
            }
        }

        Detect("wears out", severity: .advice, clearsAfter: .days(1)) {
            Raised(\.hasChanged, until: \.hasChangedBack, why: \.why)
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : ses cycles \($0.reading.change.french), \($0.why.french)")
                English("\($0.name): its runs \($0.reading.change.english), \($0.why.english)")
            }
        }
    }

    Detect("machine silent", severity: .advice) {
        Silent(for: .hours(6))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de mesure depuis \($0.since)")
            English("\($0.name): no measurement since \($0.since)")
        }
    }
}
