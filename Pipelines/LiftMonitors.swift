import Interactions
import PipelineKit
import Telemetry
import Units

/// What a gateway says of an elevator: all of its state, or only what has changed.
struct LiftStatus: Reading {
    var lift = Name()
    var measuredAt = Moment()
    var mode = Mode.other
    var doors = Doors.other
    /// Codes of BACnet in words, such as `controller-fault`; `none` behind the end of the list.
    var fault = Name()
    var secondFault = Name()
    var thirdFault = Name()
    var isOutOfOrder = false
    var isEntrapment = false
    /// Somebody presses the alarm button in the car.
    var isAlarm = false
    /// The gateway's values are written by hand, for a test.
    var isSimulated = false
    /// Counted as BACnet counts, from 1. Where nothing else has changed it is a sign of life.
    var floor = 0.0

    enum Mode: String, Word {
        case outOfService = "out-of-service"
        case inspection
        case other = ""
    }

    enum Doors: String, Word {
        case opened
        case other = ""
    }

    static var fields: [Field<Self>] {
        Field("subject", \.lift)
        Field("at", \.measuredAt)
        Field("mode", \.mode, otherwise: .other, missing: .keepsLastValue)
        Field("doors", \.doors, otherwise: .other, missing: .keepsLastValue)
        Field("fault", \.fault, missing: .keepsLastValue)
        Field("fault2", \.secondFault, missing: .keepsLastValue)
        Field("fault3", \.thirdFault, missing: .keepsLastValue)
        Field("outOfOrder", \.isOutOfOrder, missing: .keepsLastValue)
        Field("entrapment", \.isEntrapment, missing: .keepsLastValue)
        Field("call", \.isAlarm, missing: .keepsLastValue)
        Field("simulated", \.isSimulated, missing: .keepsLastValue)
        Field("floor", \.floor, missing: .keepsLastValue)
    }

    static var sample: Self {
        var status = Self()
        status.fault = Name("call-button-stuck") ?? Name()
        return status
    }
}

/// No fault, and faults with which an elevator goes on.
private let noFault = [Name()] + ["none"].compactMap { Name($0) }
private let lesserFaults = ["call-button-stuck", "load-measurement-fault"].compactMap { Name($0) }

extension Name {
    fileprivate var isLesser: Bool { lesserFaults.contains(self) }
    fileprivate var isSerious: Bool { !noFault.contains(self) && !isLesser }
}

extension LiftStatus {
    var isStopped: Bool { fault.isSerious || secondFault.isSerious || thirdFault.isSerious }
    var hasLesserFault: Bool { !isStopped && fault.isLesser }
    var isOutOfService: Bool { mode == .outOfService || isOutOfOrder || isStopped }
    var isInInspection: Bool { mode == .inspection }
    /// Whoever presses the button while the doors are open can walk out (EN 81-28 filters such alarms, too).
    var locksPeopleIn: Bool { isEntrapment || (isAlarm && doors != .opened) }
    var isQuiet: Bool { !isEntrapment && !isAlarm }
}

// What the broker kept is the present state. Nobody is forgotten in a car because a technician is on site.
let liftMonitors = Pipeline("lift monitors", reading: LiftStatus.self) {
    Listen(to: "bacnet/lift/+/status", as: .device("bacnet/lift", subject: 2), retained: .isState)
    Listen(to: "kone/+/status", as: .device("kone/equipment-status", subject: 1), retained: .isState)
    Identify(by: \.lift, as: .liftMonitor)
    Order(by: \.measuredAt, waiting: .seconds(2))
    Drop("written by hand", when: \.isSimulated)

    Detect("people stuck", severity: .critical) {
        Raised(\.locksPeopleIn, until: \.isQuiet)
    } react: {
        OpenCase(in: .emergency) { $0.peopleStuck }
        Escalate(.peopleStuck) { $0.goToPeopleStuck }
        Watch(french: "Personnes bloquées", english: "People stuck")
    }

    Drop("technician on site", when: \.isInInspection)

    Detect("out of service", severity: .warning, clearsAfter: .minutes(10), explainedBy: .power) {
        Holds(\.isOutOfService, for: .minutes(3))
    } react: {
        OpenCase(in: .maintenance, asset: .outOfOrder) { $0.elevatorOutOfService }
        Text(.technicianOnCall) { $0.outageForTechnician }
        Text(.technicianOnCall, when: .cleared) { $0.endForTechnician }
        Inform(.tenantsServed, by: .elevatorOutage)
        Watch(french: "En panne", english: "Out of service")
    }

    Detect("lesser fault", severity: .advice, clearsAfter: .minutes(10)) {
        Holds(\.hasLesserFault, for: .minutes(30))
    } react: {
        OpenCase(in: .maintenance) { $0.lesserFault }
    }

    Detect("monitor silent", severity: .warning, explainedBy: .gateway, .power) {
        Silent(for: .hours(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : la supervision ne dit plus rien depuis \($0.since)")
            English("\($0.name): nothing from its monitor since \($0.since)")
        }
    }
}
