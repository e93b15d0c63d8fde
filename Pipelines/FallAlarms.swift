import Interactions
import PipelineKit
import Telemetry
import Units

/// What a radar, a pendant or a button says when somebody fell or calls, on whatever network it is.
struct FallAlarm: Reading {
    var device = Name()
    var isFall = false
    var isCall = false

    static var fields: [Field<Self>] {
        Field("subject", \.device)
        Field("fall", \.isFall, missing: .keepsInitialValue)
        Field("call", \.isCall, missing: .keepsInitialValue)
    }
}

extension FallAlarm {
    var callsForHelp: Bool { isFall || isCall }
    /// A radar that no longer sees somebody on the floor does not know who helped: only a person ends it.
    var isTakenBack: Bool { false }
}

// Batteries and silence of the same devices are looked after by the pipeline "radio alarms". The time of arrival is
// taken, and what a gateway stored is left out: it did not happen now.
let fallAlarms = Pipeline("fall alarms", reading: FallAlarm.self, privacy: .health) {
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Listen(to: "zigbee2mqtt/#", as: .zigbee2mqtt)
    Identify(by: \.device, as: .radioAlarm, others: .dropped)

    Detect("fall", severity: .critical) {
        Raised(\.callsForHelp, until: \.isTakenBack)
    } react: {
        Ask(.wearer, unless: \.isCall, waiting: .minutes(1)) { $0.areYouWell }
        OpenCase(in: .care) { $0.fallOrCall }
        Escalate(.fall) {
            $0.alert
        } lastResort: {
            $0.alertLastResort
        }
        Watch(french: "Alerte en cours", english: "Alert under way")
    }
}
