import Interactions
import PipelineKit
import Telemetry
import Units

/// What a rope or a sensor says that looks for water where none should be, on whatever network it is.
struct LeakStatus: Reading {
    var sensor = Name()
    var measuredAt = Moment()
    var isWet = false

    static var fields: [Field<Self>] {
        Field("subject", \.sensor)
        Field("at", \.measuredAt)
        Field("leak", \.isWet)
    }
}

extension LeakStatus {
    var isDry: Bool { !isWet }
}

// A rope reports every few hours: it stays wet until it says that it is dry. What a gateway stored while it was cut off
// still counts; what the broker kept from an earlier day does not.
let leaks = Pipeline("leaks", reading: LeakStatus.self, privacy: .personal) {
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Listen(to: "application/+/device/+/event/+", as: .chirpStack)
    Listen(to: "zigbee2mqtt/#", as: .zigbee2mqtt)
    Listen(to: "shellies/#", as: .shellyGen1)
    Identify(by: \.sensor, as: .leakSensor, others: .dropped)
    Order(by: \.measuredAt, waiting: .seconds(2))

    Detect("water on the floor", severity: .warning, clearsAfter: .minutes(10)) {
        Raised(\.isWet, until: \.isDry)
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : eau au sol depuis \($0.since)")
            English("\($0.name): water on the floor since \($0.since)")
        }
        Escalate(.leak) {
            French(
                "\($0.name), \($0.address) : eau au sol depuis \($0.since). Répondez 1 \(.code) pour y aller, 2 \(.code) sinon. Suivant à \($0.nextAt)."
            )
            English(
                "\($0.name), \($0.address): water on the floor since \($0.since). Reply 1 \(.code) if you go there, 2 \(.code) if not. Next at \($0.nextAt)."
            )
        }
        Inform(.tenantsServed, by: .waterOnTheFloor)
        Watch(french: "Eau au sol", english: "Water on the floor")
    }

    Detect("leak sensor silent", severity: .advice, explainedBy: .gateway) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de signal depuis \($0.since), une fuite ne serait pas vue")
            English("\($0.name): no signal since \($0.since), a leak would not be seen")
        }
    }
}
