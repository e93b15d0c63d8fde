import Interactions
import PipelineKit
import Telemetry
import Units

/// What a site's gateway reports every minute: that it is there, and whether it runs on mains power.
struct GatewayStatus: Reading {
    var gateway = Name()
    var measuredAt = Moment()
    var hasPower = true

    static var fields: [Field<Self>] {
        Field("gateway", \.gateway)
        Field("ts", \.measuredAt)
        Field("mains", \.hasPower)
    }
}

extension GatewayStatus {
    var isWithoutPower: Bool { !hasPower }
}

// One case for what takes many sensors down: they are parts of it and open none of their own.
let gateways = Pipeline("gateways", reading: GatewayStatus.self) {
    Listen(to: "landlord/+/gateway/{gateway}/status")
    Identify(by: \.gateway, as: .gateway)
    Order(by: \.measuredAt, waiting: .seconds(5))

    Detect("power cut", severity: .warning, clearsAfter: .minutes(2), explains: .power) {
        Holds(\.isWithoutPower, for: .seconds(30))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.address) : coupure de courant depuis \($0.since)")
            English("\($0.address): power cut since \($0.since)")
        }
        Text(.caretaker, at: .anyHour) {
            French(
                "\($0.address) : coupure de courant depuis \($0.since). Ascenseurs et chaufferie à vérifier."
            )
            English("\($0.address): power cut since \($0.since). Check lifts and boiler room.")
        }
        Watch(french: "Coupure de courant", english: "Power cut")
    }

    Detect("gateway silent", severity: .warning, explains: .gateway, explainedBy: .power) {
        Silent(for: .minutes(5))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de signal depuis \($0.since)")
            English("\($0.name): no signal since \($0.since)")
        }
    }
}
