import Interactions
import PipelineKit
import Telemetry
import Units

/// What a connected appliance says every minute while it runs, and when something changes.
struct ApplianceStatus: Reading {
    var appliance = Name()
    var measuredAt = Moment()
    var power = Power.zero
    /// The maker's code; empty while nothing is wrong.
    var fault = Name()

    static var fields: [Field<Self>] {
        Field("appliance", \.appliance)
        Field("ts", \.measuredAt)
        Field("power", \.power, in: .watts)
        Field("fault", \.fault, missing: .keepsInitialValue)
    }
}

extension ApplianceStatus {
    var hasFault: Bool { !fault.isEmpty }
    var isRunning: Bool { power > .watts(5) }
}

/// A washing, drying or cooking cycle that is over.
struct Cycle {
    let run: Session.Run

    var isOver: Bool { true }
}

/// Pauses of up to ten minutes, as while laundry soaks, belong to the cycle.
struct Cycles: Transformer {
    private var session = Session(endsAfter: .minutes(10))
    private var ranAt = Moment.distantPast

    mutating func step(_ status: ApplianceStatus) -> Cycle? {
        let isOver = status.measuredAt.since(ranAt) > .minutes(10)
        guard status.isRunning || isOver else { return nil }
        if status.isRunning { ranAt = status.measuredAt }
        return session.step(isRunning: status.isRunning, at: status.measuredAt).map(Cycle.init)
    }
}

let appliances = Pipeline("appliances", reading: ApplianceStatus.self) {
    Listen(to: "home/+/appliance/{appliance}/status")
    Identify(by: \.appliance, as: .appliance)
    Order(by: \.measuredAt, waiting: .seconds(10))
    DropRepeats(of: \.measuredAt, within: .minutes(10))
    Reject(\.power, below: .watts(0), above: .watts(12_000))

    Detect("fault", severity: .warning, clearsAfter: .minutes(10)) {
        Holds(\.hasFault, for: .seconds(20))
    } react: {
        OpenCase(in: .afterSales, asset: .outOfOrder) {
            French("\($0.name) : code \($0.reading.fault) depuis \($0.since)")
            English("\($0.name): code \($0.reading.fault) since \($0.since)")
        }
        Text(.tenant) {
            French(
                "\($0.name) signale le défaut \($0.reading.fault) depuis \($0.since). Le service après-vente est prévenu."
            )
            English(
                "\($0.name) reports fault \($0.reading.fault) since \($0.since). The after-sales service is told."
            )
        }
        Watch(french: "Défaut signalé", english: "Fault reported")
    }

    Derive(Cycle.self, with: Cycles()) {
        Detect("cycle finished", severity: .info) {
            Happens(\.isOver)
        } react: {
            Note(in: .afterSales) {
                French(
                    "\($0.name) : un cycle de \($0.reading.run.duration), de \($0.reading.run.began) à \($0.reading.run.ended)"
                )
                English(
                    "\($0.name): a cycle of \($0.reading.run.duration), from \($0.reading.run.began) to \($0.reading.run.ended)"
                )
            }
        }
    }
}
